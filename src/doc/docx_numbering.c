#include "doc/docx_internal.h"
#include "text/utf8.h"

enum { COUNT_MAX = 1000000 }; /* higher numbers stay there */

typedef struct reader {
    docx_numbering *out;
    docx_list *list;   /* the open abstractNum */
    docx_num *num;     /* or the open num */
    docx_level *level; /* the open lvl */
    int index;         /* of the open lvlOverride */
    pl_str list_id;
} reader;

static pl_str val(const pl_xml_tag *tag)
{
    return pl_xml_attr_of(tag, PL_S("val"), PL_S(""));
}

/* A count in [0, COUNT_MAX]. */
static int count(pl_str s, int none)
{
    int64_t n = pl_xml_int(s, none);

    return n < 0 ? none : n > COUNT_MAX ? COUNT_MAX : (int)n;
}

static docx_level level_new(void)
{
    return (docx_level){.format = PL_S("decimal"), .start = 0, .restart = -1};
}

static pl_status list_begin(pl_ctx *cx, reader *r, const pl_xml_tag *tag)
{
    pl_str id;
    size_t *index;

    r->list = PL_VEC_ADD(cx->arena, &r->out->lists);
    if (!r->list)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < DOCX_LEVELS; i++)
        r->list->levels[i] = level_new();
    PL_TRY(pl_str_keep(cx, pl_xml_attr_of(tag, PL_S("abstractNumId"), PL_S("")), &id));
    index = pl_map_add(cx->arena, &r->out->list_of, id, NULL);
    if (!index)
        return pl_fail_memory(cx);
    *index = r->out->lists.n - 1;
    return PL_OK;
}

static pl_status num_begin(pl_ctx *cx, reader *r, const pl_xml_tag *tag)
{
    pl_str id;
    size_t *index;

    r->num = PL_VEC_ADD(cx->arena, &r->out->nums);
    if (!r->num)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < DOCX_LEVELS; i++)
        r->num->start[i] = -1;
    PL_TRY(pl_str_keep(cx, pl_xml_attr_of(tag, PL_S("numId"), PL_S("")), &id));
    index = pl_map_add(cx->arena, &r->out->num_of, id, NULL);
    if (!index)
        return pl_fail_memory(cx);
    *index = r->out->nums.n - 1;
    return PL_OK;
}

static int level_index(const pl_xml_tag *tag)
{
    int64_t i = pl_xml_int(pl_xml_attr_of(tag, PL_S("ilvl"), PL_S("")), -1);

    return i >= 0 && i < DOCX_LEVELS ? (int)i : -1;
}

static pl_status level_begin(pl_ctx *cx, reader *r, const pl_xml_tag *tag)
{
    int i = level_index(tag);

    r->level = NULL;
    if (i < 0)
        return PL_OK;
    if (r->num) {
        r->level = r->num->levels[i] = PL_NEW(cx->arena, docx_level);
        if (!r->level)
            return pl_fail_memory(cx);
    } else if (r->list)
        r->level = &r->list->levels[i];
    if (r->level)
        *r->level = level_new();
    return PL_OK;
}

/* One property of a level. */
static pl_status level_take(pl_ctx *cx, docx_level *l, const pl_xml_tag *tag)
{
    if (pl_str_eq(tag->name, PL_S("numFmt")))
        return pl_str_keep(cx, val(tag), &l->format);
    if (pl_str_eq(tag->name, PL_S("lvlText")))
        return pl_str_keep(cx, val(tag), &l->text);
    if (pl_str_eq(tag->name, PL_S("pStyle")))
        return pl_str_keep(cx, val(tag), &l->style);
    if (pl_str_eq(tag->name, PL_S("start")))
        l->start = count(val(tag), 0);
    else if (pl_str_eq(tag->name, PL_S("lvlRestart")))
        l->restart = count(val(tag), -1);
    else if (pl_str_eq(tag->name, PL_S("suff")))
        l->tight = pl_str_eq(val(tag), PL_S("nothing"));
    else if (pl_str_eq(tag->name, PL_S("isLgl")))
        l->legal = !pl_str_eq(val(tag), PL_S("0"));
    return PL_OK;
}

static pl_status num_take(pl_ctx *cx, reader *r, const pl_xml_tag *tag)
{
    if (pl_str_eq(tag->name, PL_S("abstractNumId")))
        return pl_str_keep(cx, val(tag), &r->num->list_id);
    if (pl_str_eq(tag->name, PL_S("lvlOverride")))
        r->index = level_index(tag);
    else if (pl_str_eq(tag->name, PL_S("startOverride")) && r->index >= 0)
        r->num->start[r->index] = count(val(tag), -1);
    return PL_OK;
}

static pl_status list_take(pl_ctx *cx, reader *r, const pl_xml_tag *tag)
{
    pl_str name;
    size_t *index;

    if (pl_str_eq(tag->name, PL_S("numStyleLink")))
        return pl_str_keep(cx, val(tag), &r->list->link);
    if (!pl_str_eq(tag->name, PL_S("styleLink")))
        return PL_OK;
    PL_TRY(pl_str_keep(cx, val(tag), &name));
    index = pl_map_add(cx->arena, &r->out->style_of, name, NULL);
    if (!index)
        return pl_fail_memory(cx);
    *index = r->out->lists.n - 1;
    return PL_OK;
}

