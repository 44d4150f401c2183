#include "doc/record.h"

#include "doc/outline.h"

#include "text/numbering.h"

enum {
    LABEL_BYTES = 36,  /* of a name of the record, 12 characters */
    DEBRIS_BYTES = 240 /* of a line that may be debris */
};

/* Names of the record, without spaces; the longer of two that begin alike first. */
static const pl_str names[] = {
    PL_S_INIT("规范性文件登记号"),
    PL_S_INIT("信息索引号"),
    PL_S_INIT("索引号"),
    PL_S_INIT("索取号"),
    PL_S_INIT("统一编号"),
    PL_S_INIT("登记号"),
    PL_S_INIT("文件名称"),
    PL_S_INIT("信息名称"),
    PL_S_INIT("信息标题"),
    PL_S_INIT("标题"),
    PL_S_INIT("名称"),
    PL_S_INIT("发文机关"),
    PL_S_INIT("发文机构"),
    PL_S_INIT("发文单位"),
    PL_S_INIT("发布机构"),
    PL_S_INIT("发布机关"),
    PL_S_INIT("发布单位"),
    PL_S_INIT("制发机关"),
    PL_S_INIT("公开机构"),
    PL_S_INIT("公开主体"),
    PL_S_INIT("公开责任部门"),
    PL_S_INIT("责任部门"),
    PL_S_INIT("信息来源"),
    PL_S_INIT("文章来源"),
    PL_S_INIT("来源"),
    PL_S_INIT("稿源"),
    PL_S_INIT("发文字号"),
    PL_S_INIT("发文文号"),
    PL_S_INIT("文件编号"),
    PL_S_INIT("文号"),
    PL_S_INIT("成文日期"),
    PL_S_INIT("成文时间"),
    PL_S_INIT("生成日期"),
    PL_S_INIT("发文日期"),
    PL_S_INIT("发文时间"),
    PL_S_INIT("发布日期"),
    PL_S_INIT("发布时间"),
    PL_S_INIT("公开日期"),
    PL_S_INIT("公开时间"),
    PL_S_INIT("印发日期"),
    PL_S_INIT("实施日期"),
    PL_S_INIT("施行日期"),
    PL_S_INIT("生效日期"),
    PL_S_INIT("失效日期"),
    PL_S_INIT("废止日期"),
    PL_S_INIT("更新时间"),
    PL_S_INIT("日期"),
    PL_S_INIT("时间"),
    PL_S_INIT("信息有效性"),
    PL_S_INIT("有效性"),
    PL_S_INIT("是否有效"),
    PL_S_INIT("效力状态"),
    PL_S_INIT("文件状态"),
    PL_S_INIT("时效性"),
    PL_S_INIT("有效期"),
    PL_S_INIT("主题词"),
    PL_S_INIT("关键词"),
    PL_S_INIT("关键字"),
    PL_S_INIT("主题分类"),
    PL_S_INIT("信息分类"),
    PL_S_INIT("组配分类"),
    PL_S_INIT("体裁分类"),
    PL_S_INIT("所属主题"),
    PL_S_INIT("分类"),
    PL_S_INIT("体裁"),
    PL_S_INIT("公文种类"),
    PL_S_INIT("文种"),
    PL_S_INIT("公开方式"),
    PL_S_INIT("公开形式"),
    PL_S_INIT("公开范围"),
    PL_S_INIT("公开类别"),
    PL_S_INIT("公开类型"),
    PL_S_INIT("公开属性"),
    PL_S_INIT("公开期限"),
    PL_S_INIT("公开时限"),
    PL_S_INIT("内容概述"),
    PL_S_INIT("内容概要"),
    PL_S_INIT("信息概述"),
    PL_S_INIT("服务对象"),
    PL_S_INIT("载体类型"),
    PL_S_INIT("记录形式"),
    PL_S_INIT("所属目录"),
    PL_S_INIT("所属机构"),
    PL_S_INIT("信息格式"),
    PL_S_INIT("语种"),
    PL_S_INIT("作者"),
    PL_S_INIT("责任编辑"),
    PL_S_INIT("浏览次数"),
    PL_S_INIT("浏览量"),
    PL_S_INIT("阅读次数"),
    PL_S_INIT("点击数"),
    PL_S_INIT("点击次数"),
    PL_S_INIT("访问量"),
};

