/* A ruling in words, Chinese and English side by side: the sentence, the needs and the
 * notes. Sentence: VALUE against TARGET (how it was understood): OUTCOME, by how much. */
#include "judge/ruling.h"

enum {
    TEXT_BYTES = 4096, /* of one sentence */
    QUOTE_BYTES = 72   /* of a phrase quoted in it, before it is cut */
};

typedef struct pair {
    pl_buf zh, en;
    bool in_brackets; /* a bracket with clauses is open */
} pair;

static void say(pair *p, pl_str zh, pl_str en)
{
    pl_buf_put(&p->zh, zh);
    pl_buf_put(&p->en, en);
}

#define SAY(p, zh, en) say((p), PL_S(zh), PL_S(en))

static void say_dec(pair *p, pl_dec d)
{
    pl_dec_put(&p->zh, d);
    pl_dec_put(&p->en, d);
}

static void say_node(pair *p, const pl_node *n, bool english)
{
    pl_node_print(&p->zh, n, english);
    pl_node_print(&p->en, n, english);
}

/* What the byte at i of a quoted text becomes, where it is not itself: spaces stay
 * between ASCII characters only, a hyphen between figures is a dash in English (8–9). */
static bool quote_change(pl_str s, size_t i, bool english, pl_str *to)
{
    bool between = i > 0 && i + 1 < s.n;

    *to = (pl_str){0};
    if (pl_is_space(s.p[i])) {
        if (between && (unsigned char)s.p[i - 1] < 0x80 &&
            (unsigned char)s.p[i + 1] < 0x80 && !pl_is_space(s.p[i + 1]))
            *to = PL_S(" ");
        return true;
    }
    if (!english || s.p[i] != '-' || !between || !pl_is_digit(s.p[i - 1]) ||
        !pl_is_digit(s.p[i + 1]))
        return false;
    *to = PL_S("–");
    return true;
}

/* Text as people quote it: without spaces between ideographs and line ends, cut when it
 * is long. */
static void quote_into(pl_buf *b, pl_str s, bool english)
{
    size_t stop = s.n < QUOTE_BYTES ? s.n : QUOTE_BYTES, done = 0;
    bool cut;

    while (stop < s.n && ((unsigned char)s.p[stop] & 0xC0) == 0x80)
        stop--;
    cut = stop < s.n;
    s.n = stop;
    for (size_t i = 0; i < s.n; i++) {
        pl_str to;

        if ((s.p[i] != '-' && !pl_is_space(s.p[i])) || !quote_change(s, i, english, &to))
            continue;
        pl_buf_put(b, pl_str_sub(s, done, i - done));
        pl_buf_put(b, to);
        done = i + 1;
    }
    pl_buf_put(b, pl_str_tail(s, done));
    if (cut)
        pl_buf_put(b, PL_S("…"));
}

static void quote(pair *p, pl_str s)
{
    s = pl_str_trim(s);
    if (s.n == 0) {
        SAY(p, "空白", "nothing");
        return;
    }
    quote_into(&p->zh, s, false);
    quote_into(&p->en, s, true);
}

/* 市级 and 要求; English words are kept apart. */
static void reference_into(pl_buf *b, const pl_node *ref)
{
    pl_buf_put(b, ref->owner);
    if (ref->owner.n && ref->standard.n &&
        (unsigned char)ref->owner.p[ref->owner.n - 1] < 0x80)
        pl_buf_putc(b, ' ');
    pl_buf_put(b, ref->standard);
}

static void say_reference(pair *p, const pl_node *ref)
{
    reference_into(&p->zh, ref);
    reference_into(&p->en, ref);
}

/* Remarks. */

static const pl_bitext remark_words[] = {
#define X(name, zh, en) {PL_S_INIT(zh), PL_S_INIT(en)},
    PL_REMARK_LIST(X)
#undef X
};

static void remark_what(pl_buf *b, const pl_judging *j, const pl_remark *m, bool zh)
{
    if (m->words.n)
        quote_into(b, m->words, !zh);
    else if (m->node && m->node->kind == PL_NODE_REFERENCE)
        reference_into(b, m->node);
    else if (j->in->name.n)
        quote_into(b, j->in->name, !zh);
    else
        pl_buf_put(b, zh ? PL_S("该指标") : PL_S("the indicator"));
}

