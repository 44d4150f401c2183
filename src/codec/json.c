#include "codec/json.h"

pl_json pl_json_begin(pl_buf *out)
{
    return (pl_json){.out = out, .first = true};
}

/* What stands before a value or key: a comma, unless it is the first or has its key. */
static void separate(pl_json *j)
{
    if (!j->keyed && !j->first)
        pl_buf_putc(j->out, ',');
    j->first = false;
    j->keyed = false;
}

void pl_json_open(pl_json *j, char bracket)
{
    separate(j);
    if (j->depth == PL_JSON_DEPTH) {
        j->out->failed = true;
        return;
    }
    pl_buf_putc(j->out, bracket);
    j->close[j->depth++] = bracket == '{' ? '}' : ']';
    j->first = true;
}

void pl_json_close(pl_json *j)
{
    if (j->depth == 0) {
        j->out->failed = true;
        return;
    }
    pl_buf_putc(j->out, j->close[--j->depth]);
    j->first = false;
}

static void escaped(pl_buf *b, unsigned char c)
{
    static const struct {
        char c, e;
    } named[] = {{'"', '"'}, {'\\', '\\'}, {'\n', 'n'}, {'\r', 'r'}, {'\t', 't'}};

    for (size_t i = 0; i < PL_COUNT(named); i++)
        if ((unsigned char)named[i].c == c) {
            pl_buf_putc(b, '\\');
            pl_buf_putc(b, named[i].e);
            return;
        }
    pl_buf_putf(b, "\\u%04x", c);
}

static void quoted(pl_buf *b, pl_str s)
{
    size_t from = 0;

    pl_buf_putc(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
            continue;
        pl_buf_put(b, pl_str_sub(s, from, i - from));
        escaped(b, c);
        from = i + 1;
    }
    pl_buf_put(b, pl_str_tail(s, from));
    pl_buf_putc(b, '"');
}

void pl_json_key(pl_json *j, pl_str key)
{
    separate(j);
    quoted(j->out, key);
    pl_buf_putc(j->out, ':');
    j->keyed = true;
}

void pl_json_str(pl_json *j, pl_str s)
{
    separate(j);
    quoted(j->out, s);
}

void pl_json_int(pl_json *j, int64_t v)
{
    separate(j);
    pl_buf_putf(j->out, "%lld", (long long)v);
}

void pl_json_bool(pl_json *j, bool v)
{
    separate(j);
    pl_buf_put(j->out, v ? PL_S("true") : PL_S("false"));
}

void pl_json_null(pl_json *j)
{
    separate(j);
    pl_buf_put(j->out, PL_S("null"));
}

void pl_json_raw(pl_json *j, pl_str value)
{
    separate(j);
    pl_buf_put(j->out, value.n ? value : PL_S("null"));
}

void pl_json_dec(pl_json *j, pl_dec d)
{
    separate(j);
    pl_buf_putc(j->out, '"');
    pl_dec_put(j->out, d);
    pl_buf_putc(j->out, '"');
}

void pl_json_put_str(pl_json *j, pl_str key, pl_str s)
{
    pl_json_key(j, key);
    pl_json_str(j, s);
}

void pl_json_put_str_or_null(pl_json *j, pl_str key, pl_str s)
{
    pl_json_key(j, key);
    if (s.n)
        pl_json_str(j, s);
    else
        pl_json_null(j);
}

void pl_json_put_int(pl_json *j, pl_str key, int64_t v)
{
    pl_json_key(j, key);
    pl_json_int(j, v);
}

void pl_json_put_bool(pl_json *j, pl_str key, bool v)
{
    pl_json_key(j, key);
    pl_json_bool(j, v);
}

void pl_json_put_dec(pl_json *j, pl_str key, pl_dec d)
{
    pl_json_key(j, key);
    pl_json_dec(j, d);
}

void pl_json_put_open(pl_json *j, pl_str key, char bracket)
{
    pl_json_key(j, key);
    pl_json_open(j, bracket);
}
