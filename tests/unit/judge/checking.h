/* Checking whole small documents: what tests of rules share. */
#ifndef PL_TESTS_JUDGE_CHECKING_H
#define PL_TESTS_JUDGE_CHECKING_H

#include "unit.h"

#include "judge/check.h"

/* The check of a document, text or HTML; in cx->arena, as is all it points to. */
static inline pl_status checking_try(pl_ctx *cx, const char *text, pl_check **out)
{
    pl_check_opts opts = {0};
    pl_plan *plan;
    pl_doc *d;
    size_t n = strlen(text);

    PL_TRY(pl_doc_read(cx, (pl_bytes){(const unsigned char *)text, n}, &d));
    PL_TRY(pl_plan_read(cx, d, &plan));
    return pl_check_plan(cx, plan, &opts, out);
}

static inline pl_check *checking_of(pl_ctx *cx, const char *text)
{
    pl_check *check = NULL;

    assert_int_equal(checking_try(cx, text, &check), PL_OK);
    return check;
}

/* The relation of that kind and severity whose message has `needle`, or NULL. */
static inline const pl_relation *checking_find(const pl_check *check, pl_kind kind,
                                               pl_severity s, const char *needle)
{
    for (size_t i = 0; i < check->relations.n; i++) {
        const pl_relation *r = &check->relations.p[i];

        if (r->kind == kind && r->severity == s && pl_str_has(r->message.zh, of(needle)))
            return r;
    }
    return NULL;
}

/* Show what was found, for a test that is about to fail. */
static inline void checking_print(const pl_check *check)
{
    for (size_t i = 0; i < check->relations.n; i++)
        print_message("%.*s: %.*s\n",
                      PL_FMT(pl_severity_token(check->relations.p[i].severity)),
                      PL_FMT(check->relations.p[i].message.zh));
}

/* One document and what has to come out: `needle` in a relation of `kind` and `severity`;
 * an empty needle: no relation of that kind worse than HELD. */
typedef struct checking_row {
    const char *text;
    pl_kind kind;
    pl_severity severity;
    const char *needle;
} checking_row;

static inline void checking_rows(const pl_lexicon *lexicon, const checking_row *rows,
                                 size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const checking_row *row = &rows[i];
        pl_ctx cx = test_ctx();
        pl_check *check;
        bool good = true;

        cx.lexicon = lexicon;
        check = checking_of(&cx, row->text);
        if (row->needle[0])
            good = checking_find(check, row->kind, row->severity, row->needle) != NULL;
        for (size_t k = 0; row->needle[0] == '\0' && k < check->relations.n; k++)
            good = good && (check->relations.p[k].kind != row->kind ||
                            check->relations.p[k].severity == PL_SEVERITY_HELD);
        if (!good) {
            checking_print(check);
            fail_msg("row %zu: no '%s' in: %s", i, row->needle, row->text);
        }
        test_ctx_free(&cx);
    }
}

/* Fail the first allocation, then later ones, until the check succeeds. */
static inline void checking_allocations(const pl_lexicon *lexicon, const char *text)
{
    pl_status st = PL_ENOMEM;

    for (size_t fail = 0; st != PL_OK && fail < 20000; fail += 1 + fail / 16) {
        pl_ctx cx = test_ctx();
        pl_check *check = NULL;

        cx.lexicon = lexicon;
        pl_arena_fail_after(cx.arena, fail);
        st = checking_try(&cx, text, &check);
        assert_true(st == PL_OK || (st == PL_ENOMEM && cx.err.code == PL_ENOMEM));
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
}

#endif
