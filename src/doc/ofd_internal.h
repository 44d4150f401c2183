/* Between the files of the OFD reader only.
 *
 *   ofd.c           the package: documents, pages, signatures
 *   ofd_page.c      objects of a page
 *   ofd_place.c     characters to runs */
#ifndef PL_DOC_OFD_INTERNAL_H
#define PL_DOC_OFD_INTERNAL_H

#include "base/map.h"
#include "codec/xml.h"
#include "codec/zip.h"
#include "doc/ofd.h"

enum {
    PL_OFD_PAGES_MAX = 20000,
    PL_OFD_OBJECTS_MAX = 500 * 1000, /* of all pages, templates counted each time */
    PL_OFD_UNITS_DEEP = 8            /* composite objects in composite objects */
};

/* What pages refer to by ID. */
typedef struct pl_ofd_res {
    pl_map bold;                      /* font ID -> 1 when it is a bold one */
    pl_map units;                     /* ID -> index in unit */
    PL_VEC(const pl_xml_node *) unit; /* CompositeGraphicUnit */
} pl_ofd_res;

typedef struct pl_ofd_reader {
    pl_zip *zip;
    pl_doc *doc;
    pl_ofd_pages *pages;
    size_t objects; /* read so far */
    pl_map read;    /* paths of pages that were read */
    /* of the document being read */
    pl_str path;
    pl_ofd_res res;
    pl_box area;
    pl_map templates; /* ID -> index in template */
    PL_VEC(pl_ofd_page) template;
} pl_ofd_reader;

/* Append the objects below `root` to a page; `path` of the page is set. PL_ELIMIT,
 * PL_ENOMEM. */
PL_MUST pl_status pl_ofd_objects(pl_ctx *cx, pl_ofd_reader *r, const pl_xml_node *root,
                                 pl_ofd_page *page);
/* A box of four numbers; `none` when they are not there or empty. */
pl_box pl_ofd_box(pl_str s, pl_box none);
/* Fonts and units of a resource part. */
PL_MUST pl_status pl_ofd_resources(pl_ctx *cx, const pl_xml_node *root, pl_ofd_res *res);

#endif
