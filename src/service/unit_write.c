/* Units: their tree and other names, one by one and in bulk. */
#include "codec/csv.h"
#include "codec/json.h"
#include "records/plan_rows.h"
#include "service/people_internal.h"
#include "service/plan_write.h"
#include "text/utf8.h"
#include <json-c/json.h>

enum { ENTRY_BYTES = 1 << 20, DEPTH_MOST = 64, ROWS_MOST = 100000, NAME_BYTES = 600 };

pl_str pl_bulk_token(pl_bulk b)
{
    static const pl_str tokens[] = {
#define X(name, token) PL_S_INIT(token),
        PL_BULK_LIST(X)
#undef X
    };

    return tokens[b];
}

typedef struct unit_state {
    pl_str name, parent_id;
    int64_t revision;
    PL_VEC(pl_str) aliases;
} unit_state;

typedef struct writer {
    pl_ctx *cx;
    const pl_request *rq;
    pl_store *s;
    pl_str region_id;
} writer;

static pl_status read_aliases(const writer *w, const pl_value key[2], unit_state *out)
{
    bool more;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(w->cx, w->s, PL_Q_unit_aliases, key, 2, &r));
    while ((st = pl_rows_next(w->cx, r, &more)) == PL_OK && more) {
        pl_str *one = PL_VEC_ADD(w->cx->arena, &out->aliases);

        st = one ? pl_str_keep(w->cx, pl_rows_text(r, 0), one) : pl_fail_memory(w->cx);
        if (st != PL_OK)
            break;
    }
    pl_rows_end(r);
    return st;
}

static pl_status read_unit(const writer *w, pl_str unit_id, unit_state *out)
{
    pl_value key[] = {PL_V_TEXT(w->region_id), PL_V_TEXT(unit_id)};
    bool more = false;
    pl_rows *r;
    pl_status st;

    *out = (unit_state){0};
    PL_TRY(pl_rows_begin(w->cx, w->s, PL_Q_unit_state, key, 2, &r));
    st = pl_rows_next(w->cx, r, &more);
    if (st == PL_OK && more)
        st = pl_str_keep(w->cx, pl_rows_text(r, 0), &out->name);
    if (st == PL_OK && more)
        st = pl_str_keep(w->cx, pl_rows_text(r, 1), &out->parent_id);
    out->revision = st == PL_OK && more ? pl_rows_int(r, 2) : 0;
    pl_rows_end(r);
    if (st == PL_OK && !more)
        return pl_fail(w->cx, PL_ENOTFOUND, PL_NOPOS, "no such unit");
    return st == PL_OK ? read_aliases(w, key, out) : st;
}

