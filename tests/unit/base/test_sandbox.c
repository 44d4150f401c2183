/* What a confined reader cannot do, and how it is told. */
#define _GNU_SOURCE
#include "unit.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/child.h"
#include "base/sandbox.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static void answers(void *self, pl_buf *out)
{
    for (size_t i = 0; i < *(const size_t *)self; i++)
        pl_buf_putc(out, (char)('a' + i % 26));
}

static void opens_a_file(void *self, pl_buf *out)
{
    (void)self;
    pl_buf_putf(out, "%d", open("/etc/passwd", O_RDONLY));
}

static void writes_a_file(void *self, pl_buf *out)
{
    (void)self;
    pl_buf_putf(out, "%d", open("/tmp/x", O_WRONLY | O_CREAT, 0600));
}

static void connects(void *self, pl_buf *out)
{
    (void)self;
    pl_buf_putf(out, "%d", socket(AF_INET, SOCK_STREAM, 0));
}

static void forks(void *self, pl_buf *out)
{
    (void)self;
    pl_buf_putf(out, "%d", (int)fork());
}

static void runs_a_program(void *self, pl_buf *out)
{
    (void)self;
    pl_buf_putf(out, "%d", execl("/bin/true", "true", (char *)NULL));
}

static void makes_code(void *self, pl_buf *out)
{
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    (void)self;
    pl_buf_putf(out, "%d", p == MAP_FAILED);
}

static void signals_its_parent(void *self, pl_buf *out)
{
    (void)self;
    pl_buf_putf(out, "%d", kill(getppid(), SIGTERM));
}

static void reads_what_was_open(void *self, pl_buf *out)
{
    char c = 0;

    (void)self;
    pl_buf_putf(out, "%zd", read(STDIN_FILENO, &c, 1));
}

static void loops(void *self, pl_buf *out)
{
    volatile unsigned long n = 0;

    (void)out;
    while (*(const size_t *)self)
        n++;
}

static void crashes(void *self, pl_buf *out)
{
    volatile char *volatile p = NULL;

    (void)self;
    (void)out;
    *p = 1;
}

static const pl_sandbox *box_make(pl_ctx *cx, pl_sandbox_kind kind)
{
    const pl_sandbox *box = NULL;

    if (pl_sandbox_make(cx, kind, &box) != PL_OK) {
        print_message("%s: skipped\n", cx->err.msg);
        skip();
    }
    return box;
}

static void what_is_forbidden_stops_the_reader(void **state)
{
    static const struct {
        void (*run)(void *self, pl_buf *out);
        pl_status want;
        const char *says;
    } rows[] = {
        {answers, PL_OK, ""},
        {opens_a_file, PL_ESTOPPED, "forbidden"},
        {writes_a_file, PL_ESTOPPED, "forbidden"},
        {connects, PL_ESTOPPED, "forbidden"},
        {forks, PL_ESTOPPED, "forbidden"},
        {runs_a_program, PL_ESTOPPED, "forbidden"},
        {makes_code, PL_ESTOPPED, "forbidden"},
        {signals_its_parent, PL_ESTOPPED, "forbidden"},
        {reads_what_was_open, PL_ESTOPPED, "forbidden"},
        {loops, PL_ELIMIT, "too long"},
        {crashes, PL_ESTOPPED, SANITIZED ? "" : "signal 11"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        size_t n = 3;
        pl_sandbox_task t = {.run = rows[i].run,
                             .self = &n,
                             .memory_bytes = (size_t)256 << 20,
                             .answer_bytes = 1 << 20,
                             .cpu_s = 1,
                             .deadline_ms = 20000};
        pl_ctx cx = test_ctx();
        const pl_sandbox *box = box_make(&cx, PL_SANDBOX_READER);
        pl_status st;
        pl_str out = {0};

        st = pl_sandbox_run(&cx, box, &t, &out);
        if (st != rows[i].want || (st != PL_OK && !strstr(cx.err.msg, rows[i].says)))
            fail_msg("row %zu: status %d, %s, '%.*s'", i, (int)st, cx.err.msg, (int)out.n,
                     out.p);
        if (st == PL_OK)
            assert_str(out, of("abc"));
        test_ctx_free(&cx);
    }
}

static void takes_memory(void *self, pl_buf *out)
{
    volatile char *p = malloc(*(const size_t *)self);

    pl_buf_putf(out, "%s", p ? "got it" : "refused");
}

static void memory_is_limited(void **state)
{
    static const struct {
        size_t bytes;
        const char *want;
    } rows[] = {{(size_t)100 << 20, "got it"}, {(size_t)1 << 30, "refused"}};

    (void)state;
    if (SANITIZED)
        skip(); /* a sanitizer's shadow has no bounds */
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        size_t n = rows[i].bytes;
        pl_sandbox_task t = {takes_memory, &n, NULL, (size_t)256 << 20, 100, 0, 1, 20000};
        pl_ctx cx = test_ctx();
        const pl_sandbox *box = box_make(&cx, PL_SANDBOX_READER);
        pl_str out;

        assert_int_equal(pl_sandbox_run(&cx, box, &t, &out), PL_OK);
        assert_str(out, of(rows[i].want));
        test_ctx_free(&cx);
    }
}

