/* The bare server library answering one constant: what bench_http.py measures against.
 *
 * usage: bench_http PORT BYTES THREADS      until its standard input ends */
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct MHD_Response *constant;

static enum MHD_Result answer(void *self, struct MHD_Connection *con, const char *url,
                              const char *method, const char *version, const char *data,
                              size_t *bytes, void **mine)
{
    static int seen;

    (void)self;
    (void)url;
    (void)method;
    (void)version;
    (void)data;
    (void)bytes;
    if (!*mine) {
        *mine = &seen; /* the headers are there; the body is told next */
        return MHD_YES;
    }
    return MHD_queue_response(con, MHD_HTTP_OK, constant);
}

int main(int argc, char **argv)
{
    size_t n = argc > 3 ? (size_t)strtoul(argv[2], NULL, 10) : 0;
    char *body = calloc(n + 1, 1);
    struct MHD_Daemon *d;

    if (!body || argc < 4)
        return 2;
    memset(body, 'x', n);
    constant = MHD_create_response_from_buffer(n, body, MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(constant, "Content-Type", "application/json");
    d = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO,
                         (unsigned short)strtoul(argv[1], NULL, 10), NULL, NULL, answer,
                         NULL, MHD_OPTION_THREAD_POOL_SIZE,
                         (unsigned)strtoul(argv[3], NULL, 10), MHD_OPTION_END);
    if (!d)
        return 1;
    puts("ready");
    fflush(stdout);
    while (getchar() != EOF)
        ;
    MHD_stop_daemon(d);
    MHD_destroy_response(constant);
    free(body);
    return 0;
}
