#include "text/decode.h"

#include "text/converter.h"
#include "text/utf8.h"

/* How much of a text has to be in a charset's everyday characters for the charset to be
 * believed, in per cent: real texts have above 90, another charset read as this one has
 * below 60. */
enum { COMMON_PERCENT = 75 };
/* Well-formed multi-byte characters before the first bad byte that prove UTF-8: text of
 * another charset does not pass for so many by chance. */
enum { PROOF_CHARS = 16 };
/* One control character in so many bytes is still text. */
enum { CONTROL_SHARE = 50 };

static const char *const name[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "BIG5"};
_Static_assert(PL_COUNT(name) == PL_CHARSET_COUNT, "one name per charset");

static const struct mark {
    pl_charset charset;
    unsigned char n, b[4];
} marks[] = {
    {PL_CHARSET_UTF8, 3, {0xEF, 0xBB, 0xBF}},
    {PL_CHARSET_UTF16LE, 2, {0xFF, 0xFE}},
    {PL_CHARSET_UTF16BE, 2, {0xFE, 0xFF}},
    {PL_CHARSET_GB18030, 4, {0x84, 0x31, 0x95, 0x33}},
};

const char *pl_charset_name(pl_charset c)
{
    return name[c];
}

static const struct mark *mark_of(pl_bytes in)
{
    for (size_t i = 0; i < PL_COUNT(marks); i++)
        if (in.n >= marks[i].n && memcmp(in.p, marks[i].b, marks[i].n) == 0)
            return &marks[i];
    return NULL;
}

/* Control characters other than those of text (tab, line feed, vertical tab, form feed,
 * carriage return). A loop the compiler can vectorise. */
static size_t controls(pl_bytes in)
{
    size_t n = 0;

    for (size_t i = 0; i < in.n;) {
        size_t end = in.n - i > 4096 ? i + 4096 : in.n;
        unsigned block = 0;

        for (; i < end; i++)
            block += in.p[i] < 0x09 || (in.p[i] > 0x0D && in.p[i] < 0x20);
        n += block;
    }
    return n;
}

static pl_status fail_at(pl_ctx *cx, pl_bytes in, size_t at, const char *what)
{
    size_t line = 1, start = 0;
    const unsigned char *p;

    while (start < at && (p = memchr(in.p + start, '\n', at - start)) != NULL) {
        line++;
        start = (size_t)(p - in.p) + 1;
    }
    (void)pl_fail(cx, PL_ESYNTAX, at, "%s", what);
    cx->err.line = (uint32_t)line;
    cx->err.col = (uint32_t)(at - start) + 1;
    return PL_ESYNTAX;
}

static pl_status fail_utf8(pl_ctx *cx, pl_bytes in, size_t at)
{
    size_t left = in.n - at;
    bool cut =
        left < 4 && in.p[at] >= 0xC2 && in.p[at] <= 0xF4 && pl_utf8_len(in.p[at]) > left;

    for (size_t i = 1; cut && i < left; i++)
        cut = (in.p[at + i] & 0xC0) == 0x80;
    return fail_at(cx, in, at,
                   cut ? "text breaks off inside a character"
                       : "a byte that is not UTF-8 text, nor text of another encoding");
}

/* Is there so much well-formed UTF-8 before byte `at` that the file is meant as UTF-8? */
static bool proves_utf8(pl_bytes in, size_t at)
{
    size_t chars = 0;

    for (size_t i = 0; i < at && chars < PROOF_CHARS; i++)
        chars += in.p[i] >= 0xC2;
    return chars >= PROOF_CHARS;
}

/* One character of a double-byte charset at p: its bytes, 0 when it is none; *common when
 * it is one of the everyday characters. */
typedef size_t step(const unsigned char *p, size_t n, bool *common);

/* GB 18030-2022: two bytes 81-FE 40-FE; four bytes 81-FE 30-39 81-FE 30-39. GB 2312
 * level 1 (the 3,755 everyday characters by pinyin) has lead bytes B0-D7, punctuation and
 * full-width forms A1-A3, trail bytes A1-FE. */
static size_t step_gb(const unsigned char *p, size_t n, bool *common)
{
    *common = false;
    if (p[0] < 0x81 || p[0] == 0xFF || n < 2)
        return 0;
    if (p[1] >= 0x30 && p[1] <= 0x39)
        return n >= 4 && p[2] >= 0x81 && p[2] <= 0xFE && p[3] >= 0x30 && p[3] <= 0x39 ? 4
                                                                                      : 0;
    *common = p[1] >= 0xA1 &&
              ((p[0] >= 0xB0 && p[0] <= 0xD7) || (p[0] >= 0xA1 && p[0] <= 0xA3));
    return p[1] >= 0x40 && p[1] != 0x7F && p[1] != 0xFF ? 2 : 0;
}

