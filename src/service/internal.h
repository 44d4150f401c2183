/* What the files of service/ share. */
#ifndef PL_SERVICE_INTERNAL_H
#define PL_SERVICE_INTERNAL_H

#include "service/service.h"

/* End a transaction by how its work went: commit, or undo and hand the failure on. */
PL_MUST pl_status pl_service_end(pl_ctx *cx, pl_store *s, pl_status st);

/* Bring a database to the newest schema, and make anew what is derived from its rows. */
PL_MUST pl_status pl_service_migrate(pl_ctx *cx, const pl_request *rq, pl_store *s);

/* Close a database that could not be made whole, and remove its file. */
void pl_service_discard(pl_store *s, const char *where);

#endif