static const pl_str colons[] = {PL_S_INIT("："), PL_S_INIT(":")};

/* Words that buttons and widgets are made of; a line of nothing else is debris. The
 * longer of two that begin alike first. */
static const pl_str buttons[] = {
    PL_S_INIT("字体大小"),   PL_S_INIT("字号大小"),   PL_S_INIT("字体"),
    PL_S_INIT("字号"),       PL_S_INIT("超大"),       PL_S_INIT("特大"),
    PL_S_INIT("加大"),       PL_S_INIT("减小"),       PL_S_INIT("还原"),
    PL_S_INIT("默认"),       PL_S_INIT("大"),         PL_S_INIT("中"),
    PL_S_INIT("小"),         PL_S_INIT("打印本页"),   PL_S_INIT("打印文章"),
    PL_S_INIT("打印此页"),   PL_S_INIT("打印"),       PL_S_INIT("关闭窗口"),
    PL_S_INIT("关闭本页"),   PL_S_INIT("关闭"),       PL_S_INIT("窗口"),
    PL_S_INIT("本页"),       PL_S_INIT("分享到"),     PL_S_INIT("分享至"),
    PL_S_INIT("分享"),       PL_S_INIT("收藏本页"),   PL_S_INIT("收藏"),
    PL_S_INIT("纠错"),       PL_S_INIT("我要纠错"),   PL_S_INIT("返回顶部"),
    PL_S_INIT("返回首页"),   PL_S_INIT("返回列表"),   PL_S_INIT("返回"),
    PL_S_INIT("微信扫一扫"), PL_S_INIT("微信"),       PL_S_INIT("新浪微博"),
    PL_S_INIT("腾讯微博"),   PL_S_INIT("微博"),       PL_S_INIT("QQ空间"),
    PL_S_INIT("QQ好友"),     PL_S_INIT("QQ"),         PL_S_INIT("复制链接"),
    PL_S_INIT("朗读"),       PL_S_INIT("语音播报"),   PL_S_INIT("无障碍阅读"),
    PL_S_INIT("全屏"),       PL_S_INIT("视力保护色"), PL_S_INIT("保存"),
    PL_S_INIT("下载文字版"), PL_S_INIT("下载图片版"), PL_S_INIT("下载PDF版"),
    PL_S_INIT("下载"),       PL_S_INIT("扫一扫"),     PL_S_INIT("在手机打开当前页"),
    PL_S_INIT("手机打开"),   PL_S_INIT("手机查看"),   PL_S_INIT("首页"),
    PL_S_INIT("Print"),      PL_S_INIT("Share"),      PL_S_INIT("Close"),
    PL_S_INIT("A+"),         PL_S_INIT("A-"),         PL_S_INIT("T+"),
    PL_S_INIT("T-"),
};

/* Signs between them. */
static const pl_str signs[] = {
    PL_S_INIT(" "),  PL_S_INIT("\n"), PL_S_INIT("\xe3\x80\x80"),
    PL_S_INIT("【"), PL_S_INIT("】"), PL_S_INIT("["),
    PL_S_INIT("]"),  PL_S_INIT("（"), PL_S_INIT("）"),
    PL_S_INIT("("),  PL_S_INIT(")"),  PL_S_INIT("："),
    PL_S_INIT(":"),  PL_S_INIT("|"),  PL_S_INIT("｜"),
    PL_S_INIT("、"), PL_S_INIT("/"),  PL_S_INIT("-"),
    PL_S_INIT("+"),  PL_S_INIT("×"),  PL_S_INIT(">"),
    PL_S_INIT("·"),  PL_S_INIT("，"),
};