/* Big5: A1-F9 followed by 40-7E or A1-FE; A4-C6 is level 1 (5,401 everyday characters),
 * A1-A3 punctuation. */
static size_t step_big5(const unsigned char *p, size_t n, bool *common)
{
    *common = false;
    if (p[0] < 0xA1 || p[0] > 0xF9 || n < 2)
        return 0;
    *common = p[0] <= 0xC6;
    return (p[1] >= 0x40 && p[1] <= 0x7E) || (p[1] >= 0xA1 && p[1] <= 0xFE) ? 2 : 0;
}

/* Does all of `in` step, mostly over everyday characters? */
static bool looks_like(pl_bytes in, step *next)
{
    size_t chars = 0, everyday = 0;

    for (size_t i = 0; i < in.n;) {
        bool common;
        size_t n;

        if (in.p[i] < 0x80) {
            i++;
            continue;
        }
        n = next(in.p + i, in.n - i, &common);
        if (n == 0)
            return false;
        chars++;
        everyday += common;
        i += n;
    }
    return everyday * 100 >= chars * COMMON_PERCENT;
}

/* `in` from byte `skip` on through iconv into the arena. PL_ESYNTAX with the place in
 * `in`. */
static pl_status convert(pl_ctx *cx, pl_bytes in, size_t skip, pl_charset from,
                         pl_str *out)
{
    size_t in_left = in.n - skip;
    /* Two bytes become at most three; 16 for the odd byte. */
    size_t room = in_left + in_left / 2 + 16, left = room;
    char *to = PL_NEW_N(cx->arena, char, room), *end = to;
    /* iconv's prototype lacks a const; it does not write there. */
    union {
        const unsigned char *in;
        char *p;
    } u = {.in = in.p + skip};
    iconv_t cd;
    size_t r;

    if (!to)
        return pl_fail_memory(cx);
    if (!pl_converter_open(cx, name[from], &cd))
        return pl_fail(cx, PL_EFORMAT, PL_NOPOS, "this system cannot decode %s",
                       name[from]);
    r = iconv(cd, &u.p, &in_left, &end, &left);
    (void)iconv_close(cd);
    if (r == (size_t)-1)
        return fail_at(cx, in, in.n - in_left,
                       in_left < 4
                           ? "text breaks off inside a character"
                           : "bytes that are no character of the file's encoding");
    *out = (pl_str){to, room - left};
    return PL_OK;
}

static pl_status decode_as(pl_ctx *cx, pl_bytes in, pl_charset from, size_t skip,
                           pl_decoded *out)
{
    pl_str text = {(const char *)in.p + skip, in.n - skip};
    size_t bad;

    if (from != PL_CHARSET_UTF8)
        PL_TRY(convert(cx, in, skip, from, &text));
    bad = pl_utf8_bad((pl_bytes){(const unsigned char *)text.p, text.n});
    if (bad != PL_NOPOS)
        return from == PL_CHARSET_UTF8
                   ? fail_utf8(cx, in, skip + bad)
                   : fail_at(cx, in, skip,
                             "bytes that are no text of the file's encoding");
    if (memchr(text.p, 0, text.n))
        return pl_fail(cx, PL_EFORMAT, PL_NOPOS, "a binary file, not text");
    *out = (pl_decoded){.text = text, .charset = from, .skipped = skip};
    return PL_OK;
}

pl_status pl_decode(pl_ctx *cx, pl_bytes in, pl_decoded *out)
{
    const struct mark *m;
    size_t bad;

    if (in.n == 0) {
        *out = (pl_decoded){.text = {"", 0}};
        return PL_OK;
    }
    m = mark_of(in);
    if (m)
        return decode_as(cx, in, m->charset, m->n, out);
    if (memchr(in.p, 0, in.n) || controls(in) > in.n / CONTROL_SHARE)
        return pl_fail(cx, PL_EFORMAT, PL_NOPOS, "a binary file, not text");
    bad = pl_utf8_bad(in);
    if (bad == PL_NOPOS) {
        *out = (pl_decoded){.text = {(const char *)in.p, in.n}};
        return PL_OK;
    }
    if (!proves_utf8(in, bad)) {
        if (looks_like(in, step_gb))
            return decode_as(cx, in, PL_CHARSET_GB18030, 0, out);
        if (looks_like(in, step_big5))
            return decode_as(cx, in, PL_CHARSET_BIG5, 0, out);
    }
    return fail_utf8(cx, in, bad);
}
