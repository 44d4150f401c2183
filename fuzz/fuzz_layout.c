/* Pages from bytes: four bytes place a text or a line on a coarse grid, so that columns,
 * tables and repeated lines come about by chance. */
#include "doc/layout.h"

/* Memory of one input, bytes. */
#define FUZZ_BYTES ((size_t)64 << 20)

static const pl_str texts[] = {
    PL_S_INIT("一、主要目标"),
    PL_S_INIT("（二）增长6%以上。"),
    PL_S_INIT("(3)完成"),
    PL_S_INIT("地区生产总值增速达到市级要求，保持稳定增长，"),
    PL_S_INIT("1"),
    PL_S_INIT("— 2 —"),
    PL_S_INIT("目　录"),
    PL_S_INIT("总体要求……3"),
    PL_S_INIT("续表"),
    PL_S_INIT("growth of"),
    PL_S_INIT("某政发〔2023〕7号"),
    PL_S_INIT("　　"),
    PL_S_INIT("\x01 \x7f"),
    PL_S_INIT("序号"),
    PL_S_INIT("6以上"),
    PL_S_INIT("312.6"),
};

static bool page_add(pl_ctx *cx, pl_layout *l)
{
    pl_layout_page *p = PL_VEC_ADD(cx->arena, &l->pages);

    if (p)
        p->area = (pl_box){0, 0, 210000, 297000};
    return p != NULL;
}

/* 0x00-0x7f a text, 0x80-0xbf a level line, 0xc0-0xfd an upright one, 0xfe a page,
 * 0xff a place far away. */
static bool mark_add(pl_ctx *cx, pl_layout *l, const uint8_t *b)
{
    pl_layout_page *p = &l->pages.p[l->pages.n - 1];
    pl_um x = b[1] * 1000, y = b[2] * 1000, w = b[3] * 1000;

    if (b[0] == 0xfe)
        return page_add(cx, l);
    if (b[0] == 0xff) {
        x = PL_UM_MAX;
        y = -PL_UM_MAX;
    }
    if (b[0] < 0x80) {
        pl_layout_run *r = PL_VEC_ADD(cx->arena, &p->runs);

        if (!r)
            return false;
        r->text = texts[b[0] % PL_COUNT(texts)];
        r->size = 1000 * (b[3] % 16);
        r->bold = b[0] & 0x40;
        r->box = (pl_box){x, y, x + (pl_um)r->text.n * r->size / 3, y + r->size};
        return true;
    }
    pl_layout_rule *r = PL_VEC_ADD(cx->arena, &p->rules);

    if (!r)
        return false;
    *r =
        b[0] < 0xc0 ? (pl_layout_rule){x, y, x + w, y} : (pl_layout_rule){x, y, x, y + w};
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    pl_layout l = {0};
    pl_doc d = {0};
    bool ok;

    cx.arena = pl_arena_new(FUZZ_BYTES);
    if (!cx.arena)
        return 0;
    ok = page_add(&cx, &l);
    for (size_t i = 0; ok && i + 4 <= size && i < 8192; i += 4)
        ok = mark_add(&cx, &l, data + i);
    if (ok && pl_layout_doc(&cx, &l, &d) == PL_OK)
        for (size_t i = 0; i < d.blocks.n; i++) {
            const pl_table *t = d.blocks.p[i].table;

            /* every cell keeps the place that its grid gives it */
            for (size_t k = 0; t && k < t->cells.n; k++)
                if (pl_table_at(t, t->cells.p[k].row, t->cells.p[k].col) !=
                    &t->cells.p[k])
                    __builtin_trap();
        }
    pl_arena_free(cx.arena);
    return 0;
}
