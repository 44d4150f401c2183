/* Counts of the text against the rows of the special column that sets them out: `4个区级
 * 配套措施` against the rows under `区级配套政策`. R-402.
 *
 * A group is a cell of a table's first column that spans several rows. A figure of the
 * same section that counts something named alike is compared with the rows. A column need
 * not list all, so a difference is worth a look, no contradiction. */
#include "judge/rules.h"

#include <stdio.h>

enum {
    ALIKE_LEAST = 550, /* thousandths of the pairs of characters of the shorter name */
    NAME_LEAST = 12,   /* bytes: four characters; shorter names are like too many */
    GROUPS_MOST = 64,  /* of one section */
    COUNT_MOST = 99
};

typedef struct group {
    const pl_fact_text *text; /* of its cell */
    pl_str name;              /* folded, without the count in its brackets */
    uint32_t rows;
} group;

/* The groups of the section that is being walked through. */
typedef struct groups {
    size_t section;
    size_t n;
    group p[GROUPS_MOST];
} groups;

static pl_str group_name(pl_str s)
{
    size_t bracket = pl_str_find(s, PL_S("("), 0);

    return pl_str_trim(bracket == PL_NOPOS ? s : pl_str_sub(s, 0, bracket));
}

/* Texts come in the order of sections, and so do figures: one walk serves all. */
static void take_groups(const pl_plan *plan, size_t *next, size_t section, groups *out)
{
    const pl_fact_texts *texts = &plan->texts;

    out->section = section;
    out->n = 0;
    while (*next < texts->n && texts->p[*next].section != section)
        ++*next;
    for (; *next < texts->n && texts->p[*next].section == section; ++*next) {
        const pl_fact_text *t = &texts->p[*next];
        pl_str name = group_name(t->fold.s);

        if (t->source == PL_SOURCE_COLUMN && t->cell->col == 0 && t->cell->rowspan > 1 &&
            name.n >= NAME_LEAST && out->n < GROUPS_MOST)
            out->p[out->n++] = (group){t, name, t->cell->rowspan};
    }
}

/* The group that a figure counts, or NULL; when two are alike, none. */
static const group *group_of(const groups *all, const pl_figure *f)
{
    const group *found = NULL;

    for (size_t i = 0; i < all->n; i++) {
        if (f->noun.n < NAME_LEAST ||
            pl_text_within(f->noun, all->p[i].name) < ALIKE_LEAST)
            continue;
        if (found)
            return NULL;
        found = &all->p[i];
    }
    return found;
}

static pl_status say(pl_ctx *cx, pl_check *check, const pl_figure *f, const group *g)
{
    bool held = pl_fact_count(f->fact, COUNT_MOST) == (int)g->rows;
    char rows[16];
    pl_relation *r;
    int n;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_SEQUENCE,
                           held ? PL_SEVERITY_HELD : PL_SEVERITY_WARNING, &r));
    PL_TRY(pl_relation_zh(cx, r,
                          held ? "正文称“%.*s%.*s”，表内“%.*s”列有%u行，一致"
                               : "正文称“%.*s%.*s”，表内“%.*s”列有%u行",
                          PL_FMT(f->text), PL_FMT(f->noun), PL_FMT(g->name), g->rows));
    PL_TRY(pl_relation_en(cx, r,
                          held ? "the text says '%.*s%.*s', and '%.*s' has %u rows"
                               : "the text says '%.*s%.*s', but '%.*s' has %u rows",
                          PL_FMT(f->text), PL_FMT(f->noun), PL_FMT(g->name), g->rows));
    n = snprintf(rows, sizeof rows, "%u", g->rows);
    PL_TRY(pl_str_keep(cx, (pl_str){rows, (size_t)n}, &r->expected));
    r->found = f->text;
    PL_TRY(pl_relation_at(cx, r, f->place, f->text));
    return pl_relation_at_fold(cx, r, g->text, (pl_span){0, g->text->fold.s.n});
}

pl_status pl_rule_count_rows(pl_ctx *cx, pl_check *check)
{
    const pl_passages *ps = check->passages;
    groups *all = PL_NEW(cx->arena, groups);
    size_t next = 0;

    if (!all)
        return pl_fail_memory(cx);
    all->section = PL_NOPOS - 1;
    for (size_t i = 0; i < ps->figures.n; i++) {
        const pl_figure *f = &ps->figures.p[i];
        const pl_passage *p = &ps->all.p[f->passage];
        const group *g;

        if (p->source != PL_SOURCE_NARRATIVE || !pl_fact_count(f->fact, COUNT_MOST))
            continue;
        if (p->section != all->section)
            take_groups(check->plan, &next, p->section, all);
        g = group_of(all, f);
        if (g)
            PL_TRY(say(cx, check, f, g));
    }
    return PL_OK;
}
