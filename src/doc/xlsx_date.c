/* Dates and times: days since the end of 1899 (or of 1903), 18.17.4.1. */
#include "doc/numeral.h"
#include "doc/xlsx_internal.h"

enum { DAY_S = 86400, SERIAL_MAX = 2958465 /* 9999-12-31 */ };

typedef struct moment {
    int64_t days, seconds; /* serial day; second of the day */
    int year, month, day;
    int weekday; /* 0 = Sunday */
} moment;

/* Days and seconds of a serial number. */
static bool serial_split(const xlsx_number *x, moment *t)
{
    int64_t fraction = 0, scale = 1;

    if ((x->minus && x->n > 0) || x->point > 7)
        return false;
    for (int i = x->point - 1; i >= 0; i--)
        t->days = t->days * 10 + (xlsx_number_digit(x, i) - '0');
    for (int i = -1; i >= -12; i--, scale *= 10)
        fraction = fraction * 10 + (xlsx_number_digit(x, i) - '0');
    t->seconds = (int64_t)(((pl_i128)fraction * DAY_S + scale / 2) / scale);
    if (t->seconds == DAY_S) {
        t->days++;
        t->seconds = 0;
    }
    return t->days <= SERIAL_MAX;
}

/* Year, month and day of a day number, 0 = 1970-01-01 (Gregorian; by eras of 400 years
 * that begin in March). */
static void civil(int64_t days, moment *t)
{
    int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;

    t->day = (int)(doy - (153 * mp + 2) / 5 + 1);
    t->month = (int)(mp < 10 ? mp + 3 : mp - 9);
    t->year = (int)(yoe + era * 400) + (t->month <= 2);
}

/* The system of 1900 has a 29 February 1900, day 60, which never was. */
static bool moment_of(const xlsx_number *x, bool from_1904, moment *t)
{
    *t = (moment){0};
    if (!serial_split(x, t))
        return false;
    if (from_1904)
        civil(t->days - 24107, t);
    else if (t->days == 60 || t->days == 0) {
        t->year = 1900;
        t->month = t->days ? 2 : 1;
        t->day = t->days ? 29 : 0;
    } else
        civil(t->days - 25569 + (t->days < 60), t);
    t->weekday = (int)((t->days + (from_1904 ? 5 : 6)) % 7);
    return true;
}

/* Whether a section asks for Chinese numerals. */
pl_str xlsx_numerals(pl_str section, bool digits)
{
    if (pl_str_has(section, PL_S("[DBNum1]")))
        return digits ? PL_S("ideographDigital") : PL_S("chineseCountingThousand");
    if (pl_str_has(section, PL_S("[DBNum2]")))
        return PL_S("chineseLegalSimplified");
    if (pl_str_has(section, PL_S("[DBNum3]")))
        return PL_S("decimalFullWidth");
    return PL_S("");
}

typedef struct printer {
    xlsx_shown *out;
    pl_str section;
    moment t;
    bool noon;   /* hours of twelve */
    bool minute; /* the next m means minutes: an hour stands before */
} printer;

static void put_number(printer *p, int64_t n, int width, bool year)
{
    pl_str numerals = xlsx_numerals(p->section, year);
    pl_numeral l = {.n = 0};
    char digits[24];
    size_t at = sizeof digits;

    if (numerals.n && n >= 0 && n <= 9999) {
        pl_numeral_print(&l, numerals, (int)n);
        xlsx_show(p->out, pl_numeral_str(&l));
        return;
    }
    do
        digits[--at] = (char)('0' + n % 10);
    while ((n /= 10) > 0);
    while ((int)(sizeof digits - at) < width && at > 0)
        digits[--at] = '0';
    xlsx_show(p->out, (pl_str){digits + at, sizeof digits - at});
}

static void put_month(printer *p, size_t n)
{
    static const pl_str names[] = {
        PL_S_INIT("January"), PL_S_INIT("February"), PL_S_INIT("March"),
        PL_S_INIT("April"),   PL_S_INIT("May"),      PL_S_INIT("June"),
        PL_S_INIT("July"),    PL_S_INIT("August"),   PL_S_INIT("September"),
        PL_S_INIT("October"), PL_S_INIT("November"), PL_S_INIT("December")};
    pl_str name = names[p->t.month - 1];

    if (n < 3)
        put_number(p, p->t.month, (int)n, false);
    else
        xlsx_show(p->out, n == 4 ? name : pl_str_sub(name, 0, n == 5 ? 1 : 3));
}

