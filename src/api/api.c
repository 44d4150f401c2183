/* include/plumbline.h over the layers: plain C strings out, one arena a plan. */
#include "plumbline.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/sandbox.h"
#include "judge/check.h"
#include "report/plan_json.h"
#include "text/utf8.h"

struct plumbline {
    pl_ctx cx;         /* owns the lexicon */
    pl_arena *scratch; /* of plumbline_eval */
    char error[256];
};

struct plumbline_plan {
    plumbline *p;
    pl_ctx cx;       /* the plan */
    pl_ctx check_cx; /* the check; its arena is NULL before the first */
    pl_plan *plan;
    const char *title;
    char sha256[PL_SHA256_HEX + 1];
    pl_check *check;
    plumbline_verdict *verdicts;
    plumbline_finding *findings;
};

const char *plumbline_version(void)
{
    return PL_VERSION;
}

/* NUL-terminated copy; NULL when out of memory. */
static const char *c_str(pl_ctx *cx, pl_str s)
{
    char *p = PL_NEW_N(cx->arena, char, s.n + 1);

    if (p && s.n)
        memcpy(p, s.p, s.n);
    return p;
}

static void set_error(plumbline *p, const pl_ctx *cx)
{
    const pl_err *e = &cx->err;

    if (e->line)
        snprintf(p->error, sizeof p->error, "%u:%u: %s", e->line, e->col ? e->col : 1,
                 e->msg);
    else
        snprintf(p->error, sizeof p->error, "%s", e->msg);
}

plumbline *plumbline_new(const char *lexicon, size_t n)
{
    plumbline *p = calloc(1, sizeof *p);

    if (!p)
        return NULL;
    p->cx.limits = PL_LIMITS_DEFAULT;
    p->cx.arena = pl_arena_new(p->cx.limits.arena_bytes);
    p->scratch = pl_arena_new(p->cx.limits.arena_bytes);
    if (!p->cx.arena || !p->scratch ||
        pl_lexicon_make(&p->cx, (pl_str){lexicon, lexicon ? n : 0}, &p->cx.lexicon) !=
            PL_OK) {
        plumbline_free(p);
        return NULL;
    }
    /* for poppler's programs; where there is none they are limited, not confined */
    if (pl_sandbox_make(&p->cx, PL_SANDBOX_READER, &p->cx.sandbox) != PL_OK)
        p->cx.sandbox = NULL;
    return p;
}

void plumbline_free(plumbline *p)
{
    if (!p)
        return;
    pl_arena_free(p->cx.arena);
    pl_arena_free(p->scratch);
    free(p);
}

const char *plumbline_error(const plumbline *p)
{
    return p->error;
}

static pl_status read_plan(plumbline_plan *plan, const void *bytes, size_t n)
{
    pl_ctx *cx = &plan->cx;
    unsigned char *copy;
    pl_doc *d;

    if (n > cx->limits.input_bytes)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "larger than %zu bytes",
                       cx->limits.input_bytes);
    copy = PL_NEW_N(cx->arena, unsigned char, n);
    if (!copy)
        return pl_fail_memory(cx);
    if (n)
        memcpy(copy, bytes, n);
    pl_sha256_hex((pl_bytes){copy, n}, plan->sha256);
    (void)pl_ctx_bound(cx, n);
    PL_TRY(pl_doc_read(cx, (pl_bytes){copy, n}, &d));
    plan->title = c_str(cx, d->title);
    if (!plan->title)
        return pl_fail_memory(cx);
    return pl_plan_read(cx, d, &plan->plan);
}

plumbline_plan *plumbline_read(plumbline *p, const void *bytes, size_t n)
{
    plumbline_plan *plan = calloc(1, sizeof *plan);

    if (!plan)
        return NULL;
    plan->p = p;
    plan->cx = (pl_ctx){
        .limits = p->cx.limits, .lexicon = p->cx.lexicon, .sandbox = p->cx.sandbox};
    plan->check_cx = plan->cx;
    plan->cx.arena = pl_arena_new(plan->cx.limits.arena_bytes);
    if (plan->cx.arena && read_plan(plan, bytes, n) == PL_OK)
        return plan;
    set_error(p, &plan->cx);
    plumbline_plan_free(plan);
    return NULL;
}