static void remark_year(pl_buf *b, const pl_judging *j, const pl_remark *m, bool zh)
{
    int year = m->year ? m->year : j->in->year;

    if (year)
        pl_buf_putf(b, zh ? "%d年" : " for %d", year);
}

static void remark_into(pl_buf *b, const pl_judging *j, const pl_remark *m, bool zh)
{
    pl_str t = zh ? remark_words[m->kind].zh : remark_words[m->kind].en;

    while (t.n) {
        if (pl_str_eat(&t, PL_S("$w")))
            remark_what(b, j, m, zh);
        else if (pl_str_eat(&t, PL_S("$y")))
            remark_year(b, j, m, zh);
        else if (!pl_str_eat(&t, PL_S("$n"))) {
            size_t next = pl_str_find(t, PL_S("$"), 1);

            pl_buf_put(b, pl_str_sub(t, 0, next));
            t = pl_str_tail(t, next);
        } else if (m->node)
            pl_node_print(b, m->node, j->in->target->english);
    }
}

static void say_remark(pair *p, const pl_judging *j, const pl_remark *m)
{
    remark_into(&p->zh, j, m, true);
    remark_into(&p->en, j, m, false);
}

/* What stands in the brackets. */

static void clause(pair *p)
{
    if (p->in_brackets)
        SAY(p, "，", ", ");
    else
        SAY(p, "（", " (");
    p->in_brackets = true;
}

static void clause_reference(pair *p, const pl_judging *j, const pl_ruling *r)
{
    static const pl_bitext from[] = {
        [PL_REF_FROM_NOTHING] = {PL_S_INIT(""), PL_S_INIT("")},
        [PL_REF_FROM_DATA] = {PL_S_INIT("，取自"), PL_S_INIT(", from ")},
        [PL_REF_FROM_PREVIOUS] = {PL_S_INIT("，为上期数值"),
                                  PL_S_INIT(", the period before")},
        [PL_REF_FROM_VALUE] = {PL_S_INIT("，取自所报数值中的"),
                               PL_S_INIT(", given beside the value for ")},
        [PL_REF_FROM_FALLBACK] = {PL_S_INIT("，取自括号"),
                                  PL_S_INIT(", from its brackets")},
        [PL_REF_FROM_TERM] = {PL_S_INIT("，借自规划期目标"),
                              PL_S_INIT(", lent by the term's target")},
    };
    const pl_aim *g = &r->goal;

    if (g->from == PL_REF_FROM_NOTHING || !g->leaf || !r->compared)
        return;
    clause(p);
    say_reference(p, g->reference);
    SAY(p, "按", " is ");
    say_node(p, g->leaf, j->in->target->english);
    say(p, from[g->from].zh, from[g->from].en);
    if (g->from == PL_REF_FROM_DATA || g->from == PL_REF_FROM_VALUE)
        say(p, g->from_words, g->from_words);
}

/* 15 ± 0.75 */
static void clause_tolerance(pair *p, const pl_ruling *r)
{
    const pl_interval *at = &r->base.set.written, *wide = &r->base.set.widest;
    pl_dec below, above;

    if (!r->has_base || !pl_interval_is_point(at) || pl_interval_inside(wide, at) ||
        !pl_dec_sub(at->lo.at, wide->lo.at, &below) ||
        !pl_dec_sub(wide->hi.at, at->hi.at, &above))
        return;
    clause(p);
    say_dec(p, at->lo.at);
    if (pl_dec_sign(below) == 0) {
        SAY(p, "至多多", " and up to ");
        say_dec(p, above);
        SAY(p, "", " more");
    } else if (pl_dec_sign(above) == 0) {
        SAY(p, "至多少", " less up to ");
        say_dec(p, below);
    } else {
        SAY(p, "±", " ± ");
        say_dec(p, below);
    }
}

