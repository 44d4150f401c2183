#include "box/box.h"

#include "base/sandbox.h"
#include "codec/zip.h"
#include "doc/read.h"
#include "doc/wire.h"
#include "text/converter.h"
#include "text/utf8.h"

/* Processor time of a reader: a document of 1 MB takes 50 ms, one of 1 MB packed ten
 * times that; three times as much by the clock, for busy machines, and a second to start.
 */
enum {
    CPU_S = 1,
    BYTES_PER_CPU_S = 512 << 10,
    CPU_S_MAX = 120,
    WALL_TIMES = 3,
    START_MS = 1000,
    GUESS_MORE = 16 << 10,
    GUESS_MAX = 1 << 20
};

/* What a reader answers with: the kind of what follows. */
typedef enum answer {
    ANSWER_FAILURE,
    ANSWER_DOC,
    ANSWER_MEMBERS,
    ANSWER_AGAIN /* encodings are wanted that were not loaded */
} answer;

typedef struct job {
    pl_ctx *cx;
    pl_bytes in;
    pl_pdf_said said;
    pl_charsets charsets;
} job;

static pl_status read_here(pl_ctx *cx, pl_bytes in, pl_pdf_said *said, pl_box_found *out)
{
    *out = (pl_box_found){0};
    if (pl_archive_is(in))
        return pl_archive_read(cx, in, &out->members);
    return pl_doc_read_gathered(cx, in, said, &out->doc);
}

/* Inside. */

static void prepare(void *self)
{
    const job *j = self;

    pl_charsets_load(j->charsets.loaded);
}

static void run(void *self, pl_buf *out)
{
    job *j = self;
    pl_box_found found;
    pl_status st;

    j->cx->charsets = &j->charsets;
    /* Memory of its own: what is written to the parent's would be copied first. */
    j->cx->arena = pl_arena_new(j->cx->limits.arena_bytes);
    if (!j->cx->arena) {
        out->failed = true;
        return;
    }
    pl_arena_expect_much(j->cx->arena);
    st = read_here(j->cx, j->in, &j->said, &found);
    if (j->charsets.wanted) {
        pl_wire_put(out, ANSWER_AGAIN);
        pl_wire_put(out, j->charsets.wanted);
    } else if (st != PL_OK) {
        pl_wire_put(out, ANSWER_FAILURE);
        pl_wire_put_err(out, &j->cx->err);
    } else if (found.doc) {
        pl_wire_put(out, ANSWER_DOC);
        pl_doc_put(out, found.doc);
    } else {
        pl_wire_put(out, ANSWER_MEMBERS);
        pl_members_put(out, &found.members);
    }
}

/* Outside. */

static pl_status broken_answer(pl_ctx *cx)
{
    return pl_fail(cx, PL_ESTOPPED, PL_NOPOS, "the reader's answer is not whole");
}

static pl_status take(pl_ctx *cx, pl_bytes said, unsigned *wanted, pl_box_found *out)
{
    pl_wire w = {.in = said};
    answer kind = (answer)pl_wire_get(&w, ANSWER_AGAIN);
    pl_err err = {0};

    *out = (pl_box_found){0};
    if (w.bad)
        return broken_answer(cx);
    if (kind == ANSWER_DOC)
        PL_TRY(pl_doc_get(cx, &w, &out->doc));
    else if (kind == ANSWER_MEMBERS)
        PL_TRY(pl_members_get(cx, &w, &out->members));
    else if (kind == ANSWER_AGAIN)
        *wanted = (unsigned)pl_wire_get(&w, PL_CHARSETS_ALL);
    else
        pl_wire_get_err(&w, &err);
    if (w.bad || w.in.n)
        return broken_answer(cx);
    if (kind != ANSWER_FAILURE)
        return PL_OK;
    cx->err = err;
    return err.code;
}

/* A text's answer is its source, and what it is made of, with places. */
static size_t answer_guess(size_t in)
{
    return in < GUESS_MAX / 2 ? in * 2 + GUESS_MORE : GUESS_MAX;
}

static pl_status read_once(pl_ctx *cx, job *j, unsigned *wanted, pl_box_found *out)
{
    size_t cpu_s = CPU_S + j->in.n / BYTES_PER_CPU_S;
    pl_sandbox_task t = {.run = run,
                         .self = j,
                         .prepare = prepare,
                         .answer_bytes = cx->limits.expanded_bytes,
                         .answer_guess = answer_guess(j->in.n)};
    pl_str said;

    t.memory_bytes = cx->limits.read_bytes + cx->limits.read_ratio * j->in.n;
    t.cpu_s = (unsigned)(cpu_s < CPU_S_MAX ? cpu_s : CPU_S_MAX);
    t.deadline_ms = t.cpu_s * 1000 * WALL_TIMES + START_MS;
    PL_TRY(pl_sandbox_run(cx, cx->sandbox, &t, &said)); /* what is found borrows it */
    return take(cx, (pl_bytes){(const unsigned char *)said.p, said.n}, wanted, out);
}

/* Read, and again with the encodings that turn out to be needed. */
static pl_status read_confined(pl_ctx *cx, job *j, pl_box_found *out)
{
    bool is_text = !pl_zip_is(j->in) && !pl_pdf_is(j->in);

    if (is_text && pl_utf8_bad(j->in) != PL_NOPOS)
        j->charsets.loaded = PL_CHARSETS_USUAL;
    for (;;) {
        unsigned wanted = 0;

        PL_TRY(read_once(cx, j, &wanted, out));
        if (!wanted)
            return PL_OK;
        if (!(wanted & ~j->charsets.loaded))
            return broken_answer(cx); /* it has what it asks for */
        j->charsets.loaded |= wanted;
    }
}

pl_status pl_box_read(pl_ctx *cx, pl_bytes in, pl_box_found *out)
{
    job j = {.cx = cx, .in = in};
    pl_status st = pl_doc_gather(cx, in, &j.said);

    if (st == PL_OK)
        st = cx->sandbox ? read_confined(cx, &j, out) : read_here(cx, in, &j.said, out);
    pl_pdf_said_release(&j.said);
    return st;
}

pl_status pl_box_doc(pl_ctx *cx, pl_bytes in, pl_doc **out)
{
    pl_box_found found;

    PL_TRY(pl_box_read(cx, in, &found));
    if (!found.doc)
        return pl_fail(cx, PL_EFORMAT, PL_NOPOS,
                       "a ZIP archive, not a document: its files are read one by one");
    *out = found.doc;
    return PL_OK;
}
