#include "doc/text_reader_internal.h"

#include "text/numbering.h"
#include "text/utf8.h"

/* Where debris is looked for: so many lines before and after the body. */
enum { EDGE_LINES = 60 };
/* A line of so many bytes with a sentence in it is body (40 Chinese characters). */
enum { BODY_LINE_BYTES = 120 };
/* A font-size widget has at most so many parts, each a line of at most so many bytes. */
enum { WIDGET_LINES = 8, WIDGET_BYTES = 12 };

typedef enum debris_how {
    WHOLE, /* the line is the word, perhaps with a colon or brackets around it */
    START, /* the line starts with it */
    PART   /* the line has it anywhere */
} debris_how;

/* What web pages put around a text: buttons, notices, footers. `anywhere`: so peculiar
 * that it is taken out in the midst of the text too. */
static const struct debris {
    pl_str word;
    debris_how how;
    bool anywhere;
} debris[] = {
    {PL_S_INIT("您访问的链接即将离开"), START, true},
    {PL_S_INIT("扫一扫在手机打开"), START, true},
    {PL_S_INIT("是否继续"), START, false},
    {PL_S_INIT("扫一扫"), START, false},
    {PL_S_INIT("微信扫一扫"), START, false},
    {PL_S_INIT("用微信"), START, false},
    {PL_S_INIT("分享到"), START, false},
    {PL_S_INIT("分享"), WHOLE, false},
    {PL_S_INIT("微信"), WHOLE, false},
    {PL_S_INIT("微博"), WHOLE, false},
    {PL_S_INIT("新浪微博"), WHOLE, false},
    {PL_S_INIT("QQ空间"), WHOLE, false},
    {PL_S_INIT("下载"), WHOLE, false},
    {PL_S_INIT("打印"), WHOLE, false},
    {PL_S_INIT("打印本页"), START, false},
    {PL_S_INIT("打印文章"), WHOLE, false},
    {PL_S_INIT("全屏"), WHOLE, false},
    {PL_S_INIT("收藏"), WHOLE, false},
    {PL_S_INIT("收藏本页"), WHOLE, false},
    {PL_S_INIT("复制链接"), WHOLE, false},
    {PL_S_INIT("加大"), WHOLE, false},
    {PL_S_INIT("还原"), WHOLE, false},
    {PL_S_INIT("减小"), WHOLE, false},
    {PL_S_INIT("大"), WHOLE, false},
    {PL_S_INIT("中"), WHOLE, false},
    {PL_S_INIT("小"), WHOLE, false},
    {PL_S_INIT("大中小"), WHOLE, false},
    {PL_S_INIT("大 中 小"), WHOLE, false},
    {PL_S_INIT("】"), WHOLE, false},
    {PL_S_INIT("朗读"), WHOLE, false},
    {PL_S_INIT("语音播报"), WHOLE, false},
    {PL_S_INIT("无障碍"), START, false},
    {PL_S_INIT("关闭"), WHOLE, false},
    {PL_S_INIT("关闭窗口"), WHOLE, false},
    {PL_S_INIT("关闭本页"), WHOLE, false},
    {PL_S_INIT("返回"), WHOLE, false},
    {PL_S_INIT("返回顶部"), WHOLE, false},
    {PL_S_INIT("返回首页"), WHOLE, false},
    {PL_S_INIT("首页"), WHOLE, false},
    {PL_S_INIT("首页 >"), START, false},
    {PL_S_INIT("首页>"), START, false},
    {PL_S_INIT("当前位置"), START, false},
    {PL_S_INIT("您的位置"), START, false},
    {PL_S_INIT("您现在的位置"), START, false},
    {PL_S_INIT("您当前的位置"), START, false},
    {PL_S_INIT("浏览次数"), START, false},
    {PL_S_INIT("浏览量"), START, false},
    {PL_S_INIT("阅读次数"), START, false},
    {PL_S_INIT("点击数"), START, false},
    {PL_S_INIT("点击率"), START, false},
    {PL_S_INIT("访问量"), START, false},
    {PL_S_INIT("上一篇"), START, false},
    {PL_S_INIT("下一篇"), START, false},
    {PL_S_INIT("责任编辑"), START, false},
    {PL_S_INIT("责编"), START, false},
    {PL_S_INIT("编辑："), START, false},
    {PL_S_INIT("编辑:"), START, false},
    {PL_S_INIT("校对："), START, false},
    {PL_S_INIT("审核："), START, false},
    {PL_S_INIT("版权所有"), START, false},
    {PL_S_INIT("主办单位："), START, false},
    {PL_S_INIT("承办单位："), START, false},
    {PL_S_INIT("技术支持"), START, false},
    {PL_S_INIT("联系我们"), START, false},
    {PL_S_INIT("网站地图"), START, false},
    {PL_S_INIT("网站标识码"), PART, false},
    {PL_S_INIT("ICP备"), PART, false},
    {PL_S_INIT("公网安备"), PART, false},
    {PL_S_INIT("Print"), WHOLE, false},
    {PL_S_INIT("Share"), WHOLE, false},
    {PL_S_INIT("Download"), WHOLE, false},
    {PL_S_INIT("Back to top"), WHOLE, false},
};

