#include "base/hash.h"
#include "box/box.h"
#include "codec/json.h"
#include "service/documents.h"
#include "service/people_internal.h"

enum { ENTRY_BYTES = 1 << 16 };

/* What the audit keeps of an import: which bytes, and how much was read from them. */
static pl_status describe(pl_ctx *cx, const pl_save_in *in, const pl_saved *saved,
                          pl_str *out)
{
    const pl_plan *plan = in->check->plan;
    pl_buf b;
    pl_json j;
    pl_status st;

    pl_buf_init(&b, ENTRY_BYTES);
    j = pl_json_begin(&b);
    pl_json_open(&j, '{');
    pl_json_put_str(&j, PL_S("document"), saved->document_id);
    pl_json_put_str(&j, PL_S("sha256"), in->sha256);
    pl_json_put_int(&j, PL_S("year"), plan->year);
    pl_json_put_int(&j, PL_S("indicators"), (int64_t)plan->indicators.n);
    pl_json_put_int(&j, PL_S("tasks"), (int64_t)plan->tasks.n);
    pl_json_close(&j);
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

static pl_status save(pl_ctx *cx, pl_store *s, const pl_save_in *in, pl_saved *saved)
{
    pl_audit_entry e = {
        .region_id = in->region_id, .actor = in->actor, .action = PL_S("import")};
    pl_buf object;

    PL_TRY(pl_plan_save(cx, s, in, saved));
    if (saved->known)
        return PL_OK;
    PL_TRY(describe(cx, in, saved, &e.becomes));
    pl_buf_init(&object, ENTRY_BYTES);
    pl_buf_putf(&object, "plan/%.*s", PL_FMT(saved->plan_id));
    e.object = pl_buf_str(&object);
    pl_status st = pl_audit_put(cx, s, in->now, &e);
    pl_buf_release(&object);
    return st;
}

static void tell(const pl_import_watch *watch, pl_import_stage stage)
{
    if (watch && watch->run)
        watch->run(watch->self, stage);
}

pl_status pl_service_import_watched(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                    pl_str region_id, pl_str file_name, pl_bytes content,
                                    const pl_import_watch *watch, pl_saved *saved,
                                    const pl_check **check)
{
    pl_check_opts opts = {0};
    char sha256[PL_SHA256_HEX + 1];
    pl_doc *doc;
    pl_plan *plan;
    pl_check *made;
    pl_status st;
    size_t most;

    most = pl_ctx_bound(cx, content.n);
    tell(watch, PL_IMPORT_READING);
    st = pl_box_doc(cx, content, &doc);
    tell(watch, PL_IMPORT_RECOGNISING);
    if (st == PL_OK)
        st = pl_plan_read(cx, doc, &plan);
    tell(watch, PL_IMPORT_JUDGING);
    if (st == PL_OK)
        st = pl_check_plan(cx, plan, &opts, &made);
    pl_ctx_ceiling(cx, most);
    PL_TRY(st);
    pl_sha256_hex(content, sha256);
    pl_save_in in = {.region_id = region_id,
                     .actor = rq->actor,
                     .now = rq->now,
                     .file_name = file_name,
                     .sha256 = pl_str_from(sha256),
                     .content = content,
                     .check = made};
    tell(watch, PL_IMPORT_SAVING);
    *check = made;
    PL_TRY(pl_people_begin(cx, s)); /* alone: two may bring the same new units */
    return pl_service_end(cx, s, save(cx, s, &in, saved));
}

pl_status pl_service_import(pl_ctx *cx, const pl_request *rq, pl_store *s,
                            pl_str region_id, pl_str file_name, pl_bytes content,
                            pl_saved *saved)
{
    const pl_check *check;

    return pl_service_import_watched(cx, rq, s, region_id, file_name, content, NULL,
                                     saved, &check);
}
