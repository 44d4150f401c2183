/* Number format codes: 18.8.30 (built-in ones), 18.8.31 (their language). */
#include "doc/numeral.h"
#include "doc/xlsx_internal.h"

#include "text/utf8.h"

enum { SECTIONS = 4 };

void xlsx_show(xlsx_shown *out, pl_str s)
{
    if (s.n > sizeof out->p - out->n)
        return;
    if (s.n)
        memcpy(out->p + out->n, s.p, s.n);
    out->n += s.n;
}

static void show_char(xlsx_shown *out, char c)
{
    xlsx_show(out, (pl_str){&c, 1});
}

/* Built-in formats; those of dates as the Chinese locale has them. */
static const struct {
    int id;
    pl_str code;
} builtin[] = {
    {1, PL_S_INIT("0")},
    {2, PL_S_INIT("0.00")},
    {3, PL_S_INIT("#,##0")},
    {4, PL_S_INIT("#,##0.00")},
    {5, PL_S_INIT("\"¥\"#,##0;\"¥\"\\-#,##0")},
    {6, PL_S_INIT("\"¥\"#,##0;\"¥\"\\-#,##0")},
    {7, PL_S_INIT("\"¥\"#,##0.00;\"¥\"\\-#,##0.00")},
    {8, PL_S_INIT("\"¥\"#,##0.00;\"¥\"\\-#,##0.00")},
    {9, PL_S_INIT("0%")},
    {10, PL_S_INIT("0.00%")},
    {11, PL_S_INIT("0.00E+00")},
    {12, PL_S_INIT("# ?/?")},
    {13, PL_S_INIT("# ?\?/??")},
    {14, PL_S_INIT("yyyy/m/d")},
    {15, PL_S_INIT("d-mmm-yy")},
    {16, PL_S_INIT("d-mmm")},
    {17, PL_S_INIT("mmm-yy")},
    {18, PL_S_INIT("h:mm AM/PM")},
    {19, PL_S_INIT("h:mm:ss AM/PM")},
    {20, PL_S_INIT("h:mm")},
    {21, PL_S_INIT("h:mm:ss")},
    {22, PL_S_INIT("yyyy/m/d h:mm")},
    {27, PL_S_INIT("yyyy\"年\"m\"月\"")},
    {28, PL_S_INIT("m\"月\"d\"日\"")},
    {29, PL_S_INIT("m\"月\"d\"日\"")},
    {30, PL_S_INIT("m-d-yy")},
    {31, PL_S_INIT("yyyy\"年\"m\"月\"d\"日\"")},
    {32, PL_S_INIT("h\"时\"mm\"分\"")},
    {33, PL_S_INIT("h\"时\"mm\"分\"ss\"秒\"")},
    {34, PL_S_INIT("上午/下午h\"时\"mm\"分\"")},
    {35, PL_S_INIT("上午/下午h\"时\"mm\"分\"ss\"秒\"")},
    {36, PL_S_INIT("yyyy\"年\"m\"月\"")},
    {37, PL_S_INIT("#,##0;\\-#,##0")},
    {38, PL_S_INIT("#,##0;\\-#,##0")},
    {39, PL_S_INIT("#,##0.00;\\-#,##0.00")},
    {40, PL_S_INIT("#,##0.00;\\-#,##0.00")},
    {41, PL_S_INIT("#,##0;\\-#,##0;\"-\";@")},
    {42, PL_S_INIT("\"¥\"#,##0;\"¥\"\\-#,##0;\"¥\"\"-\";@")},
    {43, PL_S_INIT("#,##0.00;\\-#,##0.00;\"-\";@")},
    {44, PL_S_INIT("\"¥\"#,##0.00;\"¥\"\\-#,##0.00;\"¥\"\"-\";@")},
    {45, PL_S_INIT("mm:ss")},
    {46, PL_S_INIT("[h]:mm:ss")},
    {47, PL_S_INIT("mm:ss.0")},
    {48, PL_S_INIT("##0.0E+0")},
    {49, PL_S_INIT("@")},
    {50, PL_S_INIT("yyyy\"年\"m\"月\"")},
    {51, PL_S_INIT("m\"月\"d\"日\"")},
    {52, PL_S_INIT("yyyy\"年\"m\"月\"")},
    {53, PL_S_INIT("m\"月\"d\"日\"")},
    {54, PL_S_INIT("m\"月\"d\"日\"")},
    {55, PL_S_INIT("上午/下午h\"时\"mm\"分\"")},
    {56, PL_S_INIT("上午/下午h\"时\"mm\"分\"ss\"秒\"")},
    {57, PL_S_INIT("yyyy\"年\"m\"月\"")},
    {58, PL_S_INIT("m\"月\"d\"日\"")},
};

