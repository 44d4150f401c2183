#include "text/fold.h"

#include "text/utf8.h"

/* What a character becomes, where it is not itself. Sorted by `from`; a result is never
 * longer in UTF-8 than its character, so that the folded text fits the source's size.
 * `to` 0: dropped as a space. */
typedef struct mapping {
    uint32_t from, to;
} mapping;

static const mapping mappings[] = {
    {0x00A0, 0},
    {0x00AD, 0},   /* soft hyphen */
    {0x02DC, '~'}, /* small tilde */
    {0x2000, 0},   /* spaces of all widths … */
    {0x2001, 0},
    {0x2002, 0},
    {0x2003, 0},
    {0x2004, 0},
    {0x2005, 0},
    {0x2006, 0},
    {0x2007, 0},
    {0x2008, 0},
    {0x2009, 0},
    {0x200A, 0},
    {0x200B, 0}, /* … and none */
    {0x200C, 0},
    {0x200D, 0},
    {0x2010, '-'}, /* ‐ */
    {0x2011, '-'},
    {0x2012, '-'},
    {0x2013, '-'}, /* – */
    {0x2014, '-'}, /* — */
    {0x2015, '-'}, /* ― */
    {0x2028, 0},
    {0x2029, 0},
    {0x202F, 0},
    {0x2044, '/'}, /* fraction slash */
    {0x205F, 0},
    {0x2060, 0},
    {0x2212, '-'}, /* − minus */
    {0x2215, '/'},
    {0x2236, ':'},    /* ∶ */
    {0x223C, '~'},    /* ∼ */
    {0x2266, 0x2264}, /* ≦ ≤ */
    {0x2267, 0x2265}, /* ≧ ≥ */
    {0x2500, '-'},    /* ─ */
    {0x2501, '-'},    /* ━ */
    {0x2A7D, 0x2264}, /* ⩽ ≤ */
    {0x2A7E, 0x2265}, /* ⩾ ≥ */
    /* Radicals that PDF fonts give for the ideograph (EquivalentUnifiedIdeograph.txt). */
    {0x2E81, 0x5382}, /* ⺁ 厂 */
    {0x2E9F, 0x6BCD}, /* ⺟ 母 */
    {0x2EA0, 0x6C11}, /* ⺠ 民 */
    {0x2EC4, 0x897F}, /* ⻄ 西 */
    {0x2EC5, 0x89C1}, /* ⻅ 见 */
    {0x2EC6, 0x89D2}, /* ⻆ 角 */
    {0x2EC9, 0x8D1D}, /* ⻉ 贝 */
    {0x2ECB, 0x8F66}, /* ⻋ 车 */
    {0x2ED3, 0x957F}, /* ⻓ 长 */
    {0x2ED4, 0x95E8}, /* ⻔ 门 */
    {0x2ED8, 0x9752}, /* ⻘ 青 */
    {0x2EDA, 0x9875}, /* ⻚ 页 */
    {0x2EDB, 0x98CE}, /* ⻛ 风 */
    {0x2EDC, 0x98DE}, /* ⻜ 飞 */
    {0x2EDD, 0x98DF}, /* ⻝ 食 */
    {0x2EE2, 0x9A6C}, /* ⻢ 马 */
    {0x2EE3, 0x9AA8}, /* ⻣ 骨 */
    {0x2EE5, 0x9C7C}, /* ⻥ 鱼 */
    {0x2EE6, 0x9E1F}, /* ⻦ 鸟 */
    {0x2EE8, 0x9EA6}, /* ⻨ 麦 */
    {0x2EE9, 0x9EC4}, /* ⻩ 黄 */
    {0x2EEC, 0x9F50}, /* ⻬ 齐 */
    {0x2EEE, 0x9F7F}, /* ⻮ 齿 */
    {0x2EF0, 0x9F99}, /* ⻰ 龙 */
    {0x2EF3, 0x9F9F}, /* ⻳ 龟 */
    {0x3000, 0},
    {0x301C, '~'}, /* 〜 */
    {0x3030, '~'}, /* 〰 */
    {0xFE0E, 0},   /* variation selectors */
    {0xFE0F, 0},
    {0xFE50, ','},    /* ﹐ */
    {0xFE51, 0x3001}, /* ﹑ 、 */
    {0xFE52, '.'},
    {0xFE54, ';'},
    {0xFE55, ':'},
    {0xFE58, '-'},
    {0xFE59, '('},
    {0xFE5A, ')'},
    {0xFE62, '+'},
    {0xFE63, '-'},
    {0xFE64, '<'},
    {0xFE65, '>'},
    {0xFE66, '='},
    {0xFE6A, '%'}, /* ﹪ */
    {0xFEFF, 0},
    {0xFFE1, 0xA3}, /* ￡ */
    {0xFFE5, 0xA5}, /* ￥ */
};

