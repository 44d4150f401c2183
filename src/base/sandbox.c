/* syscall() and MAP_ANONYMOUS are no part of POSIX. */
#define _GNU_SOURCE
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <poll.h>
#include <sched.h>
#include <seccomp.h>
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
    FILTER_BYTES_MAX = 32768,
    PIPE_BYTES = 1 << 20, /* so that most answers are written at once */
    ANSWER_FD = 1,        /* of a reader: the only descriptor that it may write to */
    EXIT_UNCONFINED = 120,
    EXIT_TOO_LARGE = 121,
    EXIT_UNSENT = 122
};

struct pl_sandbox {
    pl_sandbox_kind kind;
    struct sock_filter *code;
    unsigned short n; /* instructions */
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

/* What a reader needs: memory, and the end. */
static const int reader_calls[] = {
    SCMP_SYS(brk),           SCMP_SYS(munmap),       SCMP_SYS(mremap),
    SCMP_SYS(madvise),       SCMP_SYS(futex),        SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),  SCMP_SYS(getpid),       SCMP_SYS(gettid),
    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getrandom),
    SCMP_SYS(sched_yield),   SCMP_SYS(exit_group),   SCMP_SYS(exit),
    SCMP_SYS(sysinfo), /* by qsort */
};

/* What a program needs that reads system files and writes to its standard output. Files
 * are opened for reading only (program_filter). */
static const int program_calls[] = {
    SCMP_SYS(access),
    SCMP_SYS(arch_prctl),
    SCMP_SYS(brk),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(close),
    SCMP_SYS(dup),
    SCMP_SYS(dup2),
    SCMP_SYS(dup3),
    SCMP_SYS(execve),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(fadvise64),
    SCMP_SYS(fcntl),
    SCMP_SYS(fstat),
    SCMP_SYS(fstatfs),
    SCMP_SYS(futex),
    SCMP_SYS(getcwd),
    SCMP_SYS(getdents64),
    SCMP_SYS(getegid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getpid),
    SCMP_SYS(getppid),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrlimit),
    SCMP_SYS(getrusage),
    SCMP_SYS(gettid),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(getuid),
    SCMP_SYS(ioctl),
    SCMP_SYS(lseek),
    SCMP_SYS(lstat),
    SCMP_SYS(madvise),
    SCMP_SYS(mmap),
    SCMP_SYS(mprotect),
    SCMP_SYS(mremap),
    SCMP_SYS(munmap),
    SCMP_SYS(nanosleep),
    SCMP_SYS(newfstatat),
    SCMP_SYS(pipe2),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(pread64),
    SCMP_SYS(prlimit64),
    SCMP_SYS(read),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(readv),
    SCMP_SYS(rseq),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_yield),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(stat),
    SCMP_SYS(statfs),
    SCMP_SYS(statx),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    SCMP_SYS(write),
    SCMP_SYS(writev),
};

static int allow(scmp_filter_ctx f, const int *calls, size_t n)
{
    int bad = 0;

    for (size_t i = 0; i < n && !bad; i++)
        if (calls[i] >= 0) /* below: unknown on this processor */
            bad = seccomp_rule_add(f, SCMP_ACT_ALLOW, calls[i], 0);
    return bad;
}

/* New memory that no file stands behind and that is not code; answers. */
static int reader_filter(scmp_filter_ctx f)
{
    int bad = allow(f, reader_calls, PL_COUNT(reader_calls));

    if (!bad)
        bad = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
                               SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                               SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS));
    if (!bad)
        bad = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                               SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    if (!bad)
        bad = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
                               SCMP_A0(SCMP_CMP_EQ, ANSWER_FD));
    if (!bad && SANITIZED)
        bad = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
                               SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO));
    if (!bad && SANITIZED)
        bad = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(sigaltstack), 0);
    return bad;
}

static int program_filter(scmp_filter_ctx f)
{
    static const unsigned writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
    int bad = allow(f, program_calls, PL_COUNT(program_calls));

    if (!bad)
        bad = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                               SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0));
    if (!bad && SCMP_SYS(open) >= 0)
        bad = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
                               SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0));
    return bad;
}

static pl_status unavailable(pl_ctx *cx, const char *why)
{
    return pl_fail(cx, PL_EIO, PL_NOPOS, "no sandbox on this system: %s", why);
}

