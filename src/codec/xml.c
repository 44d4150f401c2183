#include "codec/xml.h"

#include "base/vec.h"
#include "text/decode.h"

#include <expat.h>
#include <limits.h>

typedef struct reader {
    pl_ctx *cx;
    XML_Parser parser;
    const pl_xml_events *events;
    void *self;
    size_t depth;
    pl_status st; /* of the handler that ended the reading */
    PL_VEC(pl_xml_attr) attrs;
} reader;

pl_str pl_xml_attr_of(const pl_xml_tag *tag, pl_str name, pl_str none)
{
    size_t colon = pl_str_find(name, PL_S(":"), 0);
    pl_str prefix = colon == PL_NOPOS ? PL_S("") : pl_str_sub(name, 0, colon);

    if (colon != PL_NOPOS)
        name = pl_str_tail(name, colon + 1);
    for (size_t i = 0; i < tag->n_attrs; i++)
        if (pl_str_eq(tag->attrs[i].name, name) &&
            (colon == PL_NOPOS || pl_str_eq(tag->attrs[i].prefix, prefix)))
            return tag->attrs[i].value;
    return none;
}

bool pl_xml_has(const pl_xml_tag *tag, pl_str name)
{
    return pl_xml_attr_of(tag, name, (pl_str){NULL, 0}).p != NULL;
}

/* Events. */

/* Complete the failure with the place where the parser stands. */
static void place(reader *r)
{
    XML_Index at = XML_GetCurrentByteIndex(r->parser);

    if (r->cx->err.at == PL_NOPOS && at >= 0)
        r->cx->err.at = (size_t)at;
    r->cx->err.line = (uint32_t)XML_GetCurrentLineNumber(r->parser);
    r->cx->err.col = (uint32_t)XML_GetCurrentColumnNumber(r->parser) + 1;
}

static void stop(reader *r, pl_status st)
{
    r->st = st;
    place(r);
    (void)XML_StopParser(r->parser, XML_FALSE);
}

static pl_str local_name(const char *whole, pl_str *prefix)
{
    const char *colon = strchr(whole, ':');

    *prefix = colon ? (pl_str){whole, (size_t)(colon - whole)} : PL_S("");
    return pl_str_from(colon ? colon + 1 : whole);
}

static bool is_namespace(const char *name)
{
    return strncmp(name, "xmlns", 5) == 0 && (name[5] == ':' || name[5] == 0);
}

static bool attrs_read(reader *r, const XML_Char **attrs)
{
    r->attrs.n = 0;
    for (; attrs[0]; attrs += 2) {
        pl_xml_attr *a;

        if (is_namespace(attrs[0]))
            continue;
        a = PL_VEC_ADD(r->cx->arena, &r->attrs);
        if (!a)
            return false;
        a->name = local_name(attrs[0], &a->prefix);
        a->value = pl_str_from(attrs[1]);
    }
    return true;
}

static void on_open(void *self, const XML_Char *name, const XML_Char **attrs)
{
    reader *r = self;
    pl_xml_tag tag = {0};
    pl_status st = PL_OK;

    if (r->st != PL_OK)
        return;
    if (r->depth++ >= PL_XML_DEPTH_OF(r->cx->limits)) {
        stop(r, pl_fail(r->cx, PL_ELIMIT, PL_NOPOS,
                        "elements are nested more than %zu deep", r->depth - 1));
        return;
    }
    if (!attrs_read(r, attrs)) {
        stop(r, pl_fail_memory(r->cx));
        return;
    }
    tag.name = local_name(name, &tag.prefix);
    tag.attrs = r->attrs.p;
    tag.n_attrs = r->attrs.n;
    tag.at = (size_t)XML_GetCurrentByteIndex(r->parser);
    tag.line = (uint32_t)XML_GetCurrentLineNumber(r->parser);
    if (r->events->open)
        st = r->events->open(r->cx, r->self, &tag);
    if (st != PL_OK)
        stop(r, st);
}

static void on_close(void *self, const XML_Char *name)
{
    reader *r = self;
    pl_str prefix;
    pl_status st = PL_OK;

    if (r->st != PL_OK)
        return;
    r->depth--;
    if (r->events->close)
        st = r->events->close(r->cx, r->self, local_name(name, &prefix));
    if (st != PL_OK)
        stop(r, st);
}

static void on_text(void *self, const XML_Char *s, int n)
{
    reader *r = self;
    pl_status st = PL_OK;

    if (r->st != PL_OK)
        return;
    if (r->events->text)
        st = r->events->text(r->cx, r->self, (pl_str){s, (size_t)n});
    if (st != PL_OK)
        stop(r, st);
}

