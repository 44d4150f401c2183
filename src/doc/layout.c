#include "doc/layout_internal.h"
#include "doc/outline.h"
#include "doc/record.h"

/* Meetings of ruled lines, and of tables with text, in one document: a page full of
 * tables has some ten thousand; this many take a second. */
enum { WORK_MAX = 50 * 1000 * 1000 };

static pl_status pages_without_text(pl_ctx *cx, const pl_layout *in, pl_doc *d,
                                    size_t *n_text)
{
    for (size_t i = 0; i < in->pages.n; i++) {
        const pl_layout_page *p = &in->pages.p[i];
        pl_place place = {.page = (uint32_t)i + 1, .path = p->path};

        *n_text += p->runs.n > 0;
        if (p->runs.n == 0 && p->images)
            PL_TRY(pl_doc_odd(
                cx, d, PL_S("page.no_text"), PL_S("此页只有图像，没有文字，未能读取"),
                PL_S("this page is a picture without text: it was not read"), place));
    }
    return PL_OK;
}

pl_status pl_layout_doc(pl_ctx *cx, const pl_layout *in, pl_doc *d)
{
    pl_layout_state st = {.doc = d, .work = WORK_MAX, .n_sheets = (uint32_t)in->pages.n};
    size_t n_text = 0;

    if (in->pages.n >= UINT32_MAX)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "too many pages");
    PL_TRY(pages_without_text(cx, in, d, &n_text));
    if (n_text == 0)
        return pl_fail(
            cx, PL_ESCANNED, PL_NOPOS,
            "none of %zu pages has text, only pictures: recognise it (OCR) first",
            in->pages.n);
    st.sheets = PL_NEW_N(cx->arena, pl_sheet, in->pages.n);
    if (!st.sheets)
        return pl_fail_memory(cx);
    for (uint32_t i = 0; i < st.n_sheets; i++)
        st.sheets[i].in = &in->pages.p[i];
    for (uint32_t i = 0; i < st.n_sheets; i++)
        PL_TRY(pl_layout_cells(cx, &st, i));
    PL_TRY(pl_layout_drop_furniture(cx, &st));
    for (uint32_t i = 0; i < st.n_sheets; i++)
        PL_TRY(pl_layout_flow(cx, &st, i));
    PL_TRY(pl_layout_join_tables(cx, &st));
    PL_TRY(pl_layout_blocks(cx, &st));
    PL_TRY(pl_record_take(cx, d));
    return pl_outline_annexes(cx, d);
}