pl_str xlsx_format_builtin(int64_t id)
{
    for (size_t i = 0; i < PL_COUNT(builtin); i++)
        if (builtin[i].id == id)
            return builtin[i].code;
    return PL_S("");
}

/* Sections. */

/* Bytes of the first section of code, up to `;` outside quotes, brackets and escapes. */
static size_t section_bytes(pl_str code)
{
    bool quoted = false, bracket = false;

    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i];

        if (c == '"' && !bracket)
            quoted = !quoted;
        else if (quoted)
            continue;
        else if (c == '[' || c == ']')
            bracket = c == '[';
        else if (c == '\\' || c == '_' || c == '*')
            i++;
        else if (c == ';' && !bracket)
            return i;
    }
    return code.n;
}

static size_t sections_cut(pl_str code, pl_str out[SECTIONS])
{
    size_t n = 0;

    while (n < SECTIONS) {
        size_t bytes = section_bytes(code);

        out[n++] = pl_str_sub(code, 0, bytes);
        if (bytes >= code.n)
            break;
        code = pl_str_tail(code, bytes + 1);
    }
    return n;
}

/* The condition `[>=100]` of a section: false when it has none. */
static bool condition(pl_str s, const xlsx_number *x, bool *holds)
{
    size_t at = 0, end;
    pl_str op;
    xlsx_number limit;
    int cmp;

    while ((at = pl_str_find(s, PL_S("["), at)) != PL_NOPOS) {
        pl_str c = pl_str_tail(s, ++at);
        size_t n = 0;

        end = pl_str_find(c, PL_S("]"), 0);
        c.n = end == PL_NOPOS ? 0 : end;
        while (n < c.n && (c.p[n] == '<' || c.p[n] == '>' || c.p[n] == '='))
            n++;
        op = pl_str_sub(c, 0, n);
        if (n == 0 || !xlsx_number_read(pl_str_tail(c, n), &limit))
            continue;
        cmp = xlsx_number_cmp(x, &limit);
        *holds = (cmp < 0 && op.p[0] == '<') || (cmp > 0 && op.p[0] == '>') ||
                 (cmp > 0 && pl_str_eq(op, PL_S("<>"))) ||
                 (cmp == 0 && op.p[n - 1] == '=');
        return true;
    }
    return false;
}

/* The section for x, and whether its sign is printed before it. */
static pl_str section_for(pl_str code, const xlsx_number *x, bool *sign)
{
    pl_str s[SECTIONS];
    size_t n = sections_cut(code, s), numeric = n > 3 ? 3 : n;
    bool below = x->minus && x->n > 0, first_said = false;

    for (size_t i = 0; i < numeric; i++) {
        bool said, holds = i + 1 == numeric;

        said = condition(s[i], x, &holds);
        if (!said && i == 0 && numeric == 2)
            holds = !below;
        else if (!said && i == 0 && numeric == 3)
            holds = !below && x->n > 0;
        else if (!said && i == 1 && numeric == 3)
            holds = below;
        /* the second section prints numbers below zero by itself */
        *sign = below && (i != 1 || said || (numeric == 2 && first_said));
        if (holds)
            return s[i];
        first_said |= said;
    }
    *sign = below;
    return PL_S("");
}

/* Tokens. */

static bool is_date_letter(char c)
{
    static const char letters[] = "ymdhse";

    return memchr(letters, c | 0x20, sizeof letters - 1) != NULL;
}

static size_t run_bytes(pl_str s)
{
    size_t n = 1;

    while (n < s.n && (s.p[n] | 0x20) == (s.p[0] | 0x20))
        n++;
    return n;
}

