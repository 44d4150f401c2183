/* libcurl, loaded when another server is asked, and only then: linked into the program it
 * brings thirty libraries with it to the start of every command. */
#ifndef PL_SERVICE_LIBCURL_H
#define PL_SERVICE_LIBCURL_H

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

/* libcurl.h of curl puts macros of the same names over functions of any number of
 * arguments. */
#undef curl_easy_setopt
#undef curl_easy_getinfo

/* The functions that are used, by their names in libcurl. X(result, name, parameters) */
#define PL_LIBCURL_LIST(X)                                   \
    X(CURLcode, curl_global_init, (long))                    \
    X(void, curl_global_cleanup, (void))                     \
    X(CURL *, curl_easy_init, (void))                        \
    X(CURLcode, curl_easy_setopt, (CURL *, CURLoption, ...)) \
    X(CURLcode, curl_easy_getinfo, (CURL *, CURLINFO, ...))  \
    X(CURLcode, curl_easy_perform, (CURL *))                 \
    X(void, curl_easy_cleanup, (CURL *))                     \
    X(const char *, curl_easy_strerror, (CURLcode))

typedef struct pl_libcurl {
    void *library; /* of dlopen; NULL = not loaded */
#define X(result, name, parameters) result(*name) parameters;
    PL_LIBCURL_LIST(X)
#undef X
} pl_libcurl;

#endif
