#include "report/doc_html.h"
#include "codec/xml.h"
#include "report/json_parts.h"
#include <stdlib.h>

enum { NEST = 16, PLACE_BYTES = 4096 };

/* A text of the document: of a block, or of a cell. */
typedef struct piece {
    const pl_text *text;
    const pl_place *place;
    size_t first, n; /* its spots */
} piece;

/* A mark in a piece: bytes [at, end) of its text. */
typedef struct spot {
    size_t piece, at, end;
    const pl_doc_mark *mark;
} spot;

/* Where a run of a piece's text begins in the source. */
typedef struct origin {
    pl_str path;
    size_t source, piece, run;
} origin;

typedef struct writer {
    pl_ctx *cx;
    const pl_doc *d;
    pl_buf *out;
    PL_VEC(piece) pieces; /* in the order of the document */
    PL_VEC(origin) origins;
    PL_VEC(spot) spots;
    size_t next; /* piece that is written next */
} writer;

/* ---- pieces and where they came from */

static pl_status add_piece(writer *w, const pl_text *t, const pl_place *place)
{
    piece *p = PL_VEC_ADD(w->cx->arena, &w->pieces);

    if (!p)
        return pl_fail_memory(w->cx);
    *p = (piece){.text = t, .place = place};
    for (size_t i = 0; i < t->n_runs; i++) {
        origin *o = PL_VEC_ADD(w->cx->arena, &w->origins);

        if (!o)
            return pl_fail_memory(w->cx);
        *o = (origin){place->path, t->runs[i].source, w->pieces.n - 1, i};
    }
    return PL_OK;
}

static int by_source(const void *a, const void *b)
{
    const origin *x = a, *y = b;
    int c = pl_str_cmp(x->path, y->path);

    if (c == 0)
        c = (x->source > y->source) - (x->source < y->source);
    return c ? c : (x->piece > y->piece) - (x->piece < y->piece);
}

static pl_status collect(writer *w)
{
    for (size_t i = 0; i < w->d->blocks.n; i++) {
        const pl_block *b = &w->d->blocks.p[i];

        if (!b->table)
            PL_TRY(add_piece(w, &b->text, &b->place));
        for (size_t c = 0; b->table && c < b->table->cells.n; c++)
            PL_TRY(add_piece(w, &b->table->cells.p[c].text, &b->table->cells.p[c].place));
    }
    if (w->origins.n)
        qsort(w->origins.p, w->origins.n, sizeof *w->origins.p, by_source);
    return PL_OK;
}

/* ---- marks in pieces */

/* The run that a byte of the source belongs to; NULL: none begins before it. */
static const origin *origin_of(const writer *w, pl_str path, size_t source)
{
    size_t low = 0, high = w->origins.n;
    origin key = {path, source, SIZE_MAX, 0};

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (by_source(&w->origins.p[mid], &key) <= 0)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == 0 || !pl_str_eq(w->origins.p[low - 1].path, path))
        return NULL;
    return &w->origins.p[low - 1];
}

/* Offset of a byte of the source in a piece's text, by a run of it. */
static size_t offset_in(const piece *p, const origin *o, size_t source)
{
    size_t end =
        o->run + 1 < p->text->n_runs ? p->text->runs[o->run + 1].at : p->text->s.n;
    size_t at = p->text->runs[o->run].at + (source - o->source);

    return at < end ? at : end;
}

static bool find_span(const writer *w, const pl_place *place, spot *out)
{
    const origin *first = origin_of(w, place->path, place->span.at), *last;
    const piece *p;

    if (place->span.n == 0 || !first)
        return false;
    p = &w->pieces.p[first->piece];
    out->piece = first->piece;
    out->at = offset_in(p, first, place->span.at);
    last = origin_of(w, place->path, place->span.at + place->span.n - 1);
    /* it may reach into what was dropped behind the text */
    out->end = last && last->piece == first->piece
                   ? offset_in(p, last, place->span.at + place->span.n - 1) + 1
                   : p->text->s.n;
    if (out->end > p->text->s.n)
        out->end = p->text->s.n;
    return out->at < out->end;
}

/* Cells are found by their place in the grid where nothing else is known. */
static bool find_cell(const writer *w, const pl_place *place, spot *out)
{
    size_t low = 0, high = w->pieces.n;

    if (!place->table)
        return false;
    for (size_t i = low; i < high; i++) {
        const pl_place *p = w->pieces.p[i].place;

        if (p->table == place->table && p->row == place->row && p->col == place->col) {
            *out = (spot){.piece = i, .end = w->pieces.p[i].text->s.n};
            return out->end > 0;
        }
    }
    return false;
}

static bool starts_character(pl_str s, size_t at)
{
    return at >= s.n || ((unsigned char)s.p[at] & 0xC0) != 0x80;
}

static int by_place(const void *a, const void *b)
{
    const spot *x = a, *y = b;

    if (x->piece != y->piece)
        return x->piece < y->piece ? -1 : 1;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1; /* what encloses goes first */
    return (x->mark > y->mark) - (x->mark < y->mark);
}

static pl_status place_marks(writer *w, const pl_doc_mark *marks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        spot s = {0}, *kept;

        if (!find_span(w, &marks[i].place, &s) && !find_cell(w, &marks[i].place, &s))
            continue;
        s.mark = &marks[i];
        while (!starts_character(w->pieces.p[s.piece].text->s, s.at))
            s.at++;
        while (!starts_character(w->pieces.p[s.piece].text->s, s.end))
            s.end++;
        kept = PL_VEC_ADD(w->cx->arena, &w->spots);
        if (!kept)
            return pl_fail_memory(w->cx);
        *kept = s;
    }
    if (w->spots.n)
        qsort(w->spots.p, w->spots.n, sizeof *w->spots.p, by_place);
    for (size_t i = w->spots.n; i-- > 0;) {
        w->pieces.p[w->spots.p[i].piece].first = i;
        w->pieces.p[w->spots.p[i].piece].n++;
    }
    return PL_OK;
}

