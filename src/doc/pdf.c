#include "doc/pdf.h"

#include <signal.h>

#include "base/child.h"

/* Seconds of processor time for a child: two, and three for each megabyte of the file or
 * one for twenty pages (a page takes 10 ms for its words, 15 for its lines); at most a
 * minute; three times that by the clock, for busy machines. */
enum { CPU_S = 2, CPU_S_PER_MB = 3, PAGES_PER_S = 20, CPU_S_MAX = 60, WALL_TIMES = 3 };

/* Memory of a child: its libraries, fonts and the page in hand; and twice the file. */
#define CHILD_BYTES ((size_t)256 << 20)

enum { SAID_BYTES = 4096 };

/* Paper large enough for every page: lines beyond the first page's paper are dropped, and
 * larger pages shrunk, unless it is. In points, the largest page that PDF has. */
static const char *const argv_rules[] = {"pdftocairo", "-svg",  "-paperw",   "14400",
                                         "-paperh",    "14400", "-nocenter", "-noshrink",
                                         "-",          "-",     NULL};
static const char *const argv_words[] = {
    "pdftotext", "-bbox-layout", "-enc", "UTF-8", "-", "-", NULL};

bool pl_pdf_is(pl_bytes in)
{
    pl_str head = {(const char *)in.p, in.n < 1024 ? in.n : 1024};

    return pl_str_has(head, PL_S("%PDF-"));
}

/* What a failed child said, as a status. */
static pl_status complain(pl_ctx *cx, const char *program, pl_child_end end, int code,
                          pl_str said)
{
    if (end == PL_CHILD_MISSING)
        return pl_fail(cx, PL_EIO, PL_NOPOS,
                       "to read PDF, the program %s is needed: install poppler-utils",
                       program);
    if (end == PL_CHILD_LATE || (end == PL_CHILD_KILLED && code == SIGXCPU) ||
        (end == PL_CHILD_KILLED && code == SIGKILL))
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "%s took too long", program);
    if (end == PL_CHILD_FULL)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "%s wrote too much", program);
    if (pl_str_has(said, PL_S("Incorrect password")))
        return pl_fail(cx, PL_EENCRYPTED, PL_NOPOS,
                       "the PDF file is encrypted: it needs a password");
    if (pl_str_has(said, PL_S("ncrypt")) && pl_str_has(said, PL_S("nsupported")))
        return pl_fail(cx, PL_EENCRYPTED, PL_NOPOS,
                       "the PDF file is encrypted in a way that is not known");
    if (end == PL_CHILD_KILLED)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS,
                       "the PDF file is damaged: %s ended by "
                       "signal %d",
                       program, code);
    return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "the PDF file is damaged");
}

/* Run one of the programs over the file, for `s` seconds. */
static pl_status run(pl_ctx *cx, const char *const *argv, pl_bytes in, size_t s,
                     pl_buf *out)
{
    pl_child c = {.argv = argv, .in = in, .memory_bytes = CHILD_BYTES + 2 * in.n};
    pl_child_end end;
    pl_buf said;
    pl_status st;
    int code;

    c.cpu_s = (unsigned)(s < CPU_S_MAX ? s : CPU_S_MAX);
    c.deadline_ms = c.cpu_s * 1000 * WALL_TIMES;
    pl_buf_init(&said, SAID_BYTES);
    st = pl_child_run(cx, &c, out, &said, &end, &code);
    if (st == PL_OK && (end != PL_CHILD_EXITED || code != 0))
        st = complain(cx, argv[0], end, code, pl_buf_str(&said));
    pl_buf_release(&said);
    return st;
}

static bool any_text(const pl_layout *layout)
{
    for (size_t i = 0; i < layout->pages.n; i++)
        if (layout->pages.p[i].runs.n)
            return true;
    return false;
}

/* Ruled lines of the pages. Without them reading goes on, and says so. */
static pl_status rules_read(pl_ctx *cx, pl_bytes in, pl_doc *d, pl_layout *layout)
{
    pl_buf b;
    pl_status st;

    pl_buf_init(&b, cx->limits.input_bytes);
    st = run(cx, argv_rules, in, CPU_S + layout->pages.n / PAGES_PER_S, &b);
    if (st == PL_OK)
        st = pl_pdf_rules(cx, b.p, b.n, layout);
    pl_buf_release(&b);
    if (st == PL_OK || st == PL_ENOMEM)
        return st;
    return pl_doc_odd(
        cx, d, PL_S("pdf.no_lines"),
        PL_S("未能读取表格线（pdftocairo），表格只按对齐识别"),
        PL_S("ruled lines could not be read (pdftocairo): tables are told by "
             "alignment alone"),
        (pl_place){0});
}

static pl_status words_read(pl_ctx *cx, pl_bytes in, pl_doc *d, pl_layout *layout)
{
    pl_buf b;
    pl_status st;

    pl_buf_init(&b, cx->limits.input_bytes);
    st = run(cx, argv_words, in, CPU_S + CPU_S_PER_MB * (in.n >> 20), &b);
    if (st == PL_OK)
        st = pl_pdf_words(cx, b.p, b.n, d, layout);
    pl_buf_release(&b);
    return st;
}

static void title_of_meta(pl_doc *d)
{
    for (size_t i = 0; i < d->meta.n && d->title.n == 0; i++)
        if (pl_str_eq(d->meta.p[i].key, PL_S("标题")))
            d->title = d->meta.p[i].value;
}

pl_status pl_doc_read_pdf(pl_ctx *cx, pl_bytes in, pl_doc **out)
{
    pl_doc *d = PL_NEW(cx->arena, pl_doc);
    pl_layout layout = {0};

    if (!d)
        return pl_fail_memory(cx);
    d->format = PL_S("pdf");
    d->bytes = in.n;
    PL_TRY(words_read(cx, in, d, &layout));
    /* pages of a PDF file that have no text are pictures, or empty */
    for (size_t i = 0; i < layout.pages.n; i++)
        layout.pages.p[i].images = layout.pages.p[i].runs.n == 0;
    if (any_text(&layout))
        PL_TRY(rules_read(cx, in, d, &layout));
    PL_TRY(pl_layout_doc(cx, &layout, d));
    title_of_meta(d);
    *out = d;
    return PL_OK;
}
