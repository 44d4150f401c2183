/* A part with text, element by element, as it is parsed: no tree of it is made. */
#include "doc/docx_internal.h"

/* Elements that do something. X(NAME, "local name", at its start, at its end) */
#define ELEMENTS(X)                                 \
    X(OTHER, "", other_open, NULL)                  \
    X(P, "p", p_open, p_close)                      \
    X(PPR, "pPr", NULL, NULL)                       \
    X(RPR, "rPr", NULL, NULL)                       \
    X(NUMPR, "numPr", NULL, NULL)                   \
    X(P_STYLE, "pStyle", p_style, NULL)             \
    X(R_STYLE, "rStyle", r_style, NULL)             \
    X(R, "r", r_open, NULL)                         \
    X(T, "t", NULL, NULL)                           \
    X(DEL_TEXT, "delText", del_text, NULL)          \
    X(INSTR, "instrText", NULL, NULL)               \
    X(FIELD, "fldChar", field_char, NULL)           \
    X(TAB, "tab", tab, NULL)                        \
    X(PTAB, "ptab", tab, NULL)                      \
    X(BR, "br", br, NULL)                           \
    X(CR, "cr", br, NULL)                           \
    X(HYPHEN, "noBreakHyphen", hyphen, NULL)        \
    X(SYM, "sym", symbol, NULL)                     \
    X(INS, "ins", inserted, NULL)                   \
    X(MOVE_TO, "moveTo", inserted, NULL)            \
    X(DEL, "del", deleted, NULL)                    \
    X(MOVE_FROM, "moveFrom", deleted, NULL)         \
    X(SDT, "sdt", sdt_open, NULL)                   \
    X(SDT_PR, "sdtPr", NULL, NULL)                  \
    X(PROMPT, "showingPlcHdr", sdt_prompt, NULL)    \
    X(GALLERY, "docPartGallery", sdt_gallery, NULL) \
    X(SDT_CONTENT, "sdtContent", sdt_content, NULL) \
    X(ALTERNATE, "AlternateContent", NULL, NULL)    \
    X(CHOICE, "Choice", choice, NULL)               \
    X(FALLBACK, "Fallback", choice, NULL)           \
    X(BOX, "txbxContent", box_open, box_close)      \
    X(SHAPE_TEXT, "txBody", box_open, box_close)    \
    X(TBL, "tbl", tbl_open, tbl_close)              \
    X(TR, "tr", tr_open, tr_close)                  \
    X(TR_PR, "trPr", NULL, NULL)                    \
    X(TC, "tc", tc_open, tc_close)                  \
    X(TC_PR, "tcPr", NULL, NULL)                    \
    X(GRID_SPAN, "gridSpan", grid_span, NULL)       \
    X(V_MERGE, "vMerge", v_merge, NULL)             \
    X(H_MERGE, "hMerge", h_merge, NULL)             \
    X(GRID_BEFORE, "gridBefore", grid_before, NULL) \
    X(GRID_AFTER, "gridAfter", grid_after, NULL)    \
    X(TBL_HEADER, "tblHeader", tbl_header, NULL)    \
    X(PICTURE, "blip", picture, NULL)               \
    X(IMAGE, "imagedata", picture, NULL)            \
    X(OLE, "OLEObject", embedded, NULL)             \
    X(CHUNK, "altChunk", embedded, NULL)            \
    X(TBL_PR, "tblPr", skip, NULL)                  \
    X(TBL_GRID, "tblGrid", skip, NULL)              \
    X(SECT_PR, "sectPr", skip, NULL)                \
    X(PPR_CHANGE, "pPrChange", skip, NULL)          \
    X(RPR_CHANGE, "rPrChange", skip, NULL)          \
    X(TR_CHANGE, "trPrChange", skip, NULL)          \
    X(TC_CHANGE, "tcPrChange", skip, NULL)          \
    X(EX_CHANGE, "tblPrExChange", skip, NULL)       \
    X(TABS, "tabs", skip, NULL)                     \
    X(RUBY, "rt", skip, NULL)                       \
    X(ROOT, "", root_open, root_close)

typedef enum element {
#define X(name, local, open, close) EL_##name,
    ELEMENTS(X)
#undef X
        EL_COUNT
} element;

typedef struct frame {
    element el;
    bool taken; /* AlternateContent: one of its choices was read */
    bool toc;   /* sdtContent: a table of contents */
} frame;

