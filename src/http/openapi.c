/* OpenAPI 3.1 from the table of operations: what is not in the table is not described,
 * and what is described is what the router does. https://spec.openapis.org/oas/v3.1.0 */
#include "http/openapi.h"
#include "http/problem.h"

static const struct kind_row {
    pl_str type, format;
} kinds[] = {
#define X(name, type, format) {PL_S_INIT(type), PL_S_INIT(format)},
    PL_FIELD_LIST_OF_KINDS(X)
#undef X
};
_Static_assert(PL_COUNT(kinds) == PL_FIELD_KIND_COUNT, "one row a kind");

static void put_object(pl_json *j, const pl_field *fields, bool is_request, int depth);

static void put_ref(pl_json *j, pl_str to)
{
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("$ref"), to);
    pl_json_close(j);
}

/* "中文 / English": one field of the description, both languages. */
static void put_says(pl_json *j, pl_str key, pl_bitext says)
{
    pl_buf b;

    pl_buf_init(&b, 4096);
    pl_buf_putf(&b, "%.*s / %.*s", PL_FMT(says.zh), PL_FMT(says.en));
    pl_json_put_str(j, key, pl_buf_str(&b));
    pl_buf_release(&b);
}

static void put_tokens(pl_json *j, pl_str tokens)
{
    pl_json_put_open(j, PL_S("enum"), '[');
    while (tokens.n) {
        size_t end = pl_str_find(tokens, PL_S(" "), 0);

        pl_json_str(j, pl_str_sub(tokens, 0, end == PL_NOPOS ? tokens.n : end));
        tokens = end == PL_NOPOS ? (pl_str){0} : pl_str_tail(tokens, end + 1);
    }
    pl_json_close(j);
}

static void put_type(pl_json *j, const pl_field *f)
{
    if (!f->nullable) {
        pl_json_put_str(j, PL_S("type"), kinds[f->kind].type);
        return;
    }
    pl_json_put_open(j, PL_S("type"), '[');
    pl_json_str(j, kinds[f->kind].type);
    pl_json_str(j, PL_S("null"));
    pl_json_close(j);
}

/* The schema of a value, without its brackets. */
static void put_schema(pl_json *j, const pl_field *f, bool is_request, int depth)
{
    enum { DEPTH = 8 };

    put_type(j, f);
    if (kinds[f->kind].format.n)
        pl_json_put_str(j, PL_S("format"), kinds[f->kind].format);
    if (f->kind == PL_FIELD_TEXTS) {
        pl_json_put_open(j, PL_S("items"), '{');
        pl_json_put_str(j, PL_S("type"), PL_S("string"));
        if (f->tokens.n)
            put_tokens(j, f->tokens);
        pl_json_close(j);
    } else if (f->tokens.n) {
        put_tokens(j, f->tokens);
    }
    if (f->kind == PL_FIELD_OBJECTS && f->fields && depth < DEPTH) {
        pl_json_put_open(j, PL_S("items"), '{');
        pl_json_put_str(j, PL_S("type"), PL_S("object"));
        put_object(j, f->fields, is_request, depth + 1);
        pl_json_close(j);
    } else if (f->kind == PL_FIELD_OBJECT && f->fields && depth < DEPTH) {
        put_object(j, f->fields, is_request, depth + 1);
    }
}

/* type, properties, required. Of an answer all fields are there; of a body those needed,
 * and no others are taken. */
static void put_object(pl_json *j, const pl_field *fields, bool is_request, int depth)
{
    if (depth == 0)
        pl_json_put_str(j, PL_S("type"), PL_S("object"));
    pl_json_put_open(j, PL_S("properties"), '{');
    for (const pl_field *f = fields; f->name.n; f++) {
        pl_json_put_open(j, f->name, '{');
        put_schema(j, f, is_request, depth);
        put_says(j, PL_S("description"), f->says);
        pl_json_close(j);
    }
    pl_json_close(j);
    if (!is_request)
        return;
    pl_json_put_open(j, PL_S("required"), '[');
    for (const pl_field *f = fields; f->name.n; f++)
        if (f->needed)
            pl_json_str(j, f->name);
    pl_json_close(j);
    pl_json_put_bool(j, PL_S("additionalProperties"), false);
}

/* ---- parameters */