static void an_answer_is_taken_whole_or_not_at_all(void **state)
{
    static const struct {
        size_t n, may, guess, room;
        pl_status want;
    } rows[] = {
        {0, 100, 0, 1000, PL_OK},
        {0, 0, 100, 1000, PL_OK},
        {100, 100, 50, 1000, PL_OK},
        {101, 100, 5000000, 1000, PL_ELIMIT},
        {5000000, 6000000, 100, 6000000, PL_OK},
        {5000000, 6000000, 6000000, 6000000, PL_OK},
        {5000000, 4000000, 0, 6000000, PL_ELIMIT},
        {5000000, 6000000, 0, 4000000, PL_ENOMEM},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        size_t n = rows[i].n;
        pl_sandbox_task t = {answers,       &n, NULL, (size_t)256 << 20, rows[i].may,
                             rows[i].guess, 2,  20000};
        pl_ctx cx = test_ctx();
        const pl_sandbox *box = box_make(&cx, PL_SANDBOX_READER);
        pl_str out;

        (void)pl_arena_ceiling(cx.arena, rows[i].room);
        assert_int_equal(pl_sandbox_run(&cx, box, &t, &out), rows[i].want);
        for (size_t k = 0; rows[i].want == PL_OK && k < n; k++)
            if (out.n != n || out.p[k] != (char)('a' + k % 26))
                fail_msg("row %zu: byte %zu of %zu", i, k, out.n);
        test_ctx_free(&cx);
    }
}

static void sleeps(void *self)
{
    struct timespec long_time = {30, 0};

    (void)self;
    nanosleep(&long_time, NULL);
}

static void a_reader_that_only_waits_is_stopped_by_the_clock(void **state)
{
    size_t n = 1;
    pl_sandbox_task t = {answers, &n, sleeps, (size_t)256 << 20, 100, 0, 1, 200};
    pl_ctx cx = test_ctx();
    const pl_sandbox *box = box_make(&cx, PL_SANDBOX_READER);
    time_t begun = time(NULL);
    pl_str out;

    (void)state;
    assert_int_equal(pl_sandbox_run(&cx, box, &t, &out), PL_ELIMIT);
    assert_true(time(NULL) - begun < 15);
    test_ctx_free(&cx);
}

/* Programs: what they print of what they tried. */
static void programs_read_the_system_and_nothing_else(void **state)
{
    static const struct {
        const char *script; /* of sh */
        const char *out;
    } rows[] = {
        {"echo yes", "yes\n"},
        {"read line < /etc/passwd && echo got", ""},
        {"read line < /usr/lib/os-release && echo got", "got\n"},
        {"echo x > /tmp/plumbline-sandbox-test && echo wrote", ""},
        {"(echo forked)", ""},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        const char *argv[] = {"sh", "-c", rows[i].script, NULL};
        pl_child c = {.argv = argv, .deadline_ms = 20000};
        pl_ctx cx = test_ctx();
        pl_child_end end;
        pl_buf out;
        int code;

        c.box = box_make(&cx, PL_SANDBOX_PROGRAM);
        pl_buf_init(&out, 1000);
        assert_int_equal(pl_child_run(&cx, &c, &out, NULL, &end, &code), PL_OK);
        if (!pl_str_eq(pl_buf_str(&out), of(rows[i].out)))
            fail_msg("%s: end %d, code %d, '%.*s'", rows[i].script, (int)end, code,
                     (int)out.n, out.p);
        pl_buf_release(&out);
        test_ctx_free(&cx);
    }
}