/* ---- writing */

/* Text; its line ends are kept. */
static void put_text(pl_buf *b, pl_str s)
{
    size_t at;

    while ((at = pl_str_find(s, PL_S("\n"), 0)) != PL_NOPOS) {
        pl_xml_put(b, pl_str_sub(s, 0, at));
        pl_buf_put(b, PL_S("<br>"));
        s = pl_str_tail(s, at + 1);
    }
    pl_xml_put(b, s);
}

static void open_mark(pl_buf *b, const pl_doc_mark *m)
{
    pl_buf_put(b, PL_S("<mark data-kind=\""));
    pl_xml_put(b, m->kind);
    pl_buf_put(b, PL_S("\" data-id=\""));
    pl_xml_put(b, m->id);
    pl_buf_put(b, PL_S("\">"));
}

/* A piece with its marks. A mark that would reach out of the one it begins in is cut
 * there. */
static void put_piece(writer *w)
{
    const piece *p = &w->pieces.p[w->next++];
    size_t ends[NEST], open = 0, at = 0;

    for (size_t i = p->first; i < p->first + p->n; i++) {
        const spot *s = &w->spots.p[i];
        size_t end = s->end;

        while (open && ends[open - 1] <= s->at) {
            put_text(w->out, pl_str_sub(p->text->s, at, ends[open - 1] - at));
            at = ends[--open];
            pl_buf_put(w->out, PL_S("</mark>"));
        }
        if (open == NEST)
            continue;
        if (open && end > ends[open - 1])
            end = ends[open - 1];
        put_text(w->out, pl_str_sub(p->text->s, at, s->at - at));
        at = s->at;
        open_mark(w->out, s->mark);
        ends[open++] = end;
    }
    while (open) {
        put_text(w->out, pl_str_sub(p->text->s, at, ends[open - 1] - at));
        at = ends[--open];
        pl_buf_put(w->out, PL_S("</mark>"));
    }
    put_text(w->out, pl_str_tail(p->text->s, at));
}

static void put_place(pl_buf *b, const pl_place *p)
{
    pl_buf json;
    pl_json j;

    pl_buf_init(&json, PLACE_BYTES);
    j = pl_json_begin(&json);
    pl_json_place(&j, p);
    if (!json.failed) {
        pl_buf_put(b, PL_S(" data-place=\""));
        pl_xml_put(b, pl_buf_str(&json));
        pl_buf_putc(b, '"');
    }
    pl_buf_release(&json);
}

static void put_cell(writer *w, const pl_cell *c)
{
    const char *tag = c->header ? "th" : "td";

    pl_buf_putf(w->out, "<%s", tag);
    if (c->rowspan > 1)
        pl_buf_putf(w->out, " rowspan=\"%u\"", c->rowspan);
    if (c->colspan > 1)
        pl_buf_putf(w->out, " colspan=\"%u\"", c->colspan);
    put_place(w->out, &c->place);
    pl_buf_putc(w->out, '>');
    put_piece(w);
    pl_buf_putf(w->out, "</%s>", tag);
}

/* Cells stand in the order of their pieces: by row, then column. */
static void put_table(writer *w, const pl_block *k)
{
    const pl_table *t = k->table;
    size_t next = 0;

    pl_buf_putf(w->out, "<table data-table=\"%u\"", t->number);
    put_place(w->out, &k->place);
    pl_buf_putc(w->out, '>');
    for (uint32_t r = 0; r < t->rows; r++) {
        pl_buf_put(w->out, PL_S("<tr>"));
        for (uint32_t c = 0; c < t->cols; c++) {
            const pl_cell *cell = pl_table_at(t, r, c);

            if (!cell)
                pl_buf_put(w->out, PL_S("<td></td>"));
            else if (next < t->cells.n && cell == &t->cells.p[next])
                put_cell(w, &t->cells.p[next++]);
        }
        pl_buf_put(w->out, PL_S("</tr>\n"));
    }
    w->next += t->cells.n - next; /* what the grid does not show */
    pl_buf_put(w->out, PL_S("</table>\n"));
}

static void put_block(writer *w, const pl_block *k)
{
    char heading[] = "h1";
    const char *tag = k->kind == PL_BLOCK_NOTE ? "aside" : "p";

    if (k->table) {
        put_table(w, k);
        return;
    }
    if (k->kind == PL_BLOCK_HEADING) {
        heading[1] = (char)('0' + (k->level < 1 ? 1 : k->level > 6 ? 6 : k->level));
        tag = heading;
    }
    pl_buf_putf(w->out, "<%s", tag);
    put_place(w->out, &k->place);
    pl_buf_putc(w->out, '>');
    put_piece(w);
    pl_buf_putf(w->out, "</%s>\n", tag);
}

pl_status pl_doc_html(pl_ctx *cx, const pl_doc *d, const pl_doc_mark *marks, size_t n,
                      pl_buf *out)
{
    writer w = {.cx = cx, .d = d, .out = out};

    PL_TRY(collect(&w));
    PL_TRY(place_marks(&w, marks, n));
    for (size_t i = 0; i < d->blocks.n; i++)
        put_block(&w, &d->blocks.p[i]);
    return out->failed ? pl_fail_memory(cx) : PL_OK;
}
