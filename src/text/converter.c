#include "text/converter.h"

/* All that anything here opens, by iconv's names. */
static const char *const known[] = {"GB18030",  "BIG5",   "BIG5-HKSCS", "UTF-16LE",
                                    "UTF-16BE", "CP1252", "CP932",      "CP949"};

_Static_assert((1u << PL_COUNT(known)) - 1 == PL_CHARSETS_ALL, "one bit per encoding");

static unsigned bit_of(const char *name)
{
    for (size_t i = 0; i < PL_COUNT(known); i++)
        if (strcmp(known[i], name) == 0)
            return 1u << i;
    return 0;
}

bool pl_converter_open(pl_ctx *cx, const char *name, iconv_t *out)
{
    unsigned bit = bit_of(name);

    if (cx->charsets && !(cx->charsets->loaded & bit)) {
        cx->charsets->wanted |= bit;
        return false;
    }
    *out = iconv_open("UTF-8", name);
    return *out != (iconv_t)-1;
}

void pl_charsets_load(unsigned which)
{
    /* Left open: iconv may forget what it loaded when the last one is closed. */
    for (size_t i = 0; i < PL_COUNT(known); i++)
        if (which & (1u << i))
            (void)iconv_open("UTF-8", known[i]);
}
