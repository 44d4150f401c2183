/* For fuzzing readers of packages: a ZIP package around parts that are fuzzed, so that
 * checksums and compression do not stand in the way, and what must hold of any document.
 *
 * An input that begins as a ZIP does is read as it is; any other is cut at bytes 0x01
 * into parts, which get their usual names. */
#ifndef PL_FUZZ_PACKAGE_H
#define PL_FUZZ_PACKAGE_H

#include "codec/zip.h"
#include "doc/doc.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <zlib.h>

enum { INPUT_MAX = 64 << 10, PACKAGE_MAX = 2 * INPUT_MAX + 8192, PARTS_MAX = 8 };

typedef struct package {
    unsigned char *p;
    size_t n;
    unsigned char directory[4096];
    size_t directory_n;
    unsigned entries;
} package;

static void check(bool ok)
{
    if (!ok)
        __builtin_trap();
}

static void put_le(unsigned char *to, size_t *n, size_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        to[(*n)++] = (unsigned char)(value >> (8 * i));
}

static void put_bytes(unsigned char *to, size_t *n, const void *p, size_t bytes)
{
    if (bytes)
        memcpy(to + *n, p, bytes);
    *n += bytes;
}

/* Both headers from the flags to the length of the name. */
static void put_facts(unsigned char *to, size_t *n, pl_str name, const uint8_t *p,
                      size_t bytes)
{
    put_le(to, n, 0, 8);
    put_le(to, n, crc32(0, p, (uInt)bytes), 4);
    put_le(to, n, bytes, 4);
    put_le(to, n, bytes, 4);
    put_le(to, n, name.n, 2);
}

static void package_add(package *k, pl_str name, const uint8_t *p, size_t bytes)
{
    size_t at = k->n;

    put_bytes(k->p, &k->n, "PK\3\4\24\0", 6);
    put_facts(k->p, &k->n, name, p, bytes);
    put_le(k->p, &k->n, 0, 2);
    put_bytes(k->p, &k->n, name.p, name.n);
    put_bytes(k->p, &k->n, p, bytes);
    put_bytes(k->directory, &k->directory_n, "PK\1\2\24\0\24\0", 8);
    put_facts(k->directory, &k->directory_n, name, p, bytes);
    put_le(k->directory, &k->directory_n, 0, 8);
    put_le(k->directory, &k->directory_n, 0, 4);
    put_le(k->directory, &k->directory_n, at, 4);
    put_bytes(k->directory, &k->directory_n, name.p, name.n);
    k->entries++;
}

static void package_end(package *k)
{
    size_t at = k->n;

    put_bytes(k->p, &k->n, k->directory, k->directory_n);
    put_bytes(k->p, &k->n, "PK\5\6\0\0\0\0", 8);
    put_le(k->p, &k->n, k->entries, 2);
    put_le(k->p, &k->n, k->entries, 2);
    put_le(k->p, &k->n, k->directory_n, 4);
    put_le(k->p, &k->n, at, 4);
    put_le(k->p, &k->n, 0, 2);
}

/* The parts of an input, put into a package under `names`. */
static void package_make(package *k, const pl_str *names, size_t n_names,
                         const uint8_t *data, size_t size)
{
    for (size_t i = 0; i < n_names && (size > 0 || i == 0); i++) {
        const uint8_t *end = size ? memchr(data, 1, size) : NULL;
        size_t n = end ? (size_t)(end - data) : size;

        package_add(k, names[i], data, n);
        data += n + (end != NULL);
        size -= n + (end != NULL);
    }
    package_end(k);
}

static void check_str(pl_str s)
{
    check(pl_utf8_bad((pl_bytes){(const unsigned char *)s.p, s.n}) == PL_NOPOS);
}

static void check_table(const pl_table *t)
{
    for (size_t i = 0; i < (size_t)t->rows * t->cols; i++)
        check(t->grid[i] <= t->cells.n);
    for (size_t i = 0; i < t->cells.n; i++) {
        const pl_cell *c = &t->cells.p[i];

        check_str(c->text.s);
        check_str(c->place.path);
        check(c->rowspan > 0 && c->colspan > 0 && c->row < t->rows && c->col < t->cols);
    }
}

static void check_doc(const pl_doc *d)
{
    check_str(d->title);
    for (size_t i = 0; i < d->blocks.n; i++) {
        const pl_block *b = &d->blocks.p[i];

        check((b->kind == PL_BLOCK_TABLE) == (b->table != NULL));
        check(b->kind == PL_BLOCK_HEADING ? b->level >= 1 && b->level <= 6
                                          : b->level == 0);
        check_str(b->text.s);
        check_str(b->place.path);
        if (b->table)
            check_table(b->table);
    }
}

/* Read one input with `read` and look at what came out. */
static void fuzz_package(const uint8_t *data, size_t size, const pl_str *names,
                         size_t n_names,
                         pl_status (*read)(pl_ctx *cx, pl_bytes in, pl_doc **out))
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    package k = {.p = malloc(PACKAGE_MAX)};
    pl_bytes in = {data, size};
    pl_doc *d = NULL;
    pl_status st;

    if (!k.p || size > INPUT_MAX) {
        free(k.p);
        return;
    }
    cx.limits.arena_bytes = (size_t)256 << 20;
    cx.limits.cells = 100000;
    cx.arena = pl_arena_new(cx.limits.arena_bytes);
    if (!pl_zip_is(in)) {
        package_make(&k, names, n_names, data, size);
        in = (pl_bytes){k.p, k.n};
    }
    if (cx.arena) {
        st = read(&cx, in, &d);
        check((st == PL_OK) == (d != NULL));
        if (d)
            check_doc(d);
    }
    pl_arena_free(cx.arena);
    free(k.p);
}

#endif
