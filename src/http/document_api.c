/* Operations on documents: what was published, as it came and as it was read. */
#include "http/route.h"

const pl_route pl_routes_document[] = {
    {.run = NULL},
};