static pl_status unit_json(pl_ctx *cx, const unit_state *u, pl_str *out)
{
    pl_buf b;
    pl_json j;
    pl_status st;

    pl_buf_init(&b, ENTRY_BYTES);
    j = pl_json_begin(&b);
    pl_json_open(&j, '{');
    pl_json_put_str(&j, PL_S("name"), u->name);
    pl_json_put_str_or_null(&j, PL_S("parent"), u->parent_id);
    pl_json_put_open(&j, PL_S("aliases"), '[');
    for (size_t i = 0; i < u->aliases.n; i++)
        pl_json_str(&j, u->aliases.p[i]);
    pl_json_close(&j);
    pl_json_close(&j);
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

/* The parent is a unit, and not below this one. */
static pl_status look_at_parent(const writer *w, pl_str unit_id, pl_str parent_id)
{
    unit_state up;

    for (int depth = 0; parent_id.n; depth++) {
        pl_status st;

        if (depth == DEPTH_MOST || pl_str_eq(parent_id, unit_id))
            return pl_fail(w->cx, PL_ESYNTAX, PL_NOPOS,
                           "a unit is not below itself, nor deeper than 64");
        st = read_unit(w, parent_id, &up);
        if (st == PL_ENOTFOUND)
            return pl_fail(w->cx, PL_ESYNTAX, PL_NOPOS, "no such parent");
        PL_TRY(st);
        parent_id = up.parent_id;
    }
    return PL_OK;
}

static pl_status find_unit(const writer *w, pl_str name, pl_str *out)
{
    pl_value args[] = {PL_V_TEXT(w->region_id), PL_V_TEXT(name)};

    return pl_id_look_up(w->cx, w->s, PL_Q_unit_find, args, PL_COUNT(args), out);
}

/* An alias is a name, and no other unit's. */
static pl_status look_at_alias(const writer *w, pl_str unit_id, pl_str alias)
{
    pl_str of;

    if (alias.n == 0 || alias.n > NAME_BYTES)
        return pl_fail(w->cx, PL_ESYNTAX, PL_NOPOS, "an alias is a name, not empty");
    PL_TRY(find_unit(w, alias, &of));
    if (of.n && !pl_str_eq(of, unit_id))
        return pl_fail(w->cx, PL_ESYNTAX, PL_NOPOS, "another unit is named %.*s",
                       PL_FMT(alias));
    return PL_OK;
}

static pl_status set_aliases(const writer *w, pl_str unit_id, const pl_unit_edit *edit)
{
    pl_value key[] = {PL_V_TEXT(w->region_id), PL_V_TEXT(unit_id)};

    PL_TRY(pl_store_run(w->cx, w->s, PL_Q_unit_alias_clear, key, 2, NULL));
    for (size_t i = 0; i < edit->n_aliases; i++) {
        pl_value args[] = {key[0], PL_V_TEXT(pl_str_trim(edit->aliases[i])), key[1]};

        PL_TRY(pl_store_run(w->cx, w->s, PL_Q_unit_alias_put, args, 3, NULL));
    }
    return PL_OK;
}

/* Look at everything before the first statement that writes: on PostgreSQL a statement
 * that fails takes the transaction with it. */
static pl_status look_at_edit(const writer *w, pl_str unit_id, const pl_unit_edit *edit)
{
    if (edit->has_parent)
        PL_TRY(look_at_parent(w, unit_id, edit->parent_id));
    for (size_t i = 0; edit->has_aliases && i < edit->n_aliases; i++)
        PL_TRY(look_at_alias(w, unit_id, pl_str_trim(edit->aliases[i])));
    return PL_OK;
}

static pl_status audit_unit(const writer *w, const char *action, pl_str unit_id,
                            pl_str was)
{
    unit_state now;
    pl_str becomes;

    PL_TRY(read_unit(w, unit_id, &now));
    PL_TRY(unit_json(w->cx, &now, &becomes));
    return pl_people_audit(w->cx, w->rq, w->s, w->region_id, action, "unit", unit_id, was,
                           becomes);
}

static pl_status set(const writer *w, pl_str unit_id, const pl_unit_edit *edit,
                     int64_t seen)
{
    unit_state was;
    int64_t changed;
    pl_str before, parent;

    PL_TRY(read_unit(w, unit_id, &was));
    if (seen >= 0 && seen != was.revision)
        return pl_fail(w->cx, PL_ECONFLICT, PL_NOPOS, "somebody changed it meanwhile");
    PL_TRY(look_at_edit(w, unit_id, edit));
    PL_TRY(unit_json(w->cx, &was, &before));
    parent = edit->has_parent ? edit->parent_id : was.parent_id;
    pl_value args[] = {PL_V_TEXT(w->region_id), PL_V_TEXT(unit_id),
                       parent.n ? PL_V_TEXT(parent) : PL_V_NULL, PL_V_INT(was.revision)};
    PL_TRY(pl_store_run(w->cx, w->s, PL_Q_unit_set, args, PL_COUNT(args), &changed));
    if (changed != 1)
        return pl_fail(w->cx, PL_ECONFLICT, PL_NOPOS, "somebody changed it meanwhile");
    if (edit->has_aliases)
        PL_TRY(set_aliases(w, unit_id, edit));
    return audit_unit(w, "unit_edit", unit_id, before);
}

pl_status pl_service_unit_set(pl_ctx *cx, const pl_request *rq, pl_store *s,
                              pl_str region_id, pl_str unit_id, const pl_unit_edit *edit,
                              int64_t seen)
{
    writer w = {cx, rq, s, region_id};

    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, set(&w, unit_id, edit, seen));
}

/* ---- in bulk: what is sent */

static pl_status split_aliases(pl_ctx *cx, pl_str text, pl_unit_row *row)
{
    static const pl_str parts[] = {PL_S_INIT("、"), PL_S_INIT(";"), PL_S_INIT("；")};

    while (text.n) {
        size_t end = text.n, n = 0;
        pl_str one;

        for (size_t i = 0; i < PL_COUNT(parts); i++) {
            size_t at = pl_str_find(text, parts[i], 0);

            if (at < end) {
                end = at;
                n = parts[i].n;
            }
        }
        one = pl_str_trim(pl_str_sub(text, 0, end));
        text = pl_str_tail(text, end + n);
        if (one.n == 0)
            continue;
        pl_str *slot = PL_VEC_ADD(cx->arena, &row->aliases);
        if (!slot)
            return pl_fail_memory(cx);
        *slot = one;
    }
    return PL_OK;
}

