#include "judge/relation.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
    pl_str token;
    pl_bitext words;
} kinds[] = {
#define X(name, token, zh, en) {PL_S_INIT(token), {PL_S_INIT(zh), PL_S_INIT(en)}},
    PL_KIND_LIST(X)
#undef X
};
_Static_assert(PL_COUNT(kinds) == PL_KIND_COUNT, "one row per kind");

pl_str pl_kind_token(pl_kind k)
{
    return kinds[k].token;
}

pl_bitext pl_kind_words(pl_kind k)
{
    return kinds[k].words;
}

pl_kind pl_kind_from(pl_str token)
{
    size_t k = 0;

    while (k < PL_KIND_COUNT && !pl_str_eq(kinds[k].token, token))
        k++;
    return (pl_kind)k;
}

static const struct {
    pl_str token;
    pl_bitext words;
} severities[] = {
#define X(name, token, zh, en) {PL_S_INIT(token), {PL_S_INIT(zh), PL_S_INIT(en)}},
    PL_SEVERITY_LIST(X)
#undef X
};
_Static_assert(PL_COUNT(severities) == PL_SEVERITY_COUNT, "one row per severity");

pl_str pl_severity_token(pl_severity s)
{
    return severities[s].token;
}

pl_bitext pl_severity_words(pl_severity s)
{
    return severities[s].words;
}

pl_status pl_relation_add(pl_ctx *cx, pl_relations *all, pl_kind kind,
                          pl_severity severity, pl_relation **out)
{
    pl_relation *r = PL_VEC_ADD(cx->arena, all);

    if (!r)
        return pl_fail_memory(cx);
    r->kind = kind;
    r->severity = severity;
    *out = r;
    return PL_OK;
}

enum { MESSAGE_MAX_BYTES = 1000 };

/* The longest prefix of s[0, n) that ends between characters. */
static size_t whole_chars(const char *s, size_t n)
{
    while (n && ((unsigned char)s[n] & 0xc0) == 0x80)
        n--;
    return n;
}

static pl_status compose(pl_ctx *cx, pl_str *out, const char *format, va_list ap)
{
    char text[MESSAGE_MAX_BYTES + 1];
    int n = vsnprintf(text, sizeof text, format, ap);
    size_t len = n < 0 ? 0 : (size_t)n;

    if (len > MESSAGE_MAX_BYTES - 1)
        len = whole_chars(text, MESSAGE_MAX_BYTES - 1);
    return pl_str_keep(cx, (pl_str){text, len}, out);
}

pl_status pl_relation_zh(pl_ctx *cx, pl_relation *r, const char *format, ...)
{
    pl_status st;
    va_list ap;

    va_start(ap, format);
    st = compose(cx, &r->message.zh, format, ap);
    va_end(ap);
    return st;
}

pl_status pl_relation_en(pl_ctx *cx, pl_relation *r, const char *format, ...)
{
    pl_status st;
    va_list ap;

    va_start(ap, format);
    st = compose(cx, &r->message.en, format, ap);
    va_end(ap);
    return st;
}

pl_status pl_relation_because(pl_ctx *cx, pl_relation *r, const char *zh, const char *en,
                              ...)
{
    pl_status st;
    va_list ap;

    va_start(ap, en);
    st = compose(cx, &r->reason.zh, zh, ap);
    va_end(ap);
    if (st != PL_OK)
        return st;
    va_start(ap, en);
    st = compose(cx, &r->reason.en, en, ap);
    va_end(ap);
    return st;
}

pl_status pl_relation_at(pl_ctx *cx, pl_relation *r, pl_place place, pl_str text)
{
    pl_witness *w = PL_VEC_ADD(cx->arena, &r->witnesses);

    if (!w)
        return pl_fail_memory(cx);
    w->place = place;
    w->text = text;
    return PL_OK;
}

pl_status pl_relation_at_fold(pl_ctx *cx, pl_relation *r, const pl_fact_text *t,
                              pl_span at)
{
    pl_span span = pl_fold_span(&t->fold, at.at, at.n);

    return pl_relation_at(cx, r, pl_text_place(t->text, t->place, span.at, span.n),
                          pl_str_trim(pl_str_sub(t->text->s, span.at, span.n)));
}
