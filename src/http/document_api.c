/* Operations on documents: what was published, as it came and as it was read. */
#include "http/events.h"
#include "http/metrics.h"
#include "http/server.h"
#include "report/json_parts.h"
#include "service/documents.h"
#include "text/moment.h"

enum { NAME_BYTES = 255, IMPORT_ID_CHARS = 64 };

static void put_moment(pl_json *j, pl_str key, int64_t s)
{
    char room[32];
    pl_buf b = {.p = room, .cap = sizeof room, .max_bytes = sizeof room};

    pl_moment_put(&b, s);
    pl_json_put_str(j, key, pl_buf_str(&b));
}

static void put_document(pl_json *j, const pl_document_row *d)
{
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("id"), d->document_id);
    pl_json_put_str(j, PL_S("name"), d->file_name);
    pl_json_put_str(j, PL_S("format"), d->format);
    pl_json_put_str(j, PL_S("title"), d->title);
    pl_json_put_int(j, PL_S("bytes"), d->bytes);
    pl_json_put_str(j, PL_S("sha256"), d->sha256);
    pl_json_put_str_or_null(j, PL_S("plan"), d->plan_id);
    put_moment(j, PL_S("recorded_at"), d->recorded_at_s);
    pl_json_put_str(j, PL_S("recorded_by"), d->recorded_by);
    pl_json_close(j);
}

/* The cursor of the next page: where it begins. */
static void put_next(pl_json *j, int64_t next, int64_t total)
{
    char room[32];
    pl_buf b = {.p = room, .cap = sizeof room, .max_bytes = sizeof room};

    if (next < total)
        pl_buf_putf(&b, "%lld", (long long)next);
    pl_json_put_str_or_null(j, PL_S("next"), pl_buf_str(&b));
}

static pl_status document_list(pl_call *c)
{
    pl_document_rows all;
    int64_t most, from;

    PL_TRY(pl_call_query_int(c, PL_S("limit"), 1, 500, 100, &most));
    PL_TRY(pl_call_query_int(c, PL_S("cursor"), 0, INT32_MAX, 0, &from));
    PL_TRY(pl_service_documents(c->cx, c->store, c->who.region_id, &all));
    pl_json_open(&c->out, '{');
    pl_json_put_open(&c->out, PL_S("items"), '[');
    for (size_t i = (size_t)from; i < all.n && i < (size_t)(from + most); i++)
        put_document(&c->out, &all.p[i]);
    pl_json_close(&c->out);
    put_next(&c->out, from + most, (int64_t)all.n);
    pl_json_put_int(&c->out, PL_S("total"), (int64_t)all.n);
    pl_json_close(&c->out);
    return PL_OK;
}

static pl_status document_get(pl_call *c)
{
    pl_document_row d;

    PL_TRY(pl_service_document(c->cx, c->store, c->who.region_id,
                               pl_call_param(c, PL_S("document")), &d));
    c->etag = d.sha256;
    put_document(&c->out, &d);
    return PL_OK;
}

/* ---- as it came */