/* In a fork: a system where filters cannot be set. */
static void without_seccomp(void)
{
    struct sock_filter code[] = {
        {BPF_LD | BPF_W | BPF_ABS, 0, 0, 0}, /* the number of the call */
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 3, SYS_prctl},
        {BPF_LD | BPF_W | BPF_ABS, 0, 0, 16}, /* its first argument */
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, PR_SET_SECCOMP},
        {BPF_RET | BPF_K, 0, 0, 0x00050000 | 1}, /* SECCOMP_RET_ERRNO, EPERM */
        {BPF_RET | BPF_K, 0, 0, 0x7fff0000},     /* SECCOMP_RET_ALLOW */
    };
    struct sock_fprog filter = {PL_COUNT(code), code};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, 2, &filter) != 0)
        _exit(77);
}

static void where_there_is_no_sandbox_nothing_is_run(void **state)
{
    int code;
    pid_t pid = fork();

    (void)state;
    assert_true(pid >= 0);
    if (pid == 0) {
        size_t n = 3;
        pl_sandbox_task t = {answers, &n, NULL, (size_t)256 << 20, 100, 0, 1, 20000};
        pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
        const pl_sandbox *box;
        pl_str out = {0};

        without_seccomp();
        cx.arena = pl_arena_new(1 << 20);
        if (!cx.arena || pl_sandbox_make(&cx, PL_SANDBOX_READER, &box) != PL_OK)
            _exit(2);
        _exit(pl_sandbox_run(&cx, box, &t, &out) == PL_EIO && out.n == 0 &&
                      strstr(cx.err.msg, "no sandbox")
                  ? 0
                  : 1);
    }
    assert_int_equal(waitpid(pid, &code, 0), pid);
    assert_true(WIFEXITED(code));
    if (WEXITSTATUS(code) == 77)
        skip();
    assert_int_equal(WEXITSTATUS(code), 0);
}

static void writes(void *self, pl_buf *out)
{
    pl_buf_putf(out, "%zd", write(STDOUT_FILENO, "x", *(const size_t *)self));
}

static void claims_too_much(void *self, pl_buf *out)
{
    /* The length stands before the bytes. */
    *(size_t *)(void *)(out->p - sizeof(size_t)) = *(const size_t *)self;
    _exit(0);
}

static void an_answer_cannot_be_made_otherwise(void **state)
{
    static const struct {
        void (*run)(void *self, pl_buf *out);
        size_t n;
        const char *says;
    } rows[] = {
        {writes, 1, "forbidden"},
        {claims_too_much, 101, "not whole"},
        {claims_too_much, SIZE_MAX, "not whole"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        size_t n = rows[i].n;
        pl_sandbox_task t = {rows[i].run, &n, NULL, (size_t)256 << 20, 100, 0, 1, 20000};
        pl_ctx cx = test_ctx();
        const pl_sandbox *box = box_make(&cx, PL_SANDBOX_READER);
        pl_str out;

        assert_int_equal(pl_sandbox_run(&cx, box, &t, &out), PL_ESTOPPED);
        assert_non_null(strstr(cx.err.msg, rows[i].says));
        test_ctx_free(&cx);
    }
}

static void a_failed_allocation_is_reported(void **state)
{
    size_t n = 3;
    pl_sandbox_task t = {answers, &n, NULL, (size_t)256 << 20, 100, 0, 1, 20000};
    pl_ctx cx = test_ctx();
    const pl_sandbox *box = box_make(&cx, PL_SANDBOX_READER);
    pl_str out;

    (void)state;
    pl_arena_fail_after(cx.arena, 0);
    assert_int_equal(pl_sandbox_run(&cx, box, &t, &out), PL_ENOMEM);
    test_ctx_free(&cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_forbidden_stops_the_reader),
        cmocka_unit_test(memory_is_limited),
        cmocka_unit_test(an_answer_is_taken_whole_or_not_at_all),
        cmocka_unit_test(a_reader_that_only_waits_is_stopped_by_the_clock),
        cmocka_unit_test(programs_read_the_system_and_nothing_else),
        cmocka_unit_test(where_there_is_no_sandbox_nothing_is_run),
        cmocka_unit_test(an_answer_cannot_be_made_otherwise),
        cmocka_unit_test(a_failed_allocation_is_reported),
    };

    return cmocka_run_group_tests_name("sandbox", tests, NULL, NULL);
}
