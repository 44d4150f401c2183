#include "codec/zip.h"

#include "base/map.h"
#include "text/decode.h"
#include "text/utf8.h"

#define ZLIB_CONST /* zlib does not write to its input; let it say so */
#include <stdlib.h>
#include <zlib.h>

enum {
    LOCAL_SIZE = 30,   /* fixed part of a local header, 4.3.7 */
    ENTRY_SIZE = 46,   /* fixed part of a central header, 4.3.12 */
    END_SIZE = 22,     /* end of central directory, 4.3.16 */
    END64_SIZE = 56,   /* zip64 end of central directory, 4.3.14 */
    LOCATOR_SIZE = 20, /* zip64 locator, 4.3.15 */
    COMMENT_MAX = 65535
};
enum { FLAG_ENCRYPTED = 1u << 0, FLAG_UTF8 = 1u << 11, FLAG_MASKED = 1u << 13 };
enum { METHOD_STORED = 0, METHOD_DEFLATED = 8 };

static const uint32_t SIG_LOCAL = 0x04034b50, SIG_ENTRY = 0x02014b50;
static const uint32_t SIG_END = 0x06054b50, SIG_END64 = 0x06064b50;
static const uint32_t SIG_LOCATOR = 0x07064b50;

/* Expansion that is never held against a package: small texts of one repeated letter. */
static const uint64_t FREE_BYTES = (uint64_t)10 << 20;

typedef struct entry {
    pl_str name;
    uint64_t header, size, expanded; /* of the local header; bytes packed and not */
    size_t data, end;                /* offsets of the packed bytes in the package */
    uint32_t crc;
    uint16_t flags, method;
    bool folder; /* its name ends as that of a folder */
} entry;

struct pl_zip {
    pl_bytes in;
    entry *entries;
    size_t n;
    pl_map by_name, by_lower; /* 1 + index of the entry */
    uint64_t expanded;        /* bytes read so far */
};

/* The directory: n headers between two offsets; `shift` is what stands before the
 * package proper and is not counted in its offsets. */
typedef struct directory {
    size_t at, end;
    uint64_t n, shift;
} directory;

static uint16_t get16(const unsigned char *p)
{
    return (uint16_t)(p[0] | p[1] << 8);
}

static uint32_t get32(const unsigned char *p)
{
    return (uint32_t)get16(p) | (uint32_t)get16(p + 2) << 16;
}

static uint64_t get64(const unsigned char *p)
{
    return (uint64_t)get32(p) | (uint64_t)get32(p + 4) << 32;
}

bool pl_zip_is(pl_bytes b)
{
    return b.n >= 4 && (get32(b.p) == SIG_LOCAL || get32(b.p) == SIG_END);
}

/* Paths. */

/* The next name of a path with `/` or `\` between names; false at its end. */
static bool path_step(pl_str *path, pl_str *name)
{
    size_t n = 0;

    while (path->n && (path->p[0] == '/' || path->p[0] == '\\'))
        *path = pl_str_tail(*path, 1);
    while (n < path->n && path->p[n] != '/' && path->p[n] != '\\')
        n++;
    *name = pl_str_sub(*path, 0, n);
    *path = pl_str_tail(*path, n);
    return n > 0;
}

/* Append the names of `path` to the n bytes of out, which has room for all of them;
 * false when `..` leaves the package. */
static bool path_append(pl_str path, char *out, size_t *n)
{
    pl_str name;

    while (path_step(&path, &name)) {
        if (pl_str_eq(name, PL_S(".")))
            continue;
        if (pl_str_eq(name, PL_S(".."))) {
            if (*n == 0)
                return false;
            while (*n > 0 && out[*n - 1] != '/')
                --*n;
            *n -= *n > 0;
            continue;
        }
        if (*n > 0)
            out[(*n)++] = '/';
        memcpy(out + *n, name.p, name.n);
        *n += name.n;
    }
    return true;
}

static bool is_absolute(pl_str path)
{
    return path.n > 0 && (path.p[0] == '/' || path.p[0] == '\\');
}

pl_status pl_zip_path(pl_ctx *cx, pl_str from, pl_str target, pl_str *out)
{
    char *p = PL_NEW_N(cx->arena, char, from.n + target.n + 1);
    size_t n = 0, folder = from.n;

    if (!p)
        return pl_fail_memory(cx);
    while (folder > 0 && from.p[folder - 1] != '/' && from.p[folder - 1] != '\\')
        folder--;
    if (is_absolute(target))
        folder = 0;
    if (!path_append(pl_str_sub(from, 0, folder), p, &n) || !path_append(target, p, &n))
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "the path \"%.*s\" leaves the package",
                       PL_FMT(pl_str_sub(target, 0, 80)));
    *out = (pl_str){p, n};
    return PL_OK;
}

