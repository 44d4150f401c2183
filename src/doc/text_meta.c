#include "doc/text_reader_internal.h"

/* Bytes of a key with its spaces: 索 引 号, 发布机构. */
enum { KEY_BYTES = 60 };
/* A table is a record when so many of its first cells are known keys, and at least half.
 */
enum { RECORD_KEYS = 3 };
/* So many fields are looked through for one that is said twice. */
enum { REPEAT_KEYS = 64 };
/* Lines before the body that may be records. */
enum { HEAD_LINES = 80, TAIL_LINES = 8 };

/* Names of the fields in publication records (GB/T 9704; the directories of open
 * government information). A name is compared without spaces. */
static const pl_str key_word[] = {
    PL_S_INIT("索引号"),     PL_S_INIT("文号"),       PL_S_INIT("发文字号"),
    PL_S_INIT("信息名称"),   PL_S_INIT("标题"),       PL_S_INIT("名称"),
    PL_S_INIT("文件名称"),   PL_S_INIT("信息索引号"), PL_S_INIT("发文机关"),
    PL_S_INIT("发文机构"),   PL_S_INIT("发文单位"),   PL_S_INIT("发布机构"),
    PL_S_INIT("发布机关"),   PL_S_INIT("发布单位"),   PL_S_INIT("公开责任部门"),
    PL_S_INIT("责任部门"),   PL_S_INIT("制发机关"),   PL_S_INIT("公文种类"),
    PL_S_INIT("成文日期"),   PL_S_INIT("发文日期"),   PL_S_INIT("发布日期"),
    PL_S_INIT("发布时间"),   PL_S_INIT("生成日期"),   PL_S_INIT("公开日期"),
    PL_S_INIT("印发日期"),   PL_S_INIT("生效日期"),   PL_S_INIT("废止日期"),
    PL_S_INIT("实施日期"),   PL_S_INIT("日期"),       PL_S_INIT("时间"),
    PL_S_INIT("来源"),       PL_S_INIT("信息来源"),   PL_S_INIT("文章来源"),
    PL_S_INIT("作者"),       PL_S_INIT("关键词"),     PL_S_INIT("主题词"),
    PL_S_INIT("主题分类"),   PL_S_INIT("分类"),       PL_S_INIT("信息分类"),
    PL_S_INIT("体裁分类"),   PL_S_INIT("服务对象"),   PL_S_INIT("公开类型"),
    PL_S_INIT("公开方式"),   PL_S_INIT("公开形式"),   PL_S_INIT("公开范围"),
    PL_S_INIT("公开时限"),   PL_S_INIT("公开属性"),   PL_S_INIT("载体类型"),
    PL_S_INIT("记录形式"),   PL_S_INIT("内容概述"),   PL_S_INIT("内容概要"),
    PL_S_INIT("信息有效性"), PL_S_INIT("有效性"),     PL_S_INIT("时效性"),
    PL_S_INIT("效力状态"),   PL_S_INIT("所属目录"),   PL_S_INIT("所属机构"),
    PL_S_INIT("备注"),       PL_S_INIT("附件"),       PL_S_INIT("信息格式"),
    PL_S_INIT("语种"),       PL_S_INIT("有效期"),     PL_S_INIT("文件状态"),
};

/* Keys whose value is the document's title, best first. */
static const pl_str title_key[] = {PL_S_INIT("信息名称"), PL_S_INIT("文件名称"),
                                   PL_S_INIT("标题"), PL_S_INIT("名称")};

/* Keys that stand in a line of their own, `来源：…`, without a table around them; the
 * others above are too common as words for that. */
static const pl_str line_key[] = {
    PL_S_INIT("索引号"),   PL_S_INIT("文号"),     PL_S_INIT("发文字号"),
    PL_S_INIT("信息名称"), PL_S_INIT("标题"),     PL_S_INIT("发文机关"),
    PL_S_INIT("发文机构"), PL_S_INIT("发文单位"), PL_S_INIT("发布机构"),
    PL_S_INIT("发布机关"), PL_S_INIT("发布单位"), PL_S_INIT("成文日期"),
    PL_S_INIT("发文日期"), PL_S_INIT("发布日期"), PL_S_INIT("发布时间"),
    PL_S_INIT("生成日期"), PL_S_INIT("公开日期"), PL_S_INIT("印发日期"),
    PL_S_INIT("生效日期"), PL_S_INIT("日期"),     PL_S_INIT("时间"),
    PL_S_INIT("来源"),     PL_S_INIT("信息来源"), PL_S_INIT("文章来源"),
    PL_S_INIT("作者"),     PL_S_INIT("主题词"),   PL_S_INIT("主题分类"),
    PL_S_INIT("有效性"),   PL_S_INIT("时效性"),   PL_S_INIT("公开类型"),
    PL_S_INIT("公开方式"), PL_S_INIT("名称"),
};

