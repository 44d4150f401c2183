/* Characters of symbol fonts, which have no place in Unicode by their code: the fonts are
 * encoded in U+F000 .. U+F0FF or in one byte. Bullets and arrows of lists are ornaments
 * and not listed. */
#include "doc/docx_internal.h"
#include "text/utf8.h"

typedef struct symbol {
    unsigned char code;
    pl_str text;
} symbol;

static const symbol wingdings[] = {
    {0x6f, PL_S_INIT("□")}, {0x70, PL_S_INIT("□")}, {0x71, PL_S_INIT("□")},
    {0x72, PL_S_INIT("□")}, {0x81, PL_S_INIT("①")}, {0x82, PL_S_INIT("②")},
    {0x83, PL_S_INIT("③")}, {0x84, PL_S_INIT("④")}, {0x85, PL_S_INIT("⑤")},
    {0x86, PL_S_INIT("⑥")}, {0x87, PL_S_INIT("⑦")}, {0x88, PL_S_INIT("⑧")},
    {0x89, PL_S_INIT("⑨")}, {0x8a, PL_S_INIT("⑩")}, {0xa8, PL_S_INIT("□")},
    {0xfb, PL_S_INIT("×")}, {0xfc, PL_S_INIT("√")}, {0xfd, PL_S_INIT("☒")},
    {0xfe, PL_S_INIT("☑")},
};

static const symbol wingdings2[] = {
    {0x4f, PL_S_INIT("×")}, {0x50, PL_S_INIT("√")}, {0x51, PL_S_INIT("☒")},
    {0x52, PL_S_INIT("☑")}, {0x53, PL_S_INIT("☒")}, {0x54, PL_S_INIT("☒")},
    {0xa3, PL_S_INIT("□")},
};

static const symbol greek[] = {
    {0x25, PL_S_INIT("%")}, {0x2b, PL_S_INIT("+")}, {0x2d, PL_S_INIT("-")},
    {0x3c, PL_S_INIT("<")}, {0x3d, PL_S_INIT("=")}, {0x3e, PL_S_INIT(">")},
    {0x44, PL_S_INIT("Δ")}, {0x53, PL_S_INIT("Σ")}, {0x57, PL_S_INIT("Ω")},
    {0x61, PL_S_INIT("α")}, {0x62, PL_S_INIT("β")}, {0x67, PL_S_INIT("γ")},
    {0x6d, PL_S_INIT("μ")}, {0x70, PL_S_INIT("π")}, {0x73, PL_S_INIT("σ")},
    {0x7e, PL_S_INIT("~")}, {0xa3, PL_S_INIT("≤")}, {0xb0, PL_S_INIT("°")},
    {0xb1, PL_S_INIT("±")}, {0xb3, PL_S_INIT("≥")}, {0xb4, PL_S_INIT("×")},
    {0xb8, PL_S_INIT("÷")}, {0xb9, PL_S_INIT("≠")}, {0xbb, PL_S_INIT("≈")},
};

static const struct {
    pl_str font;
    const symbol *symbols;
    size_t n;
} fonts[] = {
    {PL_S_INIT("Wingdings 2"), wingdings2, PL_COUNT(wingdings2)},
    {PL_S_INIT("Wingdings"), wingdings, PL_COUNT(wingdings)},
    {PL_S_INIT("Symbol"), greek, PL_COUNT(greek)},
};

static uint32_t hex_value(pl_str hex)
{
    uint32_t value = 0;

    if (hex.n == 0 || hex.n > 6)
        return 0;
    for (size_t i = 0; i < hex.n; i++) {
        char c = (char)(hex.p[i] | 0x20);

        if (!pl_is_digit(hex.p[i]) && (c < 'a' || c > 'f'))
            return 0;
        value = value * 16 + (uint32_t)(pl_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
}

pl_str docx_symbol(pl_str font, pl_str hex)
{
    uint32_t c = hex_value(hex);

    if (c >= 0xf000 && c <= 0xf0ff)
        c -= 0xf000;
    for (size_t i = 0; i < PL_COUNT(fonts); i++) {
        if (!pl_str_eq(fonts[i].font, font))
            continue;
        for (size_t k = 0; k < fonts[i].n; k++)
            if (fonts[i].symbols[k].code == c)
                return fonts[i].symbols[k].text;
        return PL_S("");
    }
    return PL_S("");
}
