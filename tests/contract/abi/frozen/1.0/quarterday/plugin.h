/* quarterday/plugin.h: everything the code of an indicator family and its host know of each other.
 *
 * C11 and C++17. No C++ type, exception, allocation or host symbol crosses this line, and no binary
 * floating point: counts are exact. Text is UTF-8 and NUL-terminated. What a family *declares* (its
 * tables, inputs, indicators, options, breakdowns) is data in its declaration file and not here.
 *
 * Growth. This is version 1.0, and what it says stays true for every 1.x. A struct only grows, at
 * its end, and its 1.0 size is QD_…_SIZE_1_0. A struct that stands alone begins with struct_size;
 * a struct in an array comes with the array's stride, the bytes from one element to the next. A
 * reader takes any size or stride that is not below that of 1.0, reads what it knows of, and steps
 * by the stride, never by its own sizeof. A field that a later 1.x added is there when struct_size
 * (or the stride) reaches beyond it. Constants are only added. What else a later version offers
 * comes as an extension: a struct asked for by name and revision.
 *
 * Memory. Who gives a pointer owns what it points at. What the host lends lives until the end of
 * the run, but for a batch: until consume returns. What a family hands to emit, note, finding,
 * fail, option and trace is copied before they return. Nobody frees what the other side made. No
 * pointer is null but where it is said here: "NULL: …".
 *
 * Threads. [load]: one thread, before any run. [run]: the one thread that drives this run; a run's
 * functions are called by no other. Many runs may be alive at once, each on a thread of its own, so
 * a family keeps nothing in globals.
 *
 * Errors. A function that gives a qd_status gives QD_OK or why not; after anything else the host
 * calls nothing but end, and the run gives no facts at all. No exception may leave a family.
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

#define QD_ONE INT64_C(1000000)   /* the qd_number 1                        */
#define QD_NO_DATE INT32_MIN      /* no day: where a function has none      */
#define QD_FOR_EVER INT32_MAX     /* of qd_definition: it is still in force */

enum { QD_OK = 0, QD_BAD_INPUT = 1, QD_UNSUPPORTED = 2, QD_CANCELLED = 3, QD_INTERNAL = 4 };

/* What qd_column.values points at, by the declared type of the column. */
enum {
  QD_INTEGER = 1, /* int64_t: integer, money (pence), minutes, yes_no (1 or 0) */
  QD_NUMBER = 2,  /* qd_number                                                 */
  QD_DATE = 3,    /* qd_date                                                   */
  QD_TEXT = 4     /* uint32_t, a code into qd_batch.dictionary                 */
};

/* qd_definition.aggregation: how a figure may be put together over time and area. */
enum {
  QD_SNAPSHOT_RATIO = 1,    /* state at the end of the reading; sum / sum over areas            */
  QD_FLOW_RATIO = 2,        /* events of the reading; sum / sum over areas                      */
  QD_RATE_PER_STOCK = 3,    /* events of the reading / stock at its end; never annualised       */
  QD_SURVEY_PROPORTION = 4, /* answers pooled over the reading and over areas                   */
  QD_MEAN_DURATION = 5,     /* sum of durations / number of cases                               */
  QD_DISTINCT_COUNT = 6,    /* members counted once in each reading and area, never summed      */
  QD_ADDITIVE_COUNT = 7,    /* a plain sum                                                      */
  QD_SNAPSHOT_COUNT = 8,    /* state at the end of the reading; summed over areas, not time     */
  QD_QUANTILE = 9           /* of all sample values of the reading and area; never summed       */
};

/* qd_definition.polarity: which way is good. */
enum { QD_CONTEXT = 0, QD_HIGH = 1, QD_LOW = 2, QD_RANGE = 3, QD_NEAREST = 4 };

/* qd_definition.interval: the uncertainty the host works out from n and population. */
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
  QD_WHOLE_AREA = 16u, /* this part covers everything in its area: the host does not add the
                          areas below to it, and notes that; not kept with the fact             */
  QD_IMPLAUSIBLE = 32u /* set by the host: the figure cannot be right, e.g. more than 100 %     */
};

/* qd_reading.kind */
enum { QD_QUARTER = 1, QD_YEAR_TO_DATE = 2, QD_YEAR = 3 };

