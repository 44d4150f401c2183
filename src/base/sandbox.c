/* syscall() and MAP_ANONYMOUS are no part of POSIX. */
#define _GNU_SOURCE
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/child_internal.h"

/* Sanitizers reserve terabytes of address space, and say what they found on standard
 * error: under them memory is not limited and that stream stays. */
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

enum {
    LIFE_FD = 1, /* of a reader: shut when it has ended, never written to */
    EXIT_UNCONFINED = 120,
    EXIT_TOO_LARGE = 121
};

struct pl_sandbox {
    pl_sandbox_kind kind;
    unsigned short n; /* instructions */
    const struct sock_filter *code;
};

/* Landlock, from its own ABI: headers of Debian 12 know versions 1 and 2. */
enum {
    LANDLOCK_VERSION_FLAG = 1,
    LANDLOCK_PATH = 1,
    FS_EXECUTE = 1 << 0,
    FS_READ_FILE = 1 << 2,
    FS_READ_DIR = 1 << 3,
    NET_BIND_CONNECT = 3, /* TCP, since version 4 */
    SCOPE_ALL = 3         /* abstract sockets and signals, since version 6 */
};

typedef struct landlock_rules {
    uint64_t fs, net, scoped;
} landlock_rules;

typedef struct landlock_path {
    uint64_t access;
    int32_t fd;
} __attribute__((packed)) landlock_path;

/* What programs may read: themselves, libraries, fonts, tables of characters. */
static const char *const readable[] = {"/usr",
                                       "/lib",
                                       "/lib64",
                                       "/bin",
                                       "/opt",
                                       "/nix/store",
                                       "/gnu/store",
                                       "/etc/fonts",
                                       "/etc/ld.so.cache",
                                       "/etc/localtime",
                                       "/var/cache/fontconfig",
                                       "/dev/null",
                                       "/dev/urandom"};

/* The filters, compiled when the program was built (tools/sandbox_filters.c). */
#include "base/sandbox_filters.h"

static pl_status unavailable(pl_ctx *cx, const char *why)
{
    return pl_fail(cx, PL_EIO, PL_NOPOS, "no sandbox on this system: %s", why);
}

pl_status pl_sandbox_make(pl_ctx *cx, pl_sandbox_kind kind, const pl_sandbox **out)
{
    static const pl_sandbox boxes[] = {
        [PL_SANDBOX_READER] = {PL_SANDBOX_READER, PL_COUNT(reader_filter), reader_filter},
        [PL_SANDBOX_PROGRAM] = {PL_SANDBOX_PROGRAM, PL_COUNT(program_filter),
                                program_filter},
    };

    if (prctl(PR_GET_SECCOMP) < 0)
        return unavailable(cx, "the kernel has no seccomp");
    *out = &boxes[kind];
    return PL_OK;
}

/* Landlock. */

static void path_allow(int rules, const char *path)
{
    landlock_path rule = {.access = FS_EXECUTE | FS_READ_FILE | FS_READ_DIR};
    struct stat info;

    rule.fd = open(path, O_PATH | O_CLOEXEC);
    if (rule.fd < 0)
        return;
    if (fstat(rule.fd, &info) == 0) {
        if (!S_ISDIR(info.st_mode))
            rule.access = FS_READ_FILE;
        (void)syscall(SYS_landlock_add_rule, rules, LANDLOCK_PATH, &rule, 0);
    }
    close(rule.fd);
}

/* No files but those that are readable; none for a reader. A kernel without Landlock
 * leaves that to the filter of system calls. */
static int landlock_enter(pl_sandbox_kind kind)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_VERSION_FLAG);
    landlock_rules all = {0};
    int rules, bad = 0;

    if (version <= 0)
        return 0;
    all.fs = version >= 5   ? (1u << 16) - 1
             : version >= 3 ? (1u << 15) - 1
             : version == 2 ? (1u << 14) - 1
                            : (1u << 13) - 1;
    all.net = version >= 4 ? NET_BIND_CONNECT : 0;
    all.scoped = version >= 6 ? SCOPE_ALL : 0;
    rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (rules < 0)
        return errno;
    for (size_t i = 0; kind == PL_SANDBOX_PROGRAM && i < PL_COUNT(readable); i++)
        path_allow(rules, readable[i]);
    if (syscall(SYS_landlock_restrict_self, rules, 0) != 0)
        bad = errno;
    close(rules);
    return bad;
}

static void limit(int what, rlim_t most)
{
    struct rlimit r = {most, most};

    (void)setrlimit((__rlimit_resource_t)what, &r);
}

int pl_sandbox_enter(const pl_sandbox *box)
{
    struct sock_fprog filter = {box->n, (struct sock_filter *)(uintptr_t)box->code};
    int bad;

    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NPROC, 0);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return errno;
    bad = landlock_enter(box->kind);
    if (box->kind == PL_SANDBOX_READER)
        limit(RLIMIT_NOFILE, 0);
    if (!bad && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0)
        bad = errno;
    return bad;
}

/* Readers. */

/* Bytes of address space that this process has; without /proc, what a small one has. */
static size_t own_bytes(void)
{
    enum { WITHOUT_PROC = 64 << 20 };
    char text[64];
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    size_t pages = 0;

    pl_fd_shut(&fd);
    for (ssize_t i = 0; i < n && pl_is_digit(text[i]); i++)
        pages = pages * 10 + (size_t)(text[i] - '0');
    return pages ? pages * (size_t)sysconf(_SC_PAGESIZE) : WITHOUT_PROC;
}

