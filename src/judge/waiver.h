/* Findings that somebody has looked at and lets stand, from a file of lines:
 *
 *     kind <tab> text of a place <tab> reason <tab> by whom
 *
 * Empty lines and lines that begin with # say nothing. A waiver lets stand each finding
 * of its kind that has a place whose text holds the waiver's, however both are spaced and
 * whatever the width of their characters; instead of the text of a place it may give the
 * finding's id. A figure that changes in the document changes the text of its place, so
 * the finding comes back. R-390. */
#ifndef PL_JUDGE_WAIVER_H
#define PL_JUDGE_WAIVER_H

#include "judge/relation.h"

enum { PL_WAIVERS_MAX = 4096 }; /* each is held against each finding */

typedef struct pl_waiver {
    pl_kind kind;
    pl_str text; /* as written */
    pl_str folded;
    pl_str reason, by;
    uint32_t line; /* of the file, from 1 */
} pl_waiver;

typedef PL_VEC(pl_waiver) pl_waivers;

/* Read a file of waivers, into cx->arena; `in` must outlive it.
 * PL_ESYNTAX with err.line and err.col for a line that is not of the form, PL_ELIMIT for
 * more than PL_WAIVERS_MAX, PL_ENOMEM. */
PL_MUST pl_status pl_waivers_read(pl_ctx *cx, pl_bytes in, pl_waivers *out);

struct pl_check;

/* Is waiver i of the check one that lets nothing stand, though its kind was examined? */
bool pl_waiver_is_unused(const struct pl_check *check, size_t i);

/* Mark the findings that are waived, and count them. PL_ENOMEM. */
PL_MUST pl_status pl_waive(pl_ctx *cx, struct pl_check *check, const pl_waivers *waivers);

#endif
