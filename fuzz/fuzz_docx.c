/* Word documents: the main part, styles, numbering, footnotes; or a whole package. */
#include "package.h"

#include "doc/docx_reader.h"

static pl_status read_all(pl_ctx *cx, pl_bytes in, pl_doc **out)
{
    static const pl_track tracks[] = {PL_TRACK_REJECT, PL_TRACK_ALL};

    for (size_t i = 0; i < PL_COUNT(tracks); i++) {
        pl_doc *d = NULL;

        cx->track = tracks[i];
        check((pl_doc_read_docx(cx, in, &d) == PL_OK) == (d != NULL));
        if (d)
            check_doc(d);
    }
    cx->track = PL_TRACK_ACCEPT;
    return pl_doc_read_docx(cx, in, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const pl_str names[] = {PL_S_INIT("word/document.xml"),
                                   PL_S_INIT("word/styles.xml"),
                                   PL_S_INIT("word/numbering.xml"),
                                   PL_S_INIT("word/footnotes.xml"),
                                   PL_S_INIT("word/_rels/document.xml.rels"),
                                   PL_S_INIT("_rels/.rels"),
                                   PL_S_INIT("docProps/core.xml")};

    fuzz_package(data, size, names, PL_COUNT(names), read_all);
    return 0;
}