static void put_parameter(pl_json *j, pl_str name, pl_str in, bool needed,
                          const pl_field *f, pl_bitext says)
{
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("name"), name);
    pl_json_put_str(j, PL_S("in"), in);
    pl_json_put_bool(j, PL_S("required"), needed);
    if (says.en.n)
        put_says(j, PL_S("description"), says);
    pl_json_put_open(j, PL_S("schema"), '{');
    if (f)
        put_schema(j, f, true, 0);
    else
        pl_json_put_str(j, PL_S("type"), PL_S("string"));
    pl_json_close(j);
    pl_json_close(j);
}

static void put_parameters(pl_json *j, const pl_route *r)
{
    size_t at = 0;

    pl_json_put_open(j, PL_S("parameters"), '[');
    while ((at = pl_str_find(r->path, PL_S("{"), at)) != PL_NOPOS) {
        size_t end = pl_str_find(r->path, PL_S("}"), at);

        put_parameter(j, pl_str_sub(r->path, at + 1, end - at - 1), PL_S("path"), true,
                      NULL, (pl_bitext){0});
        at = end;
    }
    for (const pl_field *f = r->query; f && f->name.n; f++)
        put_parameter(j, f->name, PL_S("query"), f->needed, f, f->says);
    if (r->flags & PL_ROUTE_MATCH)
        put_parameter(
            j, PL_S("If-Match"), PL_S("header"), true, NULL,
            (pl_bitext){PL_S("读取时得到的 ETag"), PL_S("ETag of what was read")});
    if (r->flags & PL_ROUTE_REPEATS)
        put_parameter(j, PL_S("Idempotency-Key"), PL_S("header"), false, NULL,
                      (pl_bitext){PL_S("重复同一请求时的编号"),
                                  PL_S("makes the request safe to repeat for a day")});
    pl_json_close(j);
}

/* ---- bodies and answers */

static void open_content(pl_json *j, pl_str type)
{
    pl_json_put_open(j, PL_S("content"), '{');
    pl_json_put_open(j, type, '{');
    pl_json_put_open(j, PL_S("schema"), '{');
}

static void close_content(pl_json *j)
{
    pl_json_close(j);
    pl_json_close(j);
    pl_json_close(j);
}

static void put_body(pl_json *j, const pl_route *r)
{
    bool bytes = (r->flags & PL_ROUTE_BYTES) != 0;

    if (!r->body && !bytes)
        return;
    pl_json_put_open(j, PL_S("requestBody"), '{');
    pl_json_put_bool(j, PL_S("required"), true);
    open_content(j, bytes ? PL_S("application/octet-stream") : PL_S("application/json"));
    if (!bytes)
        put_object(j, r->body, true, 0);
    close_content(j);
    pl_json_close(j);
}

static void put_list(pl_json *j, const pl_field *item)
{
    pl_json_put_str(j, PL_S("type"), PL_S("object"));
    pl_json_put_open(j, PL_S("properties"), '{');
    pl_json_put_open(j, PL_S("items"), '{');
    pl_json_put_str(j, PL_S("type"), PL_S("array"));
    pl_json_put_open(j, PL_S("items"), '{');
    put_object(j, item, false, 0);
    pl_json_close(j);
    pl_json_close(j);
    pl_json_put_open(j, PL_S("next"), '{');
    pl_json_put_open(j, PL_S("type"), '[');
    pl_json_str(j, PL_S("string"));
    pl_json_str(j, PL_S("null"));
    pl_json_close(j);
    pl_json_close(j);
    pl_json_put_open(j, PL_S("total"), '{');
    pl_json_put_str(j, PL_S("type"), PL_S("integer"));
    pl_json_close(j);
    pl_json_close(j);
    pl_json_put_open(j, PL_S("required"), '[');
    pl_json_str(j, PL_S("items"));
    pl_json_str(j, PL_S("next"));
    pl_json_str(j, PL_S("total"));
    pl_json_close(j);
}

static void put_answers(pl_json *j, const pl_route *r)
{
    bool none = !r->answer && !(r->flags & PL_ROUTE_OTHER);

    pl_json_put_open(j, PL_S("responses"), '{');
    pl_json_put_open(j,
                     r->flags & PL_ROUTE_CREATES ? PL_S("201")
                     : none                      ? PL_S("204")
                                                 : PL_S("200"),
                     '{');
    put_says(j, PL_S("description"), r->says);
    if (r->answer) {
        open_content(j, PL_S("application/json"));
        if (r->flags & PL_ROUTE_LIST)
            put_list(j, r->answer);
        else
            put_object(j, r->answer, false, 0);
        close_content(j);
    }
    pl_json_close(j);
    pl_json_key(j, PL_S("default"));
    put_ref(j, PL_S("#/components/responses/problem"));
    pl_json_close(j);
}

