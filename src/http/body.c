/* JSON bodies: strict, bounded, and of the route's fields. */
#include "http/exchange.h"
#include "text/moment.h"
#include <json-c/json.h>

enum { DEPTH = 16, WHERE_BYTES = 200 };

static json_object *parse(pl_str text)
{
    json_tokener *t = json_tokener_new_ex(DEPTH);
    json_object *o;

    if (!t)
        return NULL;
    json_tokener_set_flags(t, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    o = json_tokener_parse_ex(t, text.p, (int)text.n);
    if (json_tokener_get_error(t) != json_tokener_success ||
        json_tokener_get_parse_end(t) != text.n) {
        json_object_put(o);
        o = NULL;
    }
    json_tokener_free(t);
    return o;
}

static pl_str text_of(json_object *o)
{
    return (pl_str){json_object_get_string(o), (size_t)json_object_get_string_len(o)};
}

/* A text without NUL: neither database keeps one. */
static bool is_text(json_object *o)
{
    return json_object_is_type(o, json_type_string) &&
           !memchr(text_of(o).p, '\0', text_of(o).n);
}

static bool is_token(pl_str tokens, pl_str s)
{
    for (size_t at = 0; tokens.n && at <= tokens.n;) {
        size_t end = pl_str_find(tokens, PL_S(" "), at);

        if (end == PL_NOPOS)
            end = tokens.n;
        if (pl_str_eq(pl_str_sub(tokens, at, end - at), s))
            return true;
        at = end + 1;
    }
    return tokens.n == 0;
}

static bool is_decimal(pl_str s)
{
    pl_dec d;

    return pl_dec_from(s, &d);
}

static const char *check_fields(json_object *o, const pl_field *fields, pl_buf *where,
                                size_t depth);

static const char *check_list(json_object *o, const pl_field *f, pl_buf *where,
                              size_t depth)
{
    size_t n = where->n;

    if (!json_object_is_type(o, json_type_array))
        return "is a list";
    for (size_t i = 0; i < json_object_array_length(o); i++) {
        json_object *item = json_object_array_get_idx(o, i);
        const char *wrong = NULL;

        where->n = n;
        pl_buf_putf(where, "/%zu", i);
        if (f->kind == PL_FIELD_TEXTS)
            wrong = is_text(item) && is_token(f->tokens, text_of(item))
                        ? NULL
                        : "is a text of those allowed";
        else if (f->fields)
            wrong = check_fields(item, f->fields, where, depth + 1);
        if (wrong)
            return wrong;
    }
    where->n = n;
    return NULL;
}

/* What is wrong with a value; NULL: nothing. */
static const char *check_value(json_object *o, const pl_field *f, pl_buf *where,
                               size_t depth)
{
    int64_t s;

    if (!o)
        return f->nullable || !f->needed ? NULL : "may not be null";
    switch (f->kind) {
    case PL_FIELD_TEXT:
        return is_text(o) && is_token(f->tokens, text_of(o)) ? NULL
               : f->tokens.n ? "is not one of those allowed"
                             : "is a text";
    case PL_FIELD_TIME:
        return is_text(o) && pl_moment_parse(text_of(o), &s) ? NULL
                                                             : "is a moment of RFC 3339";
    case PL_FIELD_DECIMAL:
        return is_text(o) && is_decimal(text_of(o)) ? NULL : "is a decimal as text";
    case PL_FIELD_INT:
        return json_object_is_type(o, json_type_int) ? NULL : "is a whole number";
    case PL_FIELD_BOOL:
        return json_object_is_type(o, json_type_boolean) ? NULL : "is true or false";
    case PL_FIELD_TEXTS:
    case PL_FIELD_OBJECTS:
        return check_list(o, f, where, depth);
    case PL_FIELD_OBJECT:
        return f->fields ? check_fields(o, f->fields, where, depth + 1) : NULL;
    case PL_FIELD_KIND_COUNT:
        break;
    }
    return "is not known";
}

static const pl_field *field_named(const pl_field *fields, const char *name)
{
    for (; fields->name.n; fields++)
        if (pl_str_eq(fields->name, pl_str_from(name)))
            return fields;
    return NULL;
}

static const char *check_fields(json_object *o, const pl_field *fields, pl_buf *where,
                                size_t depth)
{
    size_t n = where->n;

    if (depth > DEPTH || !json_object_is_type(o, json_type_object))
        return "is an object";
    json_object_object_foreach(o, key, value)
    {
        const pl_field *f = field_named(fields, key);
        const char *wrong = "is not a field";

        where->n = n;
        pl_buf_putf(where, "/%.60s", key);
        if (f)
            wrong = check_value(value, f, where, depth);
        if (wrong)
            return wrong;
    }
    for (; fields->name.n; fields++)
        if (fields->needed &&
            !json_object_object_get_ex(o, fields->name.p, &(json_object *){NULL})) {
            where->n = n;
            pl_buf_putf(where, "/%.*s", PL_FMT(fields->name));
            return "is needed";
        }
    where->n = n;
    return NULL;
}

static bool refuse_value(pl_exchange *x, pl_buf *where, const char *wrong)
{
    pl_str detail = {0};

    pl_buf_putf(where, " %s", wrong);
    if (pl_buf_keep(&x->cx, where, &detail) != PL_OK)
        detail = pl_str_from(wrong);
    return pl_exchange_refuse(x, PL_PROBLEM_INVALID, detail);
}

bool pl_body_check(pl_exchange *x)
{
    const pl_route *r = x->match.route;
    const char *wrong;
    bool ok = true;
    pl_buf where;

    if (!r->body || (r->flags & PL_ROUTE_BYTES))
        return true;
    x->json = parse(pl_buf_str(&x->in));
    if (!x->json)
        return pl_exchange_refuse(x, PL_PROBLEM_BAD_JSON, (pl_str){0});
    pl_buf_init(&where, WHERE_BYTES);
    wrong = check_fields(x->json, r->body, &where, 0);
    if (wrong)
        ok = refuse_value(x, &where, wrong);
    pl_buf_release(&where);
    return ok;
}

void pl_body_free(pl_exchange *x)
{
    json_object_put(x->json);
    x->json = NULL;
}

/* ---- for handlers */

static json_object *value_of(const pl_call *c, pl_str name)
{
    json_object *o = NULL;
    char key[64];

    if (!c->x->json || name.n >= sizeof key)
        return NULL;
    memcpy(key, name.p, name.n);
    key[name.n] = '\0';
    json_object_object_get_ex(c->x->json, key, &o);
    return o;
}

bool pl_call_has(const pl_call *c, pl_str name)
{
    return value_of(c, name) != NULL;
}

bool pl_call_is_null(const pl_call *c, pl_str name)
{
    char key[64] = "";

    if (!c->x->json || name.n >= sizeof key)
        return false;
    memcpy(key, name.p, name.n);
    return json_object_object_get_ex(c->x->json, key, NULL) && !value_of(c, name);
}

pl_str pl_call_text(const pl_call *c, pl_str name)
{
    json_object *o = value_of(c, name);

    return o && json_object_is_type(o, json_type_string) ? text_of(o) : (pl_str){0};
}

int64_t pl_call_int(const pl_call *c, pl_str name)
{
    json_object *o = value_of(c, name);

    return o ? json_object_get_int64(o) : 0;
}

bool pl_call_bool(const pl_call *c, pl_str name)
{
    json_object *o = value_of(c, name);

    return o && json_object_get_boolean(o);
}

int64_t pl_call_time(const pl_call *c, pl_str name)
{
    int64_t s = 0;

    return pl_moment_parse(pl_call_text(c, name), &s) ? s : 0;
}

size_t pl_call_texts(const pl_call *c, pl_str name)
{
    json_object *o = value_of(c, name);

    return o && json_object_is_type(o, json_type_array) ? json_object_array_length(o) : 0;
}

pl_str pl_call_text_at(const pl_call *c, pl_str name, size_t i)
{
    return text_of(json_object_array_get_idx(value_of(c, name), i));
}