static void put_day(printer *p, size_t n)
{
    static const pl_str names[] = {PL_S_INIT("Sunday"),   PL_S_INIT("Monday"),
                                   PL_S_INIT("Tuesday"),  PL_S_INIT("Wednesday"),
                                   PL_S_INIT("Thursday"), PL_S_INIT("Friday"),
                                   PL_S_INIT("Saturday")};
    pl_str name = names[p->t.weekday];

    if (n < 3)
        put_number(p, p->t.day, (int)n, false);
    else
        xlsx_show(p->out, n == 3 ? pl_str_sub(name, 0, 3) : name);
}

static void put_weekday(printer *p, size_t n)
{
    xlsx_show(p->out, n >= 4 ? PL_S("星期") : PL_S("周"));
    xlsx_show(p->out, pl_str_sub(PL_S("日一二三四五六"), 3 * (size_t)p->t.weekday, 3));
}

static void put_hour(printer *p, size_t n)
{
    int64_t hour = p->t.seconds / 3600;

    if (p->noon)
        hour = hour % 12 ? hour % 12 : 12;
    put_number(p, hour, (int)n, false);
}

/* A year without its century has two digits, and so have numerals. */
static void put_year(printer *p, size_t n)
{
    if (n < 3)
        put_number(p, p->t.year % 100, 2, true);
    else
        put_number(p, p->t.year, 4, true);
}

/* True when the next of dates and times in `rest` is seconds: then m means minutes. */
static bool seconds_follow(pl_str rest)
{
    xlsx_token t;

    while (xlsx_token_next(&rest, &t))
        if (t.kind == XLSX_DATE || t.kind == XLSX_ELAPSED)
            return (t.text.p[0] | 0x20) == 's' ||
                   (t.kind == XLSX_ELAPSED && (t.text.p[1] | 0x20) == 's');
    return false;
}

static void put_run(printer *p, pl_str run, pl_str rest)
{
    char letter = (char)(run.p[0] | 0x20);
    bool minute = letter == 'm' && (p->minute || seconds_follow(rest));

    if (letter == 'y')
        put_year(p, run.n);
    else if (letter == 'e')
        put_number(p, p->t.year, 4, true);
    else if (minute)
        put_number(p, p->t.seconds / 60 % 60, (int)run.n, false);
    else if (letter == 'm' && p->t.month > 0)
        put_month(p, run.n);
    else if (letter == 'd')
        put_day(p, run.n);
    else if (letter == 'h')
        put_hour(p, run.n);
    else if (letter == 's')
        put_number(p, p->t.seconds % 60, (int)run.n, false);
    else if (letter == 'a')
        put_weekday(p, run.n);
    p->minute = letter == 'h';
}

/* [h], [m], [s]: all of the time in that unit. */
static void put_elapsed(printer *p, pl_str run)
{
    int64_t all = p->t.days * DAY_S + p->t.seconds;
    char letter = (char)(run.p[1] | 0x20);
    int64_t unit = letter == 'h' ? 3600 : letter == 'm' ? 60 : 1;

    put_number(p, all / unit, (int)run.n - 2, false);
    p->minute = letter == 'h';
}

static void put_noon(printer *p, pl_str run)
{
    bool after = p->t.seconds >= DAY_S / 2;

    if (pl_is_alpha(run.p[0]))
        xlsx_show(p->out, after ? PL_S("PM") : PL_S("AM"));
    else
        xlsx_show(p->out, after ? PL_S("下午") : PL_S("上午"));
}

static bool has_noon(pl_str section)
{
    xlsx_token t;

    while (xlsx_token_next(&section, &t))
        if (t.kind == XLSX_NOON)
            return true;
    return false;
}

static void put_token(printer *p, const xlsx_token *t, pl_str rest)
{
    switch (t->kind) {
    case XLSX_DATE:
        put_run(p, t->text, rest);
        break;
    case XLSX_ELAPSED:
        put_elapsed(p, t->text);
        break;
    case XLSX_NOON:
        put_noon(p, t->text);
        break;
    case XLSX_LITERAL:
    case XLSX_COMMA:
    case XLSX_PERCENT:
        xlsx_show(p->out, t->text);
        break;
    case XLSX_POINT: /* a point, or that of parts of a second */
        if (!pl_str_starts(rest, PL_S("0")))
            xlsx_show(p->out, t->text);
        break;
    case XLSX_DIGIT:
    case XLSX_EXPONENT:
    case XLSX_TEXT:
    case XLSX_GENERAL:
    case XLSX_NOTHING:
        break;
    }
}

bool xlsx_format_date(pl_str section, const xlsx_number *x, bool from_1904,
                      xlsx_shown *out)
{
    printer p = {.out = out, .section = section, .noon = has_noon(section)};
    xlsx_token t;

    if (!moment_of(x, from_1904, &p.t))
        return false;
    while (xlsx_token_next(&section, &t))
        put_token(&p, &t, section);
    return true;
}