/* Kangxi radicals U+2F00 … U+2FD5, likewise, in their order. */
static const char kangxi[] =
    "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀"
    "寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比"
    "毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网"
    "羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑"
    "酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹"
    "黽鼎鼓鼠鼻齊齒龍龜龠";

enum {
    KANGXI_FIRST = 0x2F00,
    KANGXI_COUNT = 214,
    FULL_FIRST = 0xFF01, /* ！ … ～ are ! … ~ in the order of ASCII */
    FULL_LAST = 0xFF5E
};
_Static_assert(sizeof kangxi == KANGXI_COUNT * 3 + 1, "one ideograph per radical");

static uint32_t mapped(uint32_t c)
{
    size_t low = 0, high = PL_COUNT(mappings);

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (mappings[mid].from < c)
            low = mid + 1;
        else
            high = mid;
    }
    return low < PL_COUNT(mappings) && mappings[low].from == c ? mappings[low].to : c;
}

/* The folded form of c, 0 for a space (and for U+0000, which is dropped as one). */
static uint32_t fold_char(uint32_t c)
{
    if (c < 0x80)
        return pl_is_space((char)c) ? 0 : c;
    if ((c >= 0x3400 && c < 0xFE00) || (c > 0x3000 && c < 0x301C))
        return c; /* ideographs; 、 。 《 》 〔 〕 */
    if (c >= FULL_FIRST && c <= FULL_LAST)
        return c - FULL_FIRST + '!';
    if (c >= KANGXI_FIRST && c < KANGXI_FIRST + KANGXI_COUNT)
        return pl_utf8_at((pl_str){kangxi + 3 * (c - KANGXI_FIRST), 3}, NULL);
    return mapped(c);
}

/* What has been folded so far. */
typedef struct folding {
    pl_str in;
    size_t i; /* next byte of in */
    char *out;
    uint32_t *src; /* or NULL */
    size_t n;      /* bytes in out */
    size_t group;  /* digits at the end of out since the last dropped space */
    bool grouped;  /* such a space joined two groups of this number */
} folding;

/* The next folded character at in.p[i] without moving; its length in *n. */
static uint32_t peek(const folding *f, size_t i, size_t *n)
{
    return fold_char(pl_utf8_at(pl_str_tail(f->in, i), n));
}

static bool is_word_char(uint32_t c)
{
    return c < 0x80 && (pl_is_digit((char)c) || pl_is_alpha((char)c));
}

/* True when exactly three digits stand at in.p[i]. */
static bool three_digits(const folding *f, size_t i)
{
    for (size_t k = 0, n; k < 4; k++, i += n) {
        uint32_t c = i < f->in.n ? peek(f, i, &n) : 0;

        if ((c < 0x80 && pl_is_digit((char)c)) != (k < 3))
            return false;
        if (k == 3)
            break;
    }
    return true;
}

/* True when the digits at the end of out can be the first groups of a number that goes on
 * after a space: `1`, `12`, `350`, not `2022`, `3.50`. */
static bool can_be_grouped(const folding *f)
{
    char before = f->n > f->group ? f->out[f->n - f->group - 1] : ' ';

    if (f->grouped)
        return f->group == 3;
    return f->group >= 1 && f->group <= 3 && before != '.' && before != ',' &&
           !pl_is_alpha(before);
}