static void say_limit(pair *p, const pl_interval *want)
{
    if (want->hi.endless && !want->lo.endless) {
        if (want->lo.open)
            SAY(p, "须高于", "above ");
        else
            SAY(p, "须不低于", "at least ");
        say_dec(p, want->lo.at);
    } else if (want->lo.endless && !want->hi.endless) {
        if (want->hi.open)
            SAY(p, "须低于", "below ");
        else
            SAY(p, "须不高于", "at most ");
        say_dec(p, want->hi.at);
    } else {
        SAY(p, "大体不变", "about the same");
    }
}

static void clause_before(pair *p, const pl_ruling *r)
{
    const pl_interval *before = &r->before.set.written;

    if (!r->compared || !r->goal.leaf)
        return;
    if (r->has_before && pl_interval_is_point(before)) {
        clause(p);
        SAY(p, "上期", "previous ");
        say_dec(p, before->lo.at);
        if (r->goal.leaf->kind != PL_NODE_CHANGE)
            return;
        SAY(p, "，", ", so ");
        say_limit(p, &r->want.widest);
    } else if (r->goal.leaf->kind == PL_NODE_TREND) {
        clause(p);
        SAY(p, "", "must be ");
        say_limit(p, &r->want.widest);
    }
}

static void clause_direction(pair *p, const pl_ruling *r)
{
    static const pl_bitext from[] = {
        [PL_DIR_FROM_NONE] = {PL_S_INIT(""), PL_S_INIT("")},
        [PL_DIR_FROM_OPERATOR] = {PL_S_INIT("，依据目标自身"),
                                  PL_S_INIT(", as the target says")},
        [PL_DIR_FROM_OTHER_PERIOD] = {PL_S_INIT("，依据其他时期的目标"),
                                      PL_S_INIT(", from its target of another period")},
        [PL_DIR_FROM_SETTING] = {PL_S_INIT("，依据用户设定"),
                                 PL_S_INIT(", from the user's setting")},
        [PL_DIR_FROM_NAME] = {PL_S_INIT("，依据指标名称“"), PL_S_INIT(", from ")},
    };

    if (!r->compared || (r->way.dir != PL_DIR_UP && r->way.dir != PL_DIR_DOWN))
        return;
    clause(p);
    if (r->way.dir == PL_DIR_UP)
        SAY(p, "越高越好", "higher is better");
    else
        SAY(p, "越低越好", "lower is better");
    say(p, from[r->way.from].zh, from[r->way.from].en);
    say(p, r->way.word, r->way.word);
    if (r->way.from == PL_DIR_FROM_NAME)
        SAY(p, "”", "");
}

static void clause_year(pair *p, const pl_judging *j, const pl_ruling *r)
{
    if (!r->compared || !j->in->year || r->goal.by <= j->in->year)
        return;
    clause(p);
    pl_buf_putf(&p->zh, "%d年到期", r->goal.by);
    pl_buf_putf(&p->en, "binds in %d", r->goal.by);
}

static void brackets(pair *p, const pl_judging *j, const pl_ruling *r)
{
    clause_reference(p, j, r);
    clause_tolerance(p, r);
    clause_before(p, r);
    clause_year(p, j, r);
    clause_direction(p, r);
    if (p->in_brackets)
        SAY(p, "）", ")");
    p->in_brackets = false;
}

/* What stands behind the colon. */

static void say_gap(pair *p, const pl_ruling *r)
{
    bool over = pl_dec_sign(r->gap) > 0;

    if (r->on_the_end) {
        SAY(p, "，恰在界上，而界值不算", ", just on the bound, which does not count");
        return;
    }
    pl_buf_put(&p->zh, r->at_best ? PL_S("，最好情况") : PL_S("，"));
    pl_buf_put(&p->zh, over ? PL_S("超出") : r->at_best ? PL_S("仍差") : PL_S("差"));
    pl_buf_put(&p->en, PL_S(", "));
    say_dec(p, pl_dec_abs(r->gap));
    pl_buf_put(&p->en, over ? PL_S(" over") : PL_S(" short"));
    if (r->at_best)
        pl_buf_put(&p->en, PL_S(" at best"));
}

static void say_other(pair *p, pl_outcome o)
{
    pl_bitext words = pl_outcome_words(o);

    SAY(p, "则为", " it is ");
    say(p, words.zh, words.en);
}