static pl_status add_row(pl_ctx *cx, pl_unit_rows *out, pl_unit_row **row)
{
    if (out->n == ROWS_MOST)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "more than 100,000 rows");
    *row = PL_VEC_ADD(cx->arena, out);
    return *row ? PL_OK : pl_fail_memory(cx);
}

static pl_status fail_line(pl_ctx *cx, size_t line, const char *what)
{
    pl_status st = pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "line %zu: %s", line, what);

    cx->err.line = (uint32_t)line;
    return st;
}

static size_t column_named(const pl_csv_row *names, pl_str name)
{
    for (size_t i = 0; i < names->n; i++)
        if (pl_str_eq(pl_str_trim(names->p[i]), name))
            return i;
    return PL_NOPOS;
}

static pl_str value_at(const pl_csv_row *row, size_t col)
{
    return col < row->n ? pl_str_trim(row->p[col]) : (pl_str){0};
}

static pl_status read_csv(pl_ctx *cx, pl_str text, pl_unit_rows *out)
{
    pl_csv_row names = {0}, row = {0};
    size_t line = 1, name, parent, aliases;

    PL_TRY(pl_csv_read(cx, &text, &names));
    name = column_named(&names, PL_S("name"));
    parent = column_named(&names, PL_S("parent"));
    aliases = column_named(&names, PL_S("aliases"));
    if (name == PL_NOPOS)
        return fail_line(cx, 1, "the first line names columns: name, parent, aliases");
    while (text.n) {
        pl_unit_row *u;

        line++;
        row.n = 0;
        if (pl_csv_read(cx, &text, &row) != PL_OK)
            return fail_line(cx, line, "not CSV");
        if (row.n == 1 && row.p[0].n == 0)
            continue;
        PL_TRY(add_row(cx, out, &u));
        u->name = value_at(&row, name);
        u->has_parent = parent != PL_NOPOS;
        u->parent_name = value_at(&row, parent);
        u->has_aliases = aliases != PL_NOPOS;
        PL_TRY(split_aliases(cx, value_at(&row, aliases), u));
    }
    return PL_OK;
}

static pl_status keep_json_text(pl_ctx *cx, json_object *v, pl_str *out)
{
    pl_str text = {json_object_get_string(v), (size_t)json_object_get_string_len(v)};

    return pl_str_keep(cx, pl_str_trim(text), out);
}

/* Texts, or null for none; false: a member of another kind. */
static pl_status read_members(pl_ctx *cx, json_object *o, pl_unit_row *u, bool *good)
{
    json_object *v = NULL;

    *good = json_object_object_get_ex(o, "name", &v) &&
            json_object_is_type(v, json_type_string);
    if (*good)
        PL_TRY(keep_json_text(cx, v, &u->name));
    u->has_parent = json_object_object_get_ex(o, "parent", &v);
    if (u->has_parent && v) {
        *good &= json_object_is_type(v, json_type_string);
        if (*good)
            PL_TRY(keep_json_text(cx, v, &u->parent_name));
    }
    u->has_aliases = json_object_object_get_ex(o, "aliases", &v);
    *good &= !u->has_aliases || json_object_is_type(v, json_type_array);
    for (size_t i = 0; *good && u->has_aliases && i < json_object_array_length(v); i++) {
        json_object *one = json_object_array_get_idx(v, i);
        pl_str *slot = PL_VEC_ADD(cx->arena, &u->aliases);

        if (!slot)
            return pl_fail_memory(cx);
        *good = json_object_is_type(one, json_type_string);
        if (*good)
            PL_TRY(keep_json_text(cx, one, slot));
    }
    return PL_OK;
}

