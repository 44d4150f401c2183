#include "unit.h"

#include <stdlib.h>

#include "judge/verdict.h"

/* The whole of a file, in the arena; an empty text when it is not there. */
static pl_str file_read(pl_ctx *cx, const char *path)
{
    FILE *f = path ? fopen(path, "rb") : NULL;
    pl_buf b;
    pl_str out = {0};
    int c;

    if (!f)
        return out;
    pl_buf_init(&b, 16 * 1024 * 1024);
    while ((c = fgetc(f)) != EOF)
        pl_buf_putc(&b, (char)c);
    fclose(f);
    assert_int_equal(pl_buf_keep(cx, &b, &out), PL_OK);
    pl_buf_release(&b);
    return out;
}

static pl_ctx lexicon_ctx(void)
{
    pl_ctx cx = test_ctx();

    assert_int_equal(pl_lexicon_make(&cx, of(""), &cx.lexicon), PL_OK);
    return cx;
}

static const pl_phrase *phrase(pl_ctx *cx, pl_str text, const pl_judge_in *in)
{
    pl_phrase_opts opts = {.year = in->year, .name = in->name, .unit = in->unit};
    pl_phrase *p = NULL;

    assert_int_equal(pl_phrase_parse(cx, text, &opts, &p), PL_OK);
    return p;
}

/* One side of a row: `key=value` pairs between marks. */
static pl_str given(pl_str row, const char *mark, const char *key)
{
    while (row.n) {
        size_t at = pl_str_find(row, of(mark), 0);
        pl_str part = pl_str_trim(pl_str_sub(row, 0, at == PL_NOPOS ? row.n : at));

        row = at == PL_NOPOS ? of("") : pl_str_tail(row, at + strlen(mark));
        if (pl_str_eat(&part, of(key)) && pl_str_eat(&part, of("=")))
            return part;
    }
    return of("");
}

static pl_str cut(pl_str *rest, const char *mark)
{
    size_t at = pl_str_find(*rest, of(mark), 0);
    pl_str part = pl_str_sub(*rest, 0, at == PL_NOPOS ? rest->n : at);

    *rest = at == PL_NOPOS ? of("") : pl_str_tail(*rest, at + strlen(mark));
    return pl_str_trim(part);
}

static int year_of(pl_str s)
{
    int year = 0;

    for (size_t i = 0; i < s.n; i++)
        year = year * 10 + (s.p[i] - '0');
    return year;
}

static const pl_phrase *from_data(void *arg, pl_str owner, pl_str standard, pl_str *name)
{
    (void)owner;
    (void)standard;
    *name = of("数据集");
    return arg;
}

typedef struct row {
    pl_str text, target, value, given, want;
    pl_judge_in in;
    const pl_phrase *other;
} row;

static bool row_read(pl_ctx *cx, pl_str line, row *r)
{
    size_t arrow = PL_NOPOS;
    pl_str s, data;

    for (size_t at = 0; (at = pl_str_find(line, of(" -> "), at)) != PL_NOPOS; at++)
        arrow = at;
    if (arrow == PL_NOPOS)
        return false;
    *r = (row){.text = line, .want = pl_str_trim(pl_str_tail(line, arrow + 4))};
    s = pl_str_sub(line, 0, arrow);
    r->target = cut(&s, "|");
    r->value = cut(&s, "|");
    r->given = s;
    r->in.name = given(s, "|", "name");
    r->in.unit = given(s, "|", "unit");
    r->in.year = year_of(given(s, "|", "year"));
    if (pl_str_eq(given(s, "|", "dir"), of("up")))
        r->in.direction = PL_DIR_UP;
    if (pl_str_eq(given(s, "|", "dir"), of("down")))
        r->in.direction = PL_DIR_DOWN;
    if (given(s, "|", "tolerance").n)
        assert_true(pl_dec_from(given(s, "|", "tolerance"), &r->in.tolerance_percent));
    r->in.approved = pl_str_eq(given(s, "|", "approved"), of("yes"));
    r->in.target = phrase(cx, r->target, &r->in);
    r->in.value = phrase(cx, r->value, &r->in);
    if (given(s, "|", "previous").n)
        r->in.previous = phrase(cx, given(s, "|", "previous"), &r->in);
    if (given(s, "|", "term").n)
        r->in.term_target = phrase(cx, given(s, "|", "term"), &r->in);
    if (given(s, "|", "other").n) {
        r->other = phrase(cx, given(s, "|", "other"), &r->in);
        r->in.n_other_targets = 1;
    }
    data = given(s, "|", "data");
    if (data.n) {
        union {
            const pl_phrase *from;
            void *to;
        } arg = {phrase(cx, data, &r->in)};

        r->in.reference = from_data;
        r->in.reference_arg = arg.to;
    }
    return true;
}