static bool has_dots(pl_str path)
{
    pl_str name;

    while (path_step(&path, &name))
        if (pl_str_eq(name, PL_S("..")))
            return true;
    return false;
}

/* Bytes of a well-formed character without control characters at p, 0 when there is
 * none. */
static size_t name_char(const unsigned char *p, size_t n)
{
    size_t len = pl_utf8_len(p[0]);

    if (p[0] < 0x20 || p[0] == 0x7f || len > n)
        return 0;
    return pl_utf8_bad((pl_bytes){p, len}) == PL_NOPOS ? len : 0;
}

/* The raw name as valid UTF-8: at most three times as long. */
static pl_status name_decode(pl_ctx *cx, const unsigned char *p, size_t n, pl_str *out)
{
    char *to = PL_NEW_N(cx->arena, char, 3 * n);
    size_t used = 0;

    if (!to)
        return pl_fail_memory(cx);
    while (n > 0) {
        size_t len = name_char(p, n);

        memcpy(to + used, len ? (const char *)p : "\xef\xbf\xbd", len ? len : 3);
        used += len ? len : 3;
        p += len ? len : 1;
        n -= len ? len : 1;
    }
    *out = (pl_str){to, used};
    return PL_OK;
}

/* A name in the encoding of Chinese systems, as programs write it that do not know the
 * flag for UTF-8 (APPNOTE D.1); as it is when it is none. */
static pl_bytes name_from_gb(pl_ctx *cx, pl_bytes raw, uint16_t flags)
{
    pl_decoded d;

    if ((flags & FLAG_UTF8) || pl_utf8_bad(raw) == PL_NOPOS ||
        pl_decode(cx, raw, &d) != PL_OK || d.charset != PL_CHARSET_GB18030)
        return raw;
    return (pl_bytes){(const unsigned char *)d.text.p, d.text.n};
}

static pl_status entry_name(pl_ctx *cx, pl_bytes written, uint16_t flags, pl_str *out)
{
    pl_bytes name = name_from_gb(cx, written, flags);
    pl_str raw;

    PL_TRY(name_decode(cx, name.p, name.n, &raw));
    if (has_dots(raw))
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS,
                       "the path \"%.*s\" of an entry leaves the package",
                       PL_FMT(pl_str_sub(raw, 0, 80)));
    return pl_zip_path(cx, PL_S(""), raw, out);
}

