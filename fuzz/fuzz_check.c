/* The whole way: any bytes as a text document, its plan, its check, both as JSON and
 * text. */
#include "doc/text_reader.h"
#include "judge/check.h"
#include "report/check_text.h"
#include "report/plan_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static pl_arena *words; /* of the lexicon, made once */
static const pl_lexicon *lexicon;

static void print_all(pl_ctx *cx, const pl_check *check)
{
    pl_text_opts opts = {{true, true, 100}, true, true};
    pl_buf b;
    pl_json j;

    pl_buf_init(&b, (size_t)64 << 20);
    j = pl_json_begin(&b);
    pl_plan_json(&j, check->plan, PL_S("-"), PL_S(""));
    j = pl_json_begin(&b);
    pl_check_json(&j, check, PL_S("-"), true);
    (void)!pl_check_text(cx, check, PL_S("-"), &opts, &b);
    (void)!pl_plan_text(cx, check->plan, PL_S("-"), &opts, &b);
    pl_buf_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT, .lexicon = lexicon};
    pl_check_opts opts = {0};
    pl_check *check;
    pl_plan *plan;
    pl_doc *d;

    if (!words) {
        pl_ctx make = {.limits = PL_LIMITS_DEFAULT};

        make.arena = words = pl_arena_new((size_t)64 << 20);
        if (!words || pl_lexicon_make(&make, (pl_str){0}, &lexicon) != PL_OK)
            return 0;
        cx.lexicon = lexicon;
    }
    cx.limits.cells = 100000;
    cx.arena = pl_arena_new((size_t)256 << 20);
    if (!cx.arena)
        return 0;
    if (pl_doc_read_text(&cx, (pl_bytes){data, size}, &d) == PL_OK &&
        pl_plan_read(&cx, d, &plan) == PL_OK &&
        pl_check_plan(&cx, plan, &opts, &check) == PL_OK)
        print_all(&cx, check);
    pl_arena_free(cx.arena);
    return 0;
}