/* `[…]`: currency, elapsed time, or what shows nothing. */
static size_t bracket_read(pl_str s, xlsx_token *t)
{
    size_t end = pl_str_find(s, PL_S("]"), 0), dash;
    pl_str in;

    if (end == PL_NOPOS) {
        *t = (xlsx_token){XLSX_NOTHING, s};
        return s.n;
    }
    in = pl_str_sub(s, 1, end - 1);
    if (in.n && memchr("hms", in.p[0] | 0x20, 3) && run_bytes(in) == in.n)
        *t = (xlsx_token){XLSX_ELAPSED, pl_str_sub(s, 0, end + 1)};
    else if (pl_str_eat(&in, PL_S("$"))) {
        dash = pl_str_find(in, PL_S("-"), 0);
        *t =
            (xlsx_token){XLSX_LITERAL, pl_str_sub(in, 0, dash == PL_NOPOS ? in.n : dash)};
    } else
        *t = (xlsx_token){XLSX_NOTHING, in};
    return end + 1;
}

/* Words of the language. */
static const struct {
    pl_str word;
    xlsx_token_kind kind;
} words[] = {
    {PL_S_INIT("General"), XLSX_GENERAL}, {PL_S_INIT("GENERAL"), XLSX_GENERAL},
    {PL_S_INIT("general"), XLSX_GENERAL}, {PL_S_INIT("G/通用格式"), XLSX_GENERAL},
    {PL_S_INIT("AM/PM"), XLSX_NOON},      {PL_S_INIT("am/pm"), XLSX_NOON},
    {PL_S_INIT("A/P"), XLSX_NOON},        {PL_S_INIT("上午/下午"), XLSX_NOON},
    {PL_S_INIT("E+"), XLSX_EXPONENT},     {PL_S_INIT("E-"), XLSX_EXPONENT},
    {PL_S_INIT("e+"), XLSX_EXPONENT},     {PL_S_INIT("aaaa"), XLSX_DATE},
    {PL_S_INIT("aaa"), XLSX_DATE},        {PL_S_INIT("0"), XLSX_DIGIT},
    {PL_S_INIT("#"), XLSX_DIGIT},         {PL_S_INIT("?"), XLSX_DIGIT},
    {PL_S_INIT("."), XLSX_POINT},         {PL_S_INIT(","), XLSX_COMMA},
    {PL_S_INIT("%"), XLSX_PERCENT},       {PL_S_INIT("@"), XLSX_TEXT},
};

static size_t word_read(pl_str s, xlsx_token *t)
{
    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (pl_str_starts(s, words[i].word)) {
            *t = (xlsx_token){words[i].kind, words[i].word};
            return words[i].word.n;
        }
    return 0;
}

/* Bytes of the character at i, at least what is there. */
static size_t char_bytes(pl_str s, size_t i)
{
    return i < s.n ? pl_str_sub(s, i, pl_utf8_len((unsigned char)s.p[i])).n : 0;
}

static size_t quoted_read(pl_str s, xlsx_token *t)
{
    size_t end = pl_str_find(s, PL_S("\""), 1);

    *t = (xlsx_token){XLSX_LITERAL, pl_str_sub(s, 1, end == PL_NOPOS ? s.n : end - 1)};
    return end == PL_NOPOS ? s.n : end + 1;
}

static size_t token_read(pl_str s, xlsx_token *t)
{
    size_t n = word_read(s, t);
    char c = s.p[0];

    if (n)
        return n;
    if (c == '"')
        return quoted_read(s, t);
    if (c == '[')
        return bracket_read(s, t);
    n = char_bytes(s, 1);
    if (c == '\\') {
        *t = (xlsx_token){XLSX_LITERAL, pl_str_sub(s, 1, n)};
        return 1 + n;
    }
    if (c == '_' || c == '*') { /* room as wide as a character, or filled with it */
        *t = (xlsx_token){XLSX_NOTHING, s};
        return 1 + n;
    }
    n = is_date_letter(c) ? run_bytes(s) : char_bytes(s, 0);
    *t = (xlsx_token){is_date_letter(c) ? XLSX_DATE : XLSX_LITERAL, pl_str_sub(s, 0, n)};
    return n;
}

bool xlsx_token_next(pl_str *code, xlsx_token *out)
{
    if (code->n == 0)
        return false;
    *code = pl_str_tail(*code, token_read(*code, out));
    return true;
}

/* Numbers. */

/* Fewer decimals the more digits stand before the point: eleven characters in all, as
 * General has them. */
