#include "doc/pdf.h"

#include <signal.h>

#include "base/child.h"
#include "base/sandbox.h"

/* Milliseconds of processor time. pdftotext writes page by page (10 ms each): it has a
 * time for the next page and one for all, by the size of the file. pdftocairo (25 ms a
 * page) writes at the end: its time is by the number of pages. At most a minute; three
 * times that by the clock, for busy machines. */
enum {
    WORDS_MS = 2000,
    WORDS_MS_PER_MB = 3000,
    WORDS_STALL_MS = 700,
    RULES_MS = 600,
    RULES_MS_PER_PAGE = 50,
    CPU_MS_MAX = 60000,
    WALL_TIMES = 3
};

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

/* Run one of the programs over the file. */
static pl_status run(pl_ctx *cx, const char *const *argv, pl_bytes in, size_t cpu_ms,
                     size_t stall_ms, pl_buf *out)
{
    pl_child c = {.argv = argv,
                  .in = in,
                  .memory_bytes = CHILD_BYTES + 2 * in.n,
                  .stall_ms = (unsigned)stall_ms};
    pl_child_end end;
    pl_buf said;
    pl_status st;
    int code;

    if (cx->sandbox)
        PL_TRY(pl_sandbox_make(cx, PL_SANDBOX_PROGRAM, &c.box));
    c.cpu_ms = (unsigned)(cpu_ms < CPU_MS_MAX ? cpu_ms : CPU_MS_MAX);
    c.deadline_ms = c.cpu_ms * WALL_TIMES;
    pl_buf_init(out, cx->limits.input_bytes);
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

void pl_pdf_said_release(pl_pdf_said *said)
{
    pl_buf_release(&said->words);
    pl_buf_release(&said->rules);
}

static size_t count(pl_str s, pl_str what)
{
    size_t n = 0;

    for (size_t at = 0; (at = pl_str_find(s, what, at)) != PL_NOPOS; at += what.n)
        n++;
    return n;
}

pl_status pl_pdf_run(pl_ctx *cx, pl_bytes in, pl_pdf_said *out)
{
    pl_str words;
    pl_status st;
    size_t pages;

    *out = (pl_pdf_said){0};
    PL_TRY(run(cx, argv_words, in, WORDS_MS + WORDS_MS_PER_MB * (in.n >> 20),
               WORDS_STALL_MS, &out->words));
    words = pl_buf_str(&out->words);
    if (!pl_str_has(words, PL_S("<word "))) /* pictures have no table lines */
        return PL_OK;
    pages = count(words, PL_S("<page "));
    st = run(cx, argv_rules, in, RULES_MS + RULES_MS_PER_PAGE * pages, 0, &out->rules);
    out->no_rules = st != PL_OK;
    return st == PL_ENOMEM ? st : PL_OK;
}

/* Ruled lines of the pages. Without them reading goes on, and says so. */
static pl_status rules_take(pl_ctx *cx, pl_pdf_said *said, pl_doc *d, pl_layout *layout)
{
    if (!said->no_rules) {
        pl_status st = pl_pdf_rules(cx, said->rules.p, said->rules.n, layout);

        if (st == PL_OK || st == PL_ENOMEM)
            return st;
    }
    return pl_doc_odd(
        cx, d, PL_S("pdf.no_lines"),
        PL_S("未能读取表格线（pdftocairo），表格只按对齐识别"),
        PL_S("ruled lines could not be read (pdftocairo): tables are told by "
             "alignment alone"),
        (pl_place){0});
}

static void title_of_meta(pl_doc *d)
{
    for (size_t i = 0; i < d->meta.n && d->title.n == 0; i++)
        if (pl_str_eq(d->meta.p[i].key, PL_S("标题")))
            d->title = d->meta.p[i].value;
}

pl_status pl_pdf_doc(pl_ctx *cx, pl_bytes in, pl_pdf_said *said, pl_doc **out)
{
    pl_doc *d = PL_NEW(cx->arena, pl_doc);
    pl_layout layout = {0};

    if (!d)
        return pl_fail_memory(cx);
    d->format = PL_S("pdf");
    d->bytes = in.n;
    PL_TRY(pl_pdf_words(cx, said->words.p, said->words.n, d, &layout));
    /* pages of a PDF file that have no text are pictures, or empty */
    for (size_t i = 0; i < layout.pages.n; i++)
        layout.pages.p[i].images = layout.pages.p[i].runs.n == 0;
    if (any_text(&layout))
        PL_TRY(rules_take(cx, said, d, &layout));
    PL_TRY(pl_layout_doc(cx, &layout, d));
    title_of_meta(d);
    *out = d;
    return PL_OK;
}

pl_status pl_doc_read_pdf(pl_ctx *cx, pl_bytes in, pl_doc **out)
{
    pl_pdf_said said;
    pl_status st = pl_pdf_run(cx, in, &said);

    if (st == PL_OK)
        st = pl_pdf_doc(cx, in, &said, out);
    pl_pdf_said_release(&said);
    return st;
}