static bool any_has(const pl_bitext *p, size_t n, pl_str words)
{
    for (size_t i = 0; i < n; i++)
        if (pl_str_has(p[i].zh, words) || pl_str_has(p[i].en, words))
            return true;
    return false;
}

static bool same_word(pl_str got, pl_str want)
{
    return pl_str_eq(got, want);
}

/* What of a row is not as expected; NULL when all is. */
static const char *row_differs(const row *r, const pl_verdict *v)
{
    pl_str rest = r->want;
    pl_str outcome = cut(&rest, " "), certainty = cut(&rest, " ");
    pl_str got = pl_certainty_token(v->certainty);
    pl_str want;
    pl_dec d;

    if (!pl_str_eq(pl_outcome_token(v->outcome), outcome))
        return "outcome";
    if (!pl_str_eq(got.n ? got : of("none"), certainty))
        return "certainty";
    want = given(rest, " ", "short");
    if (want.n && (!pl_dec_from(want, &d) || pl_dec_cmp(d, v->short_by) != 0))
        return "short";
    want = given(rest, " ", "from");
    if (want.n && !pl_str_eq(pl_dir_from_token(v->direction_from), want))
        return "from";
    want = given(rest, " ", "word");
    if (want.n && !pl_str_starts(v->direction_word, want) &&
        !same_word(v->direction_word, want))
        return "word";
    want = given(rest, " ", "needs");
    if (want.n && !any_has(v->needs.p, v->needs.n, want))
        return "needs";
    want = given(rest, " ", "note");
    if (want.n && !any_has(v->notes.p, v->notes.n, want))
        return "note";
    if ((given(rest, " ", "conflict").n != 0) != v->unit_conflict)
        return "conflict";
    if ((given(rest, " ", "draft").n != 0) != v->provisional)
        return "draft";
    return NULL;
}

static void show(const row *r, const pl_verdict *v, const char *what)
{
    pl_str certainty = pl_certainty_token(v->certainty);

    print_error("%s differs: %.*s\n  got %.*s %.*s\n  %.*s\n  %.*s\n", what,
                PL_FMT(r->text), PL_FMT(pl_outcome_token(v->outcome)), PL_FMT(certainty),
                PL_FMT(v->why.zh), PL_FMT(v->why.en));
    for (size_t i = 0; i < v->needs.n; i++)
        print_error("  needs %.*s | %.*s\n", PL_FMT(v->needs.p[i].zh),
                    PL_FMT(v->needs.p[i].en));
    for (size_t i = 0; i < v->notes.n; i++)
        print_error("  note %.*s | %.*s\n", PL_FMT(v->notes.p[i].zh),
                    PL_FMT(v->notes.p[i].en));
}

/* Words of verdicts to read: PL_SHOW=1. */
static bool showing(void)
{
    return getenv("PL_SHOW") != NULL;
}

/* Every rule R-2nn has rows in the file. */
static void every_row_of_the_cases_comes_out_as_written(void **state)
{
    pl_ctx cx = lexicon_ctx();
    pl_str text = file_read(&cx, getenv("PL_CASES"));
    size_t rows = 0, wrong = 0;

    (void)state;
    while (text.n) {
        pl_str line = cut(&text, "\n");
        pl_arena_mark mark = pl_arena_here(cx.arena);
        pl_verdict v;
        row r;
        const char *differs;

        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (!row_read(&cx, line, &r))
            fail_msg("no row: %.*s", PL_FMT(line));
        r.in.other_targets = &r.other;
        assert_int_equal(pl_judge(&cx, &r.in, &v), PL_OK);
        differs = row_differs(&r, &v);
        if (differs || showing())
            show(&r, &v, differs ? differs : "nothing");
        wrong += differs != NULL;
        rows++;
        pl_arena_reset(cx.arena, mark);
    }
    if (rows == 0)
        fail_msg("no cases: set PL_CASES to tests/cases/verdict.txt");
    if (wrong)
        fail_msg("%zu of %zu rows", wrong, rows);
    test_ctx_free(&cx);
}