static void say_certainty(pair *p, const pl_judging *j, const pl_ruling *r)
{
    switch (r->certainty) {
    case PL_CERTAINTY_STATED:
        SAY(p, "，按所写数值；“左右”的容差可改变结论",
            " as written; the tolerance could change it");
        return;
    case PL_CERTAINTY_ASSERTED:
        SAY(p, "，仅依据声明，未给出数值", " by its own claim; no figure is given");
        return;
    case PL_CERTAINTY_COMPARABLE:
        SAY(p, "；按", "; on the basis ");
        say(p, r->basis->text, r->basis->text);
        SAY(p, "", ", ");
        say_node(p, r->basis->kid, j->in->value->english);
        SAY(p, "", ",");
        say_other(p, r->other);
        return;
    case PL_CERTAINTY_AMENDED:
        SAY(p, "；按原目标", "; against the original ");
        say_node(p, r->goal.original, j->in->target->english);
        say_other(p, r->other);
        if (j->in->approved)
            SAY(p, "，调整已获批准", ", the revision is approved");
        else
            SAY(p, "，未见批准记录", ", no approval is on record");
        return;
    case PL_CERTAINTY_NONE:
    case PL_CERTAINTY_MEASURED:
    case PL_CERTAINTY_RESOLVED:
    case PL_CERTAINTY_COUNT:
        return;
    }
}

static void say_why(pair *p, const pl_judging *j, const pl_ruling *r)
{
    pl_bitext outcome = pl_outcome_words(r->outcome);

    quote(p, j->in->value->text);
    SAY(p, " 对 ", " against ");
    quote(p, j->in->target->text);
    brackets(p, j, r);
    SAY(p, "：", ": ");
    say(p, outcome.zh, outcome.en);
    if (r->outcome == PL_OUTCOME_MISSED && r->compared)
        say_gap(p, r);
    say_certainty(p, j, r);
    if (r->outcome == PL_OUTCOME_UNDETERMINED && r->needs.n) {
        SAY(p, "，缺", "; needs ");
        say_remark(p, j, &r->needs.p[0]);
    }
    SAY(p, "。", ".");
}

/* Texts into the arena. */

static pl_status pair_keep(pl_ctx *cx, pair *p, pl_bitext *out)
{
    PL_TRY(pl_buf_keep(cx, &p->zh, &out->zh));
    PL_TRY(pl_buf_keep(cx, &p->en, &out->en));
    p->zh.n = p->en.n = 0;
    return PL_OK;
}

static pl_status remarks_keep(pl_ctx *cx, const pl_judging *j, const pl_remarks *from,
                              pair *p, pl_bitext *out)
{
    for (size_t i = 0; i < from->n; i++) {
        say_remark(p, j, &from->p[i]);
        PL_TRY(pair_keep(cx, p, &out[i]));
    }
    return PL_OK;
}

static pl_status texts_keep(pl_ctx *cx, const pl_judging *j, const pl_ruling *r, pair *p,
                            pl_verdict *out)
{
    out->needs.p = PL_NEW_N(cx->arena, pl_bitext, r->needs.n);
    out->notes.p = PL_NEW_N(cx->arena, pl_bitext, r->notes.n);
    if (!out->needs.p || !out->notes.p)
        return pl_fail_memory(cx);
    out->needs.n = out->needs.cap = r->needs.n;
    out->notes.n = out->notes.cap = r->notes.n;
    say_why(p, j, r);
    PL_TRY(pair_keep(cx, p, &out->why));
    PL_TRY(remarks_keep(cx, j, &r->needs, p, out->needs.p));
    return remarks_keep(cx, j, &r->notes, p, out->notes.p);
}

pl_status pl_ruling_words(pl_ctx *cx, const pl_judging *j, const pl_ruling *r,
                          pl_verdict *out)
{
    pair p = {0};
    pl_status st;

    pl_buf_init(&p.zh, TEXT_BYTES);
    pl_buf_init(&p.en, TEXT_BYTES);
    st = texts_keep(cx, j, r, &p, out);
    pl_buf_release(&p.zh);
    pl_buf_release(&p.en);
    return st;
}
