/* The files of lexicon/ as tables in C (src/text/lexicon_tables.h), made by the program's
 * own maker. Run when the program is built.
 *
 * usage: lexicon_tables OUT.c FILE… */
#include <stdio.h>

#include "base/file.h"
#include "text/lexicon_tables.h"

/* What the maker lays the files over: nothing. */
const pl_lexicon_tables pl_lexicon_builtin;

static void put_text(FILE *to, const pl_lexicon_tables *t)
{
    fprintf(to, "static const char text[] = {");
    for (size_t i = 0; i < t->text_bytes; i++)
        fprintf(to, "%s%d,", i % 24 ? "" : "\n", t->text[i]);
    fprintf(to, "\n};\n");
}

static void put_entries(FILE *to, const pl_lexicon_tables *t)
{
    fprintf(to, "static const pl_lexicon_entry entries[] = {\n");
    for (size_t i = 0; i < t->n_entries; i++) {
        const pl_lexicon_entry *e = &t->entries[i];

        fprintf(to, "{%u,%d,%d,%d,%d},\n", e->at, e->next, e->n, e->class, e->letters);
    }
    fprintf(to, "};\nstatic const int32_t by_class[] = {");
    for (size_t i = 0; i < t->n_entries; i++)
        fprintf(to, "%s%d,", i % 16 ? "" : "\n", t->by_class[i]);
    fprintf(to, "\n};\n");
}

static void put_heads(FILE *to, const pl_lexicon_tables *t)
{
    fprintf(to, "static const pl_lexicon_head heads[%zu] = {\n",
            (size_t)1 << t->head_bits);
    for (size_t i = 0; i < (size_t)1 << t->head_bits; i++)
        if (t->heads[i].key)
            fprintf(to, "[%zu]={%lluu,%lluu,%d},\n", i,
                    (unsigned long long)t->heads[i].key,
                    (unsigned long long)t->heads[i].classes, t->heads[i].row);
    fprintf(to, "};\n");
}

static void put_filters(FILE *to, const pl_lexicon_tables *t)
{
    const size_t n = (size_t)1 << PL_LEXICON_FILTER_BITS;

    fprintf(to, "static const pl_lexicon_first first[] = {\n");
    for (size_t i = 0; i < n; i++)
        fprintf(to, "{%lluu,%lluu},\n", (unsigned long long)t->first[i].all,
                (unsigned long long)t->first[i].one);
    fprintf(to, "};\nstatic const pl_words last[] = {\n");
    for (size_t i = 0; i < n; i++)
        fprintf(to, "%lluu,\n", (unsigned long long)t->last[i]);
    fprintf(to, "};\nstatic const uint8_t longest[] = {\n");
    for (size_t i = 0; i < n; i++)
        fprintf(to, "%d,\n", t->longest[i]);
    fprintf(to, "};\n");
}

static bool put(const char *path, const pl_lexicon_tables *t)
{
    FILE *to = fopen(path, "w");
    bool good;

    if (!to)
        return false;
    fprintf(to, "#include \"text/lexicon_tables.h\"\n\n");
    put_text(to, t);
    put_entries(to, t);
    put_heads(to, t);
    put_filters(to, t);
    fprintf(to,
            "const pl_lexicon_tables pl_lexicon_builtin = {\n"
            ".text = text, .text_bytes = %zu, .entries = entries, .n_entries = %zu,\n"
            ".by_class = by_class, .heads = heads, .n_heads = %zu, .head_bits = %zu,\n"
            ".first = first, .last = last, .longest = longest,\n.first_of = {",
            t->text_bytes, t->n_entries, t->n_heads, t->head_bits);
    for (size_t i = 0; i <= PL_WORD_CLASS_COUNT; i++)
        fprintf(to, "%zu,", t->first_of[i]);
    fprintf(to, "},\n};\n");
    good = !ferror(to);
    return fclose(to) == 0 && good;
}

/* The files one after the other: a unit is composed with scale words of those before it.
 */
static pl_status make(pl_ctx *cx, char **files, int n, pl_lexicon_tables *out)
{
    *out = pl_lexicon_builtin;
    for (int i = 0; i < n; i++) {
        pl_bytes text;
        pl_lexicon_tables now;
        pl_status st = pl_file_read(cx, files[i], &text);

        if (st == PL_OK)
            st = pl_lexicon_tables_make(cx, out, (pl_str){(const char *)text.p, text.n},
                                        &now);
        if (st != PL_OK) {
            fprintf(stderr, "%s:%u: %s\n", files[i], cx->err.line, cx->err.msg);
            return st;
        }
        *out = now;
    }
    return PL_OK;
}

int main(int argc, char **argv)
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    pl_lexicon_tables all;
    bool good;

    cx.arena = pl_arena_new(cx.limits.arena_bytes);
    good = cx.arena && argc > 2 && make(&cx, argv + 2, argc - 2, &all) == PL_OK &&
           put(argv[1], &all);
    pl_arena_free(cx.arena);
    return good ? 0 : 1;
}
