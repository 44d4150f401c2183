#include "codec/xml.h"

#include "base/map.h"
#include "base/vec.h"

typedef struct builder {
    pl_xml_node *root, *open;    /* the element being read */
    pl_xml_node **end;           /* where the next node is hung */
    PL_VEC(pl_xml_node **) ends; /* of the elements around it */
    PL_VEC(char) pending;        /* text since the last tag */
    pl_map names;                /* name -> itself: each is kept once */
    size_t at;
    uint32_t line;
} builder;

/* One copy of each name: documents have few names and many elements. */
static pl_status name_keep(pl_ctx *cx, builder *b, pl_str name, pl_str *out)
{
    size_t *known = pl_map_find(&b->names, name);
    pl_str kept;

    if (!known) {
        PL_TRY(pl_str_keep(cx, name, &kept));
        known = pl_map_add(cx->arena, &b->names, kept, NULL);
        if (!known)
            return pl_fail_memory(cx);
        *known = (size_t)(uintptr_t)kept.p;
    }
    *out = (pl_str){(const char *)(uintptr_t)*known, name.n};
    return PL_OK;
}

static pl_status attrs_keep(pl_ctx *cx, builder *b, const pl_xml_tag *tag,
                            pl_xml_attr *to)
{
    for (size_t i = 0; i < tag->n_attrs; i++) {
        PL_TRY(name_keep(cx, b, tag->attrs[i].name, &to[i].name));
        PL_TRY(name_keep(cx, b, tag->attrs[i].prefix, &to[i].prefix));
        PL_TRY(pl_str_keep(cx, tag->attrs[i].value, &to[i].value));
    }
    return PL_OK;
}

static pl_xml_node *hang(pl_ctx *cx, builder *b)
{
    pl_xml_node *n = PL_NEW(cx->arena, pl_xml_node);

    if (!n)
        return NULL;
    n->parent = b->open;
    n->tag.at = b->at;
    n->tag.line = b->line;
    if (b->end)
        *b->end = n;
    b->end = &n->next;
    return n;
}

/* Make a node of the pending text; white space alone only when all of an element. */
static pl_status text_flush(pl_ctx *cx, builder *b, bool is_all)
{
    pl_str s = {b->pending.p, b->pending.n};
    bool blank = true;
    pl_xml_node *n;

    for (size_t i = 0; i < s.n && blank; i++)
        blank = pl_is_space(s.p[i]);
    b->pending.n = 0;
    if (s.n == 0 || (blank && !is_all))
        return PL_OK;
    n = hang(cx, b);
    return n ? pl_str_keep(cx, s, &n->text) : pl_fail_memory(cx);
}

static pl_status on_open(pl_ctx *cx, void *self, const pl_xml_tag *tag)
{
    builder *b = self;
    pl_xml_attr *attrs = PL_NEW_N(cx->arena, pl_xml_attr, tag->n_attrs);
    pl_xml_node ***around, *n;

    PL_TRY(text_flush(cx, b, false));
    b->at = tag->at;
    b->line = tag->line;
    n = hang(cx, b);
    around = PL_VEC_ADD(cx->arena, &b->ends);
    if (!attrs || !n || !around)
        return pl_fail_memory(cx);
    *around = b->end;
    PL_TRY(name_keep(cx, b, tag->name, &n->tag.name));
    PL_TRY(name_keep(cx, b, tag->prefix, &n->tag.prefix));
    PL_TRY(attrs_keep(cx, b, tag, attrs));
    n->tag.attrs = attrs;
    n->tag.n_attrs = tag->n_attrs;
    if (!b->root)
        b->root = n;
    b->open = n;
    b->end = &n->child;
    return PL_OK;
}

static pl_status on_close(pl_ctx *cx, void *self, pl_str name)
{
    builder *b = self;

    (void)name;
    PL_TRY(text_flush(cx, b, b->open->child == NULL));
    b->end = b->ends.p[--b->ends.n];
    b->open = b->open->parent;
    return PL_OK;
}

static pl_status on_text(pl_ctx *cx, void *self, pl_str s)
{
    builder *b = self;

    while (b->pending.cap - b->pending.n < s.n)
        if (!pl_vec_grow(cx->arena, (void **)&b->pending.p, &b->pending.cap, 1, 1))
            return pl_fail_memory(cx);
    memcpy(b->pending.p + b->pending.n, s.p, s.n);
    b->pending.n += s.n;
    return PL_OK;
}

pl_status pl_xml_tree(pl_ctx *cx, pl_bytes in, pl_xml_node **out)
{
    static const pl_xml_events events = {on_open, on_close, on_text};
    builder b = {0};

    PL_TRY(pl_xml_read(cx, in, &events, &b));
    *out = b.root;
    return PL_OK;
}

bool pl_xml_is(const pl_xml_node *n, pl_str name)
{
    return n && pl_str_eq(n->tag.name, name);
}

const pl_xml_node *pl_xml_child(const pl_xml_node *n, pl_str name)
{
    for (n = n ? n->child : NULL; n; n = n->next)
        if (pl_xml_is(n, name))
            break;
    return n;
}

const pl_xml_node *pl_xml_next(const pl_xml_node *n, pl_str name)
{
    for (n = n ? n->next : NULL; n; n = n->next)
        if (pl_xml_is(n, name))
            break;
    return n;
}

pl_str pl_xml_get(const pl_xml_node *n, pl_str name)
{
    return n ? pl_xml_attr_of(&n->tag, name, PL_S("")) : PL_S("");
}

pl_str pl_xml_text(const pl_xml_node *n)
{
    const pl_xml_node *child = n ? n->child : NULL;

    return child && !child->next && child->tag.name.n == 0 ? child->text : PL_S("");
}

const pl_xml_node *pl_xml_walk(const pl_xml_node *root, const pl_xml_node *n)
{
    if (n->child)
        return n->child;
    while (n != root && !n->next)
        n = n->parent;
    return n == root ? NULL : n->next;
}

int64_t pl_xml_int(pl_str s, int64_t none)
{
    bool minus = s.n > 0 && s.p[0] == '-';
    int64_t value = 0;

    if (minus || (s.n > 0 && s.p[0] == '+'))
        s = pl_str_tail(s, 1);
    if (s.n == 0 || s.n > 18)
        return none;
    for (size_t i = 0; i < s.n; i++) {
        if (!pl_is_digit(s.p[i]))
            return none;
        value = value * 10 + (s.p[i] - '0');
    }
    return minus ? -value : value;
}

void pl_xml_put(pl_buf *b, pl_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        switch (s.p[i]) {
        case '&':
            pl_buf_put(b, PL_S("&amp;"));
            break;
        case '<':
            pl_buf_put(b, PL_S("&lt;"));
            break;
        case '"':
            pl_buf_put(b, PL_S("&quot;"));
            break;
        case '>':
            pl_buf_put(b, PL_S("&gt;"));
            break;
        default:
            pl_buf_putc(b, (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
        }
    }
}
