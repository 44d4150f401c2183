#include "doc/html_tree.h"

/* Letters of an unmarked page, in pixels: what `em`, `%` and `medium` count from. */
enum { BODY_PX = 16, SIZE_MAX_PX = 255 };

/* Marks of inline styles that only this file needs. */
enum { STRUCK = 1u << 15 };

typedef struct look {
    unsigned flags, size;
} look;

/* Declarations that matter, by property and a word of the value ("" = any). Later rows
 * win. `set` and `clear` are looks. */
static const struct declared {
    pl_str property, word;
    unsigned set, clear;
} declared[] = {
    {PL_S_INIT("display"), PL_S_INIT("none"), PL_LOOK_UNSEEN, 0},
    {PL_S_INIT("visibility"), PL_S_INIT("hidden"), PL_LOOK_UNSEEN, 0},
    {PL_S_INIT("visibility"), PL_S_INIT("collapse"), PL_LOOK_UNSEEN, 0},
    {PL_S_INIT("mso-hide"), PL_S_INIT("all"), PL_LOOK_UNSEEN, 0},
    {PL_S_INIT("text-decoration"), PL_S_INIT("line-through"), STRUCK, 0},
    {PL_S_INIT("text-decoration-line"), PL_S_INIT("line-through"), STRUCK, 0},
    {PL_S_INIT("text-align"), PL_S_INIT(""), 0, PL_LOOK_CENTER},
    {PL_S_INIT("text-align"), PL_S_INIT("center"), PL_LOOK_CENTER, 0},
    {PL_S_INIT("font-weight"), PL_S_INIT(""), 0, PL_LOOK_BOLD},
    {PL_S_INIT("font-weight"), PL_S_INIT("bold"), PL_LOOK_BOLD, 0},
    {PL_S_INIT("font-weight"), PL_S_INIT("600"), PL_LOOK_BOLD, 0},
    {PL_S_INIT("font-weight"), PL_S_INIT("700"), PL_LOOK_BOLD, 0},
    {PL_S_INIT("font-weight"), PL_S_INIT("800"), PL_LOOK_BOLD, 0},
    {PL_S_INIT("font-weight"), PL_S_INIT("900"), PL_LOOK_BOLD, 0},
    {PL_S_INIT("list-style"), PL_S_INIT("none"), PL_LOOK_NOMARK, 0},
    {PL_S_INIT("list-style-type"), PL_S_INIT("none"), PL_LOOK_NOMARK, 0},
    {PL_S_INIT("white-space"), PL_S_INIT("pre"), PL_LOOK_PRE, 0},
    {PL_S_INIT("vertical-align"), PL_S_INIT("super"), PL_LOOK_SUPER, 0},
};

/* What tags look like when nothing else is said. */
static const struct tag_look {
    uint8_t tag, size;
    uint16_t set;
} tag_looks[] = {
    {PL_HTML_B, 0, PL_LOOK_BOLD},
    {PL_HTML_STRONG, 0, PL_LOOK_BOLD},
    {PL_HTML_TH, 0, PL_LOOK_BOLD | PL_LOOK_CENTER},
    {PL_HTML_CENTER, 0, PL_LOOK_CENTER},
    {PL_HTML_CAPTION, 0, PL_LOOK_CENTER},
    {PL_HTML_H1, 32, PL_LOOK_BOLD},
    {PL_HTML_H2, 24, PL_LOOK_BOLD},
    {PL_HTML_H3, 19, PL_LOOK_BOLD},
    {PL_HTML_H4, 16, PL_LOOK_BOLD},
    {PL_HTML_H5, 13, PL_LOOK_BOLD},
    {PL_HTML_H6, 11, PL_LOOK_BOLD},
    {PL_HTML_SUP, 0, PL_LOOK_SUPER},
    {PL_HTML_PRE, 0, PL_LOOK_PRE},
};

/* Words of classes and ids, in lower case. `good` ones are given to the text itself, the
 * others to what stands around it; a name with a good word in it is good. */
