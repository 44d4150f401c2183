/* Speed and memory of the core, each as a ratio to something measured in the same run.
 *
 *     bench_core FILE
 *
 * Prints one line per measure: name, value, unit, what it is a ratio to. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "common.h"

enum {
    COPIES = 100,    /* reports of a region, one after the other */
    EVALS = 1000000, /* verdicts on single phrases */
    ROUNDS = 5,      /* of each timing; the fastest counts */
};

static double now_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* The same bytes, looked at once: the least that any reader does. */
static double touch_s(pl_bytes in, int copies)
{
    volatile uint64_t sink = 0;
    double start = now_s();

    for (int c = 0; c < copies; c++) {
        uint64_t sum = 0;

        for (size_t i = 0; i < in.n; i++)
            sum += in.p[i];
        sink += sum;
    }
    return now_s() - start;
}

static double fastest(double a, double b)
{
    return a == 0 || b < a ? b : a;
}

static void bench_copies(pl_bytes in)
{
    pl_ctx cx = bench_request();
    pl_arena_mark here = pl_arena_here(cx.arena);
    double whole = 0, touched = 0;
    size_t base = pl_arena_used(cx.arena), used = 0, verdicts = 0, relations = 0;

    for (int round = 0; round < ROUNDS; round++) {
        double start = now_s();

        for (int c = 0; c < COPIES; c++) {
            const pl_check *done = bench_check(&cx, in);

            verdicts = done->indicators.n;
            relations = done->held + done->failed;
            used = pl_arena_used(cx.arena) - base;
            pl_arena_reset(cx.arena, here);
        }
        whole = fastest(whole, now_s() - start);
        touched = fastest(touched, touch_s(in, COPIES));
    }
    printf(
        "check of %d copies: %.2f ms and %.1f MB/s each, %zu verdicts, %zu relations\n",
        COPIES, whole * 1e3 / COPIES, (double)in.n * COPIES / whole / 1e6, verdicts,
        relations);
    printf("check against touching each byte once: %.1f times\n", whole / touched);
    printf("request memory: %.1f bytes per byte of input\n", (double)used / (double)in.n);
    pl_arena_free(cx.arena);
}

static const struct {
    const char *target, *value, *name;
} phrases[] = {
    {"6以上", "4", "地区生产总值增速"},
    {"15左右", "8-9", "自贸区企业收入增速"},
    {"达到市级要求(33)", "30", "细颗粒物浓度"},
    {"控制在3%以内", "2.63(市级3.12)", "城镇登记失业率"},
    {"7.2(调整为5.5)", "5.5左右", "养老床位数"},
};

/* Parse a target and a value, and judge: the work of `plumbline eval`. */
static void eval_one(pl_ctx *cx, size_t which)
{
    pl_arena_mark here = pl_arena_here(cx->arena);
    pl_phrase_opts opts = {.name = pl_str_from(phrases[which].name)};
    pl_phrase *target, *value;
    pl_verdict verdict;

    if (pl_phrase_parse(cx, pl_str_from(phrases[which].target), &opts, &target) !=
            PL_OK ||
        pl_phrase_parse(cx, pl_str_from(phrases[which].value), &opts, &value) != PL_OK)
        bench_stop(cx->err.msg);
    pl_judge_in ask = {.target = target, .value = value, .name = opts.name};
    if (pl_judge(cx, &ask, &verdict) != PL_OK)
        bench_stop(cx->err.msg);
    pl_arena_reset(cx->arena, here);
}

static void bench_evals(void)
{
    pl_ctx cx = bench_request();
    double start = now_s(), took;

    for (size_t i = 0; i < EVALS; i++)
        eval_one(&cx, i % PL_COUNT(phrases));
    took = now_s() - start;
    printf("eval: %.0f a second (1 M in %.1f s)\n", EVALS / took, took);
    pl_arena_free(cx.arena);
}

/* Time per byte of a document `times` as long; n log n keeps it near that of one. */
static double per_byte(pl_bytes in, size_t times)
{
    unsigned char *p = malloc(in.n * times);
    double best = 0;

    if (!p)
        bench_stop("no memory");
    for (size_t i = 0; i < times; i++)
        memcpy(p + i * in.n, in.p, in.n);
    for (int round = 0; round < (times > 10 ? 2 : ROUNDS); round++) {
        pl_ctx cx = bench_request();
        double start = now_s();

        bench_check(&cx, (pl_bytes){p, in.n * times});
        best = fastest(best, now_s() - start);
        pl_arena_free(cx.arena);
    }
    free(p);
    return best / (double)(in.n * times);
}

static void bench_growth(pl_bytes in)
{
    double one = per_byte(in, 1);

    for (size_t times = 10; times <= 100; times *= 10)
        printf("growth: a document %zu times as long costs %.2f times as much per byte\n",
               times, per_byte(in, times) / one);
}

int main(int argc, char **argv)
{
    struct rusage usage;

    if (argc != 2)
        bench_stop("usage: bench_core FILE");
    pl_bytes in = bench_read_file(argv[1]);
    bench_copies(in);
    bench_evals();
    bench_growth(in);
    getrusage(RUSAGE_SELF, &usage);
    printf("peak memory of this run: %.1f MB, %.1f times the longest document\n",
           (double)usage.ru_maxrss / 1e3,
           (double)usage.ru_maxrss * 1e3 / ((double)in.n * 100));
    free((void *)(uintptr_t)in.p);
    return 0;
}