/* The value of a key in the gold file: flat objects of strings, no escapes. */
static pl_str gold(pl_str object, const char *key)
{
    char quoted[64];
    size_t at, end;

    snprintf(quoted, sizeof quoted, "\"%s\": \"", key);
    at = pl_str_find(object, of(quoted), 0);
    if (at == PL_NOPOS)
        return of("");
    object = pl_str_tail(object, at + strlen(quoted));
    end = pl_str_find(object, of("\""), 0);
    return pl_str_sub(object, 0, end == PL_NOPOS ? 0 : end);
}

/* How certain the real report's verdicts of 2022 are, row by row. */
static const struct {
    const char *no;
    pl_certainty certainty;
} certain[] = {
    {"1", PL_CERTAINTY_MEASURED},    /* the value has the target's own bound */
    {"2", PL_CERTAINTY_ASSERTED},    /* a claim */
    {"3", PL_CERTAINTY_RESOLVED},    /* the city's requirement from brackets */
    {"4", PL_CERTAINTY_MEASURED},    /* 4 against 6 */
    {"5", PL_CERTAINTY_STATED},      /* 左右 against 左右 */
    {"6", PL_CERTAINTY_MEASURED},    /* from 10 on, both */
    {"7", PL_CERTAINTY_MEASURED},    /* 6.6 against 6 */
    {"8", PL_CERTAINTY_MEASURED},    /* 15 is above 6.3 too */
    {"9", PL_CERTAINTY_MEASURED},    /* 4500 is above 3990 too */
    {"10", PL_CERTAINTY_STATED},     /* 左右 against 左右 */
    {"11", PL_CERTAINTY_RESOLVED},   /* brackets */
    {"12", PL_CERTAINTY_MEASURED},   /* 9 at most against 14.25 at least */
    {"13", PL_CERTAINTY_RESOLVED},   /* brackets */
    {"14", PL_CERTAINTY_RESOLVED},   /* brackets */
    {"15", PL_CERTAINTY_MEASURED},   /* 39 reaches 38 itself */
    {"16", PL_CERTAINTY_ASSERTED},   /* a claim */
    {"17", PL_CERTAINTY_MEASURED},   /* a draft target, but a figure */
    {"18", PL_CERTAINTY_RESOLVED},   /* brackets */
    {"19", PL_CERTAINTY_MEASURED},   /* a rate above 0 */
    {"20", PL_CERTAINTY_RESOLVED},   /* the city's rate from the value's own note */
    {"21a", PL_CERTAINTY_MEASURED},  /* 1350 of 1350 */
    {"21b", PL_CERTAINTY_MEASURED},  /* 10040 of 10000 */
    {"22", PL_CERTAINTY_MEASURED},   /* 5 of 4.8 */
    {"23", PL_CERTAINTY_MEASURED},   /* 1.75 after 0.88 */
    {"24", PL_CERTAINTY_RESOLVED},   /* brackets of the term's target */
    {"25a", PL_CERTAINTY_MEASURED},  /* 99.1 above 98.5 */
    {"25b", PL_CERTAINTY_MEASURED},  /* 100 above 99 */
    {"26", PL_CERTAINTY_COMPARABLE}, /* met on the other basis */
    {"27", PL_CERTAINTY_MEASURED},   /* 7.5 against 10 */
    {"28", PL_CERTAINTY_MEASURED},   /* 99.7 of 99.5 */
    {"29", PL_CERTAINTY_AMENDED},    /* missed against 7.2 */
    {"30", PL_CERTAINTY_MEASURED},   /* 3.1 of 3.1 */
    {"31", PL_CERTAINTY_MEASURED},   /* 6579 of 5000 */
};