static const struct word {
    pl_str word;
    bool good;
} words[] = {
    {PL_S_INIT("article"), true},      {PL_S_INIT("content"), true},
    {PL_S_INIT("contents"), true},     {PL_S_INIT("main"), true},
    {PL_S_INIT("zoom"), true},         {PL_S_INIT("editor"), true},
    {PL_S_INIT("ueditor"), true},      {PL_S_INIT("ucap"), true},
    {PL_S_INIT("trs"), true},          {PL_S_INIT("detail"), true},
    {PL_S_INIT("con"), true},          {PL_S_INIT("nr"), true},
    {PL_S_INIT("neirong"), true},      {PL_S_INIT("zhengwen"), true},
    {PL_S_INIT("text"), true},         {PL_S_INIT("body"), true},
    {PL_S_INIT("nav"), false},         {PL_S_INIT("navbar"), false},
    {PL_S_INIT("navigation"), false},  {PL_S_INIT("menu"), false},
    {PL_S_INIT("submenu"), false},     {PL_S_INIT("breadcrumb"), false},
    {PL_S_INIT("breadcrumbs"), false}, {PL_S_INIT("crumb"), false},
    {PL_S_INIT("crumbs"), false},      {PL_S_INIT("location"), false},
    {PL_S_INIT("position"), false},    {PL_S_INIT("dqwz"), false},
    {PL_S_INIT("footer"), false},      {PL_S_INIT("foot"), false},
    {PL_S_INIT("copyright"), false},   {PL_S_INIT("sidebar"), false},
    {PL_S_INIT("aside"), false},       {PL_S_INIT("share"), false},
    {PL_S_INIT("bdshare"), false},     {PL_S_INIT("bdsharebuttonbox"), false},
    {PL_S_INIT("jiathis"), false},     {PL_S_INIT("print"), false},
    {PL_S_INIT("dayin"), false},       {PL_S_INIT("pagination"), false},
    {PL_S_INIT("pager"), false},       {PL_S_INIT("toolbar"), false},
    {PL_S_INIT("tools"), false},       {PL_S_INIT("related"), false},
    {PL_S_INIT("recommend"), false},   {PL_S_INIT("hot"), false},
    {PL_S_INIT("comment"), false},     {PL_S_INIT("comments"), false},
    {PL_S_INIT("qrcode"), false},      {PL_S_INIT("ewm"), false},
    {PL_S_INIT("erweima"), false},     {PL_S_INIT("login"), false},
    {PL_S_INIT("register"), false},    {PL_S_INIT("search"), false},
    {PL_S_INIT("banner"), false},      {PL_S_INIT("logo"), false},
    {PL_S_INIT("friendlink"), false},  {PL_S_INIT("links"), false},
    {PL_S_INIT("weixin"), false},      {PL_S_INIT("wechat"), false},
};

static const struct named_size {
    pl_str name;
    unsigned px;
} named_sizes[] = {{PL_S_INIT("xx-small"), 9}, {PL_S_INIT("x-small"), 10},
                   {PL_S_INIT("small"), 13},   {PL_S_INIT("medium"), 16},
                   {PL_S_INIT("large"), 18},   {PL_S_INIT("x-large"), 24},
                   {PL_S_INIT("xx-large"), 32}};

/* Pixels of one unit, in hundredths; `inherited` units count from the size around. */
static const struct unit {
    pl_str name;
    unsigned px100;
    bool inherited;
} units[] = {
    {PL_S_INIT("px"), 100, false},   {PL_S_INIT("pt"), 133, false},
    {PL_S_INIT("rem"), 1600, false}, {PL_S_INIT("em"), 0, true},
    {PL_S_INIT("%"), 0, true},
};

/* A figure with at most two decimals, in hundredths; 0 .. 99999. */
static unsigned hundredths(pl_str *s)
{
    unsigned v = 0, scale = 100;
    bool point = false;

    while (s->n && (pl_is_digit(s->p[0]) || (s->p[0] == '.' && !point))) {
        if (s->p[0] == '.')
            point = true;
        else if (!point)
            v = v < 100000 ? v * 10 + (unsigned)(s->p[0] - '0') * 100 : v;
        else
            v += (unsigned)(s->p[0] - '0') * (scale /= 10);
        *s = pl_str_tail(*s, 1);
    }
    return v < 99999 ? v : 99999;
}

static unsigned clamp_px(unsigned px)
{
    return px > SIZE_MAX_PX ? SIZE_MAX_PX : px;
}