/* What lines of debris begin with … */
static const pl_str starts[] = {
    PL_S_INIT("当前位置"),     PL_S_INIT("您的位置"),     PL_S_INIT("您现在的位置"),
    PL_S_INIT("您当前的位置"), PL_S_INIT("您所在的位置"), PL_S_INIT("你的位置"),
    PL_S_INIT("所在位置"),     PL_S_INIT("首页>"),        PL_S_INIT("首页 >"),
    PL_S_INIT("首页 »"),       PL_S_INIT("浏览次数"),     PL_S_INIT("浏览量"),
    PL_S_INIT("阅读次数"),     PL_S_INIT("点击数"),       PL_S_INIT("点击次数"),
    PL_S_INIT("访问量"),       PL_S_INIT("上一篇"),       PL_S_INIT("下一篇"),
    PL_S_INIT("责任编辑"),     PL_S_INIT("版权所有"),     PL_S_INIT("主办单位："),
    PL_S_INIT("承办单位："),   PL_S_INIT("技术支持"),     PL_S_INIT("联系我们"),
    PL_S_INIT("网站地图"),     PL_S_INIT("扫一扫"),       PL_S_INIT("微信扫一扫"),
    PL_S_INIT("您访问的链接"),
};

/* … or have in them. */
static const pl_str parts[] = {PL_S_INIT("网站标识码"), PL_S_INIT("ICP备"),
                               PL_S_INIT("公网安备"), PL_S_INIT("版权所有"),
                               PL_S_INIT("All Rights Reserved")};

static void eat_spaces(pl_str *s)
{
    while (pl_str_eat(s, PL_S(" ")) || pl_str_eat(s, PL_S("\n")) ||
           pl_str_eat(s, PL_S("\xe3\x80\x80")))
        ;
}

/* `word` at the start of *s, with spaces between its characters: 索 引 号. */
static bool eat_spaced(pl_str *s, pl_str word)
{
    pl_str in = *s;

    for (size_t i = 0; i < word.n; i++) {
        if (((unsigned char)word.p[i] & 0xC0) != 0x80)
            eat_spaces(&in);
        if (in.n == 0 || in.p[0] != word.p[i])
            return false;
        in = pl_str_tail(in, 1);
    }
    *s = in;
    return true;
}

static bool eat_colon(pl_str *s)
{
    pl_str in = *s;

    eat_spaces(&in);
    for (size_t i = 0; i < PL_COUNT(colons); i++)
        if (pl_str_eat(&in, colons[i])) {
            *s = in;
            return true;
        }
    return false;
}

bool pl_record_label(pl_str s, pl_str *key, bool *known)
{
    *known = false;
    s = pl_str_trim(s);
    if (s.n == 0 || s.n > LABEL_BYTES * 2)
        return false;
    for (size_t i = 0; i < PL_COUNT(names); i++) {
        pl_str rest = s;

        if (!eat_spaced(&rest, names[i]))
            continue;
        (void)eat_colon(&rest);
        if (pl_str_trim(rest).n == 0) {
            *key = names[i];
            *known = true;
            return true;
        }
    }
    for (size_t i = 0; s.n <= LABEL_BYTES && i < PL_COUNT(colons); i++)
        if (pl_str_ends(s, colons[i]) && s.n > colons[i].n) {
            *key = pl_str_trim(pl_str_sub(s, 0, s.n - colons[i].n));
            return true;
        }
    return false;
}

/* A known name and its colon at the start of *s. */
static bool eat_name(pl_str *s, pl_str *key)
{
    for (size_t i = 0; i < PL_COUNT(names); i++) {
        pl_str rest = *s;

        if (eat_spaced(&rest, names[i]) && eat_colon(&rest)) {
            *s = rest;
            *key = names[i];
            return true;
        }
    }
    return false;
}

bool pl_record_field_next(pl_str *s, pl_record_field *out)
{
    pl_str rest = *s, value, key;

    while (pl_str_eat(&rest, PL_S("（")) || pl_str_eat(&rest, PL_S("【")) ||
           pl_str_eat(&rest, PL_S("[")) || pl_str_eat(&rest, PL_S("|")) ||
           pl_str_eat(&rest, PL_S(" ")))
        ;
    if (!eat_name(&rest, &key))
        return false;
    value = rest;
    for (size_t i = 0; i <= value.n; i++) {
        pl_str next = pl_str_tail(value, i), other = {0};
        bool gap = i > 0 && (value.p[i - 1] == ' ' || value.p[i - 1] == '\n' ||
                             value.p[i - 1] == '|');

        if (i < value.n && !(gap && eat_name(&next, &other)))
            continue;
        *s = pl_str_tail(value, i);
        out->key = key;
        out->value = pl_str_trim(pl_str_sub(value, 0, i));
        if (pl_str_ends(out->value, PL_S("|")))
            out->value = pl_str_trim(pl_str_sub(out->value, 0, out->value.n - 1));
        break;
    }
    return true;
}

