/* Counts of indicators that the narrative claims: how many there are, how many were met.
 *
 * A figure that counts 指标 is a claim; the words behind it tell which: 完成 / 达到 that
 * many were met, 未完成 that many were missed, else that many there are. */
#include "judge/rules.h"
#include <stdio.h>

typedef enum claim { CLAIM_NONE, CLAIM_TOTAL, CLAIM_MET, CLAIM_MISSED } claim;

enum { CLAIM_LOOK_BYTES = 90 }; /* thirty characters behind the figure */

/* The words behind a fact, to the end of its clause. */
static pl_str words_behind(const pl_check *check, const pl_fact *f)
{
    const pl_block *b = &check->plan->doc->blocks.p[f->block];
    pl_str s;
    size_t end;

    if (b->kind == PL_BLOCK_TABLE)
        return (pl_str){0};
    s = pl_str_sub(b->text.s, f->at.at + f->at.n, CLAIM_LOOK_BYTES);
    for (size_t i = 0; i < 2; i++) {
        end = pl_str_find(s, i ? PL_S("。") : PL_S(","), 0);
        if (end == PL_NOPOS && i == 0)
            end = pl_str_find(s, PL_S("，"), 0);
        if (end != PL_NOPOS)
            s = pl_str_sub(s, 0, end);
    }
    return s;
}

static claim claim_of(pl_str behind)
{
    static const pl_str missed[] = {PL_S_INIT("未完成"), PL_S_INIT("未达到"),
                                    PL_S_INIT("没有完成"), PL_S_INIT("未能完成")};
    static const pl_str met[] = {PL_S_INIT("完成"), PL_S_INIT("达到"), PL_S_INIT("实现")};
    size_t noun = pl_str_find(behind, PL_S("指标"), 0);

    if (noun == PL_NOPOS || noun > 24 ||
        pl_str_has(pl_str_sub(behind, 0, noun), PL_S("的")))
        return CLAIM_NONE;
    behind = pl_str_tail(behind, noun + PL_S("指标").n);
    if (pl_str_has_any(behind, missed, PL_COUNT(missed)))
        return CLAIM_MISSED;
    if (pl_str_has_any(behind, met, PL_COUNT(met)))
        return CLAIM_MET;
    return pl_str_starts(behind, PL_S("中")) || behind.n == 0 ? CLAIM_TOTAL : CLAIM_NONE;
}

static pl_status say(pl_ctx *cx, pl_check *check, const pl_fact *f, const char *zh,
                     const char *en, size_t computed)
{
    bool held = pl_dec_cmp(f->value, PL_DEC_INT((int64_t)computed)) == 0;
    char claimed[24];
    pl_relation *r;

    pl_dec_text(f->value, claimed);
    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_CLAIM,
                           held ? PL_SEVERITY_HELD : PL_SEVERITY_ERROR, &r));
    PL_TRY(pl_relation_zh(
        cx, r, held ? "正文称%s%s项，与附表一致：%zu项" : "正文称%s%s项，按附表为%zu项",
        zh, claimed, computed));
    PL_TRY(pl_relation_en(cx, r,
                          held ? "the text says %s %s; the table gives %zu too"
                               : "the text says %s %s, but the table gives %zu",
                          claimed, en, computed));
    PL_TRY(pl_str_keep(cx, pl_str_from(claimed), &r->found));
    int n = snprintf(claimed, sizeof claimed, "%zu", computed);
    PL_TRY(pl_str_keep(cx, (pl_str){claimed, (size_t)n}, &r->expected));
    return pl_relation_at(cx, r, f->place, f->text);
}

pl_status pl_rule_claim_counts(pl_ctx *cx, pl_check *check)
{
    static const struct {
        const char *zh, *en;
    } words[] = {{"", ""},
                 {"计划指标", "indicators in the plan"},
                 {"完成的指标", "indicators met"},
                 {"未完成的指标", "indicators missed"}};

    if (check->indicators.n == 0)
        return PL_OK;
    for (size_t i = 0; i < check->plan->facts.n; i++) {
        const pl_fact *f = &check->plan->facts.p[i];
        claim c;

        if (!pl_str_eq(f->unit, PL_S("项")) && !pl_str_eq(f->unit, PL_S("个")))
            continue;
        if (f->year && f->year != check->year)
            continue;
        c = claim_of(words_behind(check, f));
        if (c == CLAIM_TOTAL)
            PL_TRY(say(cx, check, f, words[c].zh, words[c].en, check->indicators.n));
        else if (c == CLAIM_MET && !check->strict)
            PL_TRY(say(cx, check, f, words[c].zh, words[c].en, check->met));
        else if (c == CLAIM_MISSED && !check->strict)
            PL_TRY(say(cx, check, f, words[c].zh, words[c].en, check->missed));
    }
    return PL_OK;
}
