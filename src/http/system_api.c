/* Operations on the server itself. */
#include "http/events.h"
#include "http/metrics.h"
#include "http/openapi.h"
#include "http/server.h"

static pl_status health(pl_call *c)
{
    pl_json_open(&c->out, '{');
    pl_json_put_str(&c->out, PL_S("status"), PL_S("ok"));
    pl_json_put_str(&c->out, PL_S("version"), PL_S(PL_VERSION));
    pl_json_close(&c->out);
    return PL_OK;
}

/* The database answers, and its schema is this program's. */
static pl_status ready(pl_call *c)
{
    pl_schema_state schema;

    PL_TRY(pl_store_schema(c->cx, c->store, &schema));
    pl_json_open(&c->out, '{');
    pl_json_put_str(&c->out, PL_S("status"), PL_S("ok"));
    pl_json_put_int(&c->out, PL_S("schema"), schema.version);
    pl_json_close(&c->out);
    return PL_OK;
}

static pl_status metrics(pl_call *c)
{
    pl_server *s = c->x->server;

    c->content_type = PL_S("text/plain; version=0.0.4");
    pl_metrics_put(s->metrics, atomic_load(&s->connections), atomic_load(&s->running),
                   pl_hub_listeners(s->hub), c->body);
    return PL_OK;
}

/* Where a listener begins: behind the last it saw, else now. */
static pl_status events(pl_call *c)
{
    pl_str last = pl_call_header(c, "Last-Event-ID");
    int64_t now, from = 0;

    PL_TRY(pl_service_version(c->cx, c->store, &now));
    for (size_t i = 0; i < last.n && i < 18 && pl_is_digit(last.p[i]); i++)
        from = from * 10 + (last.p[i] - '0');
    if (last.n == 0 || from > now)
        from = now;
    c->content_type = PL_S("text/event-stream");
    pl_call_set(c, "X-Accel-Buffering", PL_S("no"));
    return pl_stream_begin(c->x, from)
               ? PL_OK
               : pl_fail(c->cx, PL_EBUSY, PL_NOPOS, "too many listen already");
}

static pl_status openapi(pl_call *c)
{
    pl_openapi_put(&c->out);
    return PL_OK;
}

static const pl_field health_fields[] = {
    PL_FIELD_TOKENS("status", "ok", "状态", "state"),
    PL_FIELD("version", TEXT, "程序版本", "version of the program"),
    PL_FIELD_END,
};

static const pl_field ready_fields[] = {
    PL_FIELD_TOKENS("status", "ok", "状态", "state"),
    PL_FIELD("schema", INT, "数据库结构版本", "version of the schema"),
    PL_FIELD_END,
};

const pl_route pl_routes_system[] = {
    {.method = PL_METHOD_GET,
     .path = PL_S_INIT("/healthz"),
     .perm = PL_PERM_OPEN,
     .run = health,
     .name = PL_S_INIT("health"),
     .says = {PL_S_INIT("程序在运行"), PL_S_INIT("the program runs")},
     .answer = health_fields,
     .flags = PL_ROUTE_ANYBODY},
    {.method = PL_METHOD_GET,
     .path = PL_S_INIT("/readyz"),
     .perm = PL_PERM_OPEN,
     .run = ready,
     .name = PL_S_INIT("ready"),
     .says = {PL_S_INIT("数据库可用"), PL_S_INIT("the database answers")},
     .answer = ready_fields},
    {.method = PL_METHOD_GET,
     .path = PL_S_INIT("/metrics"),
     .perm = PL_PERM_OPEN,
     .run = metrics,
     .name = PL_S_INIT("metrics"),
     .says = {PL_S_INIT("计数（Prometheus）"), PL_S_INIT("counts, for Prometheus")},
     .flags = PL_ROUTE_OTHER | PL_ROUTE_ANYBODY},
    {.method = PL_METHOD_GET,
     .path = PL_S_INIT("/api/v1/openapi.json"),
     .perm = PL_PERM_OPEN,
     .run = openapi,
     .name = PL_S_INIT("openapi"),
     .says = {PL_S_INIT("本接口的描述（OpenAPI 3.1）"),
              PL_S_INIT("the description of this API, OpenAPI 3.1")},
     .flags = PL_ROUTE_OTHER | PL_ROUTE_ANYBODY},
    {.method = PL_METHOD_GET,
     .path = PL_S_INIT("/api/v1/events"),
     .perm = PL_PERM_OWN_READ,
     .run = events,
     .name = PL_S_INIT("events"),
     .says = {PL_S_INIT("变更与导入进度（服务器推送）"),
              PL_S_INIT("changes, and progress of imports, as server-sent events")},
     .flags = PL_ROUTE_OTHER},
    {.run = NULL},
};