void plumbline_plan_free(plumbline_plan *plan)
{
    if (!plan)
        return;
    pl_arena_free(plan->cx.arena);
    pl_arena_free(plan->check_cx.arena);
    free(plan);
}

const char *plumbline_title(const plumbline_plan *plan)
{
    return plan->title;
}

int plumbline_year(const plumbline_plan *plan)
{
    return plan->plan->year;
}

size_t plumbline_indicator_rows(const plumbline_plan *plan)
{
    return plan->plan->indicators.n;
}

size_t plumbline_tasks(const plumbline_plan *plan)
{
    return plan->plan->tasks.n;
}

/* Each text of a row or finding, copied; false when memory ran out. */
static bool copy_verdict(plumbline_plan *plan, const pl_row_verdict *r,
                         plumbline_verdict *out)
{
    const pl_indicator *it = &plan->plan->indicators.p[r->row];
    const struct {
        const char **to;
        pl_str from;
    } texts[] = {{&out->no, it->no},
                 {&out->part, it->part},
                 {&out->name, it->name},
                 {&out->unit, it->unit},
                 {&out->target, r->target->clean},
                 {&out->value, r->value->clean},
                 {&out->certainty, pl_certainty_token(r->verdict.certainty)},
                 {&out->why_zh, r->verdict.why.zh},
                 {&out->why_en, r->verdict.why.en}};

    for (size_t i = 0; i < PL_COUNT(texts); i++) {
        *texts[i].to = c_str(&plan->check_cx, texts[i].from);
        if (!*texts[i].to)
            return false;
    }
    out->outcome =
        r->counts ? (plumbline_outcome)r->verdict.outcome : PLUMBLINE_UNDETERMINED;
    out->line = r->value->place.line;
    return true;
}

static bool copy_finding(plumbline_plan *plan, const pl_relation *r,
                         plumbline_finding *out)
{
    out->id = c_str(&plan->check_cx, r->id);
    out->kind = c_str(&plan->check_cx, pl_kind_token(r->kind));
    out->severity = c_str(&plan->check_cx, pl_severity_token(r->severity));
    out->message_zh = c_str(&plan->check_cx, r->message.zh);
    out->message_en = c_str(&plan->check_cx, r->message.en);
    out->line = r->witnesses.n ? r->witnesses.p[0].place.line : 0;
    return out->id && out->kind && out->severity && out->message_zh && out->message_en;
}

static pl_status check_plan(plumbline_plan *plan, const pl_check_opts *opts)
{
    pl_ctx *cx = &plan->check_cx;
    const pl_check *c;

    PL_TRY(pl_check_plan(cx, plan->plan, opts, &plan->check));
    c = plan->check;
    plan->verdicts = PL_NEW_N(cx->arena, plumbline_verdict, c->rows.n);
    plan->findings = PL_NEW_N(cx->arena, plumbline_finding, c->n_findings);
    if (!plan->verdicts || !plan->findings)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < c->rows.n; i++)
        if (!copy_verdict(plan, &c->rows.p[i], &plan->verdicts[i]))
            return pl_fail_memory(cx);
    for (size_t i = 0; i < c->n_findings; i++)
        if (!copy_finding(plan, &c->relations.p[i], &plan->findings[i]))
            return pl_fail_memory(cx);
    return PL_OK;
}

int plumbline_check(plumbline_plan *plan, const plumbline_options *options)
{
    pl_check_opts opts = {0};

    if (options) {
        opts.year = options->year;
        opts.strict = options->strict != 0;
        opts.tolerance_percent = (pl_dec){options->tolerance_permille, 1};
    }
    pl_arena_free(plan->check_cx.arena);
    plan->check = NULL;
    plan->check_cx.arena = pl_arena_new(plan->check_cx.limits.arena_bytes);
    if (plan->check_cx.arena && check_plan(plan, &opts) == PL_OK)
        return 0;
    set_error(plan->p, &plan->check_cx);
    plan->check = NULL;
    return -1;
}