/* s without spaces and a colon at its end into buf[KEY_BYTES]; empty when it is too long
 * to be a key. */
static pl_str key_of(pl_str s, char *buf)
{
    size_t n = 0;

    if (s.n >= KEY_BYTES)
        return (pl_str){0};
    for (size_t i = 0; i < s.n; i++) {
        if (pl_is_space(s.p[i]))
            continue;
        if (s.n - i >= 3 && memcmp(s.p + i, "\xe3\x80\x80", 3) == 0) {
            i += 2;
            continue;
        }
        buf[n++] = s.p[i];
    }
    s = (pl_str){buf, n};
    if (pl_str_ends(s, PL_S("：")))
        s.n -= 3;
    else if (pl_str_ends(s, PL_S(":")))
        s.n -= 1;
    return s;
}

static bool is_key(pl_str s, const pl_str *keys, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pl_str_eq(s, keys[i]))
            return true;
    return false;
}

static pl_str cell_str(const text_reader *r, const text_table *t, const text_cell *c)
{
    text_piece p;

    if (c->n_pieces == 0)
        return (pl_str){0};
    p = t->pieces.p[c->piece];
    return (pl_str){r->s.p + p.at, p.n};
}

/* Text of a cell, over all its pieces. PL_ENOMEM. */
static pl_status cell_text(const text_reader *r, const text_table *t, const text_cell *c,
                           pl_text *out)
{
    *out = (pl_text){0};
    if (c->n_pieces == 0)
        return PL_OK;
    return text_pieces_join(r, t->pieces.p + c->piece, c->n_pieces, TEXT_JOIN_SPACE, out);
}

static pl_status meta_add(text_reader *r, pl_str key, pl_str value, pl_place place)
{
    pl_meta *m;
    pl_str kept;

    for (size_t i = 0; i < r->d->meta.n && i < REPEAT_KEYS; i++)
        if (pl_str_eq(r->d->meta.p[i].key, key) &&
            pl_str_eq(r->d->meta.p[i].value, value))
            return PL_OK;
    m = PL_VEC_ADD(r->cx->arena, &r->d->meta);
    if (!m)
        return pl_fail_memory(r->cx);
    PL_TRY(pl_str_keep(r->cx, key, &kept));
    *m = (pl_meta){.key = kept, .value = value, .place = place};
    return PL_OK;
}

static bool cell_is_key(const text_reader *r, const text_table *t, const text_cell *c)
{
    char buf[KEY_BYTES];
    pl_str k = key_of(cell_str(r, t, c), buf);

    return c->n_pieces == 1 && is_key(k, key_word, PL_COUNT(key_word));
}

/* Pairs in a row, key and value by turns, when its first cell is a key. */
static pl_status row_pairs(text_reader *r, const text_table *t, const text_row *row)
{
    for (uint32_t i = 0; i < row->n + row->pads; i += 2) {
        const text_cell *c = &t->cells.p[row->first + i], *v = NULL;
        char buf[KEY_BYTES];
        pl_str key = key_of(cell_str(r, t, c), buf);
        pl_text text = {0};
        pl_place place;

        if (key.n == 0)
            continue;
        if (i + 1 < row->n + row->pads)
            v = c + 1;
        if (v)
            PL_TRY(cell_text(r, t, v, &text));
        place = pl_text_place(&text, NULL, 0, text.s.n);
        if (!place.line)
            place.line = c->line;
        PL_TRY(meta_add(r, key, text.s, place));
    }
    return PL_OK;
}

pl_status text_meta_table(text_reader *r, const text_table *t, bool *taken)
{
    size_t keys = 0;

    *taken = false;
    for (size_t i = 0; i < t->rows.n; i++)
        keys += t->rows.p[i].n > 0 && cell_is_key(r, t, &t->cells.p[t->rows.p[i].first]);
    if (keys < RECORD_KEYS || keys * 2 < t->rows.n)
        return PL_OK;
    *taken = true;
    for (size_t i = 0; i < t->rows.n; i++) {
        const text_row *row = &t->rows.p[i];
        bool named = row->n > 0 && cell_is_key(r, t, &t->cells.p[row->first]);

        /* a row of one cell that is no key is the record's own heading */
        if (named || row->n > 1)
            PL_TRY(row_pairs(r, t, row));
    }
    return PL_OK;
}

