/* quarterday/plugin.h: everything an indicator family and its host know of each other.
 *
 * C11 and C++17. No C++ type, exception, allocation or host symbol crosses this line.
 * Text is UTF-8 and NUL-terminated. No binary floating point crosses either: counts are exact.
 *
 * Growth: only qd_family and qd_run may grow, at the end; a reader looks at struct_size before it
 * touches a field that a minor version added. Every other struct travels in arrays, so its size is
 * fixed within a major version.
 *
 * Threads: [load] one thread, before any run; [run] the one thread that drives this run.
 *
 * Life of a run:  begin -> consume(batch)* -> finish -> end.
 * The inputs arrive in the order in which the family declares them, each complete before the next
 * begins; within one input, rows come in any order and in batches of any size, and the facts must
 * not depend on either.
 */
/* The columns of comments are part of the manual. */
/* clang-format off */
#ifndef QUARTERDAY_PLUGIN_H
#define QUARTERDAY_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define QD_ABI_MAJOR 1u /* family and host must agree                     */
#define QD_ABI_MINOR 0u /* the host must be at least as new as the family */

typedef int32_t qd_date;   /* days since 1970-01-01, a local date in Europe/London */
typedef int64_t qd_number; /* an exact number in millionths: 918.2 is 918200000    */
typedef int32_t qd_status;

#define QD_ONE INT64_C(1000000) /* the qd_number 1 */

enum { QD_OK = 0, QD_BAD_INPUT = 1, QD_UNSUPPORTED = 2, QD_CANCELLED = 3, QD_INTERNAL = 4 };

/* qd_column_spec.type, and what qd_column.values points at. */
enum {
  QD_INTEGER = 1, /* int64_t                                     */
  QD_NUMBER = 2,  /* qd_number                                   */
  QD_DATE = 3,    /* qd_date                                     */
  QD_TEXT = 4     /* uint32_t, a code into qd_batch.dictionary   */
};

/* qd_indicator_spec.aggregation: how a figure may be put together over time and area. */
enum {
  QD_SNAPSHOT_RATIO = 1,    /* state at the end of the reading; sum / sum over areas            */
  QD_FLOW_RATIO = 2,        /* events of the reading; sum / sum over areas                      */
  QD_RATE_PER_STOCK = 3,    /* events of the reading / stock at its end; never annualised       */
  QD_SURVEY_PROPORTION = 4, /* answers pooled over the reading and over areas                   */
  QD_MEAN_DURATION = 5,     /* sum of durations / number of cases                               */
  QD_DISTINCT_COUNT = 6,    /* members counted once in each reading and area, never summed      */
  QD_ADDITIVE_COUNT = 7     /* a plain sum                                                      */
};

/* qd_indicator_spec.polarity: which way is good. */
enum { QD_CONTEXT = 0, QD_HIGH = 1, QD_LOW = 2, QD_RANGE = 3, QD_NEAREST = 4 };

/* qd_indicator_spec.interval: the uncertainty the host works out from n and population. */
enum {
  QD_NO_INTERVAL = 0,
  QD_SAMPLE_MARGIN = 1 /* 95 % margin of error at p = 0.5 with finite population correction */
};

/* qd_fact.null_reason: why there is no value. Missing is never zero. */
enum {
  QD_HAS_VALUE = 0,
  QD_NOT_AVAILABLE = 1,    /* [x] should be there and is not           */
  QD_NOT_APPLICABLE = 2,   /* [z] the question does not arise here     */
  QD_ZERO_DENOMINATOR = 3, /* set by the host: no cases, no rate       */
  QD_SUPPRESSED = 4,       /* [c] withheld to protect people           */
  QD_LOW_RELIABILITY = 5,  /* [u] too few answers to stand on          */
  QD_EXCLUDED = 6          /* left out by the body that publishes it   */
};

/* qd_fact.flags */
enum {
  QD_PROVISIONAL = 1u, /* may still change for a known reason, e.g. a cohort not yet complete   */
  QD_INDICATIVE = 2u,  /* not the regulatory figure, e.g. one quarter of an annual measure      */
  QD_PARTIAL = 4u,     /* set by the host: an area below has no value, and the question arises   */
  QD_WEIGHTED = 8u,    /* numerator and denominator are weighted counts                         */
  QD_WHOLE_AREA = 16u  /* this part covers everything in its area: the host does not add the
                          areas below to it, and notes that; not kept with the fact             */
};

/* qd_reading.kind */
enum { QD_QUARTER = 1, QD_YEAR_TO_DATE = 2, QD_YEAR = 3 };

/* ---- What a family declares: static, immutable, valid while the library is loaded. ---------- */

typedef struct {
  const char *name;
  int32_t type;     /* QD_INTEGER | QD_NUMBER | QD_DATE | QD_TEXT                               */
  int32_t required; /* 1: a record without it is refused at import (own tables only)            */
  const char *unit, *meaning;
} qd_column_spec;

/* n_key == 0: a table of the host; name any of its columns, in any order.
 * n_key  > 0: a table of the family's own, named "<family id>_<something>"; its first n_key
 *             columns identify a record. Import, storage and explain then work for it.         */
typedef struct {
  const char *name, *meaning;
  const qd_column_spec *columns;
  size_t n_columns, n_key;
} qd_input_spec;

/* value = multiplier / divisor * numerator / denominator, and without denominator for a count:
 * 100/1 for %, 1000/1 for a rate per 1,000, 1/60 for hours out of minutes.                     */
