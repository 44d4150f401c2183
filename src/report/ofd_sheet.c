#include "report/ofd_sheet.h"

#include <stdio.h>

#include "codec/xml.h"
#include "report/line_fit.h"
#include "text/utf8.h"

enum {
    ASCENT_PART = 86,   /* percent of the size over the baseline */
    NUMBER_SIZE = 4939, /* 14 pt (四号), GB/T 9704-2012, 7.5 */
    NUMBER_Y = PL_SHEET_END + 7000
};

/* Millimetres, without needless zeros. */
static void put_um(pl_buf *b, pl_um v)
{
    const char *sign = v < 0 ? "-" : "";
    int whole = v < 0 ? -(v / 1000) : v / 1000, part = v < 0 ? -(v % 1000) : v % 1000;

    if (part % 100 == 0)
        pl_buf_putf(b, part ? "%s%d.%d" : "%s%d", sign, whole, part / 100);
    else
        pl_buf_putf(b, "%s%d.%03d", sign, whole, part);
}

static void put_box(pl_buf *b, pl_um x, pl_um y, pl_um w, pl_um h)
{
    put_um(b, x);
    pl_buf_putc(b, ' ');
    put_um(b, y);
    pl_buf_putc(b, ' ');
    put_um(b, w);
    pl_buf_putc(b, ' ');
    put_um(b, h);
}

/* The ways between characters, equal ones counted: `g 12 5 2.5`. */
static void put_deltas(pl_buf *b, pl_str text, pl_um size)
{
    size_t n, left = pl_utf8_count(text);

    while (left > 1) {
        size_t ems = pl_half_ems_of(pl_utf8_at(text, &n)), run = 0;

        for (; left > 1 && pl_half_ems_of(pl_utf8_at(text, &n)) == ems; run++, left--)
            text = pl_str_tail(text, n);
        if (run > 2)
            pl_buf_putf(b, "g %zu ", run);
        for (size_t i = 0; i < (run > 2 ? 1 : run); i++) {
            put_um(b, (pl_um)ems * size / 2);
            pl_buf_putc(b, ' ');
        }
    }
    if (b->n && b->p[b->n - 1] == ' ')
        b->n--;
}

void pl_sheet_text(pl_sheet_writer *w, pl_um x, pl_um y, pl_um size, pl_face face,
                   pl_str text)
{
    pl_buf *b = &w->page;

    pl_buf_putf(b, "<ofd:TextObject ID=\"%u\" Boundary=\"", ++w->id);
    put_box(b, x, y, (pl_um)pl_half_ems(text) * size / 2, size);
    pl_buf_putf(b, "\" Font=\"%d\" Size=\"", (int)face);
    put_um(b, size);
    pl_buf_put(b, PL_S("\"><ofd:TextCode X=\"0\" Y=\""));
    put_um(b, size * ASCENT_PART / 100);
    pl_buf_put(b, PL_S("\" DeltaX=\""));
    put_deltas(b, text, size);
    pl_buf_put(b, PL_S("\">"));
    pl_xml_put(b, text);
    pl_buf_put(b, PL_S("</ofd:TextCode></ofd:TextObject>"));
}

void pl_sheet_box(pl_sheet_writer *w, pl_box box)
{
    pl_buf *b = &w->page;
    pl_um x1 = box.x1 - box.x0, y1 = box.y1 - box.y0;

    pl_buf_putf(b, "<ofd:PathObject ID=\"%u\" Boundary=\"", ++w->id);
    put_box(b, box.x0, box.y0, x1, y1);
    pl_buf_put(b, PL_S("\" LineWidth=\"0.25\"><ofd:AbbreviatedData>M 0 0 L "));
    put_um(b, x1);
    pl_buf_put(b, PL_S(" 0 L "));
    put_um(b, x1);
    pl_buf_putc(b, ' ');
    put_um(b, y1);
    pl_buf_put(b, PL_S(" L 0 "));
    put_um(b, y1);
    pl_buf_put(b, PL_S(" C</ofd:AbbreviatedData></ofd:PathObject>"));
}

pl_status pl_sheet_close(pl_sheet_writer *w)
{
    char number[32], name[48];
    pl_str s = {number, 0};
    pl_status st;

    if (w->page.n == 0)
        return w->page.failed ? pl_fail_memory(w->cx) : PL_OK;
    s.n = (size_t)snprintf(number, sizeof number, "— %u —", w->pages);
    pl_sheet_text(w, (PL_SHEET_W - (pl_um)pl_half_ems(s) * NUMBER_SIZE / 2) / 2, NUMBER_Y,
                  NUMBER_SIZE, PL_FACE_SONG, s);
    pl_buf_put(&w->page, PL_S("</ofd:Layer></ofd:Content></ofd:Page>"));
    if (w->page.failed)
        return pl_fail_memory(w->cx);
    snprintf(name, sizeof name, "Doc_0/Pages/Page_%u/Content.xml", w->pages - 1);
    st = pl_zip_write(w->cx, &w->zip, pl_str_from(name), pl_buf_str(&w->page));
    w->page.n = 0;
    return st;
}

pl_status pl_sheet_turn(pl_sheet_writer *w)
{
    PL_TRY(pl_sheet_close(w));
    w->pages++;
    w->y = PL_SHEET_TOP;
    pl_buf_putf(&w->page,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                "<ofd:Page xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:Content>"
                "<ofd:Layer ID=\"%u\">",
                ++w->id);
    return PL_OK;
}