static pl_status on_open(pl_ctx *cx, void *self, const pl_xml_tag *tag)
{
    reader *r = self;

    if (pl_str_eq(tag->name, PL_S("abstractNum")))
        return list_begin(cx, r, tag);
    if (pl_str_eq(tag->name, PL_S("num")))
        return num_begin(cx, r, tag);
    if (pl_str_eq(tag->name, PL_S("lvl")))
        return level_begin(cx, r, tag);
    if (r->level)
        return level_take(cx, r->level, tag);
    if (r->num)
        return num_take(cx, r, tag);
    return r->list ? list_take(cx, r, tag) : PL_OK;
}

static pl_status on_close(pl_ctx *cx, void *self, pl_str name)
{
    reader *r = self;

    (void)cx;
    if (pl_str_eq(name, PL_S("lvl")))
        r->level = NULL;
    else if (pl_str_eq(name, PL_S("abstractNum")))
        r->list = NULL;
    else if (pl_str_eq(name, PL_S("num")))
        r->num = NULL;
    return PL_OK;
}

/* Tie nums to lists; a list that only names a numbering style is the one defining it. */
static void link_up(docx_numbering *n)
{
    for (size_t i = 0; i < n->nums.n; i++) {
        docx_num *num = &n->nums.p[i];
        const size_t *list = pl_map_find(&n->list_of, num->list_id), *linked;

        num->list = list ? *list : PL_NOPOS;
        if (!list || n->lists.p[*list].link.n == 0)
            continue;
        linked = pl_map_find(&n->style_of, n->lists.p[*list].link);
        if (linked)
            num->list = *linked;
    }
}

pl_status docx_numbering_read(pl_ctx *cx, const pl_opc *o, pl_str path,
                              docx_numbering *out)
{
    static const pl_xml_events events = {on_open, on_close, NULL};
    reader r = {.out = out};
    size_t at;

    *out = (docx_numbering){0};
    if (path.n == 0 || !pl_zip_find(o->zip, path, &at))
        return PL_OK;
    PL_TRY(pl_opc_events(cx, o, path, &events, &r));
    link_up(out);
    return PL_OK;
}

/* Counting. */

static const docx_level *level_at(const docx_num *num, const docx_list *list, int i)
{
    return num->levels[i] ? num->levels[i] : &list->levels[i];
}

static int level_of_style(const docx_num *num, const docx_list *list, pl_str style)
{
    for (int i = 0; style.n && i < DOCX_LEVELS; i++)
        if (pl_str_eq(level_at(num, list, i)->style, style))
            return i;
    return 0;
}

static int start_of(const docx_num *num, const docx_list *list, int i)
{
    return num->start[i] >= 0 ? num->start[i] : level_at(num, list, i)->start;
}

/* Step the counter of a level; those below begin anew (lvlRestart: 0 never, k only after
 * level k). A num that overrides the start does so the first time it is used. */
static void step(docx_num *num, docx_list *list, int level)
{
    if (!list->started[level] || (num->start[level] >= 0 && !num->used[level]))
        list->counts[level] = start_of(num, list, level);
    else if (list->counts[level] < COUNT_MAX)
        list->counts[level]++;
    list->started[level] = true;
    num->used[level] = true;
    for (int i = level + 1; i < DOCX_LEVELS; i++) {
        int restart = level_at(num, list, i)->restart;

        if (restart < 0 || (restart > 0 && level < restart))
            list->started[i] = false;
    }
}

/* lvlText with its %1 .. %9 filled in. */
static void print(const docx_num *num, const docx_list *list, int level, pl_numeral *out)
{
    const docx_level *l = level_at(num, list, level);
    pl_str text = l->text;

    for (size_t i = 0, n; i < text.n; i += n) {
        int k = text.p[i] == '%' && i + 1 < text.n ? text.p[i + 1] - '1' : -1;

        n = pl_utf8_len((unsigned char)text.p[i]);
        if (k < 0 || k >= DOCX_LEVELS) {
            pl_numeral_put(out, pl_str_sub(text, i, n));
            continue;
        }
        n = 2;
        pl_numeral_print(out, l->legal ? PL_S("decimal") : level_at(num, list, k)->format,
                         list->started[k] ? list->counts[k] : start_of(num, list, k));
    }
}

/* A mark that stands apart by itself; after others a space keeps text and number apart.
 */
static bool ends_wide(pl_str s)
{
    static const pl_str wide[] = {PL_S_INIT("、"), PL_S_INIT("）"), PL_S_INIT("．"),
                                  PL_S_INIT("。"), PL_S_INIT("："), PL_S_INIT("　"),
                                  PL_S_INIT("〕"), PL_S_INIT("】"), PL_S_INIT(" ")};

    for (size_t i = 0; i < PL_COUNT(wide); i++)
        if (pl_str_ends(s, wide[i]))
            return true;
    return false;
}

void docx_number(docx_numbering *n, int64_t num_id, int level, pl_str style,
                 pl_numeral *out)
{
    char id[24];
    size_t at = sizeof id;
    const size_t *index;
    docx_num *num;
    docx_list *list;

    out->n = 0;
    for (uint64_t v = num_id > 0 ? (uint64_t)num_id : 0; v > 0; v /= 10)
        id[--at] = (char)('0' + v % 10);
    index = pl_map_find(&n->num_of, (pl_str){id + at, sizeof id - at});
    if (!index || n->nums.p[*index].list == PL_NOPOS)
        return;
    num = &n->nums.p[*index];
    list = &n->lists.p[num->list];
    if (level < 0)
        level = level_of_style(num, list, style);
    if (pl_str_eq(level_at(num, list, level)->format, PL_S("bullet")))
        return;
    step(num, list, level);
    print(num, list, level, out);
    if (out->n && !level_at(num, list, level)->tight && !ends_wide(pl_numeral_str(out)))
        pl_numeral_put(out, PL_S(" "));
}
