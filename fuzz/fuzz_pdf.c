/* What poppler's programs answer: words when the first byte is `w`, else drawings. */
#include <string.h>

#include "doc/pdf.h"

/* Memory of one input, bytes. */
#define FUZZ_BYTES ((size_t)64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    pl_layout l = {0};
    pl_doc d = {0};
    char *copy;

    cx.arena = pl_arena_new(FUZZ_BYTES);
    if (!cx.arena)
        return 0;
    (void)pl_pdf_is((pl_bytes){data, size});
    copy = PL_NEW_N(cx.arena, char, size);
    if (copy && size) {
        memcpy(copy, data + 1, size - 1);
        if (data[0] == 'w') {
            if (pl_pdf_words(&cx, copy, size - 1, &d, &l) == PL_OK)
                (void)!pl_layout_doc(&cx, &l, &d);
        } else if (PL_VEC_ADD(cx.arena, &l.pages)) {
            (void)!pl_pdf_rules(&cx, copy, size - 1, &l);
        }
    }
    pl_arena_free(cx.arena);
    return 0;
}