static void limits_enter(const pl_sandbox_task *t)
{
    struct rlimit cpu = {t->cpu_s, (rlim_t)t->cpu_s + 1};

    (void)setrlimit(RLIMIT_CPU, &cpu);
    if (!SANITIZED)
        limit(RLIMIT_AS, own_bytes() + t->memory_bytes);
}

/* What a reader and its parent share. The parent looks at it when the reader has ended.
 */
typedef struct answer {
    size_t n;
    char bytes[];
} answer;

static answer *answer_map(size_t bytes)
{
    void *p = mmap(NULL, sizeof(answer) + bytes, PROT_READ | PROT_WRITE,
                   MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    return p == MAP_FAILED ? NULL : p;
}

/* The room for an answer is got at once: the system's work for pages one by one is more
 * than ours for what is on them. A wish: without it all works too. */
static void answer_expect(answer *a, size_t bytes, size_t most)
{
    if (bytes > most)
        bytes = most;
#ifdef MADV_POPULATE_WRITE
    (void)madvise(a, sizeof *a + bytes, MADV_POPULATE_WRITE);
#endif
}

/* In the child. Never returns. */
static void reader_begin(const pl_sandbox *box, const pl_sandbox_task *t, answer *a,
                         int life)
{
    static const int deadly[] = {SIGXCPU, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE};
    pl_buf out = {.p = a->bytes, .cap = t->answer_bytes, .max_bytes = t->answer_bytes};

    setpgid(0, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (size_t i = 0; i < PL_COUNT(deadly); i++)
        signal(deadly[i], SIG_DFL);
    if (dup2(life, LIFE_FD) < 0)
        _exit(EXIT_UNCONFINED);
    close(0);
    if (!SANITIZED)
        close(STDERR_FILENO);
    pl_fds_close(3, -1);
    if (t->prepare)
        t->prepare(t->self);
    limits_enter(t);
    if (pl_sandbox_enter(box) != 0)
        _exit(EXIT_UNCONFINED);
    answer_expect(a, t->answer_guess, t->answer_bytes);
    t->run(t->self, &out);
    if (out.failed)
        _exit(EXIT_TOO_LARGE);
    a->n = out.n;
    _exit(0);
}

/* Wait until the child has shut its end. */
static pl_child_end listen_to(int life, int64_t until)
{
    for (;;) {
        struct pollfd p = {life, POLLIN, 0};
        int64_t left = until - pl_clock_ms();
        int n = left > 0 ? poll(&p, 1, (int)left) : 0;

        if (n < 0 && errno == EINTR)
            continue;
        return n > 0 ? PL_CHILD_EXITED : PL_CHILD_LATE;
    }
}

static pl_status judge_signal(pl_ctx *cx, int signal)
{
    if (signal == SIGSYS)
        return pl_fail(cx, PL_ESTOPPED, PL_NOPOS,
                       "the reader was stopped: it made a system call that is forbidden");
    if (signal == SIGXCPU || signal == SIGKILL)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "reading it takes too long");
    return pl_fail(cx, PL_ESTOPPED, PL_NOPOS, "the reader crashed (signal %d)", signal);
}

static pl_status judge_exit(pl_ctx *cx, int code)
{
    if (code == 0)
        return PL_OK;
    if (code == EXIT_UNCONFINED)
        return pl_fail(cx, PL_EIO, PL_NOPOS,
                       "no sandbox on this system: it could not be entered");
    if (code == EXIT_TOO_LARGE)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS,
                       "what was read is too large, or memory ran out");
    return pl_fail(cx, PL_ESTOPPED, PL_NOPOS, "the reader ended with status %d", code);
}

/* What the reader wrote, taken out of its hands. */
static pl_status answer_keep(pl_ctx *cx, const answer *a, size_t most, pl_str *out)
{
    size_t n = a->n;

    if (n > most)
        return pl_fail(cx, PL_ESTOPPED, PL_NOPOS, "the reader's answer is not whole");
    return pl_str_keep(cx, (pl_str){a->bytes, n}, out);
}

/* The child's end, as a status. */
static pl_status child_run(pl_ctx *cx, const pl_sandbox *box, const pl_sandbox_task *task,
                           answer *a)
{
    int64_t until = pl_clock_ms() + task->deadline_ms;
    int life = -1, theirs = -1, code = 0;
    pl_child_end end;
    pid_t pid = -1;

    if (!pl_pipe_open(&life, &theirs) || (pid = fork()) < 0) {
        pl_fd_shut(&life);
        pl_fd_shut(&theirs);
        return pl_fail(cx, PL_EIO, PL_NOPOS, "could not start a reader: %s",
                       strerror(errno));
    }
    if (pid == 0)
        reader_begin(box, task, a, theirs);
    setpgid(pid, pid);
    pl_fd_shut(&theirs);
    end = listen_to(life, until);
    end = pl_child_reap(pid, until, end, &code);
    pl_fd_shut(&life);
    if (end == PL_CHILD_LATE)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "reading it takes too long");
    return end == PL_CHILD_KILLED ? judge_signal(cx, code) : judge_exit(cx, code);
}

pl_status pl_sandbox_run(pl_ctx *cx, const pl_sandbox *box, const pl_sandbox_task *task,
                         pl_str *out)
{
    answer *a = answer_map(task->answer_bytes);
    pl_status st;

    if (!a)
        return pl_fail_memory(cx);
    st = child_run(cx, box, task, a);
    if (st == PL_OK)
        st = answer_keep(cx, a, task->answer_bytes, out);
    (void)munmap(a, sizeof *a + task->answer_bytes);
    return st;
}