/* Openers of a widget that may go on over lines until its bracket closes. */
static const pl_str widget[] = {
    PL_S_INIT("【字号"),   PL_S_INIT("【字体"), PL_S_INIT("字号："), PL_S_INIT("字号:"),
    PL_S_INIT("字体："),   PL_S_INIT("字体:"),  PL_S_INIT("[字号"),  PL_S_INIT("[字体"),
    PL_S_INIT("字体大小"), PL_S_INIT("【打印")};

/* After the body, such a line begins a list of other pages: all from it on is left out.
 */
static const pl_str others[] = {
    PL_S_INIT("相关报道"), PL_S_INIT("相关链接"), PL_S_INIT("相关阅读"),
    PL_S_INIT("相关文章"), PL_S_INIT("相关新闻"), PL_S_INIT("相关稿件"),
    PL_S_INIT("相关信息"), PL_S_INIT("相关推荐"), PL_S_INIT("相关解读"),
    PL_S_INIT("相关文件"), PL_S_INIT("推荐阅读"), PL_S_INIT("延伸阅读")};

static const pl_str sentence_end[] = {PL_S_INIT("。"), PL_S_INIT("！"), PL_S_INIT("？"),
                                      PL_S_INIT("；"), PL_S_INIT("…"),  PL_S_INIT("．")};
static const pl_str closing[] = {PL_S_INIT("”"), PL_S_INIT("’"),  PL_S_INIT("）"),
                                 PL_S_INIT(")"), PL_S_INIT("》"), PL_S_INIT("」"),
                                 PL_S_INIT("\"")};

static bool ends_with_any(pl_str *s, const pl_str *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pl_str_ends(*s, set[i])) {
            s->n -= set[i].n;
            return true;
        }
    return false;
}

bool text_ends_sentence(pl_str s)
{
    char end;

    while (ends_with_any(&s, closing, PL_COUNT(closing)))
        ;
    if (ends_with_any(&s, sentence_end, PL_COUNT(sentence_end)))
        return true;
    end = s.n ? s.p[s.n - 1] : 0;
    return end == '.' || end == '!' || end == '?' || end == ';';
}

bool text_has_sentence(pl_str s)
{
    return pl_str_has(s, PL_S("。")) || pl_str_has(s, PL_S("！")) ||
           pl_str_has(s, PL_S("？")) || pl_str_has(s, PL_S("；")) ||
           pl_str_has(s, PL_S(". ")) || pl_str_has(s, PL_S("; "));
}

