#include "common.h"

#include <stdio.h>
#include <stdlib.h>

void bench_stop(const char *why)
{
    fprintf(stderr, "bench: %s\n", why);
    exit(1);
}

pl_bytes bench_read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    unsigned char *p = NULL;
    size_t n = 0, cap = 0, got;

    if (!f)
        bench_stop("could not open the file");
    do {
        if (n == cap && !(p = realloc(p, cap = cap ? 2 * cap : 1 << 16)))
            bench_stop("no memory");
        got = fread(p + n, 1, cap - n, f);
        n += got;
    } while (got > 0);
    fclose(f);
    return (pl_bytes){p, n};
}

pl_ctx bench_request(void)
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};

    cx.arena = pl_arena_new(cx.limits.arena_bytes);
    if (!cx.arena || pl_lexicon_make(&cx, PL_S(""), &cx.lexicon) != PL_OK)
        bench_stop("no lexicon");
    return cx;
}

pl_check *bench_check(pl_ctx *cx, pl_bytes in)
{
    const pl_check_opts opts = {.year = 0};
    pl_check *out;
    pl_plan *plan;
    pl_doc *d;

    if (pl_doc_read(cx, in, &d) != PL_OK || pl_plan_read(cx, d, &plan) != PL_OK ||
        pl_check_plan(cx, plan, &opts, &out) != PL_OK)
        bench_stop(cx->err.msg);
    return out;
}
