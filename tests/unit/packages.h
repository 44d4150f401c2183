/* Packages (ZIP) made in memory for tests, good ones and hostile ones. */
#ifndef PL_TESTS_PACKAGES_H
#define PL_TESTS_PACKAGES_H

#include "unit.h"

#include <stdlib.h>
#include <zlib.h>

typedef struct test_bytes {
    unsigned char *p;
    size_t n, cap;
} test_bytes;

typedef struct test_zip {
    test_bytes all, directory;
    unsigned n;
    uint16_t flags, method; /* of the entries added next; method 8 deflates */
} test_zip;

static inline void bytes_put(test_bytes *b, const void *p, size_t n)
{
    if (b->cap - b->n < n) {
        b->cap = 2 * b->cap + n + 4096;
        b->p = realloc(b->p, b->cap);
        assert_non_null(b->p);
    }
    if (n)
        memcpy(b->p + b->n, p, n);
    b->n += n;
}

static inline void bytes_le(test_bytes *b, uint64_t value, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)(i < 8 ? value >> (8 * i) : 0);

        bytes_put(b, &c, 1);
    }
}

/* What stands in both headers: flags, method, no time, checksum, sizes. */
static inline void entry_facts(test_bytes *b, const test_zip *z, uint32_t crc,
                               size_t packed, size_t n)
{
    bytes_le(b, z->flags, 2);
    bytes_le(b, z->method, 2);
    bytes_le(b, 0, 4);
    bytes_le(b, crc, 4);
    bytes_le(b, packed, 4);
    bytes_le(b, n, 4);
}

/* The central header of an entry whose local header is at `at`. */
static inline void zip_list(test_zip *z, pl_str name, uint32_t crc, size_t packed,
                            size_t n, size_t at)
{
    test_bytes *d = &z->directory;

    bytes_put(d, "PK\1\2\24\0\24\0", 8);
    entry_facts(d, z, crc, packed, n);
    bytes_le(d, name.n, 2);
    bytes_le(d, 0, 12);
    bytes_le(d, at, 4);
    bytes_put(d, name.p, name.n);
    z->n++;
}

static inline void zip_add(test_zip *z, const char *path, pl_str data)
{
    pl_str name = of(path);
    uint32_t crc = (uint32_t)crc32(0, (const Bytef *)data.p, (uInt)data.n);
    size_t at = z->all.n, packed = data.n;
    unsigned char *p = NULL;

    if (z->method == 8) {
        z_stream s = {0};

        packed = compressBound((uLong)data.n) + 64;
        p = malloc(packed);
        assert_non_null(p);
        assert_int_equal(deflateInit2(&s, 6, Z_DEFLATED, -MAX_WBITS, 8, 0), Z_OK);
        s.next_in = (z_const Bytef *)(uintptr_t)data.p;
        s.avail_in = (uInt)data.n;
        s.next_out = p;
        s.avail_out = (uInt)packed;
        assert_int_equal(deflate(&s, Z_FINISH), Z_STREAM_END);
        packed = s.total_out;
        deflateEnd(&s);
    }
    bytes_put(&z->all, "PK\3\4\24\0", 6);
    entry_facts(&z->all, z, crc, packed, data.n);
    bytes_le(&z->all, name.n, 2);
    bytes_le(&z->all, 0, 2);
    bytes_put(&z->all, name.p, name.n);
    bytes_put(&z->all, p ? (const char *)p : data.p, packed);
    free(p);
    zip_list(z, name, crc, packed, data.n, at);
}

/* The finished package; end it with zip_free. */
static inline pl_bytes zip_end(test_zip *z)
{
    size_t at = z->all.n;

    bytes_put(&z->all, z->directory.p, z->directory.n);
    bytes_put(&z->all, "PK\5\6\0\0\0\0", 8);
    bytes_le(&z->all, z->n, 2);
    bytes_le(&z->all, z->n, 2);
    bytes_le(&z->all, z->directory.n, 4);
    bytes_le(&z->all, at, 4);
    bytes_le(&z->all, 0, 2);
    return (pl_bytes){z->all.p, z->all.n};
}

static inline void zip_free(test_zip *z)
{
    free(z->all.p);
    free(z->directory.p);
    *z = (test_zip){0};
}

#endif