/* Without brackets around it and a colon after it: `[打印]` and `打印：` are 打印. */
static pl_str bare(pl_str s)
{
    static const pl_str open[] = {PL_S_INIT("["), PL_S_INIT("【"), PL_S_INIT("［"),
                                  PL_S_INIT("("), PL_S_INIT("（")};
    static const pl_str end[] = {PL_S_INIT("]"), PL_S_INIT("】"), PL_S_INIT("］"),
                                 PL_S_INIT(")"), PL_S_INIT("）"), PL_S_INIT("："),
                                 PL_S_INIT(":"), PL_S_INIT("?"),  PL_S_INIT("？")};
    pl_str whole = s;

    for (size_t i = 0; i < PL_COUNT(open); i++)
        if (pl_str_eat(&s, open[i]))
            break;
    (void)ends_with_any(&s, end, PL_COUNT(end));
    return s.n ? s : whole;
}

static bool is_debris(pl_str s, bool edge)
{
    pl_str b = bare(s);

    for (size_t i = 0; i < PL_COUNT(debris); i++) {
        const struct debris *d = &debris[i];

        if (!edge && !d->anywhere)
            continue;
        if (d->how == WHOLE   ? pl_str_eq(b, d->word) || pl_str_eq(s, d->word)
            : d->how == START ? pl_str_starts(b, d->word) || pl_str_starts(s, d->word)
                              : pl_str_has(s, d->word))
            return true;
    }
    return false;
}

static void eat_rule(pl_str *s)
{
    static const pl_str dash[] = {PL_S_INIT("-"),  PL_S_INIT("—"), PL_S_INIT("–"),
                                  PL_S_INIT("－"), PL_S_INIT("·"), PL_S_INIT("~")};
    bool more = true;

    while (more) {
        *s = pl_str_trim(*s);
        more = false;
        for (size_t i = 0; i < PL_COUNT(dash); i++)
            more = pl_str_eat(s, dash[i]) || more;
    }
}

static bool eat_digits(pl_str *s)
{
    size_t n = 0;

    *s = pl_str_trim(*s);
    while (n < s->n && pl_is_digit(s->p[n]))
        n++;
    *s = pl_str_tail(*s, n);
    return n > 0 && n < 6;
}

static bool has_digit(pl_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (pl_is_digit(s.p[i]))
            return true;
    return false;
}

/* — 3 —, - 3 -, 第3页, 第 3 页 共 10 页, Page 3 of 10; `alone`: 3 and 3/10 too. */
static bool is_page_number(pl_str s, bool alone)
{
    pl_str in = s;
    size_t before;

    if (s.n > 60 || !has_digit(s))
        return false;
    eat_rule(&in);
    before = in.n;
    if (before < s.n && eat_digits(&in)) {
        before = in.n;
        eat_rule(&in);
        return in.n == 0 && before > 0;
    }
    in = s;
    if (pl_str_eat(&in, PL_S("第")) && eat_digits(&in)) {
        in = pl_str_trim(in);
        if (!pl_str_eat(&in, PL_S("页")))
            return false;
        in = pl_str_trim(in);
        return in.n == 0 || pl_str_has(in, PL_S("页"));
    }
    in = s;
    if (pl_str_eat(&in, PL_S("Page ")) || pl_str_eat(&in, PL_S("page ")))
        return eat_digits(&in);
    in = s;
    if (!alone || !eat_digits(&in))
        return false;
    in = pl_str_trim(in);
    return in.n == 0 || (pl_str_eat(&in, PL_S("/")) && eat_digits(&in) && in.n == 0);
}

/* A line that certainly belongs to the text. */
static bool is_body(const text_reader *r, size_t i)
{
    pl_str s = text_line_str(r, i);
    pl_numbering m;

    if (r->line[i].flags & LINE_PIPE)
        return false;
    if (s.n >= BODY_LINE_BYTES)
        return text_has_sentence(s) || pl_str_has(s, PL_S("，")) ||
               s.n > 2 * BODY_LINE_BYTES;
    m = pl_numbering_at(s);
    return m.level > 0;
}

