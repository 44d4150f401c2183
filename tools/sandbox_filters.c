/* The filters of system calls (src/base/sandbox.c) as instructions of the kernel's, in C,
 * by libseccomp. Run when the program is built, on the kind of processor that it is for.
 *
 * usage: sandbox_filters OUT.h */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <seccomp.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* Sanitizers say what they found on standard error, on a stack of their own. */
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

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

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

/* New memory that no file stands behind and that is not code. */
static int reader_filter(scmp_filter_ctx f)
{
    int bad = allow(f, reader_calls, COUNT(reader_calls));

    if (!bad)
        bad = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
                               SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                               SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS));
    if (!bad)
        bad = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                               SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
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
    int bad = allow(f, program_calls, COUNT(program_calls));

    if (!bad)
        bad = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                               SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0));
    if (!bad && SCMP_SYS(open) >= 0)
        bad = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
                               SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0));
    return bad;
}

/* libseccomp writes instructions to a descriptor. */
static int put(FILE *to, const char *name, scmp_filter_ctx f)
{
    FILE *code = tmpfile();
    struct sock_filter one;
    int n = 0;

    if (!code || seccomp_export_bpf(f, fileno(code)) != 0)
        return -1;
    rewind(code);
    fprintf(to, "static const struct sock_filter %s[] = {\n", name);
    for (; fread(&one, sizeof one, 1, code) == 1; n++)
        fprintf(to, "    {0x%x, %u, %u, 0x%x},\n", one.code, one.jt, one.jf, one.k);
    fprintf(to, "};\n");
    fclose(code);
    return n > 0 ? 0 : -1;
}

static int write_filter(FILE *to, const char *name, uint32_t otherwise,
                        int (*fill)(scmp_filter_ctx f))
{
    scmp_filter_ctx f = seccomp_init(otherwise);
    int bad = !f || fill(f) != 0 || put(to, name, f) != 0;

    seccomp_release(f);
    return bad;
}

int main(int argc, char **argv)
{
    FILE *to = argc == 2 ? fopen(argv[1], "w") : NULL;
    int bad;

    if (!to)
        return 1;
    bad = write_filter(to, "reader_filter", SCMP_ACT_KILL_PROCESS, reader_filter) ||
          write_filter(to, "program_filter", SCMP_ACT_ERRNO(EPERM), program_filter);
    return fclose(to) != 0 || bad;
}
