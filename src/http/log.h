/* The access log: one line of JSON a request, on standard error. No query, no header, no
 * content: nothing of what people search for or send. */
#ifndef PL_HTTP_LOG_H
#define PL_HTTP_LOG_H

#include "http/exchange.h"

/* us: from the first line to the last byte. */
void pl_log_request(const pl_exchange *x, int64_t us);

#endif