static void font_size(look *k, pl_str value)
{
    pl_str rest = value;
    unsigned v = hundredths(&rest), around = k->size ? k->size : BODY_PX;

    for (size_t i = 0; i < PL_COUNT(named_sizes); i++)
        if (pl_html_same(value, named_sizes[i].name))
            k->size = named_sizes[i].px;
    if (rest.n == value.n)
        return;
    if (v == 0)
        k->flags |= PL_LOOK_UNSEEN; /* font-size: 0 */
    for (size_t i = 0; i < PL_COUNT(units); i++) {
        bool percent = units[i].name.p[0] == '%';

        if (!pl_html_same(pl_str_sub(rest, 0, units[i].name.n), units[i].name))
            continue;
        if (units[i].inherited)
            k->size = clamp_px(around * v / (percent ? 10000 : 100));
        else
            k->size = clamp_px((v * units[i].px100 + 5000) / 10000);
        return;
    }
}

/* `1.0pt solid windowtext` is a line, `none` and `0` are not. */
static void border(look *k, pl_str property, pl_str value)
{
    static const pl_str lines[] = {PL_S_INIT("solid"),  PL_S_INIT("double"),
                                   PL_S_INIT("groove"), PL_S_INIT("ridge"),
                                   PL_S_INIT("inset"),  PL_S_INIT("outset")};

    if (pl_html_has(property, PL_S("radius")) || pl_html_has(property, PL_S("collapse")))
        return;
    for (size_t i = 0; i < PL_COUNT(lines); i++)
        if (pl_html_has(value, lines[i]) && value.n && value.p[0] != '0')
            k->flags |= PL_NODE_RULED;
}

static void declaration(look *k, pl_str property, pl_str value)
{
    if (pl_html_same(pl_str_sub(property, 0, 6), PL_S("border")))
        border(k, property, value);
    else if (pl_html_same(property, PL_S("font-size")))
        font_size(k, value);
    else
        for (size_t i = 0; i < PL_COUNT(declared); i++)
            if (pl_html_same(property, declared[i].property) &&
                (declared[i].word.n == 0 || pl_html_has(value, declared[i].word)))
                k->flags = (k->flags & ~declared[i].clear) | declared[i].set;
}

static void by_style(look *k, pl_str css)
{
    while (css.n) {
        const char *semicolon = memchr(css.p, ';', css.n);
        size_t n = semicolon ? (size_t)(semicolon - css.p) : css.n;
        pl_str one = pl_str_sub(css, 0, n);
        const char *colon = n ? memchr(one.p, ':', n) : NULL;

        if (colon)
            declaration(k, pl_str_trim(pl_str_sub(one, 0, (size_t)(colon - one.p))),
                        pl_str_trim(pl_str_tail(one, (size_t)(colon - one.p) + 1)));
        css = pl_str_tail(css, n + (semicolon != NULL));
    }
}

static void by_word(look *k, pl_str word)
{
    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (words[i].word.n == word.n && pl_html_same(word, words[i].word))
            k->flags |= words[i].good ? PL_NODE_GOOD : PL_NODE_AWAY;
}

/* `TRS_Editor`, `articleContent` and `news-con2` are two words each. */
static void by_name(look *k, pl_str name)
{
    size_t start = 0;

    for (size_t i = 0; i <= name.n; i++) {
        bool out = i == name.n || !pl_is_alpha(name.p[i]);
        bool hump = !out && i > start && name.p[i] >= 'A' && name.p[i] <= 'Z' &&
                    !(name.p[i - 1] >= 'A' && name.p[i - 1] <= 'Z');

        if ((out || hump) && i > start)
            by_word(k, pl_str_sub(name, start, i - start));
        if (out)
            start = i + 1;
        else if (hump)
            start = i;
    }
    if (pl_html_has(name, PL_S("msotablegrid")) ||
        pl_html_has(name, PL_S("table-bordered")))
        k->flags |= PL_NODE_RULED;
}

static void by_align(look *k, pl_str value)
{
    k->flags &= ~(unsigned)PL_LOOK_CENTER;
    if (pl_html_same(value, PL_S("center")) || pl_html_same(value, PL_S("middle")))
        k->flags |= PL_LOOK_CENTER;
}

static void by_hidden(look *k, pl_str value)
{
    (void)value; /* whatever it says, it is there */
    k->flags |= PL_LOOK_UNSEEN;
}

static void by_aria_hidden(look *k, pl_str value)
{
    if (pl_html_same(value, PL_S("true")))
        k->flags |= PL_LOOK_UNSEEN;
}