pl_status pl_record_name_keep(pl_ctx *cx, pl_str name, bool known, pl_str *out)
{
    char *p;
    size_t n = 0;

    *out = name;
    if (known)
        return PL_OK;
    p = PL_NEW_N(cx->arena, char, name.n);
    if (!p)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < name.n; i++) {
        if (pl_is_space(name.p[i]))
            continue;
        if (pl_str_starts(pl_str_tail(name, i), PL_S("\xe3\x80\x80")))
            i += 2;
        else
            p[n++] = name.p[i];
    }
    *out = (pl_str){p, n};
    return PL_OK;
}

void pl_record_count(pl_record_tally *t, pl_str text, uint32_t place)
{
    pl_record_field f;
    pl_str key, rest = text;
    bool known;

    if (pl_record_field_next(&rest, &f) && f.value.n) {
        t->known++;
        t->names++;
        t->after_name = false;
    } else if (!t->after_name && pl_record_label(text, &key, &known)) {
        t->names++;
        t->known += known;
        t->after_name = true;
    } else {
        t->others += !t->after_name && place % 2 == 0;
        t->after_name = false;
    }
}

bool pl_record_is(const pl_record_tally *t)
{
    return t->known >= 1 && t->known * 2 >= t->names && t->others * 2 <= t->known;
}

/* A record being taken from a table. */
typedef struct taking {
    pl_ctx *cx;
    pl_doc *d;
    pl_str name; /* waits for its value; empty = none does */
    pl_place name_place;
} taking;

static pl_status waiting_end(taking *t)
{
    pl_str name = t->name;

    t->name.n = 0;
    return name.n ? pl_doc_meta_add(t->cx, t->d, name, (pl_str){"", 0}, t->name_place)
                  : PL_OK;
}

/* A cell: a name, names with their values, a value; or a name that is not known when its
 * place is that of a name. */
static pl_status cell_take(taking *t, const pl_cell *c, uint32_t place, bool followed)
{
    pl_str text = pl_str_trim(c->text.s), rest = text, key;
    pl_place at = {.page = c->place.page,
                   .path = c->place.path,
                   .line = c->place.line,
                   .span = c->place.span};
    pl_record_field f;
    bool known = false;

    if (text.n == 0)
        return PL_OK;
    if (pl_record_label(text, &key, &known) ||
        (t->name.n == 0 && !pl_record_field_next(&rest, &f) && place % 2 == 0 &&
         followed && text.n <= PL_RECORD_NAME_BYTES)) {
        PL_TRY(waiting_end(t));
        t->name_place = at;
        return pl_record_name_keep(t->cx, known ? key : text, known, &t->name);
    }
    rest = text;
    if (pl_record_field_next(&rest, &f)) {
        PL_TRY(waiting_end(t));
        do
            PL_TRY(pl_doc_meta_add(t->cx, t->d, f.key, f.value, at));
        while (pl_record_field_next(&rest, &f));
        return PL_OK;
    }
    key = t->name;
    t->name.n = 0;
    return key.n ? pl_doc_meta_add(t->cx, t->d, key, text, at) : PL_OK;
}

static pl_status table_take(pl_ctx *cx, pl_doc *d, const pl_table *table)
{
    taking t = {.cx = cx, .d = d};
    uint32_t place = 0;

    for (size_t i = 0; i < table->cells.n; i++) {
        const pl_cell *c = &table->cells.p[i];
        bool first = i == 0 || c[-1].row != c->row;
        bool last = i + 1 == table->cells.n || c[1].row != c->row;

        place = first ? 0 : place + 1;
        PL_TRY(cell_take(&t, c, place, !last));
        if (last)
            PL_TRY(waiting_end(&t));
    }
    return PL_OK;
}