/* ---- What the host lends for one run. ------------------------------------------------------- */

#define QD_READING_SIZE_1_0 12u
typedef struct {
  int32_t kind;        /* QD_QUARTER | QD_YEAR_TO_DATE | QD_YEAR */
  qd_date from, until; /* half-open                              */
} qd_reading;

#define QD_PARAMETER_SIZE_1_0 16u
typedef struct {
  const char *key, *text;
} qd_parameter;

/* One version of one indicator, in force on at least one day of the readings: declared by this
 * family, or defined at run time by the people who own it. The host divides, multiplies and rounds;
 * a family needs the rule and its parameters. */
#define QD_DEFINITION_SIZE_1_0 112u
typedef struct {
  const char *code;           /* e.g. "RP02_1", "COPI-N01-C05"                                    */
  int32_t version;            /* 1, 2, …                                                          */
  int32_t indicator;          /* number of the declared code, as in the generated header of names;
                                 -1: not declared by this family                                  */
  const char *rule;           /* a word the family understands; "": the code says it all          */
  const qd_parameter *parameters; /* what the rule needs; NULL when there are none                */
  size_t n_parameters, parameter_stride;
  const char *area;           /* that owns it; the host adds up to there. "": no owner            */
  const char *title, *unit;
  int64_t multiplier, divisor; /* value = multiplier / divisor * numerator / denominator          */
  int32_t aggregation, polarity, interval;
  int32_t is_count;           /* 1: it has no denominator, its facts carry 0 there                */
  qd_date effective_from, effective_until; /* half-open; QD_FOR_EVER: still in force              */
} qd_definition;

#define QD_COLUMN_SIZE_1_0 16u
typedef struct {
  const uint64_t *valid; /* bit i set: row i is present (Arrow bit order); NULL: all are          */
  const void *values;    /* by type, see above; what stands at an absent row means nothing        */
} qd_column;

/* Rows, column by column in the declared order. There is one dictionary for the whole run: a text
 * has the same code in every column of every input, a code keeps its meaning, and the dictionary
 * only grows. So codes can be compared, joined on, counted as distinct members (qd_fact.members)
 * and used as array indices. All pointers are good until consume returns. */
#define QD_BATCH_SIZE_1_0 64u
typedef struct {
  uint32_t struct_size;
  uint32_t input;           /* which of the declared inputs                                       */
  size_t n_rows;
  const int64_t *rows;      /* the record number of each row, for qd_run.trace                    */
  const qd_column *columns;
  size_t n_columns, column_stride;
  const char *const *dictionary;
  size_t n_dictionary;
} qd_batch;

/* One part of a fact, at the area where it happened. The host adds up every part with the same
 * definition, reading, area and breakdown, then works out all areas above: sums are summed, members
 * are counted again, quantiles are taken again of all values. To a part with QD_WHOLE_AREA nothing
 * from below is added, be it a value or a reason why there is none; it goes on to the areas above
 * like any other. Emit a part with numerator 0 to say "none"; say nothing and there is no fact.
 *   QD_DISTINCT_COUNT: numerator and denominator are ignored, members are counted.
 *   QD_QUANTILE: numerator, denominator and n are ignored; the figure is taken of the values. */
#define QD_FACT_SIZE_1_0 96u
typedef struct {
  uint32_t definition; /* index into qd_run.definitions                                           */
  uint32_t reading;    /* index into qd_run.readings                                              */
  const char *area;    /* code of a known area                                                    */
  const char *breakdown; /* "" for the total, else "age=65+;sex=F", keys sorted, all declared     */
  qd_number numerator, denominator;
  int64_t n;           /* cases or unweighted answers behind it; -1: not stated                   */
  int64_t population;  /* of which n is a sample; -1: not a sample                                */
  uint32_t null_reason, flags;
  const uint32_t *members; /* dictionary codes, in any order, repeats allowed; NULL when none     */
  size_t n_members;
  const qd_number *values; /* sample values, in any order; NULL when none                         */
  size_t n_values;
} qd_fact;

