#include "doc/html_lex.h"

enum { TAG_NAME_BYTES = 10 }; /* the longest name listed: figcaption, blockquote */

static const struct tag {
    pl_str name;
    unsigned flags;
} tags[] = {{PL_S_INIT(""), PL_TAG_VOID}, /* TEXT */
            {PL_S_INIT(""), 0},           /* OTHER */
#define X(name, token, flags) {PL_S_INIT(token), flags},
            PL_HTML_TAG_LIST(X)
#undef X
};
_Static_assert(PL_COUNT(tags) == PL_HTML_TAG_COUNT, "one row per tag");

unsigned pl_html_flags(pl_html_tag t)
{
    return tags[t].flags;
}

static char lower_of(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

pl_html_tag pl_html_tag_of(pl_str name)
{
    char low[TAG_NAME_BYTES];
    size_t first = PL_HTML_OTHER + 1, past = PL_HTML_TAG_COUNT;

    if (name.n == 0 || name.n > sizeof low)
        return PL_HTML_OTHER;
    for (size_t i = 0; i < name.n; i++)
        low[i] = lower_of(name.p[i]);
    while (first < past) {
        size_t mid = first + (past - first) / 2;
        int c = pl_str_cmp((pl_str){low, name.n}, tags[mid].name);

        if (c == 0)
            return (pl_html_tag)mid;
        if (c < 0)
            past = mid;
        else
            first = mid + 1;
    }
    return PL_HTML_OTHER;
}

bool pl_html_same(pl_str s, pl_str lower)
{
    if (s.n != lower.n)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (lower_of(s.p[i]) != lower.p[i])
            return false;
    return true;
}

bool pl_html_has(pl_str s, pl_str lower)
{
    for (size_t i = 0; s.n - i >= lower.n && i < s.n; i++)
        if (pl_html_same(pl_str_sub(s, i, lower.n), lower))
            return true;
    return false;
}

/* Offset of byte c at or after `from`; the source's length when there is none. */
static size_t find_byte(pl_str s, char c, size_t from)
{
    const char *hit = from < s.n ? memchr(s.p + from, c, s.n - from) : NULL;

    return hit ? (size_t)(hit - s.p) : s.n;
}

static bool ends_name(char c)
{
    return pl_is_space(c) || c == '/' || c == '>';
}

/* The value after `=`: *at moves past it and its quotes. False when its quote is open. */
static bool attr_value(pl_str s, size_t *at, pl_str *value)
{
    size_t i = *at, end;

    while (i < s.n && pl_is_space(s.p[i]))
        i++;
    if (i < s.n && (s.p[i] == '"' || s.p[i] == '\'')) {
        end = find_byte(s, s.p[i], i + 1);
        *value = pl_str_sub(s, i + 1, end - i - 1);
        *at = end < s.n ? end + 1 : end;
        return end < s.n;
    }
    for (end = i; end < s.n && !pl_is_space(s.p[end]) && s.p[end] != '>'; end++)
        ;
    *value = pl_str_sub(s, i, end - i);
    *at = end;
    return true;
}

/* One attribute of s at *at, which moves on; *more is false where a `>` or the end is.
 * The result is false when a quote is never closed. */
static bool attr_step(pl_str s, size_t *at, pl_str *name, pl_str *value, bool *more)
{
    size_t i = *at, start;

    while (i < s.n && (pl_is_space(s.p[i]) || s.p[i] == '/'))
        i++;
    *more = i < s.n && s.p[i] != '>';
    start = i;
    if (*more)
        i++; /* a name may begin with `=` */
    while (*more && i < s.n && !ends_name(s.p[i]) && s.p[i] != '=')
        i++;
    *name = pl_str_sub(s, start, i - start);
    *value = (pl_str){"", 0};
    *at = i;
    while (*more && i < s.n && pl_is_space(s.p[i]))
        i++;
    if (!*more || i == s.n || s.p[i] != '=')
        return true;
    *at = i + 1;
    return attr_value(s, at, value);
}

/* Offset after the name of a tag. */
static size_t after_name(pl_str tag)
{
    size_t i = tag.n > 1 && tag.p[1] == '/' ? 2 : 1;

    while (i < tag.n && !ends_name(tag.p[i]))
        i++;
    return i;
}

bool pl_html_attr_next(pl_str tag, size_t *at, pl_str *name, pl_str *value)
{
    bool more;

    if (*at == 0)
        *at = after_name(tag);
    (void)attr_step(tag, at, name, value, &more); /* an open quote ends with the tag */
    return more;
}

bool pl_html_attr(pl_str tag, pl_str name, pl_str *value)
{
    size_t at = 0;
    pl_str n, v;

    while (pl_html_attr_next(tag, &at, &n, &v))
        if (pl_html_same(n, name)) {
            *value = v;
            return true;
        }
    return false;
}

void pl_html_lex_init(pl_html_lex *x, pl_str src)
{
    *x = (pl_html_lex){.src = src};
    x->xhtml = pl_str_starts(pl_str_trim(pl_str_sub(src, 0, 256)), PL_S("<?xml"));
}

/* Offset after the `>` that ends the tag beginning at `at`. Quotes hide a `>`, until one
 * of them turns out never to be closed. */
static size_t tag_end(pl_html_lex *x, size_t at)
{
    size_t i = at + after_name(pl_str_tail(x->src, at));
    pl_str name, value;
    bool more = true;

    while (more && !x->quotes_off)
        x->quotes_off = !attr_step(x->src, &i, &name, &value, &more);
    if (!x->quotes_off && i < x->src.n)
        return i + 1;
    x->quotes_off = true;
    i = find_byte(x->src, '>', at);
    x->cut = x->cut || i == x->src.n;
    return i < x->src.n ? i + 1 : i;
}

static bool read_tag(pl_html_lex *x, pl_html_token *t)
{
    size_t at = x->at, end = tag_end(x, at);
    pl_str tag = pl_str_sub(x->src, at, end - at);
    size_t name_at = tag.p[1] == '/' ? 2 : 1, name_end = after_name(tag);
    bool is_whole = tag.p[tag.n - 1] == '>';

    x->at = end;
    t->tag = pl_html_tag_of(pl_str_sub(tag, name_at, name_end - name_at));
    t->end = tag.p[1] == '/';
    t->closed = tag.n >= 2 && tag.p[tag.n - 2] == '/' &&
                (x->xhtml || t->tag == PL_HTML_OTHER || t->tag == PL_HTML_SVG);
    t->span = (pl_span){at, tag.n};
    if (is_whole && !t->end && !t->closed && (pl_html_flags(t->tag) & PL_TAG_RAW))
        x->raw = t->tag;
    return is_whole;
}

/* Past a comment, declaration or processing instruction at x->at. */
static void skip_declaration(pl_html_lex *x)
{
    pl_str rest = pl_str_tail(x->src, x->at);
    size_t end = PL_NOPOS;

    if (pl_str_starts(rest, PL_S("<!--")) && !pl_str_starts(rest, PL_S("<!-->")) &&
        !pl_str_starts(rest, PL_S("<!--->")) && !x->no_dashes) {
        end = pl_str_find(x->src, PL_S("-->"), x->at + 4);
        x->no_dashes = end == PL_NOPOS;
        if (end != PL_NOPOS)
            end += 2;
    }
    if (end == PL_NOPOS)
        end = find_byte(x->src, '>', x->at);
    x->cut = x->cut || x->no_dashes || end == x->src.n;
    x->at = end < x->src.n ? end + 1 : end;
}

/* Does markup begin at the `<` at i? Elsewhere it is a character: `<313.2`. */
static bool is_markup(pl_str s, size_t i)
{
    char c = i + 1 < s.n ? s.p[i + 1] : ' ';

    return pl_is_alpha(c) || c == '/' || c == '!' || c == '?';
}

/* `</` begins an end tag before a letter, else a comment: `</>`, `</ 5>`. */
static bool is_tag(pl_str s, size_t i)
{
    char c = s.p[i + 1];

    return pl_is_alpha(c) || (c == '/' && i + 2 < s.n && pl_is_alpha(s.p[i + 2]));
}

static bool text_to(pl_html_lex *x, size_t end, pl_html_token *t)
{
    *t = (pl_html_token){.tag = PL_HTML_TEXT, .span = {x->at, end - x->at}};
    x->at = end;
    return t->span.n > 0;
}

/* Where the end tag of raw element `tag` begins; else the end of the line or the next
 * `<`, because no such tag follows. */
static size_t raw_end(pl_html_lex *x, pl_html_tag tag)
{
    pl_str name = tags[tag].name;
    size_t i = x->at, line;

    while (!x->no_end[tag] && (i = find_byte(x->src, '<', i)) < x->src.n) {
        pl_str rest = pl_str_tail(x->src, i + 1);

        if (rest.n > name.n && rest.p[0] == '/' &&
            pl_html_same(pl_str_sub(rest, 1, name.n), name) &&
            (rest.n == name.n + 1 || ends_name(rest.p[name.n + 1])))
            return i;
        i++;
    }
    x->no_end[tag] = x->cut = true;
    if (tag != PL_HTML_TITLE && tag != PL_HTML_TEXTAREA)
        return x->src.n; /* a script that breaks off is no text */
    for (i = x->at; i < x->src.n && pl_is_space(x->src.p[i]); i++)
        ;
    line = find_byte(x->src, '<', x->at);
    i += find_byte(pl_str_sub(x->src, i, line > i ? line - i : 0), '\n', 0);
    return line < i ? line : i;
}

bool pl_html_next(pl_html_lex *x, pl_html_token *t)
{
    pl_html_tag raw = x->raw;
    size_t i;

    x->raw = PL_HTML_TEXT;
    if (raw != PL_HTML_TEXT && text_to(x, raw_end(x, raw), t))
        return true;
    while (x->at < x->src.n) {
        if (x->src.p[x->at] == '<' && is_markup(x->src, x->at)) {
            if (!is_tag(x->src, x->at))
                skip_declaration(x);
            else if (read_tag(x, t))
                return true;
            continue;
        }
        for (i = x->at + 1; (i = find_byte(x->src, '<', i)) < x->src.n; i++)
            if (is_markup(x->src, i))
                break;
        return text_to(x, i, t);
    }
    return false;
}
