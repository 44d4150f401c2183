/* Any phrases can be judged: target, value, previous value, term's target, name and unit
 * on a line each. What is undetermined has needs, the rest a certainty; judging the same
 * twice says the same; a verdict has its sentence. */
#include <stdlib.h>

#include "judge/verdict.h"
#include "text/utf8.h"

enum { INPUT_MAX = 2048, ARENA_BYTES = 64 << 20, LINES = 6 };

static void need(bool holds)
{
    if (!holds)
        abort();
}

static pl_str line_eat(pl_str *rest)
{
    size_t at = pl_str_find(*rest, PL_S("\n"), 0);
    pl_str line = pl_str_sub(*rest, 0, at == PL_NOPOS ? rest->n : at);

    *rest = pl_str_tail(*rest, line.n + 1);
    return line;
}

static const pl_phrase *phrase(pl_ctx *cx, pl_str text, const pl_judge_in *in)
{
    pl_phrase_opts opts = {.year = in->year, .name = in->name, .unit = in->unit};
    pl_phrase *p = NULL;
    pl_status st = pl_phrase_parse(cx, text, &opts, &p);

    need(st == PL_OK || st == PL_ELIMIT);
    return p;
}

static void judge(pl_ctx *cx, const pl_judge_in *in)
{
    pl_verdict fast, full;

    pl_decide(cx, in, &fast);
    need(pl_judge(cx, in, &full) == PL_OK);
    need(fast.outcome == full.outcome && fast.certainty == full.certainty);
    need(pl_dec_cmp(fast.short_by, full.short_by) == 0);
    need(pl_dec_sign(full.short_by) >= 0);
    need((full.outcome == PL_OUTCOME_UNDETERMINED) ==
         (full.certainty == PL_CERTAINTY_NONE));
    need(full.outcome != PL_OUTCOME_UNDETERMINED || full.needs.n > 0);
    need(full.why.zh.n && full.why.en.n);
    need(pl_utf8_bad((pl_bytes){(const unsigned char *)full.why.zh.p, full.why.zh.n}) ==
         PL_NOPOS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static pl_ctx cx;
    static pl_arena_mark made;
    pl_str rest = {(const char *)data, size}, line[LINES];
    const pl_phrase *other;
    pl_judge_in in = {.year = 2022};

    if (!cx.arena) {
        cx.limits = PL_LIMITS_DEFAULT;
        cx.arena = pl_arena_new(ARENA_BYTES);
        need(cx.arena && pl_lexicon_make(&cx, (pl_str){0}, &cx.lexicon) == PL_OK);
        made = pl_arena_here(cx.arena);
    }
    if (size > INPUT_MAX || pl_utf8_bad((pl_bytes){data, size}) != PL_NOPOS)
        return 0;
    for (size_t i = 0; i < LINES; i++)
        line[i] = line_eat(&rest);
    in.name = line[4];
    in.unit = line[5];
    in.target = phrase(&cx, line[0], &in);
    in.value = phrase(&cx, line[1], &in);
    in.previous = line[2].n ? phrase(&cx, line[2], &in) : NULL;
    in.term_target = line[3].n ? phrase(&cx, line[3], &in) : NULL;
    other = in.term_target;
    in.other_targets = &other;
    in.n_other_targets = other ? 1 : 0;
    if (in.target && in.value)
        judge(&cx, &in);
    pl_arena_reset(cx.arena, made);
    return 0;
}
