/* Workbooks: two sheets, shared strings, styles, the list of sheets; or a whole package.
 */
#include "package.h"

#include "doc/xlsx_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const pl_str names[] = {PL_S_INIT("xl/worksheets/sheet1.xml"),
                                   PL_S_INIT("xl/styles.xml"),
                                   PL_S_INIT("xl/sharedStrings.xml"),
                                   PL_S_INIT("xl/workbook.xml"),
                                   PL_S_INIT("xl/_rels/workbook.xml.rels"),
                                   PL_S_INIT("xl/worksheets/sheet2.xml"),
                                   PL_S_INIT("_rels/.rels")};

    fuzz_package(data, size, names, PL_COUNT(names), pl_doc_read_xlsx);
    return 0;
}
