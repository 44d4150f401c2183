#include "doc/archive.h"

#include "codec/zip.h"
#include "doc/opc.h"
#include "text/utf8.h"

enum {
    SNIFF_ARENA_BYTES = 64 << 20,
    MEMBER_BYTES = 3 /* on the wire, at least */
};

/* Entries that make a ZIP file something else: at its top, or one folder down. */
static const pl_str telling[] = {
    PL_S_INIT("OFD.xml"),
    PL_S_INIT("ofd.xml"),
    PL_S_INIT("mimetype"),
    PL_S_INIT("META-INF/MANIFEST.MF"),
    PL_S_INIT("AndroidManifest.xml"),
};

static bool tells(pl_str name)
{
    size_t folder = pl_str_find(name, PL_S("/"), 0);

    return pl_str_is_any(name, telling, PL_COUNT(telling)) ||
           (folder != PL_NOPOS &&
            pl_str_is_any(pl_str_tail(name, folder + 1), telling, 2));
}

bool pl_archive_is(pl_bytes in)
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    bool yes = false;
    pl_zip *zip;
    pl_opc o;

    if (!pl_zip_is(in))
        return false;
    cx.arena = pl_arena_new(SNIFF_ARENA_BYTES);
    if (!cx.arena)
        return false;
    if (pl_zip_open(&cx, in, &zip) == PL_OK && pl_opc_open(&cx, zip, &o) == PL_OK)
        yes = o.kind == PL_OPC_NONE && pl_zip_count(zip) > 0;
    for (size_t i = 0; yes && i < pl_zip_count(zip); i++)
        yes = !tells(pl_zip_name(zip, i));
    pl_arena_free(cx.arena);
    return yes;
}

/* Left there by systems, not by people. */
static bool is_debris(pl_str name)
{
    return pl_str_starts(name, PL_S(".")) || pl_str_has(name, PL_S("/.")) ||
           pl_str_starts(name, PL_S("__MACOSX")) || pl_str_ends(name, PL_S("Thumbs.db"));
}

pl_status pl_archive_read(pl_ctx *cx, pl_bytes in, pl_members *out)
{
    pl_zip *zip;

    *out = (pl_members){0};
    PL_TRY(pl_zip_open(cx, in, &zip));
    for (size_t i = 0; i < pl_zip_count(zip); i++) {
        pl_str name = pl_zip_name(zip, i);
        pl_member *m;
        pl_status st;

        if (pl_zip_is_folder(zip, i) || name.n == 0)
            continue;
        if (is_debris(name)) {
            out->skipped++;
            continue;
        }
        m = PL_VEC_ADD(cx->arena, &out->list);
        if (!m)
            return pl_fail_memory(cx);
        m->name = name;
        st = pl_zip_read_at(cx, zip, i, &m->bytes);
        if (st == PL_ELIMIT || st == PL_ENOMEM)
            return st;
        if (st != PL_OK) {
            m->bytes = (pl_bytes){0};
            m->err = cx->err;
        }
    }
    return PL_OK;
}

void pl_members_put(pl_buf *b, const pl_members *m)
{
    pl_wire_put(b, m->skipped);
    pl_wire_put(b, m->list.n);
    for (size_t i = 0; i < m->list.n; i++) {
        const pl_member *f = &m->list.p[i];
        bool read = f->err.code == PL_OK;

        pl_wire_put_str(b, f->name);
        pl_wire_put(b, read);
        if (read)
            pl_wire_put_str(b, (pl_str){(const char *)f->bytes.p, f->bytes.n});
        else
            pl_wire_put_err(b, &f->err);
    }
}

/* A path as pl_zip_name gives it: UTF-8, no control characters. */
static pl_str get_name(pl_wire *w)
{
    pl_bytes b = pl_wire_get_bytes(w);

    for (size_t i = 0; i < b.n; i++)
        w->bad |= b.p[i] < ' ' || b.p[i] == 0x7F;
    w->bad |= b.n == 0 || pl_utf8_bad(b) != PL_NOPOS;
    return w->bad ? (pl_str){0} : (pl_str){(const char *)b.p, b.n};
}

pl_status pl_members_get(pl_ctx *cx, pl_wire *w, pl_members *out)
{
    size_t n;

    *out = (pl_members){.skipped = (size_t)pl_wire_get(w, cx->limits.entries)};
    n = pl_wire_get_count(w, MEMBER_BYTES);
    for (size_t i = 0; i < n && !w->bad; i++) {
        pl_member *m = PL_VEC_ADD(cx->arena, &out->list);

        if (!m)
            return pl_fail_memory(cx);
        m->name = get_name(w);
        if (pl_wire_get(w, 1))
            m->bytes = pl_wire_get_bytes(w);
        else
            pl_wire_get_err(w, &m->err);
    }
    if (w->bad || n > cx->limits.entries)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "the reader sent what is no archive");
    return PL_OK;
}