static void on_entity(void *self, const XML_Char *name, int is_parameter,
                      const XML_Char *value, int n, const XML_Char *base,
                      const XML_Char *system, const XML_Char *public,
                      const XML_Char *notation)
{
    reader *r = self;

    (void)name, (void)is_parameter, (void)value, (void)n, (void)base;
    (void)system, (void)public, (void)notation;
    if (r->st == PL_OK)
        stop(r, pl_fail(r->cx, PL_ESYNTAX, PL_NOPOS, "the document declares entities"));
}

/* A reference to an entity that was not declared is only skipped by expat when there is
 * a declaration that it did not read. */
static void on_skipped(void *self, const XML_Char *name, int is_parameter)
{
    reader *r = self;

    (void)is_parameter;
    if (r->st == PL_OK)
        stop(r, pl_fail(r->cx, PL_ESYNTAX, PL_NOPOS, "entity \"%.60s\" is not declared",
                        name));
}

static pl_status result(reader *r, enum XML_Status got)
{
    enum XML_Error code = XML_GetErrorCode(r->parser);

    if (r->st != PL_OK || got == XML_STATUS_OK)
        return r->st;
    if (code == XML_ERROR_NO_MEMORY)
        return pl_fail_memory(r->cx);
    r->st = pl_fail(r->cx, PL_ESYNTAX, PL_NOPOS, "not well-formed XML: %s",
                    XML_ErrorString(code));
    place(r);
    return r->st;
}

/* Encodings. */

/* The encoding that the declaration `<?xml … encoding="…"?>` names; empty when it names
 * none, or none can be read as ASCII. */
static pl_str encoding_of(pl_bytes in)
{
    pl_str head = {(const char *)in.p, in.n < 200 ? in.n : 200};
    size_t end = pl_str_find(head, PL_S("?>"), 0), at;
    char quote;

    if (!pl_str_starts(head, PL_S("<?xml")) || end == PL_NOPOS)
        return PL_S("");
    head.n = end;
    at = pl_str_find(head, PL_S("encoding"), 0);
    if (at == PL_NOPOS)
        return PL_S("");
    at += strlen("encoding");
    while (at < head.n && (pl_is_space(head.p[at]) || head.p[at] == '='))
        at++;
    if (at >= head.n || (head.p[at] != '"' && head.p[at] != '\''))
        return PL_S("");
    quote = head.p[at++];
    end = pl_str_find(head, (pl_str){&quote, 1}, at);
    return end == PL_NOPOS ? PL_S("") : pl_str_sub(head, at, end - at);
}

/* Those that expat reads itself; all names that begin so. */
static bool is_native(pl_str encoding)
{
    static const char *const native[] = {"UTF-", "ISO-8859-1", "US-ASCII"};
    bool yes = encoding.n == 0;

    for (size_t i = 0; i < PL_COUNT(native) && !yes; i++) {
        size_t n = strlen(native[i]), k = 0;

        while (k < n && k < encoding.n &&
               (encoding.p[k] == native[i][k] ||
                (pl_is_alpha(encoding.p[k]) && (encoding.p[k] ^ 0x20) == native[i][k])))
            k++;
        yes = k == n;
    }
    return yes;
}

/* The text to parse and, when it is not as declared any more, what to call it. */
static pl_status to_parse(pl_ctx *cx, pl_bytes in, pl_bytes *out, const char **encoding)
{
    pl_decoded d;

    *out = in;
    *encoding = NULL;
    if (in.n > INT_MAX)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "an XML document of more than 2 GiB");
    if (is_native(encoding_of(in)))
        return PL_OK;
    PL_TRY(pl_decode(cx, in, &d));
    *out = (pl_bytes){(const unsigned char *)d.text.p, d.text.n};
    *encoding = "UTF-8";
    return PL_OK;
}

pl_status pl_xml_read(pl_ctx *cx, pl_bytes in, const pl_xml_events *events, void *self)
{
    reader r = {.cx = cx, .events = events, .self = self};
    const char *encoding;
    pl_status st;

    PL_TRY(to_parse(cx, in, &in, &encoding));
    r.parser = XML_ParserCreate(encoding);
    if (!r.parser)
        return pl_fail_memory(cx);
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_open, on_close);
    XML_SetCharacterDataHandler(r.parser, on_text);
    XML_SetEntityDeclHandler(r.parser, on_entity);
    XML_SetSkippedEntityHandler(r.parser, on_skipped);
    /* In one piece: expat then reads from `in` and keeps no copy of long tokens. */
    st = result(&r, XML_Parse(r.parser, (const char *)in.p, (int)in.n, 1));
    XML_ParserFree(r.parser);
    return st;
}
