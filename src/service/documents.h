/* Documents that were imported: their records, their bytes, and how they look. */
#ifndef PL_SERVICE_DOCUMENTS_H
#define PL_SERVICE_DOCUMENTS_H

#include "base/buf.h"
#include "service/permission.h"
#include "service/service.h"

typedef struct pl_document_row {
    pl_str document_id, file_name, format, title;
    pl_str meta; /* JSON object */
    pl_str sha256, recorded_by, plan_id;
    int64_t bytes, recorded_at_s;
} pl_document_row;
typedef PL_VEC(pl_document_row) pl_document_rows;

/* All documents of a region, the latest first. */
PL_MUST pl_status pl_service_documents(pl_ctx *cx, pl_store *s, pl_str region_id,
                                       pl_document_rows *out);
/* One. PL_ENOTFOUND. */
PL_MUST pl_status pl_service_document(pl_ctx *cx, pl_store *s, pl_str region_id,
                                      pl_str document_id, pl_document_row *out);
/* The bytes, as they came, in cx->arena. PL_ENOTFOUND. */
PL_MUST pl_status pl_service_document_bytes(pl_ctx *cx, pl_store *s, pl_str region_id,
                                            pl_str document_id, pl_bytes *out);

/* Append the document as HTML (report/doc_html.h), with what was recognised marked: the
 * findings only for who may read them. PL_ENOTFOUND; errors of pl_box_doc. */
PL_MUST pl_status pl_service_document_html(pl_ctx *cx, pl_store *s,
                                           const pl_principal *who, pl_str document_id,
                                           pl_buf *out);

/* Steps of an import, in their order. X(NAME, "token") */
#define PL_IMPORT_STAGES(X)       \
    X(READING, "reading")         \
    X(RECOGNISING, "recognising") \
    X(JUDGING, "judging")         \
    X(SAVING, "saving")           \
    X(DONE, "done")               \
    X(FAILED, "failed")

typedef enum pl_import_stage {
#define X(name, token) PL_IMPORT_##name,
    PL_IMPORT_STAGES(X)
#undef X
        PL_IMPORT_STAGE_COUNT
} pl_import_stage;

pl_str pl_import_stage_token(pl_import_stage s);

/* Who is told how far an import is; run may be NULL. */
typedef struct pl_import_watch {
    void (*run)(void *self, pl_import_stage stage);
    void *self;
} pl_import_watch;

/* pl_service_import, telling its steps (not DONE, not FAILED), and what it read: *check
 * in cx->arena, also of a document that was known. */
PL_MUST pl_status pl_service_import_watched(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                            pl_str region_id, pl_str file_name,
                                            pl_bytes content,
                                            const pl_import_watch *watch, pl_saved *saved,
                                            const pl_check **check);

#endif