static const struct {
    pl_str format, type;
} types[] = {
    {PL_S_INIT("text"), PL_S_INIT("text/plain")},
    {PL_S_INIT("html"), PL_S_INIT("text/html")},
    {PL_S_INIT("docx"), PL_S_INIT("application/vnd.openxmlformats-officedocument."
                                  "wordprocessingml.document")},
    {PL_S_INIT("xlsx"),
     PL_S_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")},
    {PL_S_INIT("ofd"), PL_S_INIT("application/ofd")},
    {PL_S_INIT("pdf"), PL_S_INIT("application/pdf")},
};

static pl_str type_of(pl_str format)
{
    for (size_t i = 0; i < PL_COUNT(types); i++)
        if (pl_str_eq(types[i].format, format))
            return types[i].type;
    return PL_S("application/octet-stream");
}

/* RFC 6266: the name in percent-encoded UTF-8 (RFC 8187), so that nothing in it is more
 * than a name. */
static void set_attachment(pl_call *c, pl_str name)
{
    static const char plain[] = "-_.~";
    pl_buf b;

    pl_buf_init(&b, 4096);
    pl_buf_put(&b, PL_S("attachment; filename*=UTF-8''"));
    for (size_t i = 0; i < name.n; i++) {
        char ch = name.p[i];

        if (pl_is_alpha(ch) || pl_is_digit(ch) || (ch && strchr(plain, ch)))
            pl_buf_putc(&b, ch);
        else
            pl_buf_putf(&b, "%%%02X", (unsigned char)ch);
    }
    pl_call_set(c, "Content-Disposition", b.failed ? PL_S("attachment") : pl_buf_str(&b));
    pl_buf_release(&b);
}

static pl_status document_original(pl_call *c)
{
    pl_document_row d;
    pl_bytes bytes;
    pl_str id = pl_call_param(c, PL_S("document"));

    PL_TRY(pl_service_document(c->cx, c->store, c->who.region_id, id, &d));
    PL_TRY(pl_service_document_bytes(c->cx, c->store, c->who.region_id, id, &bytes));
    c->content_type = type_of(d.format);
    c->etag = d.sha256;
    set_attachment(c, d.file_name);
    pl_buf_put(c->body, (pl_str){(const char *)bytes.p, bytes.n});
    return PL_OK;
}

static pl_status document_rendered(pl_call *c)
{
    c->content_type = PL_S("text/html; charset=utf-8");
    return pl_service_document_html(c->cx, c->store, &c->who,
                                    pl_call_param(c, PL_S("document")), c->body);
}

/* ---- import */

typedef struct progress {
    pl_call *c;
    pl_str id;
} progress;

static void tell(void *self, pl_import_stage stage)
{
    const progress *p = self;

    pl_hub_import(p->c->x->server->hub, p->c->who.user_id, p->id,
                  pl_import_stage_token(stage));
}

static void put_recognised(pl_json *j, const pl_check *check)
{
    pl_json_put_open(j, PL_S("recognised"), '{');
    pl_json_put_int(j, PL_S("indicators"), (int64_t)check->plan->indicators.n);
    pl_json_put_int(j, PL_S("tasks"), (int64_t)check->plan->tasks.n);
    pl_json_put_int(j, PL_S("goals"), (int64_t)check->plan->goals.n);
    pl_json_put_int(j, PL_S("facts"), (int64_t)check->plan->facts.n);
    pl_json_put_int(j, PL_S("findings"), (int64_t)check->n_findings);
    pl_json_close(j);
}

static void put_links(pl_json *j, const pl_saved *saved)
{
    pl_json_put_open(j, PL_S("links"), '{');
    for (int l = 0; l < PL_LINK_COUNT; l++)
        pl_json_put_int(j, pl_link_token((pl_link)l), (int64_t)saved->links[l]);
    pl_json_close(j);
    pl_json_put_open(j, PL_S("unsure"), '[');
    for (size_t i = 0; i < saved->unsure.n; i++) {
        pl_json_open(j, '{');
        pl_json_put_str(j, PL_S("name"), saved->unsure.p[i].name);
        pl_json_put_str(j, PL_S("resembles"), saved->unsure.p[i].resembles);
        pl_json_close(j);
    }
    pl_json_close(j);
}

/* What was odd in the document, or not there. */
static void put_notes(pl_json *j, const pl_check *check)
{
    const pl_oddities *odd = &check->plan->doc->oddities;

    pl_json_put_open(j, PL_S("notes"), '[');
    for (size_t i = 0; i < odd->n; i++) {
        pl_json_open(j, '{');
        pl_json_put_str(j, PL_S("zh"), odd->p[i].zh);
        pl_json_put_str(j, PL_S("en"), odd->p[i].en);
        pl_json_key(j, PL_S("place"));
        pl_json_place(j, &odd->p[i].place);
        pl_json_close(j);
    }
    pl_json_close(j);
}

static pl_status put_import(pl_call *c, const pl_saved *saved, const pl_check *check)
{
    pl_document_row d;

    PL_TRY(
        pl_service_document(c->cx, c->store, c->who.region_id, saved->document_id, &d));
    pl_json_open(&c->out, '{');
    pl_json_key(&c->out, PL_S("document"));
    put_document(&c->out, &d);
    pl_json_put_open(&c->out, PL_S("plan"), '{');
    pl_json_put_str(&c->out, PL_S("id"), saved->plan_id);
    pl_json_put_str(&c->out, PL_S("title"), check->plan->doc->title);
    pl_json_put_int(&c->out, PL_S("year"), check->plan->year);
    pl_json_put_str_or_null(&c->out, PL_S("supersedes"), saved->supersedes_id);
    pl_json_close(&c->out);
    pl_json_put_bool(&c->out, PL_S("known"), saved->known);
    put_recognised(&c->out, check);
    put_links(&c->out, saved);
    put_notes(&c->out, check);
    pl_json_close(&c->out);
    c->status = saved->known ? 200 : 201;
    return PL_OK;
}

static pl_status document_create(pl_call *c)
{
    progress p = {c, pl_str_sub(pl_call_query(c, PL_S("import")), 0, IMPORT_ID_CHARS)};
    pl_import_watch watch = {tell, &p};
    pl_str name = pl_call_query(c, PL_S("name"));
    const pl_check *check;
    pl_saved saved;
    pl_status st;

    if (name.n == 0 || name.n > NAME_BYTES)
        return pl_fail(c->cx, PL_ESYNTAX, PL_NOPOS, "'name' is the file's name");
    st = pl_service_import_watched(c->cx, &c->rq, c->store, c->who.region_id, name,
                                   pl_call_bytes(c), &watch, &saved, &check);
    if (st == PL_OK)
        st = put_import(c, &saved, check);
    if (st != PL_EBUSY) {
        pl_metrics_import(c->x->server->metrics, st == PL_OK);
        tell(&p, st == PL_OK ? PL_IMPORT_DONE : PL_IMPORT_FAILED);
    }
    return st;
}

/* ---- the table */

static const pl_field document_fields[] = {
    PL_FIELD("id", TEXT, "编号", "id"),
    PL_FIELD("name", TEXT, "文件名", "name of the file"),
    PL_FIELD("format", TEXT, "格式", "format"),
    PL_FIELD("title", TEXT, "标题", "title"),
    PL_FIELD("bytes", INT, "字节数", "size in bytes"),
    PL_FIELD("sha256", TEXT, "SHA-256", "SHA-256 of the bytes"),
    PL_FIELD_OR_NULL("plan", TEXT, "所含规划", "the plan that it holds"),
    PL_FIELD("recorded_at", TIME, "导入时间", "when it was imported"),
    PL_FIELD("recorded_by", TEXT, "导入人", "by whom"),
    PL_FIELD_END,
};

static const pl_field imported_plan_fields[] = {
    PL_FIELD("id", TEXT, "编号", "id"),
    PL_FIELD("title", TEXT, "标题", "title"),
    PL_FIELD("year", INT, "目标年份", "year that it sets targets for"),
    PL_FIELD_OR_NULL("supersedes", TEXT, "取代的规划", "the plan that it supersedes"),
    PL_FIELD_END,
};

static const pl_field recognised_fields[] = {
    PL_FIELD("indicators", INT, "指标行", "rows of indicators"),
    PL_FIELD("tasks", INT, "任务", "tasks"),
    PL_FIELD("goals", INT, "目标", "goals"),
    PL_FIELD("facts", INT, "数据", "figures"),
    PL_FIELD("findings", INT, "问题", "findings"),
    PL_FIELD_END,
};

static const pl_field link_fields[] = {
    PL_FIELD("new", INT, "新指标", "new indicators"),
    PL_FIELD("same", INT, "同名", "joined by name"),
    PL_FIELD("unsure", INT, "请确认", "to be confirmed"),
    PL_FIELD("confirmed", INT, "已确认", "confirmed"),
    PL_FIELD_END,
};

static const pl_field unsure_fields[] = {
    PL_FIELD("name", TEXT, "名称", "name in the new plan"),
    PL_FIELD("resembles", TEXT, "相似指标", "indicator that it was joined to"),
    PL_FIELD_END,
};

static const pl_field note_fields[] = {
    PL_FIELD("zh", TEXT, "说明（中文）", "what was odd, in Chinese"),
    PL_FIELD("en", TEXT, "说明（英文）", "what was odd, in English"),
    PL_FIELD("place", OBJECT, "位置", "where"),
    PL_FIELD_END,
};

static const pl_field import_fields[] = {
    PL_FIELD_OF("document", OBJECT, document_fields, "文件", "the document"),
    PL_FIELD_OF("plan", OBJECT, imported_plan_fields, "规划", "the plan"),
    PL_FIELD("known", BOOL, "此前已导入", "it was imported before"),
    PL_FIELD_OF("recognised", OBJECT, recognised_fields, "识别结果",
                "what was recognised"),
    PL_FIELD_OF("links", OBJECT, link_fields, "指标对应", "how indicators were joined"),
    PL_FIELD_OF("unsure", OBJECTS, unsure_fields, "待确认的对应", "joins to confirm"),
    PL_FIELD_OF("notes", OBJECTS, note_fields, "读取说明", "what was odd"),
    PL_FIELD_END,
};

static const pl_field list_query[] = {
    PL_FIELD("limit", INT, "条数（1–500，默认 100）", "how many (1 to 500, default 100)"),
    PL_FIELD("cursor", TEXT, "上一页的 next", "`next` of the page before"),
    PL_FIELD_END,
};

static const pl_field create_query[] = {
    PL_FIELD_NEEDED("name", TEXT, "文件名", "name of the file"),
    PL_FIELD("import", TEXT, "进度编号，见 /events", "id of its progress in /events"),
    PL_FIELD_END,
};

const pl_route pl_routes_document[] = {
    {.method = PL_METHOD_GET,
     .path = PL_S_INIT("/api/v1/documents"),
     .perm = PL_PERM_PLAN_READ,
     .run = document_list,
     .name = PL_S_INIT("document_list"),
     .says = {PL_S_INIT("文件列表"), PL_S_INIT("the documents of the region")},
     .query = list_query,
     .answer = document_fields,
     .flags = PL_ROUTE_LIST},
    {.method = PL_METHOD_POST,
     .path = PL_S_INIT("/api/v1/documents"),
     .perm = PL_PERM_IMPORT,
     .run = document_create,
     .name = PL_S_INIT("document_create"),
     .says = {PL_S_INIT("导入文件：读取、判定并保存其中的规划"),
              PL_S_INIT("import a document: read, judge and keep its plan")},
     .query = create_query,
     .answer = import_fields,
     .flags = PL_ROUTE_BYTES | PL_ROUTE_CREATES | PL_ROUTE_SLOW | PL_ROUTE_REPEATS},
    {.method = PL_METHOD_GET,
     .path = PL_S_INIT("/api/v1/documents/{document}"),
     .perm = PL_PERM_PLAN_READ,
     .run = document_get,
     .name = PL_S_INIT("document_get"),
     .says = {PL_S_INIT("一份文件"), PL_S_INIT("one document")},
     .answer = document_fields},
    {.method = PL_METHOD_GET,
     .path = PL_S_INIT("/api/v1/documents/{document}/original"),
     .perm = PL_PERM_PLAN_READ,
     .run = document_original,
     .name = PL_S_INIT("document_original"),
     .says = {PL_S_INIT("原文件"), PL_S_INIT("its bytes, as they came")},
     .flags = PL_ROUTE_OTHER},
    {.method = PL_METHOD_GET,
     .path = PL_S_INIT("/api/v1/documents/{document}/rendered"),
     .perm = PL_PERM_PLAN_READ,
     .run = document_rendered,
     .name = PL_S_INIT("document_rendered"),
     .says = {PL_S_INIT("原文网页片段，标出识别的数据"),
              PL_S_INIT("the text as HTML, with what was recognised marked")},
     .flags = PL_ROUTE_OTHER | PL_ROUTE_SLOW},
    {.run = NULL},
};
