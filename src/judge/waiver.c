#include "judge/waiver.h"

#include <stdio.h>

#include "judge/check.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { FIELDS = 4 };

/* One line of the file and where it stands. */
typedef struct waiver_line {
    pl_str s;
    size_t at; /* in the file */
    uint32_t no;
} waiver_line;

static pl_status fail_at(pl_ctx *cx, const waiver_line *l, pl_str where, const char *what)
{
    size_t col = where.p ? (size_t)(where.p - l->s.p) : l->s.n;

    pl_fail(cx, PL_ESYNTAX, l->at + col, "%s", what);
    cx->err.line = l->no;
    cx->err.col = (uint32_t)col + 1;
    return PL_ESYNTAX;
}

/* The next field; what is not there is an empty view at the line's end. */
static pl_str take_field(pl_str *rest)
{
    size_t tab = pl_str_find(*rest, PL_S("\t"), 0);
    pl_str field = pl_str_sub(*rest, 0, tab == PL_NOPOS ? rest->n : tab);

    *rest = pl_str_tail(*rest, tab == PL_NOPOS ? rest->n : tab + 1);
    return field;
}

static pl_status unknown_kind(pl_ctx *cx, const waiver_line *l, pl_str kind)
{
    char what[120];
    int n = snprintf(what, sizeof what, "no kind of finding '%.*s'",
                     (int)(kind.n < 60 ? kind.n : 60), kind.p ? kind.p : "");

    (void)n;
    return fail_at(cx, l, kind, what);
}

static pl_status read_line(pl_ctx *cx, const waiver_line *l, pl_waiver *out)
{
    static const char *const lacking[FIELDS] = {
        "the kind is empty", "the text of the place is missing", "the reason is missing",
        "by whom it was waived is missing"};
    pl_str rest = l->s, field[FIELDS];

    for (size_t i = 0; i < FIELDS; i++) {
        pl_str raw = take_field(&rest);

        field[i] = pl_str_trim(raw);
        if (field[i].n == 0)
            return fail_at(cx, l, raw, lacking[i]);
    }
    if (pl_str_trim(rest).n)
        return fail_at(cx, l, rest, "a line has four fields between tabs");
    out->kind = pl_kind_from(field[0]);
    if (out->kind == PL_KIND_COUNT)
        return unknown_kind(cx, l, field[0]);
    out->text = field[1];
    out->reason = field[2];
    out->by = field[3];
    out->line = l->no;
    PL_TRY(pl_fold_str(cx, out->text, &out->folded));
    return out->folded.n ? PL_OK : fail_at(cx, l, field[1], lacking[1]);
}

static pl_status add_line(pl_ctx *cx, const waiver_line *l, pl_waivers *out)
{
    pl_waiver *w;

    if (pl_str_trim(l->s).n == 0 || l->s.p[0] == '#')
        return PL_OK;
    if (out->n == PL_WAIVERS_MAX) {
        pl_fail(cx, PL_ELIMIT, l->at, "more than %d waivers", (int)PL_WAIVERS_MAX);
        cx->err.line = l->no;
        return PL_ELIMIT;
    }
    w = PL_VEC_ADD(cx->arena, out);
    if (!w)
        return pl_fail_memory(cx);
    return read_line(cx, l, w);
}

pl_status pl_waivers_read(pl_ctx *cx, pl_bytes in, pl_waivers *out)
{
    size_t bad = pl_utf8_bad(in);
    pl_str s = {(const char *)in.p, in.n};
    waiver_line l = {.at = pl_str_starts(s, PL_S("\xEF\xBB\xBF")) ? 3 : 0};

    *out = (pl_waivers){0};
    if (bad != PL_NOPOS)
        return pl_fail(cx, PL_ESYNTAX, bad, "not UTF-8 at byte %zu", bad + 1);
    while (l.at < s.n) {
        size_t end = pl_str_find(s, PL_S("\n"), l.at);
        size_t n = (end == PL_NOPOS ? s.n : end) - l.at;

        l.s = pl_str_sub(s, l.at, n);
        l.no++;
        PL_TRY(add_line(cx, &l, out));
        l.at += n + 1;
    }
    return PL_OK;
}

/* ---- which findings they let stand ---- */

/* A finding's places, folded. */
typedef struct folded_places {
    pl_str *p;
    size_t n;
} folded_places;

static pl_status fold_places(pl_ctx *cx, const pl_relation *r, folded_places *out)
{
    out->n = r->witnesses.n;
    out->p = PL_NEW_N(cx->arena, pl_str, out->n + 1);
    if (!out->p)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < out->n; i++)
        PL_TRY(pl_fold_str(cx, r->witnesses.p[i].text, &out->p[i]));
    return PL_OK;
}

static bool lets_stand(const pl_waiver *w, const pl_relation *r, const folded_places *at)
{
    if (w->kind != r->kind)
        return false;
    if (pl_str_eq(w->text, r->id))
        return true;
    for (size_t i = 0; i < at->n; i++)
        if (pl_str_has(at->p[i], w->folded))
            return true;
    return false;
}

pl_status pl_waive(pl_ctx *cx, pl_check *check, const pl_waivers *waivers)
{
    size_t *uses = PL_NEW_N(cx->arena, size_t, waivers->n + 1);

    if (!uses)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < check->n_findings && waivers->n; i++) {
        pl_relation *r = &check->relations.p[i];
        folded_places at;

        PL_TRY(fold_places(cx, r, &at));
        for (size_t k = 0; k < waivers->n; k++) {
            if (!lets_stand(&waivers->p[k], r, &at))
                continue;
            uses[k]++;
            if (!r->waiver)
                r->waiver = &waivers->p[k];
        }
        check->waived += r->waiver != NULL;
    }
    check->waivers = waivers;
    check->waiver_uses = uses;
    return PL_OK;
}

bool pl_waiver_is_unused(const pl_check *check, size_t i)
{
    unsigned kind = 1u << check->waivers->p[i].kind;

    return check->waiver_uses[i] == 0 && (check->kinds == 0 || (check->kinds & kind));
}