static void show_general(const xlsx_number *from, bool sign, xlsx_shown *out)
{
    xlsx_number x = *from;
    int whole = x.point > 1 ? x.point : 1;

    if (x.point > -4) /* smaller ones would round to nothing */
        xlsx_number_round(&x, whole < 10 ? 10 - whole : 0);
    if (x.point > 40 || x.point < -40) { /* too long for people in any form */
        xlsx_show(out, PL_S("#"));
        return;
    }
    if (sign && x.n > 0)
        show_char(out, '-');
    for (int i = (x.point > 1 ? x.point : 1) - 1; i >= 0; i--)
        show_char(out, xlsx_number_digit(&x, i));
    if (x.n > x.point)
        show_char(out, '.');
    for (int i = -1; i >= x.point - x.n; i--)
        show_char(out, xlsx_number_digit(&x, i));
}

typedef struct shape {
    int whole, decimals; /* places before and after the point */
    int percent, thousands;
    bool group, point, exponent, digits, general, date;
    int last; /* the last decimal place that has to be shown */
} shape;

/* A comma between digits groups; those after the last digit each divide by a thousand. */
static shape shape_of(pl_str section)
{
    shape s = {0};
    xlsx_token t;
    int commas = 0;

    while (xlsx_token_next(&section, &t)) {
        if (t.kind == XLSX_DIGIT && !s.exponent) {
            s.group |= commas > 0 && !s.point;
            commas = 0;
            s.digits = true;
            s.whole += !s.point;
            s.decimals += s.point;
        }
        commas += t.kind == XLSX_COMMA && s.digits;
        s.point |= t.kind == XLSX_POINT;
        s.percent += t.kind == XLSX_PERCENT;
        s.exponent |= t.kind == XLSX_EXPONENT;
        s.general |= t.kind == XLSX_GENERAL;
        s.date |= t.kind == XLSX_DATE || t.kind == XLSX_ELAPSED || t.kind == XLSX_NOON;
    }
    s.thousands = commas;
    return s;
}

typedef struct printer {
    xlsx_shown *out;
    shape shape;
    xlsx_number x;
    int exponent;
    int place;    /* of the next digit */
    bool started; /* a digit was printed */
    bool point;   /* past it */
    bool scaled;  /* past the E */
} printer;

static void put_whole(printer *p, int place)
{
    show_char(p->out, xlsx_number_digit(&p->x, place));
    p->started = true;
    if (p->shape.group && place > 0 && place % 3 == 0)
        show_char(p->out, ',');
}

/* The first place holds all digits that stand before it. */
static void put_digit(printer *p, char mark)
{
    int place = p->place--;

    if (place >= 0) {
        if (place == p->shape.whole - 1)
            for (int i = p->x.point - 1; i > place; i--)
                put_whole(p, i);
        if (p->started || mark == '0' || place < p->x.point)
            put_whole(p, place);
    } else if (mark == '0' || place >= p->x.point - p->x.n)
        show_char(p->out, xlsx_number_digit(&p->x, place));
}

/* The point, where a decimal follows it; 0.5 keeps its zero even without a place for
 * it. */
static void put_point(printer *p, pl_str rest)
{
    bool follows = p->x.n > p->x.point;
    xlsx_token t;

    while (!follows && xlsx_token_next(&rest, &t))
        follows = t.kind == XLSX_DIGIT && t.text.p[0] == '0';
    for (int i = p->x.point - 1; p->shape.whole == 0 && i >= 0; i--)
        put_whole(p, i);
    if (p->point || !follows)
        return;
    if (!p->started)
        show_char(p->out, '0');
    show_char(p->out, '.');
    p->point = true;
}

static void put_exponent(printer *p, pl_str mark, pl_str rest)
{
    char digits[8];
    size_t at = sizeof digits, width = 0;
    int e = p->exponent < 0 ? -p->exponent : p->exponent;

    while (width < rest.n && rest.p[width] == '0' && width < sizeof digits)
        width++;
    do
        digits[--at] = (char)('0' + e % 10);
    while ((e /= 10) > 0 && at > 0);
    while (sizeof digits - at < width)
        digits[--at] = '0';
    show_char(p->out, 'E');
    if (p->exponent < 0 || mark.p[1] == '+')
        show_char(p->out, p->exponent < 0 ? '-' : '+');
    xlsx_show(p->out, (pl_str){digits + at, sizeof digits - at});
    p->scaled = true;
}