/* The filter as instructions: libseccomp writes them to a descriptor. */
static pl_status filter_keep(pl_ctx *cx, scmp_filter_ctx f, pl_sandbox *box)
{
    int from = -1, to = -1;
    ssize_t n = -1;
    char *code = PL_NEW_N(cx->arena, char, FILTER_BYTES_MAX);

    if (code && pl_pipe_open(&from, &to) && seccomp_export_bpf(f, to) == 0)
        n = read(from, code, FILTER_BYTES_MAX);
    pl_fd_shut(&from);
    pl_fd_shut(&to);
    if (!code)
        return pl_fail_memory(cx);
    if (n <= 0 || n == FILTER_BYTES_MAX)
        return unavailable(cx, "no filter could be made");
    box->code = (struct sock_filter *)(void *)code;
    box->n = (unsigned short)((size_t)n / sizeof *box->code);
    return PL_OK;
}

pl_status pl_sandbox_make(pl_ctx *cx, pl_sandbox_kind kind, const pl_sandbox **out)
{
    bool reader = kind == PL_SANDBOX_READER;
    pl_sandbox *box = PL_NEW(cx->arena, pl_sandbox);
    scmp_filter_ctx f;
    pl_status st;

    if (!box)
        return pl_fail_memory(cx);
    box->kind = kind;
    if (prctl(PR_GET_SECCOMP) < 0)
        return unavailable(cx, "the kernel has no seccomp");
    f = seccomp_init(reader ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_ERRNO(EPERM));
    if (!f)
        return pl_fail_memory(cx);
    if ((reader ? reader_filter(f) : program_filter(f)) != 0)
        st = unavailable(cx, "the rules do not fit this processor");
    else
        st = filter_keep(cx, f, box);
    seccomp_release(f);
    if (st == PL_OK)
        *out = box;
    return st;
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
    struct sock_fprog filter = {box->n, box->code};
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

/* In the child. Never returns. */
static void reader_begin(const pl_sandbox *box, const pl_sandbox_task *t, int answer)
{
    static const int deadly[] = {SIGXCPU, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE};
    pl_buf out;

    setpgid(0, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (size_t i = 0; i < PL_COUNT(deadly); i++)
        signal(deadly[i], SIG_DFL);
    if (dup2(answer, ANSWER_FD) < 0)
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
    pl_buf_init(&out, t->answer_bytes);
    t->run(t->self, &out);
    if (out.failed)
        _exit(EXIT_TOO_LARGE);
    while (out.n) {
        ssize_t n = write(ANSWER_FD, out.p, out.n);

        if (n <= 0)
            _exit(EXIT_UNSENT);
        out.p += n;
        out.n -= (size_t)n;
    }
    _exit(0);
}

/* Take the answer until the child shuts the pipe. */
static pl_child_end listen_to(int *answer, int64_t until, pl_buf *out)
{
    while (*answer >= 0) {
        struct pollfd p = {*answer, POLLIN, 0};
        int64_t left = until - pl_clock_ms();
        int n = left > 0 ? poll(&p, 1, (int)left) : 0;

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return PL_CHILD_LATE;
        if (!pl_fd_drain(answer, out, true))
            return PL_CHILD_FULL;
    }
    return PL_CHILD_EXITED;
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

pl_status pl_sandbox_run(pl_ctx *cx, const pl_sandbox *box, const pl_sandbox_task *task,
                         pl_buf *out)
{
    int64_t until = pl_clock_ms() + task->deadline_ms;
    int answer = -1, theirs = -1, code = 0;
    pl_child_end end;
    pid_t pid = -1;

    if (!pl_pipe_open(&answer, &theirs) || (pid = fork()) < 0) {
        pl_fd_shut(&answer);
        pl_fd_shut(&theirs);
        return pl_fail(cx, PL_EIO, PL_NOPOS, "could not start a reader: %s",
                       strerror(errno));
    }
    if (pid == 0)
        reader_begin(box, task, theirs);
    (void)fcntl(answer, F_SETPIPE_SZ, PIPE_BYTES);
    setpgid(pid, pid);
    pl_fd_shut(&theirs);
    end = listen_to(&answer, until, out);
    end = pl_child_reap(pid, until, end, &code);
    pl_fd_shut(&answer);
    if (end == PL_CHILD_LATE)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "reading it takes too long");
    if (end == PL_CHILD_FULL)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "what was read is too large");
    return end == PL_CHILD_KILLED ? judge_signal(cx, code) : judge_exit(cx, code);
}