static pl_status read_object(pl_ctx *cx, pl_str line, pl_unit_row *u, bool *good)
{
    json_tokener *t = json_tokener_new_ex(8);
    json_object *o = NULL;
    pl_status st = PL_OK;

    if (!t)
        return pl_fail_memory(cx);
    json_tokener_set_flags(t, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    o = json_tokener_parse_ex(t, line.p, (int)line.n);
    *good = o && json_object_is_type(o, json_type_object) &&
            json_tokener_get_parse_end(t) == line.n;
    if (*good)
        st = read_members(cx, o, u, good);
    json_object_put(o);
    json_tokener_free(t);
    return st;
}

static pl_status read_ndjson(pl_ctx *cx, pl_str text, pl_unit_rows *out)
{
    for (size_t line = 1; text.n; line++) {
        size_t end = pl_str_find(text, PL_S("\n"), 0);
        pl_str one = pl_str_trim(pl_str_sub(text, 0, end == PL_NOPOS ? text.n : end));
        bool good;
        pl_unit_row *u;

        text = end == PL_NOPOS ? (pl_str){0} : pl_str_tail(text, end + 1);
        if (one.n == 0)
            continue;
        PL_TRY(add_row(cx, out, &u));
        PL_TRY(read_object(cx, one, u, &good));
        if (!good)
            return fail_line(cx, line, "not an object with name, parent, aliases");
    }
    return PL_OK;
}

pl_status pl_unit_rows_read(pl_ctx *cx, pl_bytes body, pl_unit_rows *out)
{
    pl_str text = {(const char *)body.p, body.n};

    *out = (pl_unit_rows){0};
    if (pl_utf8_bad(body) != PL_NOPOS || body.n > INT32_MAX)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "not UTF-8");
    (void)pl_str_eat(&text, PL_S("\xEF\xBB\xBF"));
    return pl_str_starts(text, PL_S("{")) ? read_ndjson(cx, text, out)
                                          : read_csv(cx, text, out);
}

/* ---- in bulk: writing */

static pl_status make_unit(const writer *w, pl_str name, pl_str *id)
{
    PL_TRY(pl_id_new(w->cx, w->rq->now, id));
    pl_value args[] = {PL_V_TEXT(w->region_id), PL_V_TEXT(*id), PL_V_NULL,
                       PL_V_TEXT(name)};
    return pl_store_run(w->cx, w->s, PL_Q_unit_put, args, PL_COUNT(args), NULL);
}

static bool same_aliases(const unit_state *u, const pl_unit_edit *edit)
{
    if (u->aliases.n != edit->n_aliases)
        return false;
    for (size_t i = 0; i < edit->n_aliases; i++)
        if (!pl_str_is_any(edit->aliases[i], u->aliases.p, u->aliases.n))
            return false;
    return true;
}

static pl_status look_at_row(const writer *w, const pl_unit_row *row, pl_str id,
                             pl_unit_edit *edit)
{
    *edit = (pl_unit_edit){
        row->has_parent, row->has_aliases, {0}, row->aliases.p, row->aliases.n};
    if (row->name.n == 0 || row->name.n > NAME_BYTES)
        return pl_fail(w->cx, PL_ESYNTAX, PL_NOPOS, "a unit has a name");
    if (row->parent_name.n) {
        PL_TRY(find_unit(w, row->parent_name, &edit->parent_id));
        if (edit->parent_id.n == 0)
            return pl_fail(w->cx, PL_ESYNTAX, PL_NOPOS, "no unit is named %.*s",
                           PL_FMT(row->parent_name));
    }
    return look_at_edit(w, id, edit);
}

static pl_status write_row(const writer *w, pl_unit_row *row)
{
    pl_unit_edit edit;
    unit_state was;
    pl_str id;

    PL_TRY(find_unit(w, row->name, &id));
    PL_TRY(look_at_row(w, row, id, &edit));
    row->became = id.n ? PL_BULK_UPDATED : PL_BULK_CREATED;
    if (id.n == 0)
        PL_TRY(make_unit(w, row->name, &id));
    PL_TRY(read_unit(w, id, &was));
    if (row->became == PL_BULK_UPDATED &&
        (!edit.has_parent || pl_str_eq(edit.parent_id, was.parent_id)) &&
        (!edit.has_aliases || same_aliases(&was, &edit))) {
        row->became = PL_BULK_SAME;
        return PL_OK;
    }
    return set(w, id, &edit, was.revision);
}

static pl_status write_rows(const writer *w, pl_unit_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        pl_status st = write_row(w, &rows->p[i]);

        if (st == PL_ESYNTAX) {
            rows->p[i].became = PL_BULK_REFUSED;
            st = pl_str_keep(w->cx, pl_str_from(w->cx->err.msg), &rows->p[i].wrong);
        }
        PL_TRY(st);
    }
    return PL_OK;
}

pl_status pl_service_units(pl_ctx *cx, const pl_request *rq, pl_store *s,
                           pl_str region_id, pl_unit_rows *rows, bool dry)
{
    writer w = {cx, rq, s, region_id};
    pl_status st;

    PL_TRY(pl_people_begin(cx, s));
    st = write_rows(&w, rows);
    if (st == PL_OK && dry) {
        pl_store_rollback(s);
        return PL_OK;
    }
    return pl_service_end(cx, s, st);
}
