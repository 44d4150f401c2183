/* The description of the API, made of the table of operations. */
#ifndef PL_HTTP_OPENAPI_H
#define PL_HTTP_OPENAPI_H

#include "http/route.h"

/* One object: OpenAPI 3.1. x-permission is what each operation needs. */
void pl_openapi_put(pl_json *j);

#endif
