/* Operations on people: sessions, users, tokens, settings. */
#include "http/route.h"

const pl_route pl_routes_people[] = {
    {.run = NULL},
};