static pl_judge_in gold_in(pl_ctx *cx, pl_str object, const pl_phrase **other)
{
    pl_judge_in in = {
        .name = gold(object, "name"), .unit = gold(object, "unit"), .year = 2022};

    in.target = phrase(cx, gold(object, "target_2022"), &in);
    in.value = phrase(cx, gold(object, "value_2022"), &in);
    in.previous = phrase(cx, gold(object, "value_2021"), &in);
    in.term_target = phrase(cx, gold(object, "target_2025"), &in);
    *other = phrase(cx, gold(object, "target_2023"), &in);
    in.other_targets = other;
    in.n_other_targets = 1;
    return in;
}

static void the_real_report_comes_out_as_it_says(void **state)
{
    pl_ctx cx = lexicon_ctx();
    pl_str text = file_read(&cx, getenv("PL_GOLD"));
    size_t n = 0, wrong = 0;

    (void)state;
    if (text.n == 0) {
        print_message("the real report's data is not here: set PL_GOLD\n");
        test_ctx_free(&cx);
        skip();
    }
    for (size_t at = 0; (at = pl_str_find(text, of("{"), at)) != PL_NOPOS; at++, n++) {
        size_t end = pl_str_find(text, of("}"), at);
        pl_str object = pl_str_sub(text, at, end - at);
        const pl_phrase *other;
        pl_judge_in in = gold_in(&cx, object, &other);
        row r = {.text = object};
        pl_verdict v;
        bool same;

        assert_true(n < PL_COUNT(certain));
        assert_str(gold(object, "no"), of(certain[n].no));
        assert_int_equal(pl_judge(&cx, &in, &v), PL_OK);
        same = pl_str_eq(pl_outcome_token(v.outcome), gold(object, "verdict_2022")) &&
               v.certainty == certain[n].certainty;
        if (!same || showing())
            show(&r, &v, same ? "nothing" : "outcome or certainty");
        wrong += !same;
    }
    assert_int_equal(n, PL_COUNT(certain));
    assert_int_equal(wrong, 0);
    test_ctx_free(&cx);
}

static void sentences_say_the_arithmetic(void **state)
{
    static const struct {
        const char *line, *zh, *en;
    } rows[] = {
        {"15左右 | 8-9 | name=自贸区企业收入增速 -> ",
         "8-9 对 "
         "15左右（15±0.75，越高越好，依据指标名称“增速”）：未完成，最好情况仍差5.25。",
         "8–9 against 15左右 (15 ± 0.75, higher is better, from 增速): missed, 5.25 "
         "short "
         "at best."},
        {"净减1.2平方公里 | 可完成 -> ",
         "可完成 对 净减1.2平方公里：完成，仅依据声明，未给出数值。",
         "可完成 against 净减1.2平方公里: met by its own claim; no figure is given."},
    };
    pl_ctx cx = lexicon_ctx();

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_verdict v;
        row r;

        assert_true(row_read(&cx, of(rows[i].line), &r));
        assert_int_equal(pl_judge(&cx, &r.in, &v), PL_OK);
        assert_str(v.why.zh, of(rows[i].zh));
        assert_str(v.why.en, of(rows[i].en));
    }
    test_ctx_free(&cx);
}

/* R-267 An indicator in parts is met when all parts are met. */
static void parts_in_one_cell_are_judged_each(void **state)
{
    static pl_node figure[4], part[4];
    static pl_phrase phrases[2];
    static const pl_str name[] = {PL_S_INIT("普惠性"), PL_S_INIT("中小学")};
    static const struct {
        int target[2], value[2];
        pl_outcome outcome;
    } rows[] = {
        {{10, 20}, {10, 20}, PL_OUTCOME_MET},
        {{10, 20}, {11, 19}, PL_OUTCOME_MISSED},
        {{10, 20}, {9, 21}, PL_OUTCOME_MISSED},
    };
    pl_ctx cx = lexicon_ctx();

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_judge_in in = {
            .target = &phrases[0], .value = &phrases[1], .direction = PL_DIR_UP};
        pl_verdict v;

        for (size_t k = 0; k < 4; k++) {
            int amount = k < 2 ? rows[i].target[k] : rows[i].value[k - 2];

            figure[k] = (pl_node){.kind = PL_NODE_NUMBER,
                                  .value = PL_DEC_INT(amount),
                                  .scale = PL_DEC_INT(1)};
            part[k] = (pl_node){.kind = PL_NODE_QUALIFIER,
                                .kid = &figure[k],
                                .text = name[k % 2],
                                .next = k % 2 ? NULL : &part[k + 1]};
        }
        phrases[0] = (pl_phrase){.first = &part[0], .complete = true};
        phrases[1] = (pl_phrase){.first = &part[2], .complete = true};
        assert_int_equal(pl_judge(&cx, &in, &v), PL_OK);
        assert_int_equal(v.outcome, rows[i].outcome);
    }
    test_ctx_free(&cx);
}

