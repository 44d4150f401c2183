/* From bytes of some encoding to text. */
#ifndef PL_TEXT_DECODE_H
#define PL_TEXT_DECODE_H

#include "base/ctx.h"

typedef enum pl_charset {
    PL_CHARSET_UTF8,
    PL_CHARSET_UTF16LE,
    PL_CHARSET_UTF16BE,
    PL_CHARSET_GB18030,
    PL_CHARSET_BIG5,
    PL_CHARSET_COUNT
} pl_charset;

typedef struct pl_decoded {
    pl_str text; /* valid UTF-8 without a byte order mark; the input's own bytes
                    where it was UTF-8, else in cx->arena */
    pl_charset charset;
    size_t skipped; /* bytes of the byte order mark */
} pl_decoded;

/* Detect the encoding (byte order mark; valid UTF-8; else GB18030 when it decodes whole
 * to mostly common characters, else Big5 likewise) and decode with iconv. Spans of
 * GB18030 documents are those of the decoded text.
 * PL_ESYNTAX at the first bad byte (err.at, line, col) when it is text in no encoding
 * (truncated UTF-8 too: `text breaks off inside a character`); PL_EFORMAT when it is
 * binary (NUL bytes or more than 1 in 50 control characters); PL_ENOMEM. */
PL_MUST pl_status pl_decode(pl_ctx *cx, pl_bytes in, pl_decoded *out);

/* iconv's name of a charset: "GB18030". */
const char *pl_charset_name(pl_charset c);

#endif
