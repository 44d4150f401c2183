/* How wide are the rows of a stream of cells? The width at which the columns are most
 * alike within themselves: the one that describes the cells in the fewest bits, each
 * column telling what to expect of its next cell (a code adapting as it goes, with the
 * usual half-count for what was not seen: Krichevsky and Trofimov). */
#include "doc/text_reader_internal.h"

#include "text/utf8.h"

enum {
    FIRST_CELLS = 96,
    SAMPLE_CELLS = 320, /* cells looked at */
    WIDTH_MAX = 64      /* wider tables are not guessed */
};
/* What speaks against a width, in eighths of a bit: an empty cell inside a row, several
 * in one line inside a row, cells left over at the end, a number of a row elsewhere. */
enum {
    AGAINST_ONE = 6 * 8,
    AGAINST_RUN = 24 * 8,
    AGAINST_TOTAL = 40 * 8,
    AGAINST_STEP = 40 * 8
};
enum { NUMBER_BYTES = 24, WORDS_BYTES = 90 };

/* log2(v) in eighths, v > 0. */
static uint32_t log2_8(uint32_t v)
{
    /* eighths for the three bits after the leading one */
    static const uint8_t part[8] = {0, 1, 3, 4, 5, 6, 6, 7};
    uint32_t bits = 31u - (uint32_t)__builtin_clz(v);
    uint32_t after = bits >= 3 ? (v >> (bits - 3)) & 7u : (v << (3 - bits)) & 7u;

    return bits * 8 + part[after];
}

static bool is_dash(pl_str s)
{
    static const pl_str dash[] = {PL_S_INIT("-"),  PL_S_INIT("—"), PL_S_INIT("－"),
                                  PL_S_INIT("–"),  PL_S_INIT("/"), PL_S_INIT("——"),
                                  PL_S_INIT("--"), PL_S_INIT("无")};

    for (size_t i = 0; i < PL_COUNT(dash); i++)
        if (pl_str_eq(s, dash[i]))
            return true;
    return false;
}

/* Value of a whole number without leading noughts, else 0. Digits of any width. */
static uint32_t whole_number(pl_str s)
{
    uint32_t v = 0, n = 0;

    for (; s.n; n++) {
        size_t len;
        uint32_t c = pl_utf8_at(s, &len);

        if (c >= 0xFF10)
            c = c - 0xFF10 + '0';
        if (c < '0' || c > '9' || n == 6 || (n == 0 && c == '0'))
            return 0;
        v = v * 10 + (c - '0');
        s = pl_str_tail(s, len);
    }
    return v;
}

static uint8_t kind_of(pl_str s, uint32_t number)
{
    size_t digits = 0;

    if (s.n == 0)
        return LOOK_EMPTY;
    if (is_dash(s))
        return LOOK_DASH;
    if (number)
        return LOOK_INT;
    if (s.n > WORDS_BYTES)
        return LOOK_LONG;
    for (size_t i = 0; i < s.n; i++)
        digits += pl_is_digit(s.p[i]);
    if (digits == 0)
        return LOOK_WORDS;
    if (digits >= 4 && s.n > 4 && pl_str_starts(pl_str_tail(s, 4), PL_S("年")))
        return LOOK_MIXED; /* a year, as in headings */
    return s.n <= NUMBER_BYTES && (pl_is_digit(s.p[0]) || s.p[0] == '<' || s.p[0] == '>')
               ? LOOK_NUMBER
               : LOOK_MIXED;
}

/* Length in doublings: 0, 1, 2, 3-4, 5-8 … characters. */
static uint8_t length_of(pl_str s)
{
    size_t n = (s.n + 2) / 3;
    uint8_t length = 0;

    while (n > 0 && length < LOOK_LENGTHS - 1) {
        n /= 2;
        length++;
    }
    return length;
}

text_look text_look_of(const text_reader *r, const text_table *t, const text_cell *c)
{
    text_look look = {0};
    text_piece p;
    pl_str s, end;
    size_t last;

    if (c->n_pieces == 0)
        return look;
    p = t->pieces.p[c->piece];
    s = (pl_str){r->s.p + p.at, p.n};
    look.number = c->n_pieces == 1 ? whole_number(s) : 0;
    look.kind = kind_of(s, look.number);
    look.length = length_of(s);
    p = t->pieces.p[c->piece + c->n_pieces - 1];
    last = p.n;
    while (last > 0 && (r->s.p[p.at + --last] & 0xC0) == 0x80)
        ;
    end = (pl_str){r->s.p + p.at + last, p.n - last};
    look.end = pl_is_digit(end.p[0]) ? 0 : (uint8_t)(pl_str_hash(end) >> 8) % LOOK_ENDS;
    look.value = (uint8_t)(pl_str_hash(pl_str_sub(s, 0, 120)) >> 16) % LOOK_VALUES;
    return look;
}

/* LOOK_COUNT itself stands for a number that is one more than the column's last. */
static uint8_t kind_in(const text_column *c, text_look look)
{
    return look.kind == LOOK_INT && look.number == c->last + 1 ? LOOK_COUNT : look.kind;
}

static void count(uint16_t *n)
{
    if (*n < UINT16_MAX)
        (*n)++;
}

void text_column_see(text_column *c, text_look look)
{
    count(&c->kind[kind_in(c, look)]);
    count(&c->end[look.end]);
    count(&c->length[look.length]);
    count(&c->value[look.value]);
    if (look.kind == LOOK_INT)
        c->last = look.number;
    if (c->n < UINT16_MAX)
        c->n++;
}

