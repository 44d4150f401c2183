#include "base/file.h"
#include "box/box.h"
#include "cli/documents.h"

enum { ARCHIVES_DEEP = 3, NAME_BYTES_MAX = 4096 };

/* One document, or what stands for one that cannot be read. */
static bool emit(pl_visit *v, pl_record *r)
{
    r->listed = v->listed;
    return v->emit(v, r);
}

static bool emit_failure(pl_visit *v, const pl_ctx *cx, const char *name)
{
    pl_record r = {.code = pl_app_fail(cx, name), .tally = {.unreadable = 1}};

    return emit(v, &r);
}

static bool emit_document(pl_visit *v, pl_ctx *cx, const char *name, pl_bytes bytes,
                          const pl_doc *doc)
{
    pl_document d = {.name = name, .bytes = bytes, .doc = doc, .listed = v->listed};
    bool checked = v->app->command->lists_checks;
    pl_record r = {0};

    r.code = v->each(v->app, cx, &d, &r.tally);
    if (r.code == PL_EXIT_UNREADABLE)
        r.tally = (pl_tally){.unreadable = 1};
    else if (v->listed)
        pl_list_line(&v->app->out, checked, &r.tally, pl_str_from(name), &v->app->style);
    return emit(v, &r);
}

static bool visit(pl_visit *v, pl_ctx *cx, const char *name, pl_bytes bytes, bool found,
                  size_t depth);

/* "a.zip:b.docx"; NULL when memory runs out. */
static const char *member_name(pl_ctx *cx, const char *archive, pl_str name)
{
    size_t n = strlen(archive);
    char *p;

    name = pl_str_sub(name, 0, NAME_BYTES_MAX);
    p = PL_NEW_N(cx->arena, char, n + name.n + 2);
    if (!p)
        return NULL;
    memcpy(p, archive, n);
    p[n] = ':';
    memcpy(p + n + 1, name.p, name.n);
    return p;
}

static bool visit_member(pl_visit *v, pl_ctx *cx, const char *archive, const pl_member *m,
                         size_t depth)
{
    const char *name = member_name(cx, archive, m->name);

    v->unpacked_bytes += m->bytes.n;
    if (!name)
        pl_fail_memory(cx);
    else if (++v->members > cx->limits.entries)
        pl_fail(cx, PL_ELIMIT, PL_NOPOS, "an archive of more than %zu files",
                cx->limits.entries);
    else if (v->unpacked_bytes > cx->limits.expanded_bytes)
        pl_fail(cx, PL_ELIMIT, PL_NOPOS, "an archive that unpacks to more than %zu bytes",
                cx->limits.expanded_bytes);
    else if (m->err.code != PL_OK)
        cx->err = m->err;
    else
        return visit(v, cx, name, m->bytes, true, depth);
    return emit_failure(v, cx, name ? name : archive);
}

/* The files of an archive, one after the other in the same memory. */
static bool visit_members(pl_visit *v, pl_ctx *cx, const char *archive,
                          const pl_members *all, size_t depth)
{
    pl_record skipped = {.tally = {.skipped = all->skipped}};
    bool go_on = emit(v, &skipped);

    if (depth == 0) {
        pl_fail(cx, PL_ELIMIT, PL_NOPOS, "archives in archives, more than %d deep",
                ARCHIVES_DEEP);
        return emit_failure(v, cx, archive);
    }
    for (size_t i = 0; go_on && i < all->list.n; i++) {
        pl_arena_mark here = pl_arena_here(cx->arena);

        go_on = visit_member(v, cx, archive, &all->list.p[i], depth - 1);
        if (v->unpacked_bytes > cx->limits.expanded_bytes ||
            v->members > cx->limits.entries)
            break;
        pl_arena_reset(cx->arena, here);
    }
    return go_on;
}

static bool visit(pl_visit *v, pl_ctx *cx, const char *name, pl_bytes bytes, bool found,
                  size_t depth)
{
    size_t most = pl_ctx_bound(cx, bytes.n), ceiling = cx->limits.arena_bytes;
    pl_box_found f;
    pl_status st;
    bool go_on;

    pl_ctx_ceiling(cx, most); /* an archive may hold more than one document takes */
    st = pl_box_read(cx, bytes, &f);

    if (st == PL_EFORMAT && found) {
        pl_record r = {.tally = {.skipped = 1}};

        return emit(v, &r);
    }
    if (st != PL_OK)
        return emit_failure(v, cx, name);
    if (f.doc) {
        pl_ctx_ceiling(cx, ceiling);
        go_on = emit_document(v, cx, name, bytes, f.doc);
        pl_ctx_ceiling(cx, most);
        return go_on;
    }
    if (f.members.list.n > 1 && !v->app->opts.full && !v->app->opts.json)
        v->listed = true;
    return visit_members(v, cx, name, &f.members, depth);
}

bool pl_visit_input(pl_visit *v, const pl_input *in)
{
    pl_bytes bytes;
    bool go_on;
    pl_ctx cx;

    v->members = v->unpacked_bytes = 0;
    if (!pl_app_ctx(v->app, &cx)) {
        pl_app_usage("out of memory");
        return false;
    }
    pl_arena_expect_much(cx.arena);
    if (pl_file_read(&cx, in->path, &bytes) == PL_OK)
        go_on = visit(v, &cx, in->path, bytes, in->found, ARCHIVES_DEEP);
    else
        go_on = emit_failure(v, &cx, in->path);
    pl_arena_free(cx.arena);
    return go_on;
}