enum { LIFT_HALF_POINTS = 6 }; /* less is done to line up typefaces */

/* Where paragraphs go. */
typedef enum host {
    HOST_BODY, /* blocks of the document */
    HOST_CELL, /* the open cell of the innermost table */
    HOST_TEXT  /* one note: a text box, a footnote */
} host;

typedef struct field {
    bool in_instr; /* before its result begins */
    bool is_toc;
    char word[4]; /* the first letters of its instruction */
    size_t n;
} field;

typedef struct story {
    docx *x;
    const docx_part *part;
    pl_map names; /* element by local name */
    PL_VEC(frame) frames;
    size_t skip; /* depth inside an element that is passed over */
    PL_VEC(host) hosts;
    PL_VEC(docx_para) paras; /* the first n_paras are open; buffers stay for reuse */
    size_t n_paras;
    PL_VEC(docx_table) tables;
    size_t n_tables;
    PL_VEC(docx_chars) texts; /* of HOST_TEXT */
    size_t n_texts;
    PL_VEC(field) fields;
    size_t number; /* paragraphs of the main part so far */
    size_t notes;
    bool sdt_empty, sdt_toc;
} story;

typedef pl_status open_fn(pl_ctx *cx, story *s, const pl_xml_tag *tag);
typedef pl_status close_fn(pl_ctx *cx, story *s);

/* The element around the one that opens; above(s, 1) is its parent. */
static element above(const story *s, size_t n)
{
    return s->frames.n >= n ? s->frames.p[s->frames.n - n].el : EL_OTHER;
}

static docx_para *para(story *s)
{
    return s->n_paras ? &s->paras.p[s->n_paras - 1] : NULL;
}

static docx_table *table(story *s)
{
    return s->n_tables ? &s->tables.p[s->n_tables - 1] : NULL;
}

static bool host_is(const story *s, host h)
{
    return s->hosts.n && s->hosts.p[s->hosts.n - 1] == h;
}

static pl_status host_push(pl_ctx *cx, story *s, host h)
{
    host *top = PL_VEC_ADD(cx->arena, &s->hosts);

    if (!top)
        return pl_fail_memory(cx);
    *top = h;
    return PL_OK;
}

static pl_str val(const pl_xml_tag *tag)
{
    return pl_xml_attr_of(tag, PL_S("val"), PL_S(""));
}

static pl_status skip(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    (void)cx;
    (void)tag;
    s->skip = 1;
    return PL_OK;
}

/* Paragraphs. */

/* Place a finished paragraph where its host wants it. */
static pl_status para_finish(pl_ctx *cx, story *s, docx_para *p)
{
    pl_numeral label;

    if (s->hosts.n == 0 || (host_is(s, HOST_BODY) && docx_para_is_contents(s->x, p)))
        return PL_OK;
    docx_para_label(s->x, p, &label);
    switch (s->hosts.p[s->hosts.n - 1]) {
    case HOST_BODY:
        PL_TRY(docx_para_blocks(cx, s->x, p, pl_numeral_str(&label), &s->x->flow));
        return docx_waiting_place(cx, s->x, NULL, &s->x->flow);
    case HOST_CELL:
        return docx_para_to_cell(cx, s->x, p, pl_numeral_str(&label), table(s));
    case HOST_TEXT:
        return docx_para_to_text(cx, s->x, p, pl_numeral_str(&label),
                                 &s->texts.p[s->n_texts - 1]);
    }
    return PL_OK;
}

/* Finish the text of a paragraph whose mark is deleted and that nothing follows. */
static pl_status carried_finish(pl_ctx *cx, story *s)
{
    docx_para *p = s->n_paras < s->paras.n ? &s->paras.p[s->n_paras] : NULL;

    if (!p || !p->carried)
        return PL_OK;
    p->carried = false;
    return para_finish(cx, s, p);
}

static bool in_toc(const story *s)
{
    for (size_t i = 0; i < s->frames.n; i++)
        if (s->frames.p[i].toc)
            return true;
    for (size_t i = 0; i < s->fields.n; i++)
        if (s->fields.p[i].is_toc)
            return true;
    return false;
}

static pl_status p_open(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    if (s->hosts.n == 0)
        return skip(cx, s, tag);
    if (s->n_paras == s->paras.n) {
        const docx_para *more = PL_VEC_ADD(cx->arena, &s->paras);

        if (!more)
            return pl_fail_memory(cx);
    }
    docx_para_begin(s->x, &s->paras.p[s->n_paras++]);
    if (s->part->place.n == 0 && s->n_texts == 0)
        s->number++;
    para(s)->number = s->number;
    para(s)->in_toc = in_toc(s);
    para(s)->run = docx_para_props(s->x, para(s));
    return PL_OK;
}