typedef struct {
  const char *id;        /* never reused or renamed, e.g. "RP02(1)"                             */
  const char *title;
  const char *numerator; /* in words                                                            */
  const char *denominator; /* in words; "" for a count, whose facts then carry none             */
  const char *unit;      /* unit of the value: "%", "per 1,000 homes", "persons", "hours"       */
  const char *source;    /* the rule that defines it                                            */
  int64_t multiplier, divisor;
  int32_t decimals;      /* shown half-up to so many; facts are kept exact                      */
  int32_t polarity, aggregation, interval;
} qd_indicator_spec;

/* ---- What the host lends for one run. ------------------------------------------------------- */

typedef struct {
  int32_t kind;        /* QD_QUARTER | QD_YEAR_TO_DATE | QD_YEAR */
  qd_date from, until; /* half-open                              */
} qd_reading;

/* An indicator that is data: defined at run time by the people who own it. */
typedef struct {
  const char *code;    /* e.g. "COPI-N01-C05"                                                   */
  int32_t version;
  int32_t reserved;
  const char *formula; /* e.g. "AGREE_PCT"                                                      */
  const char *area;    /* the neighbourhood or estate that owns it; the host adds up to there   */
  qd_date effective_from, effective_until; /* half-open; INT32_MAX: still in force             */
} qd_definition;

typedef struct {
  const uint64_t *valid; /* bit i set: row i is present (Arrow bit order); NULL: all are        */
  const void *values;    /* by type, see above; what stands at an absent row means nothing      */
} qd_column;

/* Rows, column by column in the declared order; all pointers are valid until consume returns.
 * There is one dictionary for the whole run: a text has the same code in every column of every
 * input, a code keeps its meaning, and the dictionary only grows. So codes can be compared,
 * joined on, counted as distinct members (qd_fact.members) and used as array indices.          */
typedef struct {
  uint32_t input; /* index into qd_family.inputs */
  uint32_t reserved;
  size_t n_rows;
  const int64_t *rows; /* the record number of each row, for qd_run.trace                       */
  const qd_column *columns;
  const char *const *dictionary;
  size_t n_dictionary;
} qd_batch;

/* One part of a fact, at the area where it happened. The host adds up every part with the same
 * indicator, reading, area and breakdown, then works out all areas above: sums are summed,
 * members are counted again. To a part with QD_WHOLE_AREA nothing from below is added, be it a
 * value or a reason why there is none; it goes on to the areas above like any other. Emit a part with numerator 0 to say "none"; say nothing and there
 * is no fact. DISTINCT_COUNT: numerator and denominator are ignored, members are counted.      */
typedef struct {
  uint32_t indicator; /* below qd_family.n_indicators: that one; from there on: definitions     */
  uint32_t reading;   /* index into qd_run.readings                                             */
  const char *area;   /* code of a known area                                                   */
  const char *breakdown; /* "" for the total, else "age=65+;sex=F", keys sorted                 */
  qd_number numerator, denominator;
  int64_t n;          /* cases or unweighted answers behind it; -1: not stated                  */
  int64_t population; /* of which n is a sample; -1: not a sample                               */
  uint32_t null_reason, flags;
  const uint32_t *members; /* dictionary codes, in any order, repeats allowed                   */
  size_t n_members;
} qd_fact;

/* All functions [run]. */
typedef struct qd_run {
  uint32_t struct_size, abi_minor;
  const qd_reading *readings; /* the readings to compute, one or more; kinds are distinct       */
  size_t n_readings;
  const qd_definition *definitions; /* versions in force in any of the readings                 */
  size_t n_definitions;
  void *host;
  /* A setting of this family from the configuration, or NULL when unset. */
  const char *(*option)(const struct qd_run *, const char *key);
  /* Hands facts over; copies, so the family keeps its memory. Not QD_OK: return that status.   */
  qd_status (*emit)(const struct qd_run *, const qd_fact *facts, size_t n_facts);
  /* Something about data quality a person should see. Equal messages are counted.              */
  void (*note)(const struct qd_run *, const char *message);
  /* Why the run cannot go on, in a sentence; then return the status.                           */
  void (*fail)(const struct qd_run *, const char *message);
  /* 1 once the host no longer wants the answer; return QD_CANCELLED then.                      */
  int (*cancelled)(const struct qd_run *);
  /* NULL but in an explain run: says that this record went into that part of a fact
   * (indicator, reading, area, breakdown are read). The C++ face calls it by itself.           */
  void (*trace)(const struct qd_run *, const qd_fact *part, uint32_t input, int64_t row);
} qd_run;

/* ---- The family. ----------------------------------------------------------------------------- */

/* Many runs may be alive at once on many threads, so a family keeps nothing in globals.
 * end is called once for every begin that returned QD_OK, whatever happened between.           */
typedef struct {
  uint32_t struct_size, abi_major, abi_minor, reserved;
  const char *id;      /* lower case letters, digits and _; the name of its folder and library  */
  const char *version; /* semantic: "1.2.0"                                                     */
  const char *title;
  const qd_input_spec *inputs;
  size_t n_inputs;
  const qd_indicator_spec *indicators;
  size_t n_indicators;
  int32_t takes_definitions; /* 1: definitions of this family that are data reach its runs      */
  int32_t reserved2;
  qd_status (*begin)(const qd_run *, void **state);
  qd_status (*consume)(void *state, const qd_run *, const qd_batch *);
  qd_status (*finish)(void *state, const qd_run *);
  void (*end)(void *state);
  const void *(*extension)(const char *id); /* [load] by name and revision; may be NULL         */
} qd_family;

/* The one exported symbol: a function, since dlsym is only sure to find functions. [load] */
__attribute__((visibility("default"))) const qd_family *qd_family_entry(void);

#ifdef __cplusplus
}
#endif
#endif
