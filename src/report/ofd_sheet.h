/* Pages of an OFD package as they are filled, for ofd_writer.c and ofd_tables.c. */
#ifndef PL_REPORT_OFD_SHEET_H
#define PL_REPORT_OFD_SHEET_H

#include "codec/zip_write.h"
#include "doc/layout_geom.h"

/* Micrometres. A4 with the margins of GB/T 9704-2012, 5.2: 37 above, 28 on the left, a
 * field of 156 by 225. */
enum {
    PL_SHEET_W = 210000,
    PL_SHEET_H = 297000,
    PL_SHEET_LEFT = 28000,
    PL_SHEET_TOP = 37000,
    PL_SHEET_FIELD_W = 156000,
    PL_SHEET_FIELD_H = 225000,
    PL_SHEET_END = PL_SHEET_TOP + PL_SHEET_FIELD_H
};

typedef enum pl_face { PL_FACE_SONG = 1, PL_FACE_HEI = 2 } pl_face; /* font IDs */

typedef struct pl_sheet_writer {
    pl_ctx *cx;
    pl_zip_writer zip;
    pl_buf page;    /* Content.xml of the open page; empty when none is open */
    uint32_t pages; /* begun so far */
    uint32_t id;    /* last one used */
    pl_um y;        /* what is free begins here */
} pl_sheet_writer;

/* End the open page, if any, and begin another one. PL_ELIMIT, PL_ENOMEM. */
PL_MUST pl_status pl_sheet_turn(pl_sheet_writer *w);
/* End the open page with its number. PL_ELIMIT, PL_ENOMEM. */
PL_MUST pl_status pl_sheet_close(pl_sheet_writer *w);

/* A line of text whose em box has its upper left corner at (x, y). */
void pl_sheet_text(pl_sheet_writer *w, pl_um x, pl_um y, pl_um size, pl_face face,
                   pl_str text);
/* The sides of a box. */
void pl_sheet_box(pl_sheet_writer *w, pl_box box);

#endif
