/* The context: what a call needs besides its arguments, and what it says when it fails.
 *
 * Three things are kept apart: a failure (a pl_status: the work could not be done), a
 * finding (the document is odd: data, reading goes on) and a verdict (a target was
 * missed: the product's answer). */
#ifndef PL_BASE_CTX_H
#define PL_BASE_CTX_H

#include "base/arena.h"

/* X(name, token): append only. */
#define PL_STATUS_LIST(X)                                                     \
    X(OK, "ok")                                                               \
    X(ENOMEM, "no memory")                                                    \
    X(ELIMIT, "limit")   /* a ceiling of pl_limits was reached */             \
    X(ESYNTAX, "syntax") /* the input is not of its form */                   \
    X(EIO, "io")         /* a file or pipe could not be read or written */    \
    X(ENOTFOUND, "not found")                                                 \
    X(EFORMAT, "format")       /* no document: a picture, a program … */    \
    X(ESCANNED, "no text")     /* pictures of pages only */                   \
    X(EENCRYPTED, "encrypted") /* needs a password */                         \
    X(ESTOPPED, "stopped")     /* a confined reader was killed, or crashed */ \
    X(ECONVERT, "convert")     /* a document in a format that is not read */  \
    X(ECONFLICT, "conflict")   /* breaks a key or check of the database */    \
    X(EBUSY, "busy")           /* others are in the way: try again */         \
    X(EFULL, "disk full")

typedef enum pl_status {
#define X(name, token) PL_##name,
    PL_STATUS_LIST(X)
#undef X
        PL_STATUS_COUNT
} pl_status;

/* The failure of the last call that did not return PL_OK; stale otherwise. */
typedef struct pl_err {
    pl_status code;
    size_t at;     /* byte offset into the input read, or PL_NOPOS */
    uint32_t line; /* 1-based line of the input, 0 = not known */
    uint32_t col;  /* 1-based column in bytes, 0 = not known */
    char msg[160]; /* lower case, no full stop; cut when too long */
} pl_err;

/* Ceilings. All are checked while reading, so that hostile input ends early. */
typedef struct pl_limits {
    size_t input_bytes;     /* one document */
    size_t arena_bytes;     /* all memory of one request */
    size_t cells;           /* of all tables of one document */
    size_t columns;         /* of one table */
    size_t line_bytes;      /* one line of a text */
    size_t depth;           /* nesting: of elements, tables, brackets, numbering */
    size_t phrase_bytes;    /* one target or value phrase; longer text is a note */
    size_t entries;         /* of one package (ZIP) */
    size_t expanded_bytes;  /* of all entries read from one package */
    size_t expansion_ratio; /* unpacked to packed bytes of an entry, beyond 10 MiB */
    size_t read_bytes;      /* memory to read one document, and read_ratio times its size;
                               the same to work on what was read (pl_ctx_bound) */
    size_t read_ratio;
} pl_limits;

/* The limits used unless the caller sets others: 256 MiB input, 2 GiB memory, 524288
 * cells, 4096 columns, lines of 4 MiB, depth 64, 4096 bytes a phrase; packages of 65536
 * entries, 512 MiB, 200; 192 MiB and ten times its size for one document. */
extern const pl_limits PL_LIMITS_DEFAULT;

/* What to read of a document in which changes are tracked. */
typedef enum pl_track {
    PL_TRACK_ACCEPT, /* the text as if all were accepted */
    PL_TRACK_REJECT, /* as it was before them */
    PL_TRACK_ALL     /* both, one after the other */
} pl_track;

typedef struct pl_ctx {
    pl_arena *arena; /* results live here */
    pl_limits limits;
    const struct pl_lexicon *lexicon; /* text/lexicon.h; NULL only where none is needed */
    /* base/sandbox.h, a reader's: confines what is read through box/box.h, and programs
     * that help to read. NULL: neither is confined. */
    const struct pl_sandbox *sandbox;
    struct pl_charsets *charsets; /* text/converter.h; NULL: all can be opened */
    pl_track track;
    pl_err err;
} pl_ctx;

/* Record a failure and return its code, so that `return pl_fail(…)` reads well. `at` is a
 * byte offset into the input or PL_NOPOS; line and column are cleared. */
PL_PRINTF(4, 5)
pl_status pl_fail(pl_ctx *cx, pl_status code, size_t at, const char *format, ...);

/* From here on work on a document of n bytes: it takes limits.read_bytes and read_ratio
 * times n more memory, not more. What limits.arena_bytes was, for pl_ctx_ceiling. */
size_t pl_ctx_bound(pl_ctx *cx, size_t n);
/* Set limits.arena_bytes and the ceiling of cx->arena. */
void pl_ctx_ceiling(pl_ctx *cx, size_t bytes);

/* The failure of an allocation, with no message to compose. */
pl_status pl_fail_memory(pl_ctx *cx);

/* The stable word for a status: "limit". */
pl_str pl_status_token(pl_status st);

/* Return on failure. Only where nothing but arena memory is held. */
#define PL_TRY(call)                   \
    do {                               \
        pl_status try_status = (call); \
        if (try_status != PL_OK)       \
            return try_status;         \
    } while (0)

/* Copy s into cx->arena. PL_ENOMEM. */
PL_MUST pl_status pl_str_keep(pl_ctx *cx, pl_str s, pl_str *out);

#endif