static void find_body(text_reader *r)
{
    size_t a = 0, b = r->n;

    while (a < r->n && !is_body(r, a))
        a++;
    while (b > a && !is_body(r, b - 1))
        b--;
    r->body = a;
    r->body_end = a < r->n ? b : r->n;
}

static bool at_edge(const text_reader *r, size_t i)
{
    return (i < r->body && i < EDGE_LINES) ||
           (i >= r->body_end && i + EDGE_LINES >= r->n);
}

static void mark_pages(text_reader *r)
{
    for (size_t i = 0; i < r->n; i++) {
        bool turn = (r->line[i].flags & LINE_PAGE) ||
                    (i + 1 < r->n && (r->line[i + 1].flags & LINE_PAGE));

        if (!(r->line[i].flags & LINE_PIPE) && is_page_number(text_line_str(r, i), turn))
            r->line[i].flags |= LINE_OUT;
    }
}

/* The widget's parts after its opener at i, until its bracket closes. */
static void mark_widget(text_reader *r, size_t i)
{
    size_t end = i;
    bool open = !pl_str_has(text_line_str(r, i), PL_S("】")) &&
                !pl_str_has(text_line_str(r, i), PL_S("]"));

    r->line[i].flags |= LINE_OUT;
    for (size_t k = i + 1; open && k < r->n && k <= i + WIDGET_LINES; k++) {
        if (r->line[k].n > WIDGET_BYTES)
            break;
        if (pl_str_has(text_line_str(r, k), PL_S("】")) ||
            pl_str_has(text_line_str(r, k), PL_S("]"))) {
            end = k;
            break;
        }
    }
    for (size_t k = i + 1; k <= end; k++)
        r->line[k].flags |= LINE_OUT;
}

static void mark_edge(text_reader *r, size_t i)
{
    pl_str s = text_line_str(r, i);

    if (r->line[i].flags & (LINE_PIPE | LINE_OUT))
        return;
    if (pl_str_starts_any(s, widget, PL_COUNT(widget)))
        mark_widget(r, i);
    else if (is_debris(s, true))
        r->line[i].flags |= LINE_OUT;
}

/* Lines that stand both before and after the body are the page's frame. */
static void mark_repeated(text_reader *r)
{
    size_t head = r->body < EDGE_LINES ? r->body : EDGE_LINES;
    size_t tail = r->n > EDGE_LINES ? r->n - EDGE_LINES : 0;

    if (tail < r->body_end)
        tail = r->body_end;
    for (size_t i = 0; i < head; i++)
        for (size_t k = tail; k < r->n; k++)
            if (!(r->line[i].flags & LINE_PIPE) &&
                pl_str_eq(text_line_str(r, i), text_line_str(r, k))) {
                r->line[i].flags |= LINE_OUT;
                r->line[k].flags |= LINE_OUT;
            }
}

/* The list of other pages after the body, and all that follows. */
static void mark_others(text_reader *r)
{
    for (size_t i = r->body_end; i < r->n; i++) {
        if (r->line[i].flags & LINE_PIPE)
            continue;
        if (!pl_str_is_any(bare(text_line_str(r, i)), others, PL_COUNT(others)))
            continue;
        for (; i < r->n; i++)
            r->line[i].flags |= LINE_OUT;
    }
}

void text_debris_mark(text_reader *r)
{
    find_body(r);
    mark_pages(r);
    for (size_t i = 0; i < r->n; i++) {
        if (at_edge(r, i))
            mark_edge(r, i);
        else if (r->line[i].n < BODY_LINE_BYTES && !(r->line[i].flags & LINE_PIPE) &&
                 is_debris(text_line_str(r, i), false))
            r->line[i].flags |= LINE_OUT;
    }
    mark_repeated(r);
    mark_others(r);
}