/* All functions [run]; the run they take is the one they were reached by. */
#define QD_RUN_SIZE_1_0 136u
typedef struct qd_run {
  uint32_t struct_size;
  uint32_t abi_minor;         /* of the host                                                      */
  qd_date known_until;        /* the local day of the newest thing the run knows                  */
  uint32_t reserved;          /* 0                                                                */
  const qd_reading *readings; /* the readings to compute, one to three; kinds are distinct        */
  size_t n_readings, reading_stride;
  const qd_definition *definitions; /* in force in any of the readings; NULL when there are none  */
  size_t n_definitions, definition_stride;
  void *host;                 /* the host's own                                                   */
  /* The setting of a declared option: what the configuration says, else its default.
   * NULL: the key is not declared, or has neither. */
  const char *(*option)(const struct qd_run *, const char *key);
  /* Hands facts over, n of them, each `stride` bytes after the one before: sizeof(qd_fact).
   * QD_OK, or QD_BAD_INPUT when the host cannot take one: then the run is lost, return that. */
  qd_status (*emit)(const struct qd_run *, const qd_fact *facts, size_t n_facts, size_t stride);
  /* Something about data quality a person should see. Equal messages are counted. */
  void (*note)(const struct qd_run *, const char *message);
  /* The same where it must be seen beside the figures, e.g. a limit that is passed. */
  void (*finding)(const struct qd_run *, const char *message);
  /* Why the run cannot go on, in a sentence; then return the status. */
  void (*fail)(const struct qd_run *, const char *message);
  /* 1 once the host no longer wants the answer; return QD_CANCELLED then. */
  int (*cancelled)(const struct qd_run *);
  /* NULL but in an explain run: says that this record went into that part of a fact; definition,
   * reading, area and breakdown are read. The C++ face calls it by itself. */
  void (*trace)(const struct qd_run *, const qd_fact *part, uint32_t input, int64_t row);
  /* What the host offers beyond this header, by name and revision; NULL: it has no such thing, and
   * a family does without or says fail. Lives until the end of the run. */
  const void *(*extension)(const struct qd_run *, const char *id);
} qd_run;

/* ---- Extensions of the host. ---------------------------------------------------------------- */

/* Working days of England and Wales: neither Saturday, Sunday nor bank holiday. Days from 1978 to
 * 2199; beyond them, and for n outside 1 … 10000, there is no answer. Any thread. */
#define QD_WORKING_DAYS_1 "quarterday.working_days/1"
#define QD_WORKING_DAYS_SIZE_1_0 32u
typedef struct {
  uint32_t struct_size, reserved;
  int (*is_working_day)(qd_date day);                    /* 1 yes, 0 no, -1 no answer           */
  qd_date (*nth_after)(qd_date day, int32_t n);          /* the n-th one after that day, n = 1:
                                                            the next; QD_NO_DATE: no answer     */
  int32_t (*between)(qd_date from, qd_date until);       /* how many in [from, until), 0 when
                                                            until <= from; -1: no answer        */
} qd_working_days;

/* ---- The family. ----------------------------------------------------------------------------- */

#define QD_FAMILY_SIZE_1_0 72u
typedef struct {
  uint32_t struct_size;
  uint32_t abi_major, abi_minor; /* QD_ABI_MAJOR, QD_ABI_MINOR of the header it is built with      */
  uint32_t reserved;             /* 0                                                              */
  const char *id, *version;      /* those of its declaration                                       */
  /* [run] Makes what the run needs. *state is handed to the others; it may stay NULL. */
  qd_status (*begin)(const qd_run *, void **state);
  /* [run] Takes in a batch; what it points at is gone afterwards. */
  qd_status (*consume)(void *state, const qd_run *, const qd_batch *);
  /* [run] After the last batch: emits what is not emitted yet. */
  qd_status (*finish)(void *state, const qd_run *);
  /* [run] Frees the state. Once for every begin that gave QD_OK, whatever happened between. */
  void (*end)(void *state);
  /* [load] What the family offers beyond this header. NULL: nothing; gives NULL for what it has
   * not. Static, like the family itself. */
  const void *(*extension)(const char *id);
} qd_family;

/* The one exported symbol: a function, since dlsym is only sure to find functions. [load] Gives a
 * struct that stays as it is while the library is loaded. NULL: the library is refused. */
__attribute__((visibility("default"))) const qd_family *qd_family_entry(void);

#ifdef __cplusplus
}
#endif
#endif