static void lower(pl_str s, char *out)
{
    for (size_t i = 0; i < s.n; i++)
        out[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
}

/* The directory. */

/* The last end record whose comment fits behind it; PL_NOPOS when there is none. */
static size_t end_find(pl_bytes in)
{
    size_t first = in.n > END_SIZE + COMMENT_MAX ? in.n - END_SIZE - COMMENT_MAX : 0;

    if (in.n < END_SIZE)
        return PL_NOPOS;
    for (size_t at = in.n - END_SIZE + 1; at-- > first;)
        if (get32(in.p + at) == SIG_END && get16(in.p + at + 20) <= in.n - at - END_SIZE)
            return at;
    return PL_NOPOS;
}

/* The zip64 end record that the locator before the end record points to. */
static const unsigned char *end64_find(pl_bytes in, size_t end)
{
    uint64_t at;

    if (end < LOCATOR_SIZE || get32(in.p + end - LOCATOR_SIZE) != SIG_LOCATOR)
        return NULL;
    at = get64(in.p + end - LOCATOR_SIZE + 8);
    if (at > end || end - at < END64_SIZE || get32(in.p + at) != SIG_END64)
        return NULL;
    return in.p + at;
}

/* Where the directory stands. Its size says so when its offset does not: something may
 * stand before the package. */
static pl_status directory_find(pl_ctx *cx, pl_bytes in, directory *d)
{
    size_t end = end_find(in);
    const unsigned char *e = end == PL_NOPOS ? NULL : in.p + end, *e64;
    uint64_t size, at;

    if (!e)
        return pl_fail(cx, PL_ESYNTAX, in.n,
                       "the package breaks off: its directory is missing");
    d->n = get16(e + 10);
    size = get32(e + 12);
    at = get32(e + 16);
    e64 = end64_find(in, end);
    if (e64 && (d->n == 0xffff || size == 0xffffffff || at == 0xffffffff)) {
        d->n = get64(e64 + 32);
        size = get64(e64 + 40);
        at = get64(e64 + 48);
        end = (size_t)(e64 - in.p);
    }
    if (size > end || at > end - size)
        return pl_fail(cx, PL_ESYNTAX, (size_t)(e - in.p),
                       "the directory of the package lies outside of it");
    d->end = end;
    d->at = end - (size_t)size;
    d->shift = d->at - at;
    if (d->n > 0 && (size < 4 || get32(in.p + d->at) != SIG_ENTRY)) {
        d->at = (size_t)at; /* something stands between the directory and its end */
        d->shift = 0;
    }
    return PL_OK;
}

/* Sizes and offset that did not fit 32 bits stand in extra field 1, in this order. */
static void extra_read(entry *e, const unsigned char *p, size_t n)
{
    uint64_t *want[] = {&e->expanded, &e->size, &e->header};

    while (n >= 4) {
        size_t size = get16(p + 2), at = 0;

        if (size > n - 4)
            return;
        for (size_t i = 0; get16(p) == 1 && i < PL_COUNT(want); i++)
            if (*want[i] == 0xffffffff && size - at >= 8) {
                *want[i] = get64(p + 4 + at);
                at += 8;
            }
        p += 4 + size;
        n -= 4 + size;
    }
}

/* One central header at d->at; moves d->at past it. */
static pl_status entry_read(pl_ctx *cx, pl_bytes in, directory *d, entry *e)
{
    const unsigned char *p = in.p + d->at;
    size_t room = d->end - d->at, name, extra, all;

    if (room < ENTRY_SIZE || get32(p) != SIG_ENTRY)
        return pl_fail(cx, PL_ESYNTAX, d->at, "the directory of the package is damaged");
    name = get16(p + 28);
    extra = get16(p + 30);
    all = ENTRY_SIZE + name + extra + get16(p + 32);
    if (all > room)
        return pl_fail(cx, PL_ESYNTAX, d->at, "the directory of the package breaks off");
    e->flags = get16(p + 8);
    e->method = get16(p + 10);
    e->crc = get32(p + 16);
    e->size = get32(p + 20);
    e->expanded = get32(p + 24);
    e->header = get32(p + 42);
    extra_read(e, p + ENTRY_SIZE + name, extra);
    if (e->header > d->at || d->shift > d->at - e->header)
        return pl_fail(cx, PL_ESYNTAX, d->at, "an entry lies outside of the package");
    e->header += d->shift;
    d->at += all;
    e->folder =
        name && (p[ENTRY_SIZE + name - 1] == '/' || p[ENTRY_SIZE + name - 1] == '\\');
    return entry_name(cx, (pl_bytes){p + ENTRY_SIZE, name}, e->flags, &e->name);
}

/* Find the data of an entry behind its local header; all of it before `end`. */
static pl_status entry_locate(pl_ctx *cx, pl_bytes in, size_t end, entry *e)
{
    size_t at = (size_t)e->header, head;

    if (at > end || end - at < LOCAL_SIZE || get32(in.p + at) != SIG_LOCAL)
        return pl_fail(cx, PL_ESYNTAX, at, "the header of entry \"%.*s\" is damaged",
                       PL_FMT(pl_str_sub(e->name, 0, 80)));
    head = (size_t)LOCAL_SIZE + get16(in.p + at + 26) + get16(in.p + at + 28);
    if (head > end - at || e->size > end - at - head)
        return pl_fail(cx, PL_ESYNTAX, at, "entry \"%.*s\" runs over its package's end",
                       PL_FMT(pl_str_sub(e->name, 0, 80)));
    e->data = at + head;
    e->end = e->data + (size_t)e->size;
    return PL_OK;
}

static int by_place(const void *a, const void *b)
{
    const entry *x = *(const entry *const *)a, *y = *(const entry *const *)b;

    return (x->header > y->header) - (x->header < y->header);
}

/* No two entries share bytes: else a small package could hold any amount of text. */
static pl_status entries_apart(pl_ctx *cx, const pl_zip *z)
{
    const entry **order = PL_NEW_N(cx->arena, const entry *, z->n);

    if (!order)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < z->n; i++)
        order[i] = &z->entries[i];
    if (z->n > 1)
        qsort(order, z->n, sizeof *order, by_place);
    for (size_t i = 1; i < z->n; i++)
        if (order[i]->header < order[i - 1]->end)
            return pl_fail(cx, PL_ESYNTAX, (size_t)order[i]->header,
                           "two entries of the package share their bytes");
    return PL_OK;
}