static pl_status p_close(pl_ctx *cx, story *s)
{
    docx_para *p = para(s);

    /* Instructions end with their paragraph at the latest, else a field that is never
     * separated would hide the rest of the document. */
    for (size_t i = 0; i < s->fields.n; i++)
        s->fields.p[i].in_instr = false;
    s->n_paras--;
    p->carried = p->gone;
    return p->gone ? PL_OK : para_finish(cx, s, p);
}

static pl_status p_style(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    (void)cx;
    if (para(s) && above(s, 1) == EL_PPR) {
        para(s)->style = docx_style_of(&s->x->styles, val(tag));
        para(s)->run = docx_para_props(s->x, para(s));
    }
    return PL_OK;
}

static pl_status r_open(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    (void)cx;
    (void)tag;
    if (para(s)) {
        para(s)->run = docx_para_props(s->x, para(s));
        para(s)->run_n = 0;
    }
    return PL_OK;
}

static pl_status r_style(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    const size_t *index = pl_map_find(&s->x->styles.by_id, val(tag));

    (void)cx;
    if (para(s) && index && above(s, 2) == EL_R)
        para(s)->run = docx_props_over(para(s)->run, s->x->styles.list.p[*index].props);
    return PL_OK;
}

/* Properties of the paragraph and of its runs; the rest has no meaning here. */
static pl_status other_open(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    docx_para *p = para(s);

    (void)cx;
    if (!p)
        return PL_OK;
    if (above(s, 1) == EL_RPR && above(s, 2) == EL_R)
        docx_props_take(&p->run, tag);
    else if (above(s, 1) == EL_PPR || above(s, 1) == EL_NUMPR)
        docx_props_take(&p->props, tag);
    return PL_OK;
}

/* Text. */

static bool is_shown(story *s)
{
    for (size_t i = 0; i < s->fields.n; i++)
        if (s->fields.p[i].in_instr)
            return false;
    return para(s) && para(s)->run.hidden != 1;
}

static pl_status put(pl_ctx *cx, story *s, pl_str text)
{
    return is_shown(s) ? docx_para_put(cx, para(s), text) : PL_OK;
}

/* Raised digits keep their height: 10⁴ is not 104. */
static pl_status put_raised(pl_ctx *cx, story *s, pl_str text)
{
    static const pl_str digits[] = {
        PL_S_INIT("⁰"), PL_S_INIT("¹"), PL_S_INIT("²"), PL_S_INIT("³"), PL_S_INIT("⁴"),
        PL_S_INIT("⁵"), PL_S_INIT("⁶"), PL_S_INIT("⁷"), PL_S_INIT("⁸"), PL_S_INIT("⁹")};

    for (size_t i = 0; i < text.n; i++)
        PL_TRY(put(cx, s,
                   pl_is_digit(text.p[i]) ? digits[text.p[i] - '0']
                                          : pl_str_sub(text, i, 1)));
    return PL_OK;
}

/* Superscript, or smaller and lifted, which is how some writers put it. */
static bool is_raised(story *s)
{
    const docx_para *p = para(s);

    if (!p || p->run.raised == 1)
        return p != NULL;
    return p->run.lift >= LIFT_HALF_POINTS && p->run.size > 0 &&
           p->run.size < docx_para_props(s->x, p).size;
}

/* Line ends and tabs in the file are spaces in the text. */
static pl_status put_text(pl_ctx *cx, story *s, pl_str text)
{
    bool raised = is_raised(s);

    while (text.n) {
        size_t n = 0;

        while (n < text.n && text.p[n] != '\n' && text.p[n] != '\t' && text.p[n] != '\r')
            n++;
        PL_TRY(raised ? put_raised(cx, s, pl_str_sub(text, 0, n))
                      : put(cx, s, pl_str_sub(text, 0, n)));
        if (n < text.n)
            PL_TRY(put(cx, s, PL_S(" ")));
        text = pl_str_tail(text, n < text.n ? n + 1 : n);
    }
    return PL_OK;
}

static pl_status tab(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    (void)tag;
    return put(cx, s, PL_S("\t"));
}

