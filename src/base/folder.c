#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool path_add(pl_ctx *cx, pl_paths *to, const char *path)
{
    const char **at = PL_VEC_ADD(cx->arena, to);

    if (at)
        *at = path;
    return at != NULL;
}

/* folder/name in cx->arena, or NULL. */
static const char *path_join(pl_ctx *cx, const char *folder, const char *name)
{
    size_t a = strlen(folder), b = strlen(name);
    bool slash = a && folder[a - 1] != '/';
    char *p = PL_NEW_N(cx->arena, char, a + b + 2);

    if (!p)
        return NULL;
    memcpy(p, folder, a);
    if (slash)
        p[a++] = '/';
    memcpy(p + a, name, b);
    return p;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool pl_folder_is(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* What stands in one folder, in order. */
static pl_status list(pl_ctx *cx, const char *path, pl_paths *out)
{
    DIR *d = opendir(path);
    const struct dirent *e;
    pl_status st = PL_OK;

    if (!d)
        return pl_fail(cx, PL_EIO, PL_NOPOS, "could not list folder \"%s\": %s", path,
                       strerror(errno));
    while (st == PL_OK && (e = readdir(d)) != NULL) {
        const char *p = e->d_name[0] == '.' ? NULL : path_join(cx, path, e->d_name);

        if (e->d_name[0] != '.' && (!p || !path_add(cx, out, p)))
            st = pl_fail_memory(cx);
    }
    closedir(d);
    if (st == PL_OK && out->n)
        qsort(out->p, out->n, sizeof *out->p, by_name);
    return st;
}

static pl_status walk(pl_ctx *cx, const char *path, size_t depth, size_t most,
                      pl_paths *out)
{
    pl_paths names = {0};

    if (depth == 0)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "folders nested too deep: \"%s\"", path);
    PL_TRY(list(cx, path, &names));
    for (size_t i = 0; i < names.n; i++) {
        struct stat info;

        if (lstat(names.p[i], &info) != 0)
            continue; /* gone meanwhile */
        if (S_ISDIR(info.st_mode)) {
            PL_TRY(walk(cx, names.p[i], depth - 1, most, out));
            continue;
        }
        if (stat(names.p[i], &info) != 0 || !S_ISREG(info.st_mode))
            continue;
        if (out->n >= most)
            return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "more than %zu files", most);
        if (!path_add(cx, out, names.p[i]))
            return pl_fail_memory(cx);
    }
    return PL_OK;
}

pl_status pl_folder_files(pl_ctx *cx, const char *path, size_t most, pl_paths *out)
{
    return walk(cx, path, cx->limits.depth, most, out);
}

bool pl_pattern_is(const char *path)
{
    struct stat info;

    return strpbrk(path, "*?[") != NULL && lstat(path, &info) != 0;
}

pl_status pl_pattern_paths(pl_ctx *cx, const char *pattern, pl_paths *out)
{
    pl_status st = PL_OK;
    glob_t found = {0};
    int bad = glob(pattern, 0, NULL, &found);

    if (bad == GLOB_NOSPACE)
        st = pl_fail_memory(cx);
    else if (bad)
        st = pl_fail(cx, PL_ENOTFOUND, PL_NOPOS, "no file matches");
    for (size_t i = 0; st == PL_OK && i < found.gl_pathc; i++) {
        const char *p = path_join(cx, "", found.gl_pathv[i]);

        if (!p || !path_add(cx, out, p))
            st = pl_fail_memory(cx);
    }
    globfree(&found);
    return st;
}