static pl_status names_index(pl_ctx *cx, pl_zip *z)
{
    for (size_t i = 0; i < z->n; i++) {
        pl_str name = z->entries[i].name;
        char *low = PL_NEW_N(cx->arena, char, name.n);
        size_t *exact, *folded;

        if (!low)
            return pl_fail_memory(cx);
        lower(name, low);
        exact = pl_map_add(cx->arena, &z->by_name, name, NULL);
        folded = pl_map_add(cx->arena, &z->by_lower, (pl_str){low, name.n}, NULL);
        if (!exact || !folded)
            return pl_fail_memory(cx);
        *exact = *folded = i + 1;
    }
    return PL_OK;
}

pl_status pl_zip_open(pl_ctx *cx, pl_bytes in, pl_zip **out)
{
    pl_zip *z = PL_NEW(cx->arena, pl_zip);
    directory d = {0};
    size_t start;

    if (!z)
        return pl_fail_memory(cx);
    PL_TRY(directory_find(cx, in, &d));
    if (d.n > cx->limits.entries)
        return pl_fail(cx, PL_ELIMIT, d.at, "the package has more than %zu entries",
                       cx->limits.entries);
    if (d.n > (d.end - d.at) / ENTRY_SIZE)
        return pl_fail(cx, PL_ESYNTAX, d.at, "the directory of the package breaks off");
    z->in = in;
    z->n = (size_t)d.n;
    z->entries = PL_NEW_N(cx->arena, entry, z->n);
    if (!z->entries)
        return pl_fail_memory(cx);
    start = d.at;
    for (size_t i = 0; i < z->n; i++) {
        PL_TRY(entry_read(cx, in, &d, &z->entries[i]));
        PL_TRY(entry_locate(cx, in, start, &z->entries[i]));
    }
    PL_TRY(entries_apart(cx, z));
    PL_TRY(names_index(cx, z));
    *out = z;
    return PL_OK;
}

size_t pl_zip_count(const pl_zip *z)
{
    return z->n;
}

pl_str pl_zip_name(const pl_zip *z, size_t i)
{
    return z->entries[i].name;
}

bool pl_zip_is_folder(const pl_zip *z, size_t i)
{
    return z->entries[i].folder;
}

enum { PATH_MAX_BYTES = 4096 }; /* longer ones are in no package that is read */

bool pl_zip_find(const pl_zip *z, pl_str path, size_t *i)
{
    char plain[PATH_MAX_BYTES], low[PATH_MAX_BYTES];
    const size_t *hit;
    pl_str name = {plain, 0};

    if (path.n >= PATH_MAX_BYTES || !path_append(path, plain, &name.n))
        return false;
    hit = pl_map_find(&z->by_name, name);
    if (!hit) {
        lower(name, low);
        hit = pl_map_find(&z->by_lower, (pl_str){low, name.n});
    }
    if (!hit)
        return false;
    *i = *hit - 1;
    return true;
}

/* Data. */

static pl_status budget_take(pl_ctx *cx, pl_zip *z, const entry *e)
{
    uint64_t ratio = cx->limits.expansion_ratio, most = cx->limits.expanded_bytes;

    if (e->expanded > FREE_BYTES && (ratio == 0 || e->expanded / ratio > e->size))
        return pl_fail(cx, PL_ELIMIT, e->data,
                       "entry \"%.*s\" expands to more than %zu times its size",
                       PL_FMT(pl_str_sub(e->name, 0, 60)), cx->limits.expansion_ratio);
    if (e->expanded > most || z->expanded > most - e->expanded)
        return pl_fail(cx, PL_ELIMIT, e->data,
                       "the package expands to more than %zu bytes",
                       cx->limits.expanded_bytes);
    z->expanded += e->expanded;
    return PL_OK;
}

static void *arena_zalloc(void *arena, unsigned n, unsigned size)
{
    return pl_arena_alloc(arena, n, size, _Alignof(max_align_t));
}

static void arena_zfree(void *arena, void *p)
{
    (void)arena;
    (void)p;
}