int plumbline_checked_year(const plumbline_plan *plan)
{
    return plan->check ? plan->check->year : 0;
}

size_t plumbline_count(const plumbline_plan *plan, plumbline_outcome outcome)
{
    if (!plan->check)
        return 0;
    switch (outcome) {
    case PLUMBLINE_MET:
        return plan->check->met;
    case PLUMBLINE_MISSED:
        return plan->check->missed;
    case PLUMBLINE_UNDETERMINED:
        return plan->check->undetermined;
    }
    return 0;
}

size_t plumbline_verdicts(const plumbline_plan *plan)
{
    return plan->check ? plan->check->rows.n : 0;
}

const plumbline_verdict *plumbline_verdict_at(const plumbline_plan *plan, size_t i)
{
    return i < plumbline_verdicts(plan) ? &plan->verdicts[i] : NULL;
}

size_t plumbline_findings(const plumbline_plan *plan)
{
    return plan->check ? plan->check->n_findings : 0;
}

const plumbline_finding *plumbline_finding_at(const plumbline_plan *plan, size_t i)
{
    return i < plumbline_findings(plan) ? &plan->findings[i] : NULL;
}

static pl_status phrase_of(pl_ctx *cx, const char *text, const pl_phrase_opts *opts,
                           const pl_phrase **out)
{
    pl_str s = pl_str_from(text);
    size_t bad = pl_utf8_bad((pl_bytes){(const unsigned char *)s.p, s.n});
    pl_phrase *p;

    if (bad != PL_NOPOS)
        return pl_fail(cx, PL_ESYNTAX, bad, "not UTF-8 at byte %zu", bad + 1);
    PL_TRY(pl_phrase_parse(cx, s, opts, &p));
    *out = p;
    return PL_OK;
}

static pl_status eval(pl_ctx *cx, const char *target, const char *value, pl_judge_in *in,
                      pl_verdict *v)
{
    pl_phrase_opts opts = {.name = in->name, .unit = in->unit};

    PL_TRY(phrase_of(cx, target, &opts, &in->target));
    PL_TRY(phrase_of(cx, value, &opts, &in->value));
    return pl_judge(cx, in, v);
}

plumbline_outcome plumbline_eval(plumbline *p, const char *target, const char *value,
                                 const char *name, const char *unit, const char **why_zh,
                                 const char **why_en)
{
    pl_ctx cx = {.limits = p->cx.limits, .lexicon = p->cx.lexicon, .arena = p->scratch};
    pl_judge_in in = {.name = pl_str_from(name), .unit = pl_str_from(unit)};
    const char *zh = NULL, *en = NULL;
    pl_verdict v;

    pl_arena_reset(p->scratch, (pl_arena_mark){0});
    if (eval(&cx, target, value, &in, &v) == PL_OK) {
        zh = c_str(&cx, v.why.zh);
        en = c_str(&cx, v.why.en);
    } else {
        set_error(p, &cx);
        v.outcome = PL_OUTCOME_UNDETERMINED;
    }
    if (why_zh)
        *why_zh = zh ? zh : "";
    if (why_en)
        *why_en = en ? en : "";
    return (plumbline_outcome)v.outcome;
}

/* The buffer's contents as malloc's string, or NULL when it had failed. */
static char *take(pl_buf *b)
{
    char *out = NULL;

    pl_buf_putc(b, '\0');
    if (!b->failed) {
        out = malloc(b->n);
        if (out)
            memcpy(out, b->p, b->n);
    }
    pl_buf_release(b);
    return out;
}

char *plumbline_plan_json(const plumbline_plan *plan)
{
    pl_buf b;
    pl_json j;

    pl_buf_init(&b, (size_t)4 << 30);
    j = pl_json_begin(&b);
    pl_plan_json(&j, plan->plan, PL_S(""), pl_str_from(plan->sha256));
    return take(&b);
}

char *plumbline_check_json(const plumbline_plan *plan)
{
    pl_buf b;
    pl_json j;

    if (!plan->check)
        return NULL;
    pl_buf_init(&b, (size_t)4 << 30);
    j = pl_json_begin(&b);
    pl_check_json(&j, plan->check, PL_S(""), true);
    return take(&b);
}