/* ---- the whole */

static void put_operation(pl_json *j, const pl_route *r)
{
    static const pl_str words[] = {PL_S_INIT("get"), PL_S_INIT("post"), PL_S_INIT("put"),
                                   PL_S_INIT("patch"), PL_S_INIT("delete")};

    _Static_assert(PL_COUNT(words) == PL_METHOD_COUNT, "one word a method");
    pl_json_put_open(j, words[r->method], '{');
    pl_json_put_str(j, PL_S("operationId"), r->name);
    put_says(j, PL_S("summary"), r->says);
    pl_json_put_str(j, PL_S("x-permission"), pl_perm_token(r->perm));
    put_parameters(j, r);
    put_body(j, r);
    put_answers(j, r);
    if (r->perm == PL_PERM_OPEN) {
        pl_json_put_open(j, PL_S("security"), '[');
        pl_json_close(j);
    }
    pl_json_close(j);
}

static bool is_first_of_path(size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (pl_str_eq(pl_route_at(k)->path, pl_route_at(i)->path))
            return false;
    return true;
}

static void put_paths(pl_json *j)
{
    const pl_route *r, *other;

    pl_json_put_open(j, PL_S("paths"), '{');
    for (size_t i = 0; (r = pl_route_at(i)) != NULL; i++) {
        if (!is_first_of_path(i))
            continue;
        pl_json_put_open(j, r->path, '{');
        for (size_t k = i; (other = pl_route_at(k)) != NULL; k++)
            if (pl_str_eq(other->path, r->path))
                put_operation(j, other);
        pl_json_close(j);
    }
    pl_json_close(j);
}

static const pl_field problem_fields[] = {
    PL_FIELD("type", TEXT, "问题类型", "what kind of problem"),
    PL_FIELD("title", TEXT, "说明", "what it is, in the language of Accept-Language"),
    PL_FIELD("status", INT, "HTTP 状态码", "HTTP status"),
    PL_FIELD("detail", TEXT, "详情", "more of it; may be absent"),
    PL_FIELD("instance", TEXT, "请求编号", "id of the request"),
    PL_FIELD_END,
};

static void put_scheme(pl_json *j, pl_str name, const char *const *pairs)
{
    pl_json_put_open(j, name, '{');
    for (; *pairs; pairs += 2)
        pl_json_put_str(j, pl_str_from(pairs[0]), pl_str_from(pairs[1]));
    pl_json_close(j);
}

static void put_components(pl_json *j)
{
    static const char *const token[] = {"type", "http", "scheme", "bearer", NULL};
    static const char *const session[] = {
        "type",        "apiKey",
        "in",          "cookie",
        "name",        "plumbline_session",
        "description", "writing requests also need X-CSRF-Token, from GET /session",
        NULL};

    pl_json_put_open(j, PL_S("components"), '{');
    pl_json_put_open(j, PL_S("securitySchemes"), '{');
    put_scheme(j, PL_S("token"), token);
    put_scheme(j, PL_S("session"), session);
    pl_json_close(j);
    pl_json_put_open(j, PL_S("responses"), '{');
    pl_json_put_open(j, PL_S("problem"), '{');
    pl_json_put_str(j, PL_S("description"),
                    PL_S("问题（RFC 9457） / a problem (RFC 9457)"));
    open_content(j, PL_S("application/problem+json"));
    put_object(j, problem_fields, false, 0);
    close_content(j);
    pl_json_close(j);
    pl_json_close(j);
    pl_json_close(j);
}

static void put_security(pl_json *j)
{
    static const pl_str names[] = {PL_S_INIT("token"), PL_S_INIT("session")};

    pl_json_put_open(j, PL_S("security"), '[');
    for (size_t i = 0; i < PL_COUNT(names); i++) {
        pl_json_open(j, '{');
        pl_json_put_open(j, names[i], '[');
        pl_json_close(j);
        pl_json_close(j);
    }
    pl_json_close(j);
}

void pl_openapi_put(pl_json *j)
{
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("openapi"), PL_S("3.1.0"));
    pl_json_put_open(j, PL_S("info"), '{');
    pl_json_put_str(j, PL_S("title"), PL_S("准绳 Plumbline"));
    pl_json_put_str(j, PL_S("version"), PL_S(PL_VERSION));
    pl_json_close(j);
    put_security(j);
    put_paths(j);
    put_components(j);
    pl_json_close(j);
}