/* A break of page or column is none of the text. */
static pl_status br(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    pl_str type = pl_xml_attr_of(tag, PL_S("type"), PL_S(""));

    if (pl_str_eq(type, PL_S("page")) || pl_str_eq(type, PL_S("column")))
        return PL_OK;
    return put(cx, s, PL_S("\n"));
}

static pl_status hyphen(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    (void)tag;
    return put(cx, s, PL_S("-"));
}

static pl_status symbol(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    return put(cx, s,
               docx_symbol(pl_xml_attr_of(tag, PL_S("font"), PL_S("")),
                           pl_xml_attr_of(tag, PL_S("char"), PL_S(""))));
}

/* Fields (17.16): begin, instruction, separate, result, end. */

static pl_status field_char(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    pl_str type = pl_xml_attr_of(tag, PL_S("fldCharType"), PL_S(""));
    field *top = s->fields.n ? &s->fields.p[s->fields.n - 1] : NULL;

    if (pl_str_eq(type, PL_S("begin"))) {
        if (s->fields.n >= cx->limits.depth)
            return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "fields are nested too deep");
        top = PL_VEC_ADD(cx->arena, &s->fields);
        if (!top)
            return pl_fail_memory(cx);
        *top = (field){.in_instr = true};
    } else if (top && pl_str_eq(type, PL_S("separate")))
        top->in_instr = false;
    else if (top && pl_str_eq(type, PL_S("end")))
        s->fields.n--;
    return PL_OK;
}

static void instruction(story *s, pl_str text)
{
    field *top = s->fields.n ? &s->fields.p[s->fields.n - 1] : NULL;

    if (!top || !top->in_instr)
        return;
    for (size_t i = 0; i < text.n && top->n < sizeof top->word; i++)
        if (top->n > 0 || !pl_is_space(text.p[i]))
            top->word[top->n++] = text.p[i];
    top->is_toc = top->n >= 3 && memcmp(top->word, "TOC", 3) == 0;
    if (top->is_toc && para(s))
        para(s)->in_toc = true;
}

/* Tracked changes (17.13.5): around content, or as a mark in properties. */

static pl_status del_text(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    return s->x->track == PL_TRACK_ACCEPT ? skip(cx, s, tag) : PL_OK;
}

/* A change that takes away what it stands on, by the reading that was asked for. */
static pl_status taken_away(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    if (above(s, 1) == EL_RPR && above(s, 2) == EL_PPR && para(s))
        para(s)->gone = true;
    else if (above(s, 1) == EL_TR_PR && table(s))
        table(s)->dropped = true;
    return skip(cx, s, tag);
}

static pl_status inserted(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    return s->x->track == PL_TRACK_REJECT ? taken_away(cx, s, tag) : PL_OK;
}

static pl_status deleted(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    return s->x->track == PL_TRACK_ACCEPT ? taken_away(cx, s, tag) : PL_OK;
}

/* Content controls (17.5.2). */

static pl_status sdt_open(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    (void)cx;
    (void)tag;
    s->sdt_empty = s->sdt_toc = false;
    return PL_OK;
}

static pl_status sdt_prompt(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    (void)cx;
    s->sdt_empty = !pl_str_eq(val(tag), PL_S("0"));
    return PL_OK;
}

static pl_status sdt_gallery(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    (void)cx;
    s->sdt_toc = pl_str_eq(val(tag), PL_S("Table of Contents"));
    return PL_OK;
}

static pl_status sdt_content(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    bool hide = s->sdt_empty;

    s->sdt_empty = false;
    return hide ? skip(cx, s, tag) : PL_OK;
}

/* Of the forms of one content the first is read (ECMA-376 part 3, 7.5). */
static pl_status choice(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    frame *around = s->frames.n ? &s->frames.p[s->frames.n - 1] : NULL;

    if (!around || around->el != EL_ALTERNATE)
        return PL_OK;
    if (around->taken)
        return skip(cx, s, tag);
    around->taken = true;
    return PL_OK;
}

/* Notes: text boxes and the notes of other parts. */

static pl_status text_begin(pl_ctx *cx, story *s)
{
    if (s->n_texts == s->texts.n) {
        const docx_chars *more = PL_VEC_ADD(cx->arena, &s->texts);

        if (!more)
            return pl_fail_memory(cx);
    }
    s->texts.p[s->n_texts++].n = 0;
    return host_push(cx, s, HOST_TEXT);
}