/* R-268 Whatever is undetermined says what is missing. */
static void the_undetermined_has_needs_whatever_the_texts(void **state)
{
    static const char *const text[] = {
        "",       "-",        "6",          "6以上",
        "约6",    "8-9",      "6%",         "6亿元",
        "增长6%", "稳步增长", "保持稳定",   "达到市级要求",
        "可完成", "未完成",   "累计5000",   "2035年达到37",
        "见附件", "市级3.2",  "7(调整为5)", "99999999999999",
    };
    pl_ctx cx = lexicon_ctx();

    (void)state;
    for (size_t i = 0; i < PL_COUNT(text) * PL_COUNT(text); i++) {
        pl_arena_mark mark = pl_arena_here(cx.arena);
        pl_judge_in in = {.year = 2022};
        pl_verdict v;

        in.target = phrase(&cx, of(text[i / PL_COUNT(text)]), &in);
        in.value = phrase(&cx, of(text[i % PL_COUNT(text)]), &in);
        assert_int_equal(pl_judge(&cx, &in, &v), PL_OK);
        if (v.outcome == PL_OUTCOME_UNDETERMINED && v.needs.n == 0)
            fail_msg("no needs: %.*s", PL_FMT(v.why.en));
        assert_int_equal(v.certainty == PL_CERTAINTY_NONE,
                         v.outcome == PL_OUTCOME_UNDETERMINED);
        assert_true(v.why.zh.n && v.why.en.n);
        pl_arena_reset(cx.arena, mark);
    }
    test_ctx_free(&cx);
}

static void every_failed_allocation_is_survived(void **state)
{
    pl_ctx cx = lexicon_ctx();
    pl_status st = PL_ENOMEM;
    row r;
    pl_verdict v;

    (void)state;
    assert_true(row_read(&cx, of("7.2(调整为5.5) | 5.5左右 | name=床位数 -> "), &r));
    for (size_t n = 0; st != PL_OK && n < 100; n++) {
        v = (pl_verdict){.outcome = PL_OUTCOME_MET};
        pl_arena_fail_after(cx.arena, n);
        st = pl_judge(&cx, &r.in, &v);
        assert_true(st == PL_OK || (st == PL_ENOMEM && v.needs.p == NULL));
    }
    assert_int_equal(st, PL_OK);
    test_ctx_free(&cx);
}

static void a_judgement_needs_no_lexicon(void **state)
{
    pl_ctx cx = test_ctx();
    pl_node six = {
        .kind = PL_NODE_NUMBER, .value = PL_DEC_INT(6), .scale = PL_DEC_INT(1)};
    pl_phrase p = {.first = &six, .complete = true};
    pl_judge_in in = {.target = &p, .value = &p, .name = of("增速"), .unit = of("%")};
    pl_verdict v;

    (void)state;
    pl_decide(&cx, &in, &v);
    assert_int_equal(v.outcome, PL_OUTCOME_MET);
    assert_int_equal(v.direction, PL_DIR_NONE);
    test_ctx_free(&cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_the_cases_comes_out_as_written),
        cmocka_unit_test(the_real_report_comes_out_as_it_says),
        cmocka_unit_test(sentences_say_the_arithmetic),
        cmocka_unit_test(parts_in_one_cell_are_judged_each),
        cmocka_unit_test(the_undetermined_has_needs_whatever_the_texts),
        cmocka_unit_test(every_failed_allocation_is_survived),
        cmocka_unit_test(a_judgement_needs_no_lexicon),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
