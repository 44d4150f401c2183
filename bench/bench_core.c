/* Speed and memory of the core, each as a ratio to something measured in the same run.
 *
 *     bench_core FILE
 *
 * Times are of the processor, not of the clock: others may be at work on the machine. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "common.h"

enum {
    COPIES = 100,    /* of the report in one file */
    EVALS = 1000000, /* verdicts on single phrases */
    ROUNDS = 5,      /* of each timing; the fastest counts */
};

static double now_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* The same bytes, looked at once: the least that any reader does. */
static double touch_s(pl_bytes in)
{
    volatile uint64_t sink;
    double start = now_s();
    uint64_t sum = 0;

    for (size_t i = 0; i < in.n; i++)
        sum += in.p[i];
    sink = sum;
    (void)sink;
    return now_s() - start;
}

static double less(double a, double b)
{
    return a == 0 || b < a ? b : a;
}

/* The report `times` after each other. When `distinct`, each copy has other figures and,
 * for one ideograph in eight, another one: what is said in one is said in no other. */
static pl_bytes repeated(pl_bytes in, size_t times, bool distinct)
{
    unsigned char *p = malloc(in.n * times);

    if (!p)
        bench_stop("no memory");
    for (size_t c = 0; c < times; c++) {
        unsigned char *copy = p + c * in.n;

        memcpy(copy, in.p, in.n);
        for (size_t i = 0; distinct && c > 0 && i + 2 < in.n; i++) {
            if (copy[i] >= '1' && copy[i] <= '9')
                copy[i] = (unsigned char)('1' + (copy[i] - '1' + c) % 9);
            else if (copy[i] >= 0xE4 && copy[i] <= 0xE9 && (i * 2654435761u + c) % 8 == 0)
                copy[i + 2] = (unsigned char)(0x80 | ((copy[i + 2] + c) & 0x3F));
        }
    }
    return (pl_bytes){p, in.n * times};
}

static void release(pl_bytes b)
{
    free((void *)(uintptr_t)b.p);
}

/* What one reading and checking took, in seconds, and how much memory. The lexicon is
 * made before; memory that was used once is used again, as where document follows
 * document. */
typedef struct took {
    double read, judge, relate; /* the document and its plan; verdicts; all relations */
    size_t bytes, verdicts, relations;
} took;

static took once(pl_ctx *cx, pl_bytes in)
{
    const pl_check_opts opts = {.year = 0};
    pl_arena_mark here = pl_arena_here(cx->arena);
    size_t before = pl_arena_used(cx->arena);
    double start = now_s();
    took t = {0};
    pl_check *out;
    pl_plan *plan;
    pl_doc *d;

    if (pl_doc_read(cx, in, &d) != PL_OK || pl_plan_read(cx, d, &plan) != PL_OK)
        bench_stop(cx->err.msg);
    t.read = now_s() - start;
    start = now_s();
    if (pl_check_verdicts(cx, plan, &opts, &out) != PL_OK)
        bench_stop(cx->err.msg);
    t.judge = now_s() - start;
    t.verdicts = out->indicators.n;
    t.bytes = pl_arena_used(cx->arena) - before;
    start = now_s();
    if (pl_check_plan(cx, plan, &opts, &out) != PL_OK)
        bench_stop(cx->err.msg);
    t.relate = now_s() - start - t.judge;
    t.relations = out->held + out->failed;
    pl_arena_reset(cx->arena, here);
    return t;
}

static took fastest(pl_bytes in, int rounds)
{
    pl_ctx cx = bench_request();
    took best = once(&cx, in);

    for (int i = 1; i < rounds; i++) {
        took t = once(&cx, in);

        best.read = less(best.read, t.read);
        best.judge = less(best.judge, t.judge);
        best.relate = less(best.relate, t.relate);
    }
    pl_arena_free(cx.arena);
    return best;
}

static void bench_copies(pl_bytes in)
{
    pl_bytes all = repeated(in, COPIES, false);
    took t = fastest(all, 3);
    double judged = t.read + t.judge, touched = 0;

    for (int i = 0; i < ROUNDS; i++)
        touched = less(touched, touch_s(all));
    printf("read and judge, %d copies in one file: %.1f MB/s, %.1f times touching each "
           "byte once; %zu verdicts\n",
           COPIES, (double)all.n / judged / 1e6, judged / touched, t.verdicts);
    printf("  its memory: %.1f bytes per byte of input\n",
           (double)t.bytes / (double)all.n);
    printf("  with all relations: %.1f MB/s; %zu relations\n",
           (double)all.n / (judged + t.relate) / 1e6, t.relations);
    release(all);
}

/* Seconds per byte of documents of several lengths, to that of the first. */
static void bench_growth(pl_bytes in, const char *what, const size_t times[3],
                         bool distinct)
{
    double first = 0;

    printf("growth of %s, time per byte:", what);
    for (int i = 0; i < 3; i++) {
        pl_bytes b = repeated(in, times[i], distinct);
        took t = fastest(b, times[i] > 10 ? 2 : ROUNDS);
        double per_byte =
            (distinct ? t.read + t.judge + t.relate : t.read + t.judge) / (double)b.n;

        first = i ? first : per_byte;
        printf(" %zu x %.2f", times[i], per_byte / first);
        release(b);
    }
    printf("\n");
}

static void bench_one(pl_bytes in)
{
    took t = fastest(in, 40);

    printf("one report of %zu bytes: read %.2f ms, verdicts %.2f ms, relations %.2f ms\n",
           in.n, t.read * 1e3, t.judge * 1e3, t.relate * 1e3);
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

/* Parse a target and a value, and judge: the work of `plumbline eval`, with its sentences
 * in both languages or only the verdict. */
static void eval_one(pl_ctx *cx, size_t which, bool words)
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
    if (!words)
        pl_decide(cx, &ask, &verdict);
    else if (pl_judge(cx, &ask, &verdict) != PL_OK)
        bench_stop(cx->err.msg);
    pl_arena_reset(cx->arena, here);
}

static void bench_evals(bool words)
{
    pl_ctx cx = bench_request();
    double start = now_s(), took_s;

    for (size_t i = 0; i < EVALS; i++)
        eval_one(&cx, i % PL_COUNT(phrases), words);
    took_s = now_s() - start;
    printf("eval, %s: %.2f M a second per core\n",
           words ? "explained in both languages" : "the verdict alone",
           EVALS / took_s / 1e6);
    pl_arena_free(cx.arena);
}

int main(int argc, char **argv)
{
    static const size_t copies[] = {1, 10, COPIES}, others[] = {1, 4, 16};
    struct rusage usage;

    if (argc != 2)
        bench_stop("usage: bench_core FILE");
    pl_bytes in = bench_read_file(argv[1]);
    bench_one(in);
    bench_copies(in);
    bench_evals(true);
    bench_evals(false);
    bench_growth(in, "reading and judging copies", copies, false);
    bench_growth(in, "a check with all relations, distinct content", others, true);
    getrusage(RUSAGE_SELF, &usage);
    printf("peak memory of this run: %.1f MB, %.1f times the longest document\n",
           (double)usage.ru_maxrss / 1e3,
           (double)usage.ru_maxrss * 1e3 / ((double)in.n * COPIES));
    release(in);
    return 0;
}
