#include "records/plan_save.h"
#include "base/map.h"
#include "records/plan_rows.h"
#include "records/search.h"

pl_str pl_link_token(pl_link l)
{
    static const pl_str tokens[] = {
#define X(name, token, zh, en) PL_S_INIT(token),
        PL_LINK_LIST(X)
#undef X
    };

    return tokens[l];
}

pl_bitext pl_link_words(pl_link l)
{
    static const pl_bitext words[] = {
#define X(name, token, zh, en) {PL_S_INIT(zh), PL_S_INIT(en)},
        PL_LINK_LIST(X)
#undef X
    };

    return words[l];
}

/* What kind of plan it is, and the last year it sets targets for. */
typedef struct plan_kind {
    pl_str kind;
    int year;
} plan_kind;

/* A term plan sets targets for its term only. */
static plan_kind kind_of(const pl_plan *plan)
{
    bool term = false;
    int last = 0;

    for (size_t i = 0; i < plan->indicators.n; i++)
        for (size_t k = 0; k < plan->indicators.p[i].cells.n; k++) {
            const pl_datum *d = &plan->indicators.p[i].cells.p[k];

            if (d->role == PL_ROLE_TARGET)
                return (plan_kind){PL_S("annual"), plan->year};
            if (d->role != PL_ROLE_TERM_TARGET)
                continue;
            term = true;
            last = d->year > last ? d->year : last;
        }
    return term ? (plan_kind){PL_S("term"), plan->year ? plan->year : last}
                : (plan_kind){PL_S("annual"), plan->year};
}

pl_status pl_id_look_up(pl_ctx *cx, pl_store *s, pl_query q, const pl_value *args,
                        size_t n, pl_str *out)
{
    bool more = false;
    pl_rows *r;
    pl_status st;

    *out = (pl_str){0};
    PL_TRY(pl_rows_begin(cx, s, q, args, n, &r));
    st = pl_rows_next(cx, r, &more);
    if (st == PL_OK && more)
        st = pl_str_keep(cx, pl_rows_text(r, 0), out);
    pl_rows_end(r);
    return st;
}

static pl_status save_document(pl_ctx *cx, pl_store *s, const pl_save_in *in,
                               pl_saved *out)
{
    const pl_doc *d = in->check->plan->doc;
    pl_str meta;

    PL_TRY(pl_id_new(cx, in->now, &out->document_id));
    PL_TRY(pl_meta_json(cx, d, &meta));
    pl_value args[] = {PL_V_TEXT(in->region_id), PL_V_TEXT(out->document_id),
                       PL_V_TEXT(in->sha256),    PL_V_TEXT(in->file_name),
                       PL_V_TEXT(d->format),     PL_V_TEXT(d->title),
                       PL_V_TEXT(meta),          PL_V_BYTES(in->content),
                       PL_V_INT(in->now.s),      PL_V_TEXT(in->actor)};
    return pl_store_run(cx, s, PL_Q_document_put, args, PL_COUNT(args), NULL);
}

/* Findings of a severity, none of them waived. */
static int64_t count_of(const pl_check *check, pl_severity severity)
{
    int64_t n = 0;

    for (size_t i = 0; i < check->n_findings; i++)
        n += check->relations.p[i].severity == severity;
    return n;
}

static pl_status save_head(pl_ctx *cx, pl_store *s, const pl_save_in *in, pl_saved *out)
{
    const pl_plan *plan = in->check->plan;
    plan_kind k = kind_of(plan);
    pl_value same[] = {PL_V_TEXT(in->region_id), PL_V_TEXT(k.kind), PL_V_INT(k.year)};

    PL_TRY(pl_id_new(cx, in->now, &out->plan_id));
    if (plan->year)
        PL_TRY(pl_id_look_up(cx, s, PL_Q_plan_latest, same, PL_COUNT(same),
                             &out->supersedes_id));
    pl_value args[] = {PL_V_TEXT(in->region_id),
                       PL_V_TEXT(out->plan_id),
                       PL_V_TEXT(out->document_id),
                       PL_V_TEXT(k.kind),
                       PL_V_INT(k.year),
                       PL_V_INT(in->check->year),
                       PL_V_TEXT(plan->doc->title),
                       out->supersedes_id.n ? PL_V_TEXT(out->supersedes_id) : PL_V_NULL,
                       PL_V_INT(in->now.s),
                       PL_V_TEXT(in->actor),
                       PL_V_INT((int64_t)in->check->indicators.n),
                       PL_V_INT((int64_t)in->check->met),
                       PL_V_INT((int64_t)in->check->missed),
                       PL_V_INT((int64_t)in->check->undetermined),
                       PL_V_INT((int64_t)plan->indicators.n),
                       PL_V_INT((int64_t)plan->tasks.n),
                       PL_V_INT((int64_t)plan->goals.n),
                       PL_V_INT((int64_t)plan->facts.n),
                       PL_V_INT((int64_t)plan->sections.n),
                       PL_V_INT(count_of(in->check, PL_SEVERITY_ERROR)),
                       PL_V_INT(count_of(in->check, PL_SEVERITY_WARNING)),
                       PL_V_INT(count_of(in->check, PL_SEVERITY_NOTE))};
    return pl_store_run(cx, s, PL_Q_plan_put, args, PL_COUNT(args), NULL);
}

/* Is this document the region's already? Then its plan is found, too. */
static pl_status find_known(pl_ctx *cx, pl_store *s, const pl_save_in *in, pl_saved *out)
{
    pl_value args[] = {PL_V_TEXT(in->region_id), PL_V_TEXT(in->sha256)};

    PL_TRY(pl_id_look_up(cx, s, PL_Q_document_find, args, PL_COUNT(args),
                         &out->document_id));
    out->known = out->document_id.n > 0;
    if (!out->known)
        return PL_OK;
    pl_value of[] = {PL_V_TEXT(in->region_id), PL_V_TEXT(out->document_id)};
    return pl_id_look_up(cx, s, PL_Q_plan_of_document, of, PL_COUNT(of), &out->plan_id);
}

pl_status pl_plan_save(pl_ctx *cx, pl_store *s, const pl_save_in *in, pl_saved *out)
{
    pl_row_writer w;

    *out = (pl_saved){0};
    PL_TRY(find_known(cx, s, in, out));
    if (out->known)
        return PL_OK;
    PL_TRY(save_document(cx, s, in, out));
    PL_TRY(save_head(cx, s, in, out));
    w = (pl_row_writer){.cx = cx, .s = s, .in = in, .saved = out};
    PL_TRY(pl_plan_rows_write(&w));
    return pl_search_add(cx, s, in->region_id, out->plan_id);
}