/* Skip the spaces at i; put one where the words on both sides would else become one. */
static void fold_spaces(folding *f)
{
    size_t from = f->i, n = 0;
    uint32_t c = 0;
    bool line_end = false;
    char last = f->n ? f->out[f->n - 1] : ' ';

    while (f->i < f->in.n && (c = peek(f, f->i, &n)) == 0) {
        line_end = line_end || f->in.p[f->i] == '\n';
        f->i += n;
    }
    if (f->i == f->in.n || !is_word_char((unsigned char)last) || !is_word_char(c))
        return;
    if (pl_is_digit(last) && pl_is_digit((char)c) && !line_end && can_be_grouped(f) &&
        three_digits(f, f->i)) {
        f->group = 0;
        f->grouped = true;
        return;
    }
    if (f->src)
        f->src[f->n] = (uint32_t)from;
    f->out[f->n++] = ' ';
    f->group = 0;
    f->grouped = false;
}

/* Put c, read from n source bytes at i. */
static void fold_put(folding *f, uint32_t c, size_t n)
{
    size_t len = pl_utf8_put(c, f->out + f->n);

    if (f->src)
        for (size_t k = 0; k < len; k++)
            f->src[f->n + k] = (uint32_t)f->i;
    f->n += len;
    f->i += n;
    if (c < 0x80 && pl_is_digit((char)c)) {
        f->group++;
    } else {
        f->group = 0;
        f->grouped = false;
    }
}

/* Do the three bytes at p make a character that stays as it is: U+4000 … U+CFFF? */
static bool is_plain(const char *p)
{
    return (unsigned char)p[0] >= 0xE4 && (unsigned char)p[0] <= 0xEC;
}

/* Put the characters at i that stay as they are: nearly all of Chinese text. */
static void fold_plain(folding *f)
{
    size_t i = f->i, n = f->n;

    for (; f->in.n - i >= 3 && is_plain(f->in.p + i); i += 3, n += 3) {
        memcpy(f->out + n, f->in.p + i, 3);
        if (f->src)
            f->src[n] = f->src[n + 1] = f->src[n + 2] = (uint32_t)i;
    }
    if (i > f->i) {
        f->group = 0;
        f->grouped = false;
    }
    f->i = i;
    f->n = n;
}

static void fold_all(folding *f)
{
    while (fold_plain(f), f->i < f->in.n) {
        size_t n;
        uint32_t c = peek(f, f->i, &n);

        if (c == 0)
            fold_spaces(f);
        else if (c == '-' && f->n && f->out[f->n - 1] == '-')
            f->i += n;
        else
            fold_put(f, c, n);
    }
}

static pl_status fold_into(pl_ctx *cx, pl_str text, bool map, pl_fold *out)
{
    folding f = {.in = text};

    if (text.n > UINT32_MAX - 1)
        return pl_fail(cx, PL_ENOMEM, PL_NOPOS, "text of 4 GiB or more");
    if (map) {
        f.src =
            pl_arena_alloc_raw(cx->arena, text.n + 1, sizeof *f.src, _Alignof(uint32_t));
        if (!f.src)
            return pl_fail_memory(cx);
    }
    f.out = pl_arena_alloc_raw(cx->arena, text.n + 4, 1, 1); /* pl_utf8_put's four */
    if (!f.out)
        return pl_fail_memory(cx);
    fold_all(&f);
    if (map)
        f.src[f.n] = (uint32_t)text.n;
    *out = (pl_fold){{f.out, f.n}, text, f.src};
    return PL_OK;
}

pl_status pl_fold_make(pl_ctx *cx, pl_str text, pl_fold *out)
{
    return fold_into(cx, text, true, out);
}

pl_status pl_fold_str(pl_ctx *cx, pl_str text, pl_str *out)
{
    pl_fold f;

    PL_TRY(fold_into(cx, text, false, &f));
    *out = f.s;
    return PL_OK;
}

pl_span pl_fold_span(const pl_fold *f, size_t at, size_t n)
{
    size_t first = f->src[at], last = f->src[at + n], end;

    if (n == 0)
        return (pl_span){first, 0};
    end = f->src[at + n - 1];
    while (end < last) {
        size_t len;
        uint32_t c = fold_char(pl_utf8_at(pl_str_tail(f->text, end), &len));

        if (c == 0 && end > f->src[at + n - 1])
            break; /* spaces after it are not part of it */
        end += len;
    }
    return (pl_span){first, end - first};
}