static pl_status text_end(pl_ctx *cx, story *s, pl_str prefix, size_t number)
{
    docx_chars *text = &s->texts.p[s->n_texts - 1];
    pl_block *b;

    PL_TRY(carried_finish(cx, s));
    s->n_texts--;
    s->hosts.n--;
    if (text->n == 0)
        return PL_OK;
    b = PL_VEC_ADD(cx->arena, &s->x->waiting.blocks);
    if (!b)
        return pl_fail_memory(cx);
    b->kind = PL_BLOCK_NOTE;
    PL_TRY(docx_place(cx, prefix, number, &b->place));
    return pl_str_keep(cx, docx_chars_str(text), &b->text.s);
}

static pl_status box_open(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    if (s->hosts.n == 0)
        return skip(cx, s, tag);
    return text_begin(cx, s);
}

static pl_status box_close(pl_ctx *cx, story *s)
{
    bool note = s->part->place.n > 0;

    return text_end(cx, s, note ? s->part->place : PL_S("p"),
                    note ? s->notes : s->number);
}

/* Tables (17.4). */

static pl_status tbl_open(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    if (s->hosts.n == 0)
        return skip(cx, s, tag);
    if (s->n_tables >= cx->limits.depth)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "tables are nested more than %zu deep",
                       s->n_tables);
    PL_TRY(carried_finish(cx, s));
    if (s->n_tables == s->tables.n) {
        const docx_table *more = PL_VEC_ADD(cx->arena, &s->tables);

        if (!more)
            return pl_fail_memory(cx);
    }
    return docx_table_begin(cx, &s->tables.p[s->n_tables++]);
}

static pl_status tbl_close(pl_ctx *cx, story *s)
{
    docx_table *t = table(s);

    PL_TRY(docx_table_end(cx, t));
    s->n_tables--;
    if (host_is(s, HOST_CELL) && s->n_tables > 0)
        return docx_table_to_cell(cx, table(s), t);
    return docx_table_place(cx, t, host_is(s, HOST_BODY) ? &s->x->flow : &s->x->waiting);
}

/* The nearest of some elements around the one that opens: rows and cells belong to the
 * table whose element is open, through controls and changes around them. */
static element nearest(const story *s, const element *some, size_t n)
{
    for (size_t i = s->frames.n; i-- > 0;)
        for (size_t k = 0; k < n; k++)
            if (s->frames.p[i].el == some[k])
                return some[k];
    return EL_OTHER;
}

static pl_status tr_open(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    static const element some[] = {EL_TBL, EL_TR, EL_TC, EL_P};

    if (nearest(s, some, PL_COUNT(some)) != EL_TBL)
        return skip(cx, s, tag);
    docx_row_begin(table(s));
    return PL_OK;
}

static pl_status tr_close(pl_ctx *cx, story *s)
{
    return docx_row_end(cx, table(s));
}

static pl_status tc_open(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    static const element some[] = {EL_TBL, EL_TR, EL_TC, EL_P};

    if (nearest(s, some, PL_COUNT(some)) != EL_TR || table(s)->dropped)
        return skip(cx, s, tag);
    return host_push(cx, s, HOST_CELL);
}

static pl_status tc_close(pl_ctx *cx, story *s)
{
    PL_TRY(carried_finish(cx, s));
    s->hosts.n--;
    return docx_cell_end(cx, s->x, table(s));
}

static pl_status grid_span(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    int64_t n = pl_xml_int(val(tag), 1);

    if (above(s, 1) != EL_TC_PR || !table(s))
        return PL_OK;
    if (n > 0 && (uint64_t)n > cx->limits.columns)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "a cell spans more than %zu columns",
                       cx->limits.columns);
    table(s)->cell.span = n > 0 ? (uint32_t)n : 1;
    return PL_OK;
}

/* "restart" begins a merged cell; anything else goes on with it. */
static bool goes_on(const pl_xml_tag *tag)
{
    return !pl_str_eq(val(tag), PL_S("restart"));
}

static pl_status v_merge(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    (void)cx;
    if (above(s, 1) == EL_TC_PR && table(s))
        table(s)->cell.follows = goes_on(tag);
    return PL_OK;
}

static pl_status h_merge(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    (void)cx;
    if (above(s, 1) == EL_TC_PR && table(s))
        table(s)->cell.follows_left = goes_on(tag);
    return PL_OK;
}

static pl_status grid_before(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    if (above(s, 1) != EL_TR_PR || !table(s))
        return PL_OK;
    return docx_row_skip(cx, table(s), pl_xml_int(val(tag), 0));
}

