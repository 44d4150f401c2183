#include "doc/read.h"

#include "doc/archive.h"
#include "doc/docx_reader.h"
#include "doc/html.h"
#include "doc/ofd.h"
#include "doc/opc.h"
#include "doc/pdf.h"
#include "doc/text_reader.h"
#include "doc/xlsx_reader.h"

static bool is_pdf(pl_bytes in)
{
    return pl_pdf_is(in) && !pl_zip_is(in);
}

static pl_status refuse_archive(pl_ctx *cx, pl_bytes in, pl_doc **out)
{
    (void)in;
    (void)out;
    return pl_fail(cx, PL_EFORMAT, PL_NOPOS,
                   "a ZIP archive, not a document: its files are read one by one");
}

/* A kind of file that is read, told by its content. */
static const struct format {
    pl_str name;
    bool (*sniff)(pl_bytes in); /* NULL: whatever is left */
    pl_status (*read)(pl_ctx *cx, pl_bytes in, pl_doc **out);
} formats[] = {
    {PL_S_INIT("zip"), pl_archive_is, refuse_archive},
    {PL_S_INIT("ofd"), pl_ofd_is, pl_doc_read_ofd},
    {PL_S_INIT("docx"), pl_docx_is, pl_doc_read_docx},
    {PL_S_INIT("xlsx"), pl_xlsx_is, pl_doc_read_xlsx},
    {PL_S_INIT("pdf"), is_pdf, NULL}, /* from what was gathered */
    {PL_S_INIT("html"), pl_html_is, pl_doc_read_html},
    {PL_S_INIT("mhtml"), pl_mhtml_is, pl_doc_read_mhtml},
    {PL_S_INIT("text"), NULL, pl_doc_read_text}, /* last: anything may be text */
};

/* First bytes of kinds that are not read, and what to do about them. */
static const struct foreign {
    const char *magic;
    size_t n;
    const char *advice;
    bool document;
} foreign[] = {
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8,
     "an old .doc, .xls or .wps file: convert it to .docx or .xlsx, for example with "
     "LibreOffice",
     true},
    {"{\\rtf", 5, "an RTF file: convert it to .docx, for example with LibreOffice", true},
    {"PK\x03\x04", 4, "a ZIP package that is no .docx, .xlsx or .ofd document"},
    {"PK\x05\x06", 4, "an empty ZIP archive"},
    {"\x89PNG", 4, "a picture (PNG): recognise its text first"},
    {"\xFF\xD8\xFF", 3, "a picture (JPEG): recognise its text first"},
    {"GIF8", 4, "a picture (GIF): recognise its text first"},
    {"II*\0", 4, "a picture (TIFF): recognise its text first"},
    {"MM\0*", 4, "a picture (TIFF): recognise its text first"},
    {"\x1F\x8B", 2, "a gzip archive: unpack it first"},
    {"BZh", 3, "a bzip2 archive: unpack it first"},
    {"\xFD\x37zXZ", 5, "an xz archive: unpack it first"},
    {"7z\xBC\xAF\x27\x1C", 6, "a 7z archive: unpack it first"},
    {"Rar!", 4, "a RAR archive: unpack it first"},
    {"\x7F\x45LF", 4, "a program, not a document"},
    {"MZ\x90", 3, "a program, not a document"},
    {"SQLite format 3", 15, "a SQLite database, not a document"},
};

static const struct foreign *foreign_of(pl_bytes in)
{
    for (size_t i = 0; i < PL_COUNT(foreign); i++)
        if (in.n >= foreign[i].n && memcmp(in.p, foreign[i].magic, foreign[i].n) == 0)
            return &foreign[i];
    return NULL;
}

/* Why a file of no kind that is read is not. */
static pl_status refuse(pl_ctx *cx, pl_bytes in)
{
    const struct foreign *other = foreign_of(in);
    pl_zip *zip;

    if (pl_opc_is_encrypted(in))
        return pl_fail(cx, PL_EENCRYPTED, PL_NOPOS,
                       "the document is encrypted: save it without a password");
    if (pl_zip_is(in))
        PL_TRY(pl_zip_open(cx, in, &zip)); /* a broken one says what is wrong */
    if (!other)
        return PL_OK;
    return pl_fail(cx, other->document ? PL_ECONVERT : PL_EFORMAT, PL_NOPOS, "%s",
                   other->advice);
}

static pl_status read_as_told(pl_ctx *cx, pl_bytes in, pl_pdf_said *said, pl_doc **out)
{
    const struct format *f = formats;
    pl_doc *d = NULL;

    if (in.n > cx->limits.input_bytes)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS,
                       "a file of %zu bytes; at most %zu are read", in.n,
                       cx->limits.input_bytes);
    if (in.n == 0)
        return pl_fail(cx, PL_ESYNTAX, 0, "the file is empty");
    while (f->sniff && !f->sniff(in))
        f++;
    if (!f->sniff)
        PL_TRY(refuse(cx, in));
    PL_TRY(f->read ? f->read(cx, in, &d) : pl_pdf_doc(cx, in, said, &d));
    d->format = f->name;
    d->bytes = in.n;
    pl_doc_number(d);
    *out = d;
    return PL_OK;
}

pl_status pl_doc_read_gathered(pl_ctx *cx, pl_bytes in, pl_pdf_said *said, pl_doc **out)
{
    size_t most = pl_ctx_bound(cx, in.n), least = cx->limits.arena_bytes;
    pl_status st = read_as_told(cx, in, said, out);

    pl_ctx_ceiling(cx, most);
    if (st == PL_ENOMEM && least < most)
        (void)pl_fail(cx, PL_ENOMEM, PL_NOPOS, "reading it takes more than %zu MB",
                      (cx->limits.read_bytes + cx->limits.read_ratio * in.n) >> 20);
    return st;
}

pl_status pl_doc_gather(pl_ctx *cx, pl_bytes in, pl_pdf_said *out)
{
    *out = (pl_pdf_said){0};
    return is_pdf(in) && in.n <= cx->limits.input_bytes ? pl_pdf_run(cx, in, out) : PL_OK;
}

pl_status pl_doc_read(pl_ctx *cx, pl_bytes in, pl_doc **out)
{
    pl_pdf_said said;
    pl_status st = pl_doc_gather(cx, in, &said);

    if (st == PL_OK)
        st = pl_doc_read_gathered(cx, in, &said, out);
    pl_pdf_said_release(&said);
    return st;
}