static void put_token(printer *p, const xlsx_token *t, pl_str rest)
{
    switch (t->kind) {
    case XLSX_DIGIT:
        if (!p->scaled)
            put_digit(p, t->text.p[0]);
        break;
    case XLSX_POINT:
        p->place = -1;
        put_point(p, rest);
        break;
    case XLSX_EXPONENT:
        put_exponent(p, t->text, rest);
        break;
    case XLSX_GENERAL:
        show_general(&p->x, false, p->out);
        break;
    case XLSX_LITERAL:
    case XLSX_PERCENT:
        xlsx_show(p->out, t->text);
        break;
    case XLSX_COMMA:
    case XLSX_TEXT:
    case XLSX_DATE:
    case XLSX_ELAPSED:
    case XLSX_NOON:
    case XLSX_NOTHING:
        break;
    }
}

/* Bring x to one exponent: as many digits before the point as there are places. */
static void normalise(printer *p)
{
    int whole = p->shape.whole > 0 ? p->shape.whole : 1;

    if (p->x.n == 0)
        return;
    p->exponent = p->x.point - whole;
    if (whole > 1) /* ##0.0E+0: exponents are multiples of the places */
        p->exponent = (p->x.point - 1 - ((p->x.point - 1) % whole + whole) % whole);
    p->x.point -= p->exponent;
    xlsx_number_round(&p->x, p->shape.decimals);
    if (p->x.point > whole) { /* 9.99 became 10.0 */
        p->x.point -= whole;
        p->exponent += whole;
    }
}

static void show_number(pl_str section, const xlsx_number *x, bool sign, shape s,
                        xlsx_shown *out)
{
    printer p = {.out = out, .shape = s, .x = *x, .place = s.whole - 1};
    xlsx_token t;

    if (p.x.n)
        p.x.point += 2 * s.percent - 3 * s.thousands;
    if (s.exponent)
        normalise(&p);
    else if (s.digits)
        xlsx_number_round(&p.x, s.decimals);
    if (sign)
        show_char(out, '-');
    while (xlsx_token_next(&section, &t))
        put_token(&p, &t, section);
}

/* Whole numbers in words, [DBNum1]General. */
static bool show_numerals(pl_str section, const xlsx_number *x, xlsx_shown *out)
{
    pl_str format = xlsx_numerals(section, false);
    pl_numeral l = {.n = 0};
    int n = 0;

    if (format.n == 0 || x->minus || x->point > 4 || x->n > x->point)
        return false;
    for (int i = x->point - 1; i >= 0; i--)
        n = n * 10 + (xlsx_number_digit(x, i) - '0');
    pl_numeral_print(&l, format, n);
    xlsx_show(out, pl_numeral_str(&l));
    return true;
}

static bool is_fraction(pl_str section)
{
    return pl_str_has(section, PL_S("?/")) || pl_str_has(section, PL_S("#/"));
}

void xlsx_format_number(pl_str code, pl_str value, bool from_1904, xlsx_shown *out)
{
    xlsx_number x;
    pl_str section;
    shape s;
    bool sign;

    out->n = 0;
    if (!xlsx_number_read(value, &x)) {
        xlsx_show(out, value);
        return;
    }
    section = section_for(code, &x, &sign);
    s = shape_of(section);
    if (s.date && xlsx_format_date(section, &x, from_1904, out))
        return;
    out->n = 0;
    if (s.general && show_numerals(section, &x, out))
        return;
    /* Fractions are read as decimals; text formats and dates out of range as they are. */
    if (code.n == 0 || s.date || is_fraction(section) || pl_str_eq(section, PL_S("@")))
        show_general(&x, x.minus, out);
    else
        show_number(section, &x, sign, s, out);
}

bool xlsx_format_text(pl_str code, pl_str text, xlsx_shown *out)
{
    pl_str s[SECTIONS], section;
    size_t n = sections_cut(code, s);
    xlsx_token t;

    section = n == SECTIONS ? s[3] : s[n - 1];
    if (n < SECTIONS && !pl_str_has(section, PL_S("@")))
        return false;
    if (pl_str_eq(section, PL_S("@")))
        return false;
    out->n = 0;
    while (xlsx_token_next(&section, &t))
        if (t.kind == XLSX_TEXT)
            xlsx_show(out, text);
        else if (t.kind == XLSX_LITERAL)
            xlsx_show(out, t.text);
    return true;
}
