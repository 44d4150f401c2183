#include "http/mhd.h"
#include <dlfcn.h>

static bool find(void *library, const char *name, void *slot, size_t bytes)
{
    void *found = dlsym(library, name);

    /* ISO C has no cast from a pointer to data to one to a function; POSIX says that they
     * are of one size (dlsym). */
    memcpy(slot, &found, bytes);
    return found != NULL;
}

pl_status pl_mhd_load(pl_ctx *cx, pl_mhd *out)
{
    bool all = true;

    out->library = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
    if (!out->library)
        return pl_fail(cx, PL_EIO, PL_NOPOS, "libmicrohttpd is not installed: %s",
                       dlerror());
#define X(result, name, parameters) \
    all = find(out->library, #name, &out->name, sizeof out->name) && all;
    PL_MHD_LIST(X)
#undef X
    return all ? PL_OK
               : pl_fail(cx, PL_EIO, PL_NOPOS, "libmicrohttpd is older than 0.9.75");
}
