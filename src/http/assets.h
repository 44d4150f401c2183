/* The cockpit: the files of web/dist, packed into the program by tools/embed_files. */
#ifndef PL_HTTP_ASSETS_H
#define PL_HTTP_ASSETS_H

#include "http/exchange.h"

typedef struct pl_asset {
    pl_str path; /* "/assets/index-Bc3d.js"; ends the table when empty */
    pl_str type; /* of its content */
    pl_str etag;
    bool is_named_by_content; /* may be kept for ever */
    bool is_gzip;             /* bytes are packed; n_plain before that */
    const char *p;
    size_t n, n_plain;
} pl_asset;

extern const pl_asset pl_assets[]; /* generated; ordered by path */
extern const size_t pl_assets_count;

/* The file of a path; for the pages of the cockpit (no dot in the last segment),
 * index.html. NULL: no such file. */
const pl_asset *pl_asset_of(pl_str path);

/* Make it the exchange's answer. */
void pl_asset_answer(pl_exchange *x, const pl_asset *a);

#endif