/* -log2((seen + 1/2) / (n + of/2)), in eighths. */
static uint32_t cost(uint32_t n, uint32_t seen, uint32_t of)
{
    return log2_8(2 * n + of) - log2_8(2 * seen + 1);
}

uint32_t text_column_cost(const text_column *c, text_look look)
{
    uint32_t bits = 2 * cost(c->n, c->kind[kind_in(c, look)], LOOK_COUNT + 1);

    if (look.kind == LOOK_EMPTY)
        return bits;
    bits += cost(c->n, c->length[look.length], LOOK_LENGTHS);
    if (look.kind != LOOK_INT && look.kind != LOOK_DASH) {
        bits += cost(c->n, c->end[look.end], LOOK_ENDS);
        bits += cost(c->n, c->value[look.value], LOOK_VALUES) / 2;
    }
    return bits;
}

static bool is_year(uint32_t number)
{
    return number >= 1900 && number < 2100;
}

/* Numbers of rows: the distance at which most cells are followed by the next number, when
 * a third of the rows do so; 0 when there is none. *steps: how many times. */
static uint32_t number_step(const text_look *look, size_t n, uint32_t *steps)
{
    uint32_t gaps[WIDTH_MAX + 1] = {0}, best = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t w = 2; look[i].number && w <= WIDTH_MAX && i + w < n; w++)
            gaps[w] +=
                look[i + w].number == look[i].number + 1 && !is_year(look[i].number);
    for (uint32_t w = 2; w <= WIDTH_MAX; w++)
        if (gaps[w] > gaps[best])
            best = w;
    *steps = gaps[best];
    return *steps >= 2 && *steps * best * 3 >= n ? best : 0;
}

/* What is known of the rows' width besides the looks of columns. */
typedef struct clues {
    const text_ends *ends;
    size_t cells;
    uint32_t step, steps; /* of the numbers of rows */
} clues;

/* Bits, in eighths, for what speaks against a width: marks that are not at the end of a
 * row, a last row that is not whole, numbers of rows that stand at other distances. */
static uint64_t against(const clues *c, uint32_t width)
{
    size_t n = c->ends->n < SAMPLE_CELLS ? c->ends->n : SAMPLE_CELLS,
           over = c->cells % width;
    uint64_t bits = 0;

    for (size_t i = 0; i < n; i++)
        if (c->ends->p[i].cell % width != 0)
            bits += c->ends->p[i].pads > 1 ? AGAINST_RUN : AGAINST_ONE;
    /* padding of the last row is left out at times */
    if (over)
        bits += c->ends->n >= 2 && over * 2 >= width ? AGAINST_ONE : AGAINST_TOTAL;
    if (c->step && c->step != width)
        bits += (uint64_t)c->steps * AGAINST_STEP;
    return bits;
}

/* Bits, in eighths, of the looks in rows of this width, added to `bits`; no more than
 * `most` are counted. alone[i]: the bits of the first i looks, each in an empty column.
 */
static uint64_t width_cost(const text_look *look, const uint32_t *alone, size_t n,
                           uint32_t width, uint64_t bits, uint64_t most)
{
    text_column columns[WIDTH_MAX];

    bits += alone[n < width ? n : width];
    for (size_t i = width; i < n && bits < most; i++) {
        text_column *c = &columns[i % width];

        if (i < (size_t)2 * width) /* the heading is not like its column */
            *c = (text_column){0};
        bits += text_column_cost(c, look[i]);
        text_column_see(c, look[i]);
    }
    return bits;
}

/* The width that describes the looks in the fewest bits. */
static uint32_t least_width(const text_look *look, const uint32_t *alone, size_t n,
                            const clues *c)
{
    size_t few = n < FIRST_CELLS ? n : FIRST_CELLS;
    uint64_t first[WIDTH_MAX + 1], least = UINT64_MAX / 4, best = UINT64_MAX;
    uint32_t width = 0, end = 2;

    /* A few cells rule most widths out. */
    for (; end <= WIDTH_MAX && 2 * end <= c->cells + end / 2; end++) {
        first[end] = width_cost(look, alone, few, end, against(c, end), 2 * least);
        least = first[end] < least ? first[end] : least;
    }
    for (uint32_t w = 2; w < end; w++) {
        uint64_t bits = against(c, w);

        if (first[w] > least + least / 4 + AGAINST_TOTAL || bits >= best)
            continue;
        bits = width_cost(look, alone, n, w, bits, best);
        if (bits < best) {
            best = bits;
            width = w;
        }
    }
    return width;
}

uint32_t text_width_guess(const text_reader *r, const text_table *t,
                          const text_ends *ends, bool *numbered)
{
    size_t n = t->cells.n < SAMPLE_CELLS ? t->cells.n : SAMPLE_CELLS;
    text_look look[SAMPLE_CELLS];
    uint32_t alone[SAMPLE_CELLS + 1] = {0}, width;
    const text_column empty = {0};
    clues c = {.ends = ends, .cells = t->cells.n};

    for (size_t i = 0; i < n; i++) {
        look[i] = text_look_of(r, t, &t->cells.p[i]);
        alone[i + 1] = alone[i] + text_column_cost(&empty, look[i]);
    }
    c.step = number_step(look, n, &c.steps);
    width = least_width(look, alone, n, &c);
    *numbered = c.step && c.step == width;
    return width;
}
