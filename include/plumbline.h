/* Plumbline: read a published plan and judge it.
 *
 *     plumbline *p = plumbline_new(NULL, 0);
 *     plumbline_plan *plan = plumbline_read(p, bytes, n);
 *     if (!plan)
 *         fprintf(stderr, "%s\n", plumbline_error(p));
 *     plumbline_check(plan, NULL);
 *     for (size_t i = 0; i < plumbline_verdicts(plan); i++)
 *         puts(plumbline_verdict_at(plan, i)->why_zh);
 *     plumbline_plan_free(plan);
 *     plumbline_free(p);
 *
 * A document is read in the caller's process, with limits of memory; where files come
 * from strangers, the program `plumbline` adds a process that can do nothing else. To
 * read PDF two programs of poppler are run, which the system confines where it can.
 *
 * Nothing else here uses files, the network, the clock or global state; a `plumbline` and
 * its plans belong to one thread at a time. All text is UTF-8, NUL-terminated, and never
 * NULL unless said. */
#ifndef PLUMBLINE_H
#define PLUMBLINE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define PLUMBLINE_API __attribute__((visibility("default")))
#else
#define PLUMBLINE_API
#endif

/* The reader and judge, with its lexicon. */
typedef struct plumbline plumbline;
/* The plan of one document. */
typedef struct plumbline_plan plumbline_plan;

/* "0.1.0" */
PLUMBLINE_API const char *plumbline_version(void);

/* A new reader. `lexicon` holds n bytes of rows laid over the built-in lexicon
 * (lexicon/ *.txt explain the form), or is NULL. NULL when memory ran out or the rows are
 * not of the form. End it with plumbline_free, after its plans. */
PLUMBLINE_API plumbline *plumbline_new(const char *lexicon, size_t n);
PLUMBLINE_API void plumbline_free(plumbline *p);

/* What the last call on p or its plans that failed could not do, in English:
 * "3:14: text breaks off inside a character". Borrowed until the next call. */
PLUMBLINE_API const char *plumbline_error(const plumbline *p);

/* Read the plan that a document holds; its format is told by its content. The bytes are
 * copied. NULL when it cannot be read (plumbline_error says why). End it with
 * plumbline_plan_free. */
PLUMBLINE_API plumbline_plan *plumbline_read(plumbline *p, const void *bytes, size_t n);
PLUMBLINE_API void plumbline_plan_free(plumbline_plan *plan);

/* The document's title; the year that the plan is for (0: not said); how many rows of
 * indicators and how many tasks it has. */
PLUMBLINE_API const char *plumbline_title(const plumbline_plan *plan);
PLUMBLINE_API int plumbline_year(const plumbline_plan *plan);
PLUMBLINE_API size_t plumbline_indicator_rows(const plumbline_plan *plan);
PLUMBLINE_API size_t plumbline_tasks(const plumbline_plan *plan);

typedef enum plumbline_outcome {
    PLUMBLINE_MET,
    PLUMBLINE_MISSED,
    PLUMBLINE_UNDETERMINED
} plumbline_outcome;

/* How to check. Zero: the latest year, 5 % for 左右, every certainty counts. */
typedef struct plumbline_options {
    int year;
    int strict;             /* not 0: only measured verdicts count */
    int tolerance_permille; /* of 左右; 0 = 50 */
} plumbline_options;

/* Judge every indicator and examine the document's relations. `options` may be NULL.
 * 0, or -1 when memory ran out. A later call replaces what an earlier one found. */
PLUMBLINE_API int plumbline_check(plumbline_plan *plan, const plumbline_options *options);

/* The year judged (0: none), and how many indicators (not rows) had each outcome. */
PLUMBLINE_API int plumbline_checked_year(const plumbline_plan *plan);
PLUMBLINE_API size_t plumbline_count(const plumbline_plan *plan,
                                     plumbline_outcome outcome);

/* One row's verdict; valid until the next check or the plan's end. */
typedef struct plumbline_verdict {
    const char *no, *part; /* "21", "a"; part is "" where there are none */
    const char *name, *unit;
    const char *target, *value; /* as written, without spaces */
    plumbline_outcome outcome;
    const char *certainty; /* "measured" …, "" when undetermined */
    const char *why_zh, *why_en;
    unsigned line; /* of the value in a text document, 0 = not known */
} plumbline_verdict;

PLUMBLINE_API size_t plumbline_verdicts(const plumbline_plan *plan);
/* NULL past the end. */
PLUMBLINE_API const plumbline_verdict *plumbline_verdict_at(const plumbline_plan *plan,
                                                            size_t i);

/* One finding: a relation that does not hold; valid as a verdict is. */
typedef struct plumbline_finding {
    const char *id, *kind, *severity;
    const char *message_zh, *message_en;
    unsigned line; /* of its first place, 0 = not known */
} plumbline_finding;

PLUMBLINE_API size_t plumbline_findings(const plumbline_plan *plan);
PLUMBLINE_API const plumbline_finding *plumbline_finding_at(const plumbline_plan *plan,
                                                            size_t i);

/* Judge one value against one target; `name` and `unit` may be NULL. The sentences are
 * in *why_zh and *why_en (each may be NULL), borrowed until the next call on p.
 * UNDETERMINED also when memory ran out or a text is not UTF-8 (plumbline_error). */
PLUMBLINE_API plumbline_outcome plumbline_eval(plumbline *p, const char *target,
                                               const char *value, const char *name,
                                               const char *unit, const char **why_zh,
                                               const char **why_en);

/* The plan, and the check of it, as JSON of docs/json.md, one line. In malloc's memory:
 * yours to free(). NULL when memory ran out, or (check) nothing was checked yet. */
PLUMBLINE_API char *plumbline_plan_json(const plumbline_plan *plan);
PLUMBLINE_API char *plumbline_check_json(const plumbline_plan *plan);

#ifdef __cplusplus
}
#endif

#endif
