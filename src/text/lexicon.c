#include "text/lexicon.h"

#include "base/vec.h"
#include "text/fold.h"
#include "text/lexicon_data.h"
#include "text/utf8.h"

/* The words stand in a trie of code points whose edges are one hash table. Two small
 * tables of class masks, by hash of a word's first and last character, answer most misses
 * with one look.
 *
 * Invariants: node 0 is the root; a node's `below` includes its `here`; the rows of one
 * word are linked with the lowest class first, one a class. */

_Static_assert(PL_WORD_CLASS_COUNT <= 32, "classes fit a mask of 32 bits");

enum {
    NO_ROW = -1,
    FIELDS = 4,
    FILTER_BITS = 10, /* 1024 masks, 4 KiB: they stay in the first cache */
    EDGE_BITS = 13    /* slots to begin with: as many as the compiled-in words need */
};

typedef struct row {
    pl_word word;
    int32_t next; /* of the same word, or NO_ROW */
} row;

typedef struct node {
    uint32_t here, below; /* classes of words that end here; at or below here */
    int32_t row;          /* first row of the word that ends here, or NO_ROW */
} node;

typedef struct edge {
    uint64_t key; /* parent << 32 | code point; 0 = free (no word holds U+0000) */
    uint32_t child;
} edge;

struct pl_lexicon {
    PL_VEC(row) rows;
    PL_VEC(int32_t) of_class[PL_WORD_CLASS_COUNT];
    PL_VEC(node) nodes;
    edge *edges;
    size_t n_edges, edge_bits;        /* 1 << edge_bits slots */
    uint32_t first[1 << FILTER_BITS]; /* classes of words by their first character */
    uint32_t last[1 << FILTER_BITS];  /* and by their last */
    size_t longest;                   /* bytes of the longest word */
};

static size_t hash_bits(uint64_t key, size_t bits)
{
    return (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> (64 - bits));
}

/* The slot of a key, or the free one where it belongs. */
static size_t edge_slot(const edge *edges, size_t bits, uint64_t key)
{
    size_t mask = ((size_t)1 << bits) - 1;
    size_t i = hash_bits(key, bits);

    while (edges[i].key && edges[i].key != key)
        i = (i + 1) & mask;
    return i;
}

static uint64_t edge_key(uint32_t parent, uint32_t c)
{
    return (uint64_t)parent << 32 | c;
}