/* Inflate the whole of src, which has to fill dst exactly; Z_STREAM_END when it did. */
static int inflate_all(pl_arena *arena, pl_bytes src, unsigned char *dst, size_t n)
{
    z_stream s = {.zalloc = arena_zalloc, .zfree = arena_zfree, .opaque = arena};
    const size_t step = (size_t)1 << 30; /* zlib counts in 32 bits */
    int got = inflateInit2(&s, -MAX_WBITS);
    size_t in = 0, out = 0;

    if (got != Z_OK)
        return got;
    s.next_in = src.p;
    s.next_out = dst;
    do {
        if (s.avail_in == 0) {
            s.avail_in = (uInt)(src.n - in < step ? src.n - in : step);
            in += s.avail_in;
        }
        if (s.avail_out == 0) {
            s.avail_out = (uInt)(n - out < step ? n - out : step);
            out += s.avail_out;
        }
        got = inflate(&s, Z_NO_FLUSH);
    } while (got == Z_OK && (s.avail_in || in < src.n || s.avail_out || out < n));
    if (got == Z_STREAM_END && (out != n || s.avail_out != 0))
        return Z_BUF_ERROR;
    return got;
}

static pl_status entry_inflate(pl_ctx *cx, pl_bytes src, const entry *e,
                               unsigned char **out)
{
    unsigned char none = 0, *p;
    pl_arena_mark here;
    int got;

    if (e->expanded >= SIZE_MAX / 2)
        return pl_fail_memory(cx);
    p = PL_NEW_N(cx->arena, unsigned char, (size_t)e->expanded);
    if (!p)
        return pl_fail_memory(cx);
    here = pl_arena_here(cx->arena);
    got = inflate_all(cx->arena, src, e->expanded ? p : &none, (size_t)e->expanded);
    pl_arena_reset(cx->arena, here); /* the state of zlib */
    if (got == Z_MEM_ERROR)
        return pl_fail_memory(cx);
    if (got != Z_STREAM_END)
        return pl_fail(cx, PL_ESYNTAX, e->data, "entry \"%.*s\" is damaged",
                       PL_FMT(pl_str_sub(e->name, 0, 80)));
    *out = p;
    return PL_OK;
}

/* Refusals that need no look at the data. */
static pl_status entry_check(pl_ctx *cx, const entry *e)
{
    pl_str name = pl_str_sub(e->name, 0, 80);

    if (e->flags & (FLAG_ENCRYPTED | FLAG_MASKED))
        return pl_fail(cx, PL_EENCRYPTED, e->data, "entry \"%.*s\" is encrypted",
                       PL_FMT(name));
    if (e->method != METHOD_STORED && e->method != METHOD_DEFLATED)
        return pl_fail(cx, PL_EFORMAT, e->data,
                       "entry \"%.*s\" is packed by method %u, which is not read",
                       PL_FMT(name), (unsigned)e->method);
    if (e->method == METHOD_STORED && e->size != e->expanded)
        return pl_fail(cx, PL_ESYNTAX, e->data, "entry \"%.*s\" has two lengths",
                       PL_FMT(name));
    return PL_OK;
}

/* crc32 counts in 32 bits. */
static uint32_t checksum(pl_bytes b)
{
    uLong crc = crc32(0, NULL, 0);

    for (size_t at = 0; at < b.n;) {
        size_t n = b.n - at < ((size_t)1 << 30) ? b.n - at : (size_t)1 << 30;

        crc = crc32(crc, b.p + at, (uInt)n);
        at += n;
    }
    return (uint32_t)crc;
}

pl_status pl_zip_read_at(pl_ctx *cx, pl_zip *z, size_t i, pl_bytes *out)
{
    const entry *e = &z->entries[i];
    pl_bytes b = {z->in.p + e->data, (size_t)e->size};

    PL_TRY(entry_check(cx, e));
    PL_TRY(budget_take(cx, z, e));
    if (e->method == METHOD_DEFLATED) {
        unsigned char *p = NULL;

        PL_TRY(entry_inflate(cx, b, e, &p));
        b = (pl_bytes){p, (size_t)e->expanded};
    }
    if (checksum(b) != e->crc)
        return pl_fail(cx, PL_ESYNTAX, e->data,
                       "entry \"%.*s\" is damaged: its checksum differs",
                       PL_FMT(pl_str_sub(e->name, 0, 80)));
    *out = b;
    return PL_OK;
}

pl_status pl_zip_read(pl_ctx *cx, pl_zip *z, pl_str path, pl_bytes *out)
{
    size_t i;

    if (!pl_zip_find(z, path, &i))
        return pl_fail(cx, PL_ENOTFOUND, PL_NOPOS, "the package has no part \"%.*s\"",
                       PL_FMT(pl_str_sub(path, 0, 80)));
    return pl_zip_read_at(cx, z, i, out);
}
