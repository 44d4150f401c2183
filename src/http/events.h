/* Server-sent events: what changed, and how far imports are.
 *
 * Changes come out of the audit log, looked at once a second, so that those of other
 * processes on the same database come too; their ids are its numbers, and Last-Event-ID
 * brings what was missed. Progress of an import is told to the user who imports, by the
 * process that does it. A listener who does not read is dropped when its queue is full.
 */
#ifndef PL_HTTP_EVENTS_H
#define PL_HTTP_EVENTS_H

#include "http/exchange.h"
#include "service/changes.h"

typedef struct pl_hub pl_hub;

/* NULL: no memory. End it with pl_hub_free, after pl_hub_close and after all streams. */
PL_MUST pl_hub *pl_hub_new(struct pl_server *s);
void pl_hub_free(pl_hub *h);

/* Once a second, in one thread: look for changes, send heartbeats, end old streams. */
void pl_hub_tick(pl_hub *h);
/* End all streams; no new ones. */
void pl_hub_close(pl_hub *h);
/* Streams open. */
size_t pl_hub_listeners(const pl_hub *h);

/* Tell a user how far an import is. `id` is the client's. */
void pl_hub_import(pl_hub *h, pl_str user_id, pl_str id, pl_str stage);

/* Make the exchange's answer a stream of events, after entry `seq` of the audit log.
 * False: no memory, too many, or the server stops. */
PL_MUST bool pl_stream_begin(pl_exchange *x, int64_t seq);
/* The response that sends it. */
struct MHD_Response *pl_stream_response(pl_exchange *x);
/* The exchange ends. NULL is none. */
void pl_stream_end(struct pl_stream *t);

#endif