static pl_status grid_after(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    int64_t n = pl_xml_int(val(tag), 0);

    (void)cx;
    if (above(s, 1) == EL_TR_PR && table(s) && n > 0)
        table(s)->after = n > UINT16_MAX ? UINT16_MAX : (uint32_t)n;
    return PL_OK;
}

static pl_status tbl_header(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    pl_str v = val(tag);

    (void)cx;
    if (above(s, 1) == EL_TR_PR && table(s))
        table(s)->header = !pl_str_eq(v, PL_S("0")) && !pl_str_eq(v, PL_S("false"));
    return PL_OK;
}

/* What is not read. */

static pl_status picture(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    (void)cx;
    (void)tag;
    s->x->pictures++;
    return PL_OK;
}

static pl_status embedded(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    pl_place place;

    (void)tag;
    PL_TRY(docx_place(cx, PL_S("p"), s->number, &place));
    return pl_doc_odd(cx, s->x->doc, PL_S("part.unread"),
                      PL_S("嵌入的对象（如工作表）未读取"),
                      PL_S("an embedded object (such as a sheet) is not read"), place);
}

/* The body, or one note; those of a type are lines between notes and text. */
static pl_status root_open(pl_ctx *cx, story *s, const pl_xml_tag *tag)
{
    pl_str type = pl_xml_attr_of(tag, PL_S("type"), PL_S("normal"));

    if (s->part->place.n == 0)
        return host_push(cx, s, HOST_BODY);
    if (!pl_str_eq(type, PL_S("normal")))
        return skip(cx, s, tag);
    s->notes++;
    return text_begin(cx, s);
}

static pl_status root_close(pl_ctx *cx, story *s)
{
    if (s->part->place.n > 0)
        PL_TRY(text_end(cx, s, s->part->place, s->notes));
    else {
        PL_TRY(carried_finish(cx, s));
        s->hosts.n--;
    }
    return docx_waiting_place(cx, s->x, NULL, &s->x->flow);
}

/* Dispatch. */

static const struct {
    pl_str name;
    open_fn *open;
    close_fn *close;
} elements[] = {
#define X(name, local, open, close) {PL_S_INIT(local), open, close},
    ELEMENTS(X)
#undef X
};

static element element_of(const story *s, pl_str name)
{
    const size_t *el = pl_map_find(&s->names, name);

    return el ? (element)*el : EL_OTHER;
}

static pl_status on_open(pl_ctx *cx, void *self, const pl_xml_tag *tag)
{
    story *s = self;
    element el = element_of(s, tag->name);
    frame *f;

    if (s->skip) {
        s->skip++;
        return PL_OK;
    }
    if (s->hosts.n == 0 && pl_str_eq(tag->name, s->part->root))
        el = EL_ROOT;
    if (elements[el].open)
        PL_TRY(elements[el].open(cx, s, tag));
    if (s->skip)
        return PL_OK;
    f = PL_VEC_ADD(cx->arena, &s->frames);
    if (!f)
        return pl_fail_memory(cx);
    f->el = el;
    f->toc = el == EL_SDT_CONTENT && s->sdt_toc;
    return PL_OK;
}

static pl_status on_close(pl_ctx *cx, void *self, pl_str name)
{
    story *s = self;
    element el;

    (void)name;
    if (s->skip) {
        s->skip--;
        return PL_OK;
    }
    el = s->frames.p[--s->frames.n].el;
    return elements[el].close ? elements[el].close(cx, s) : PL_OK;
}

static pl_status on_text(pl_ctx *cx, void *self, pl_str text)
{
    story *s = self;

    if (s->skip)
        return PL_OK;
    if (above(s, 1) == EL_T || above(s, 1) == EL_DEL_TEXT)
        return put_text(cx, s, text);
    if (above(s, 1) == EL_INSTR)
        instruction(s, text);
    return PL_OK;
}

pl_status docx_story_read(pl_ctx *cx, docx *x, pl_str path, const docx_part *part)
{
    static const pl_xml_events events = {on_open, on_close, on_text};
    story s = {.x = x, .part = part};

    for (size_t i = 1; i < EL_ROOT; i++) {
        size_t *el = pl_map_add(cx->arena, &s.names, elements[i].name, NULL);

        if (!el)
            return pl_fail_memory(cx);
        *el = i;
    }
    return pl_opc_events(cx, &x->opc, path, &events, &s);
}