/* The colon that ends a key at the start of s: offset, and its bytes in *n. */
static size_t colon_at(pl_str s, size_t *n)
{
    size_t wide = pl_str_find(pl_str_sub(s, 0, KEY_BYTES), PL_S("："), 0);
    size_t narrow = pl_str_find(pl_str_sub(s, 0, KEY_BYTES), PL_S(":"), 0);

    *n = narrow < wide ? 1 : 3;
    return narrow < wide ? narrow : wide;
}

/* Without brackets around all of it: （来源：某报）. */
static pl_str unbracket(pl_str s)
{
    pl_str in = s;

    if ((pl_str_eat(&in, PL_S("（")) && pl_str_ends(in, PL_S("）"))) ||
        (pl_str_eat(&in, PL_S("【")) && pl_str_ends(in, PL_S("】"))))
        return (pl_str){in.p, in.n - 3};
    return s;
}

/* 2026-01-31 07:00:44: a date with nothing else in the line. */
static bool is_date_line(pl_str s)
{
    size_t digits = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (pl_is_digit(s.p[i]))
            digits++;
        else if (s.p[i] != '-' && s.p[i] != '/' && s.p[i] != ':' && s.p[i] != ' ')
            return false;
    }
    return s.n >= 8 && s.n <= 20 && digits >= 6 && s.p[4] >= '-' && s.p[4] <= '/' &&
           (pl_str_starts(s, PL_S("19")) || pl_str_starts(s, PL_S("20")));
}

/* Records in one line: one, or several with gaps between them. */
static pl_status meta_line(text_reader *r, size_t i)
{
    pl_str s = unbracket(text_line_str(r, i));
    pl_place place = text_line_place(r, i);
    char buf[KEY_BYTES];
    size_t colon, n;
    pl_str key;

    if (is_date_line(s)) {
        r->line[i].flags |= LINE_OUT;
        return meta_add(r, PL_S("日期"), s, place);
    }
    while ((colon = colon_at(s, &n)) != PL_NOPOS) {
        pl_str value = pl_str_tail(s, colon + n), rest = {0};
        size_t next;

        key = key_of(pl_str_sub(s, 0, colon), buf);
        if (!is_key(key, line_key, PL_COUNT(line_key)))
            break;
        for (next = 0; next < value.n; next++) {
            size_t gap = value.p[next] == ' ' || value.p[next] == '\t';

            rest = pl_str_trim(pl_str_tail(value, next));
            if (gap && (colon = colon_at(rest, &n)) != PL_NOPOS) {
                char other[KEY_BYTES];

                if (is_key(key_of(pl_str_sub(rest, 0, colon), other), line_key,
                           PL_COUNT(line_key)))
                    break;
            }
            rest = (pl_str){0};
        }
        value = pl_str_trim(pl_str_sub(value, 0, next));
        place.span = (pl_span){(size_t)(value.p - r->s.p), value.n};
        r->line[i].flags |= LINE_OUT;
        PL_TRY(meta_add(r, key, value, place));
        s = rest;
    }
    return PL_OK;
}

pl_status text_meta_lines(text_reader *r)
{
    size_t tail = r->n > TAIL_LINES ? r->n - TAIL_LINES : 0;

    for (size_t i = 0; i < r->body && i < HEAD_LINES; i++)
        if (!(r->line[i].flags & (LINE_OUT | LINE_PIPE)) && r->line[i].n < 400)
            PL_TRY(meta_line(r, i));
    if (tail < r->body_end)
        tail = r->body_end;
    for (size_t i = tail; i < r->n; i++)
        if (!(r->line[i].flags & (LINE_OUT | LINE_PIPE)) && r->line[i].n < 400)
            PL_TRY(meta_line(r, i));
    return PL_OK;
}

void text_meta_title(text_reader *r)
{
    for (size_t k = 0; k < PL_COUNT(title_key); k++)
        for (size_t i = 0; i < r->d->meta.n; i++)
            if (pl_str_eq(r->d->meta.p[i].key, title_key[k]) && r->d->meta.p[i].value.n) {
                r->d->title = r->d->meta.p[i].value;
                r->d->title_place = r->d->meta.p[i].place;
                return;
            }
}
