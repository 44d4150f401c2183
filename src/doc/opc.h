/* Office packages (OOXML): the parts of a ZIP package and how they refer to each other.
 *
 * ECMA-376 part 2: [Content_Types].xml says what a part is, X/_rels/Y.rels what part X/Y
 * refers to; _rels/.rels names the main part. */
#ifndef PL_DOC_OPC_H
#define PL_DOC_OPC_H

#include "base/map.h"
#include "codec/xml.h"
#include "codec/zip.h"
#include "doc/doc.h"

typedef enum pl_opc_kind {
    PL_OPC_NONE, /* not an office package */
    PL_OPC_DOCX,
    PL_OPC_XLSX,
    PL_OPC_XLSB, /* workbook in binary records: not read */
    PL_OPC_PPTX, /* slides: not read */
    PL_OPC_ODF   /* OpenDocument: not read */
} pl_opc_kind;

typedef struct pl_opc {
    pl_zip *zip;
    pl_str main; /* path of the main part */
    pl_opc_kind kind;
} pl_opc;

/* What the package is and where its main part stands. kind NONE when it is none of these;
 * parts that are broken are reported when they are read. PL_ESYNTAX, PL_ELIMIT, PL_ENOMEM
 * of the parts that were needed to tell. */
PL_MUST pl_status pl_opc_open(pl_ctx *cx, pl_zip *zip, pl_opc *out);

/* True when a file is a package of this kind, or is broken and has parts like it (so that
 * its reader says what is wrong). Makes use of no context. */
bool pl_opc_sniff(pl_bytes in, pl_opc_kind kind);

/* True for a package that is encrypted: it then lies in a compound file (OLE2,
 * MS-OFFCRYPTO 2.3.4) under the name EncryptedPackage. */
bool pl_opc_is_encrypted(pl_bytes in);

/* Open a package that has to be of a kind. PL_EFORMAT or PL_ECONVERT says which it is and
 * what converts it. */
PL_MUST pl_status pl_opc_expect(pl_ctx *cx, pl_bytes in, pl_opc_kind kind, pl_opc *out);

typedef struct pl_opc_rel {
    pl_str id, type; /* type: the last name of its URI, "officeDocument", "styles" */
    pl_str path;     /* of the part, as pl_zip_name; empty when outside the package */
} pl_opc_rel;

typedef struct pl_opc_rels {
    PL_VEC(pl_opc_rel) list;
    pl_map by_id; /* index */
} pl_opc_rels;

/* What part `from` refers to ("" is the package itself); none when it has no rels part.
 * Targets that leave the package have an empty path. */
PL_MUST pl_status pl_opc_rels_of(pl_ctx *cx, const pl_opc *o, pl_str from,
                                 pl_opc_rels *out);

/* The path of the first of a type, or of an id; empty when there is none. */
pl_str pl_opc_by_type(const pl_opc_rels *rels, pl_str type);
pl_str pl_opc_by_id(const pl_opc_rels *rels, pl_str id);

/* The tree of a part that is small in every real package (relations, properties, a
 * workbook's list of sheets). PL_ENOTFOUND; PL_ELIMIT beyond 16 MiB; as pl_xml_tree. */
PL_MUST pl_status pl_opc_tree(pl_ctx *cx, const pl_opc *o, pl_str path,
                              pl_xml_node **out);

/* Read a large part with events; its text is held only meanwhile, apart from cx->arena.
 * PL_ENOTFOUND; as pl_zip_read and pl_xml_read. The part is named in the message. */
PL_MUST pl_status pl_opc_events(pl_ctx *cx, const pl_opc *o, pl_str path,
                                const pl_xml_events *events, void *self);

/* Title and creator of docProps/core.xml into d->meta (标题, 作者); none is no error. */
PL_MUST pl_status pl_opc_meta(pl_ctx *cx, const pl_opc *o, pl_doc *d);

#endif
