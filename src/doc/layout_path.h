/* Drawn paths -> ruled lines: strokes that run level or upright, and filled shapes so
 * thin that they are lines. Curves, slopes and areas are no lines of tables. */
#ifndef PL_DOC_LAYOUT_PATH_H
#define PL_DOC_LAYOUT_PATH_H

#include "doc/layout.h"

/* How path data is written. */
typedef enum pl_path_form {
    PL_PATH_OFD, /* GB/T 33190-2016, 9.1: S M L Q B A C; millimetres */
    PL_PATH_SVG  /* SVG 1.1, 8.3, absolute commands: M L H V C S Q T A Z; points */
} pl_path_form;

typedef struct pl_path_style {
    pl_path_form form;
    bool stroke, fill;
    pl_matrix m; /* from the path to the page */
} pl_path_style;

/* Append the ruled lines of a path to *out; reading stops where the data is not of its
 * form. PL_ENOMEM. Linear. */
PL_MUST pl_status pl_layout_path(pl_ctx *cx, const pl_path_style *style, pl_str data,
                                 pl_layout_rules *out);

#endif