static bool is_record_table(const pl_table *table)
{
    pl_record_tally t = {0};
    size_t bytes = 0;
    uint32_t place = 0;

    if (table->cells.n > PL_RECORD_CELLS)
        return false;
    for (size_t i = 0; i < table->cells.n; i++) {
        const pl_cell *c = &table->cells.p[i];
        pl_str s = pl_str_trim(c->text.s);

        place = i == 0 || c[-1].row != c->row ? 0 : place + 1;
        bytes += s.n;
        if (place == 0 || s.n == 0)
            t.after_name = false;
        if (s.n)
            pl_record_count(&t, s, place);
    }
    return bytes <= PL_RECORD_BYTES && pl_record_is(&t);
}

/* The text of a document has begun: a part's heading, or a sentence. */
static bool is_begun(const pl_block *b)
{
    return (b->kind == PL_BLOCK_HEADING &&
            pl_numbering_at(b->text.s).kind != PL_NUMBERING_NONE) ||
           (b->kind == PL_BLOCK_PARA && pl_str_has(b->text.s, PL_S("。"))) ||
           (b->kind == PL_BLOCK_TABLE && b->table && !is_record_table(b->table));
}

/* Tables are numbered again from 1. */
static void tables_number(pl_doc *d)
{
    d->n_tables = 0;
    for (size_t i = 0; i < d->blocks.n; i++) {
        pl_table *t = d->blocks.p[i].table;

        if (!t)
            continue;
        t->number = ++d->n_tables;
        d->blocks.p[i].place.table = t->number;
        for (size_t k = 0; k < t->cells.n; k++)
            t->cells.p[k].place.table = t->number;
    }
}

/* Is a heading right above a record the record's, not the document's, which the record
 * names itself? The title that was made of it is taken back. */
static bool names_record(pl_doc *d, const pl_block *b)
{
    if (b->kind != PL_BLOCK_HEADING || !pl_doc_meta_title(d) ||
        pl_outline_ends_title(b->text.s))
        return false;
    if (pl_str_eq(d->title, b->text.s))
        d->title.n = 0;
    return true;
}

pl_status pl_record_take(pl_ctx *cx, pl_doc *d)
{
    size_t kept = 0, i = 0;
    const pl_meta *title;

    for (; i < d->blocks.n && !is_begun(&d->blocks.p[i]); i++) {
        if (d->blocks.p[i].kind == PL_BLOCK_TABLE && d->blocks.p[i].table) {
            PL_TRY(table_take(cx, d, d->blocks.p[i].table));
            kept -= i && kept && names_record(d, &d->blocks.p[i - 1]);
        } else {
            d->blocks.p[kept++] = d->blocks.p[i];
        }
    }
    if (kept == i)
        return PL_OK;
    for (; i < d->blocks.n; i++)
        d->blocks.p[kept++] = d->blocks.p[i];
    d->blocks.n = kept;
    tables_number(d);
    title = d->title.n ? NULL : pl_doc_meta_title(d);
    if (title) {
        d->title = title->value;
        d->title_place = title->place;
    }
    return PL_OK;
}

static bool eat_any(pl_str *s, const pl_str *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pl_str_eat(s, set[i]))
            return true;
    return false;
}

bool pl_record_is_debris(pl_str s)
{
    pl_str rest = s;

    if (s.n > DEBRIS_BYTES)
        return false;
    while (eat_any(&rest, signs, PL_COUNT(signs)) ||
           eat_any(&rest, buttons, PL_COUNT(buttons)))
        ;
    if (rest.n == 0)
        return true;
    rest = s;
    while (eat_any(&rest, signs, PL_COUNT(signs)))
        ;
    if (eat_any(&rest, starts, PL_COUNT(starts)))
        return !pl_str_has(s, PL_S("。"));
    for (size_t i = 0; i < PL_COUNT(parts); i++)
        if (pl_str_has(s, parts[i]))
            return true;
    return false;
}