static uint32_t lower(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* The code point before s.p[end], end > 0; where it begins in *at. */
static uint32_t char_before(pl_str s, size_t end, size_t *at)
{
    *at = end - 1;
    while (*at > 0 && ((unsigned char)s.p[*at] & 0xC0) == 0x80)
        --*at;
    return pl_utf8_at(pl_str_sub(s, *at, end - *at), NULL);
}

/* Making. */

static bool edges_grow(pl_arena *a, pl_lexicon *lx)
{
    size_t bits = lx->edges ? lx->edge_bits + 1 : EDGE_BITS;
    edge *now = PL_NEW_N(a, edge, (size_t)1 << bits);

    if (!now)
        return false;
    for (size_t i = 0; lx->edges && i < (size_t)1 << lx->edge_bits; i++)
        if (lx->edges[i].key)
            now[edge_slot(now, bits, lx->edges[i].key)] = lx->edges[i];
    lx->edges = now;
    lx->edge_bits = bits;
    return true;
}

static bool node_add(pl_arena *a, pl_lexicon *lx)
{
    node *n = PL_VEC_ADD(a, &lx->nodes);

    if (n)
        n->row = NO_ROW;
    return n != NULL;
}

/* The child of `parent` by c, made when it is not there; false when memory ends. */
static bool node_child(pl_arena *a, pl_lexicon *lx, uint32_t parent, uint32_t c,
                       uint32_t *child)
{
    edge *e;

    if (lx->n_edges * 2 >= (size_t)1 << lx->edge_bits && !edges_grow(a, lx))
        return false;
    e = &lx->edges[edge_slot(lx->edges, lx->edge_bits, edge_key(parent, c))];
    if (!e->key) {
        if (!node_add(a, lx))
            return false;
        *e = (edge){edge_key(parent, c), (uint32_t)(lx->nodes.n - 1)};
        lx->n_edges++;
    }
    *child = e->child;
    return true;
}

/* The node of a word, made with all on the way to it. */
static bool word_node(pl_arena *a, pl_lexicon *lx, pl_str word, uint32_t class_bit,
                      uint32_t *at)
{
    size_t begin;

    *at = 0;
    for (size_t i = 0, n; i < word.n; i += n) {
        if (!node_child(a, lx, *at, pl_utf8_at(pl_str_tail(word, i), &n), at))
            return false;
        lx->nodes.p[*at].below |= class_bit;
    }
    lx->first[hash_bits(pl_utf8_at(word, NULL), FILTER_BITS)] |= class_bit;
    lx->last[hash_bits(char_before(word, word.n, &begin), FILTER_BITS)] |= class_bit;
    if (word.n > lx->longest)
        lx->longest = word.n;
    return true;
}

/* Lay a row over the lexicon: after those of its class, or in the place of the one with
 * the same word. */
static bool row_add(pl_arena *a, pl_lexicon *lx, const pl_word *w)
{
    uint32_t class_bit = 1u << w->class, at;
    int32_t *link, *id;
    row *r;

    if (!word_node(a, lx, w->word, class_bit, &at))
        return false;
    r = PL_VEC_ADD(a, &lx->rows); /* before `link`, which may point into rows */
    if (!r)
        return false;
    link = &lx->nodes.p[at].row;
    while (*link != NO_ROW && lx->rows.p[*link].word.class < w->class)
        link = &lx->rows.p[*link].next;
    if (*link != NO_ROW && lx->rows.p[*link].word.class == w->class) {
        lx->rows.n--;
        lx->rows.p[*link].word = *w;
        return true;
    }
    id = PL_VEC_ADD(a, &lx->of_class[w->class]);
    if (!id)
        return false;
    *r = (row){*w, *link};
    *id = *link = (int32_t)(lx->rows.n - 1);
    lx->nodes.p[at].here |= class_bit;
    return true;
}

/* Reading rows. */

typedef struct loader {
    pl_ctx *cx;
    pl_lexicon *lx;
    bool own;  /* the user's rows: their words are not folded yet */
    int class; /* -1 before the first [class] */
    uint32_t line;
} loader;

static pl_status bad_row(loader *ld, const char *what)
{
    pl_fail(ld->cx, PL_ESYNTAX, PL_NOPOS, "%s", what);
    ld->cx->err.line = ld->line;
    return PL_ESYNTAX;
}

/* The part of *rest before `stop`, which is skipped with it. */
static pl_str cut(pl_str *rest, char stop)
{
    const char *hit = rest->n ? memchr(rest->p, stop, rest->n) : NULL;
    pl_str part = *rest;

    if (hit)
        part.n = (size_t)(hit - rest->p);
    *rest = pl_str_tail(*rest, part.n + 1);
    return part;
}

static pl_status class_load(loader *ld, pl_str line)
{
    static const pl_str token[] = {
#define X(name, token) PL_S_INIT(token),
        PL_WORD_CLASS_LIST(X)
#undef X
    };

    for (size_t i = 0; i < PL_COUNT(token); i++) {
        if (line.n == token[i].n + 2 && line.p[line.n - 1] == ']' &&
            pl_str_eq(pl_str_sub(line, 1, token[i].n), token[i])) {
            ld->class = (int)i;
            return PL_OK;
        }
    }
    return bad_row(ld, "no class of words has this name");
}

/* Folded and in lower case; the compiled-in words are so already (tools/embed). */
static pl_status word_fold(loader *ld, pl_str *word)
{
    char *p;

    PL_TRY(pl_fold_str(ld->cx, pl_str_trim(*word), word));
    p = PL_NEW_N(ld->cx->arena, char, word->n);
    if (!p)
        return pl_fail_memory(ld->cx);
    for (size_t i = 0; i < word->n; i++)
        p[i] = (char)((unsigned char)word->p[i] < 0x80 ? lower((uint32_t)word->p[i])
                                                       : (unsigned char)word->p[i]);
    word->p = p;
    return PL_OK;
}

/* The rows 万元, 亿元 … of the row 元 whose field[3] is `万 亿 zh`. */
static pl_status scaled_add(loader *ld, const pl_word *unit)
{
    pl_str scales = unit->field[3];
    pl_arena *a = ld->cx->arena;

    while (scales.n) {
        pl_str scale = cut(&scales, ' ');
        const pl_word *s = pl_lexicon_whole(ld->lx, PL_WORDS(SCALE), scale);
        pl_word w = *unit;
        char *p;

        if (pl_str_eq(scale, PL_S("zh")))
            continue;
        if (!s || !pl_dec_mul(s->factor, unit->factor, &w.factor))
            return bad_row(ld, "a unit is composed with a word that is no scale");
        p = PL_NEW_N(a, char, s->word.n + unit->word.n);
        if (!p)
            return pl_fail_memory(ld->cx);
        memcpy(p, s->word.p, s->word.n);
        memcpy(p + s->word.n, unit->word.p, unit->word.n);
        w.word = (pl_str){p, s->word.n + unit->word.n};
        w.field[3] = (pl_str){0};
        if (!row_add(a, ld->lx, &w))
            return pl_fail_memory(ld->cx);
    }
    return PL_OK;
}

static bool factor_read(pl_str text, pl_dec *factor)
{
    return pl_dec_from(text, factor) && pl_dec_sign(*factor) > 0;
}

/* Put the fields of a counter where a unit has them: both are read alike. */
static void counter_fields(pl_word *w)
{
    pl_str canonical = w->field[0].n ? w->field[0] : w->word;

    w->field[3] = w->field[1];
    w->field[0] = PL_S("count");
    w->field[1] = PL_S("1");
    w->field[2] = canonical;
}

static pl_status row_load(loader *ld, pl_str line)
{
    pl_word w = {.factor = PL_DEC_INT(1)};

    if (ld->class < 0)
        return bad_row(ld, "a row stands before the first [class]");
    w.class = (pl_word_class)ld->class;
    w.word = cut(&line, '\t');
    for (size_t i = 0; i < FIELDS && line.n; i++)
        w.field[i] = pl_str_trim(cut(&line, '\t'));
    if (line.n)
        return bad_row(ld, "a row has more than five fields");
    if (ld->own)
        PL_TRY(word_fold(ld, &w.word));
    if (w.word.n == 0 || memchr(w.word.p, '\0', w.word.n))
        return bad_row(ld, "a row has no word");
    if (w.class == PL_WORD_COUNTER)
        counter_fields(&w);
    if (w.class == PL_WORD_UNIT && !factor_read(w.field[1], &w.factor))
        return bad_row(ld, "a unit's factor is not a positive decimal");
    if (w.class == PL_WORD_SCALE && !factor_read(w.field[0], &w.factor))
        return bad_row(ld, "a scale's factor is not a positive decimal");
    if (w.class == PL_WORD_UNIT && w.field[2].n == 0)
        w.field[2] = w.word;
    if (!row_add(ld->cx->arena, ld->lx, &w))
        return pl_fail_memory(ld->cx);
    if (w.class == PL_WORD_UNIT || w.class == PL_WORD_COUNTER)
        return scaled_add(ld, &w);
    return PL_OK;
}

static pl_status rows_load(loader *ld, pl_str text)
{
    ld->class = -1;
    ld->line = 0;
    (void)pl_str_eat(&text, PL_S("\xef\xbb\xbf"));
    while (text.n) {
        pl_str line = cut(&text, '\n');

        ld->line++;
        while (line.n && (pl_is_space(line.p[line.n - 1])))
            line.n--;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        PL_TRY(line.p[0] == '[' ? class_load(ld, line) : row_load(ld, line));
    }
    return PL_OK;
}

/* Room for the rows of the text and as many composed ones, so that they need not move. */
static bool rows_room(pl_arena *a, pl_lexicon *lx, pl_str text)
{
    size_t lines = 0;

    while (text.n) {
        (void)cut(&text, '\n');
        lines++;
    }
    lx->rows.p = PL_NEW_N(a, row, 2 * lines);
    lx->rows.cap = 2 * lines;
    lx->nodes.p = PL_NEW_N(a, node, 4 * lines);
    lx->nodes.cap = 4 * lines;
    return lx->rows.p && lx->nodes.p && edges_grow(a, lx) && node_add(a, lx);
}

pl_status pl_lexicon_make(pl_ctx *cx, pl_str own, const pl_lexicon **out)
{
    pl_str builtin = {pl_lexicon_data, pl_lexicon_data_bytes};
    pl_lexicon *lx = PL_NEW(cx->arena, pl_lexicon);
    loader ld = {.cx = cx, .lx = lx};

    if (!lx || !rows_room(cx->arena, lx, builtin))
        return pl_fail_memory(cx);
    PL_TRY(rows_load(&ld, builtin));
    ld.own = true;
    PL_TRY(pl_str_keep(cx, own, &own)); /* rows borrow their fields from it */
    PL_TRY(rows_load(&ld, own));
    *out = lx;
    return PL_OK;
}

/* Looking up. */

/* May a word begin at `at`: not inside `percent`, `100`. */
static bool can_begin(pl_str text, size_t at)
{
    if (at == 0 || at >= text.n)
        return true;
    if (pl_is_alpha(text.p[at]))
        return !pl_is_alpha(text.p[at - 1]);
    return !pl_is_digit(text.p[at]) || !pl_is_digit(text.p[at - 1]);
}

/* May a word end at `at` (> 0): not inside `percentage`, `km2`. */
static bool can_end(pl_str text, size_t at)
{
    char before = text.p[at - 1], after = at < text.n ? text.p[at] : ' ';

    if (pl_is_alpha(before))
        return !pl_is_alpha(after);
    return !pl_is_digit(before) || !(pl_is_digit(after) || pl_is_alpha(after));
}

static const pl_word *row_of(const pl_lexicon *lx, const node *n, unsigned classes)
{
    const row *r = &lx->rows.p[n->row];

    while (!(classes & 1u << r->word.class))
        r = &lx->rows.p[r->next];
    return &r->word;
}

/* The longest word that text starts with, or, when `whole`, only one that is all of it.
 */
static const pl_word *walk(const pl_lexicon *lx, unsigned classes, pl_str text,
                           bool whole)
{
    const node *best = NULL;
    uint32_t at = 0;

    for (size_t i = 0, n; i < text.n;) {
        uint32_t c = lower(pl_utf8_at(pl_str_tail(text, i), &n));
        const edge *e;

        if (i == 0 && !(lx->first[hash_bits(c, FILTER_BITS)] & classes))
            return NULL;
        e = &lx->edges[edge_slot(lx->edges, lx->edge_bits, edge_key(at, c))];
        if (!e->key || !(lx->nodes.p[e->child].below & classes))
            break;
        at = e->child;
        i += n;
        if ((lx->nodes.p[at].here & classes) && (i == text.n || !whole) &&
            can_end(text, i))
            best = &lx->nodes.p[at];
    }
    return best ? row_of(lx, best, classes) : NULL;
}

const pl_word *pl_lexicon_at(const pl_lexicon *lx, unsigned classes, pl_str text)
{
    return walk(lx, classes, text, false);
}

const pl_word *pl_lexicon_whole(const pl_lexicon *lx, unsigned classes, pl_str text)
{
    return walk(lx, classes, text, true);
}

const pl_word *pl_lexicon_end(const pl_lexicon *lx, unsigned classes, pl_str text)
{
    const pl_word *best = NULL;
    size_t at = text.n, begin;

    if (at == 0 ||
        !(lx->last[hash_bits(lower(char_before(text, at, &begin)), FILTER_BITS)] &
          classes))
        return NULL;
    while (at > 0 && text.n - at < lx->longest) {
        const pl_word *w = NULL;

        (void)char_before(text, at, &at);
        if (can_begin(text, at))
            w = walk(lx, classes, pl_str_tail(text, at), true);
        if (w)
            best = w;
    }
    return best;
}

const pl_word *pl_lexicon_in(const pl_lexicon *lx, unsigned classes, pl_str text,
                             size_t *at)
{
    const pl_word *best = NULL;

    for (size_t i = 0; i < text.n; i += pl_utf8_len((unsigned char)text.p[i])) {
        const pl_word *w =
            can_begin(text, i) ? walk(lx, classes, pl_str_tail(text, i), false) : NULL;

        if (w && (!best || w->word.n >= best->word.n)) {
            best = w;
            if (at)
                *at = i;
        }
    }
    return best;
}

const pl_word *pl_lexicon_row(const pl_lexicon *lx, pl_word_class class, size_t i)
{
    return i < lx->of_class[class].n ? &lx->rows.p[lx->of_class[class].p[i]].word : NULL;
}
