/* Run one command and print its seconds, those of the processor, its peak memory in kB
 * and its exit status (-1: it was killed).
 *
 *     bench_run COMMAND ARGUMENT...
 *
 * A small program of its own: a child counts the memory of the process it was forked
 * from, so that of an interpreter would hide that of the command. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

int main(int argc, char **argv)
{
    extern char **environ;
    posix_spawn_file_actions_t quiet;
    struct timespec start, end;
    struct rusage usage;
    int status;
    pid_t child;

    if (argc < 2 || posix_spawn_file_actions_init(&quiet) != 0)
        return 2;
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
    clock_gettime(CLOCK_MONOTONIC, &start);
    if (posix_spawnp(&child, argv[1], &quiet, NULL, argv + 1, environ) != 0)
        return 2;
    if (waitpid(child, &status, 0) != child)
        return 2;
    clock_gettime(CLOCK_MONOTONIC, &end);
    getrusage(RUSAGE_CHILDREN, &usage);
    printf("%.6f %.6f %ld %d\n",
           (double)(end.tv_sec - start.tv_sec) +
               (double)(end.tv_nsec - start.tv_nsec) * 1e-9,
           seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss,
           WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    return 0;
}