static void by_role(look *k, pl_str value)
{
    static const pl_str apart[] = {PL_S_INIT("navigation"), PL_S_INIT("banner"),
                                   PL_S_INIT("contentinfo"), PL_S_INIT("search"),
                                   PL_S_INIT("complementary")};

    for (size_t i = 0; i < PL_COUNT(apart); i++)
        if (pl_html_same(value, apart[i]))
            k->flags |= PL_NODE_AWAY;
    if (pl_html_same(value, PL_S("presentation")) || pl_html_same(value, PL_S("none")))
        k->flags |= PL_NODE_LAYOUT;
    if (pl_html_same(value, PL_S("main")) || pl_html_same(value, PL_S("article")))
        k->flags |= PL_NODE_GOOD;
}

static void by_href(look *k, pl_str value)
{
    k->flags |= PL_LOOK_LINK;
    if (pl_html_same(pl_str_sub(pl_str_trim(value), 0, 11), PL_S("javascript:")))
        k->flags |= PL_LOOK_ACTION;
}

static void by_border(look *k, pl_str value)
{
    if (value.n && value.p[0] >= '1' && value.p[0] <= '9')
        k->flags |= PL_NODE_RULED;
}

/* <font size=5>: 1 to 7; +1 and -1 count from 3. */
static void by_size(look *k, pl_str value)
{
    static const uint8_t px[] = {10, 13, 16, 18, 24, 32, 48};
    bool plus = value.n == 2 && value.p[0] == '+',
         minus = value.n == 2 && value.p[0] == '-';
    int d = value.n && pl_is_digit(value.p[value.n - 1]) ? value.p[value.n - 1] - '0' : 0;
    int at = plus ? 3 + d : minus ? 3 - d : d;

    if (d > 0)
        k->size = px[at < 1 ? 0 : at > 7 ? 6 : at - 1];
}

static const struct attribute {
    pl_str name;
    void (*apply)(look *k, pl_str value);
    uint8_t tag; /* the only tag it means this on; 0 = all */
} attributes[] = {
    {PL_S_INIT("style"), by_style, 0},
    {PL_S_INIT("class"), by_name, 0},
    {PL_S_INIT("id"), by_name, 0},
    {PL_S_INIT("align"), by_align, 0},
    {PL_S_INIT("hidden"), by_hidden, 0},
    {PL_S_INIT("aria-hidden"), by_aria_hidden, 0},
    {PL_S_INIT("role"), by_role, 0},
    {PL_S_INIT("href"), by_href, PL_HTML_A},
    {PL_S_INIT("border"), by_border, PL_HTML_TABLE},
    {PL_S_INIT("size"), by_size, PL_HTML_FONT},
};

static void by_tag(look *k, pl_html_tag tag)
{
    unsigned flags = pl_html_flags(tag);

    for (size_t i = 0; i < PL_COUNT(tag_looks); i++)
        if (tag_looks[i].tag == tag) {
            k->flags |= tag_looks[i].set;
            k->size = tag_looks[i].size ? tag_looks[i].size : k->size;
        }
    if (tag == PL_HTML_TABLE) /* a table takes its place, not its letters, from around */
        k->flags &= ~(unsigned)(PL_LOOK_CENTER | PL_LOOK_BOLD);
    if (tag == PL_HTML_ARTICLE || tag == PL_HTML_MAIN)
        k->flags |= PL_NODE_GOOD;
    if (flags & PL_TAG_AWAY)
        k->flags |= PL_NODE_AWAY;
    if (flags & PL_TAG_UNSEEN)
        k->flags |= PL_LOOK_UNSEEN;
}

void pl_html_look(pl_str start_tag, pl_html_tag tag, unsigned *flags, unsigned *size,
                  bool *struck)
{
    look k = {.flags = *flags & PL_LOOK_INHERITED, .size = *size};
    pl_str name, value;
    size_t at = 0;

    by_tag(&k, tag);
    while (pl_html_attr_next(start_tag, &at, &name, &value))
        for (size_t i = 0; i < PL_COUNT(attributes); i++)
            if ((attributes[i].tag == 0 || attributes[i].tag == tag) &&
                attributes[i].name.n == name.n && pl_html_same(name, attributes[i].name))
                attributes[i].apply(&k, value);
    if (k.flags & PL_NODE_GOOD)
        k.flags &= ~(unsigned)PL_NODE_AWAY;
    *struck = (k.flags & STRUCK) != 0 || tag == PL_HTML_DEL || tag == PL_HTML_S ||
              tag == PL_HTML_STRIKE;
    if (*struck)
        k.flags |= PL_LOOK_UNSEEN;
    *flags = k.flags & ~(unsigned)STRUCK;
    *size = k.size;
}
