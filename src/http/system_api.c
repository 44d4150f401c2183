/* Operations on the server itself. */
#include "http/exchange.h"
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
     .answer = health_fields},
    {.method = PL_METHOD_GET,
     .path = PL_S_INIT("/readyz"),
     .perm = PL_PERM_OPEN,
     .run = ready,
     .name = PL_S_INIT("ready"),
     .says = {PL_S_INIT("数据库可用"), PL_S_INIT("the database answers")},
     .answer = ready_fields},
    {.run = NULL},
};
