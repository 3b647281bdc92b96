// The command table: every command, its operands and options, and the function that does it. Help,
// the man page and shell completion are made from the same rows, so they cannot differ from what
// runs.
#ifndef GONGKAI_CLI_COMMAND_H
#define GONGKAI_CLI_COMMAND_H

#include "app/config.h"
#include "base/date.h"
#include "base/err.h"

// X(NAME, name, letter or 0, argument or "", help): the options of all commands. A row of the
// command table says which of them it takes.
// clang-format off
#define OPTIONS(X)                                                                                                  \
    X(HELP,     "help",     'h', "",      "show what the command does and its options")                             \
    X(JSON,     "json",     0,   "",      "print JSON (docs/report.schema.json) for other programs")                \
    X(CSV,      "csv",      0,   "",      "print one line per cell as CSV")                                         \
    X(XLSX,     "xlsx",     0,   "FILE",  "write the three tables and the findings to a workbook")                  \
    X(LANG,     "lang",     0,   "zh|en", "language of the findings (default zh)")                                  \
    X(TODAY,    "today",    0,   "DATE",  "judge deadlines as on this day, 2024-01-31 or none (default today)")          \
    X(ALL,      "all",      'a', "",      "also show what passed and what could not be assessed")                    \
    X(JOBS,     "jobs",     'j', "N",     "read N files at a time (default: one for each processor)")               \
    X(TOTAL,    "total",    0,   "FILE",  "compare the sum with this published report")                             \
    X(NAME,     "name",     0,   "NAME",  "a person's name; what to call what comes from standard input")                            \
    X(CONFIG,   "config",   0,   "FILE",  "the configuration (default " CONFIG_FILE ", where there is one)")        \
    X(DATA,     "data",     0,   "DIR",   "the folder with the site's data (default: as configured, else gongkai-data)")    \
    X(DATABASE, "database", 0,   "ADDRESS", "the database: postgresql://…, or a file (default gongkai.db in that folder)")  \
    X(PORT,     "port",     0,   "N",     "listen on this port, 0 for any free one")                                \
    X(BIND,     "bind",     0,   "ADDRESS", "listen on this address, 0.0.0.0 or :: for all")                        \
    X(QUIET,    "quiet",    'q', "",      "no line for each request")                                               \
    X(ORGAN,    "organ",    0,   "NAME",  "the organ by its full name; of a report, where it is not or wrongly said")            \
    X(YEAR,     "year",     0,   "YEAR",  "the reporting year, likewise")                                           \
    X(WITHOUT_KEY, "without-key", 0, "",  "leave the site's key out of the backup; it must be kept elsewhere")      \
    X(BASIS,    "basis",    0,   "TEXT",  "the decision an act on an organ rests on: number and title")             \
    X(ON,       "on",       0,   "DATE",  "the day on which it takes effect (default today)")                       \
    X(PARENT,   "parent",   0,   "ORGAN", "the organ it stands under")                                              \
    X(SLUG,     "slug",     0,   "SLUG",  "the organ's name in addresses; the old one leads to the new one")        \
    X(END,      "end",      0,   "",      "end it instead of beginning it")                                         \
    X(DRY_RUN,  "dry-run",  'n', "",      "do everything but keep it")                                              \
    X(CACHE,    "cache",    0,   "MB",    "keep at most this many MB of rendered pages, 0 for none")               \
    X(FROM,     "from",     0,   "DAY",   "from this day on")                                                        \
    X(TO,       "to",       0,   "DAY",   "up to this day")                                                          \
    X(WHO,      "who",      0,   "NAME",  "done by somebody of this name")                                           \
    X(ACT,      "act",      0,   "ACT",   "of this kind: site.edit")                                                 \
    X(ABOUT,    "about",    0,   "NOUN[:N]", "about organs, or about organ:7")                                       \
    X(TEXT,     "text",     0,   "TEXT",  "with this text before or after the change; withhold it (as often as wanted)") \
    X(AREA,     "area",     0,   "PAGE:L,T,W,H", "withhold this area of a page, in per cent (as often as wanted)") \
    X(GROUND,   "ground",   0,   "GROUND", "on this ground (gongkai law grounds; default privacy)")                 \
    X(OUT,      "out",      0,   "FILE",  "write the result here")                                                   \
    X(LIMIT,    "limit",    0,   "N",     "at most so many")                                                         \
    X(BEFORE,   "before",   0,   "LINE",  "go on before this line")                                                  \
    X(PUBLIC_KEY, "public-key", 0, "FILE", "trust these keys, one in hexadecimal a line")                            \
    X(ANCHOR,   "anchor",   0,   "FILE",  "compare with an anchor that was kept elsewhere")                          \
    X(NEW_KEY,  "new-key",  0,   "",      "sign the seals after this one with another key")                          \
    X(LOGIN,    "login",    0,   "LOGIN", "what they sign in with")                                                  \
    X(PHONE,    "phone",    0,   "NUMBER", "their telephone")                                                        \
    X(EMAIL,    "email",    0,   "ADDRESS", "their mail address")                                                    \
    X(ROLE,     "role",     0,   "ROLE,…", "with these roles (gongkai law roles)")                                   \
    X(CLOSED,   "closed",   0,   "",      "accounts that are closed")                                                \
    X(WHY,      "why",      0,   "TEXT",  "the reason, which is kept")                                               \
    X(SUCCESSOR, "successor", 0, "LOGIN", "who takes over what is open")                                             \
    X(SECOND,   "second-factor", 0, "",   "the second factor has to be set up anew as well")                         \
    X(NO_PASSWORD, "no-password", 0, "",  "signs in through another server alone")                                   \
    X(NO_COLOR, "no-color", 0,   "",      "no colours, also where the output is a terminal")                        \
    X(YES,      "yes",      'y', "",      "do it, after it has been shown what would happen")                         \
    X(REGIONAL, "regional", 0,   "",      "holidays of the region, over the national ones")                          \
    X(MAN,      "man",      0,   "",      "print the manual page (troff)")
// clang-format on

typedef enum OptionId {
#define X(id, name, letter, arg, help) OPT_##id,
    OPTIONS(X)
#undef X
        OPT__COUNT
} OptionId;

typedef struct OptionDef {
    Str name;
    char letter;
    Str arg; // what to call its argument, with | between the only ones allowed; empty for a switch
    Str help;
} OptionDef;
extern const OptionDef option_defs[OPT__COUNT];

#define OPT(id) (UINT64_C(1) << OPT_##id)

// What was typed, taken apart and checked against the row of the command.
typedef struct Args {
    Strs operands;
    bool on[OPT__COUNT];
    Str value[OPT__COUNT];
    Strs all[OPT__COUNT]; // every value, where an option may come several times
    Date today;           // --today, or the clock's
    bool colour;          // standard output is a terminal and colour is wanted
    bool progress;        // standard error is a terminal
    Arena *a;             // for everything the command makes
} Args;

// What the process ends with. Where several hold, the largest.
typedef enum ExitCode {
    DONE_CLEAN = 0,
    DONE_FINDINGS = 1,   // at least one finding failed
    DONE_USAGE = 2,      // the command line is wrong
    DONE_UNREADABLE = 3, // some or all of the input could not be read
    DONE_FAILED = 4,     // something else: disk, network, a missing program
} ExitCode;

typedef struct Command {
    Str noun, verb; // verb may be empty
    Str operands;   // "FILE|DIR|-…", for people
    int min, max;   // how many of them; max -1 for any number
    uint64_t options;
    Str summary; // one line
    Str text;    // paragraphs
    // Returns an ExitCode, or -1 with *err set.
    int (*run)(const Args *args, Err *err);
} Command;
// Whether it takes this option: those of its row, --help, and --config and --database where it
// takes --data.
bool command_takes(const Command *c, int option);
extern const Command commands[];
extern const size_t n_commands;

// The row for the words typed, and how many words named it; NULL for none.
const Command *command_find(char **words, int n, int *used);

// Takes the words after the command's name apart. `today` is the clock's day.
bool args_parse(const Command *c, char **words, int n, Date today, Arena *a, Args *out, Err *err);

// --- help.c: made from the tables
Str help_all(Arena *a);
Str help_noun(Str noun, Arena *a); // the commands of one noun, a line each; empty: none
Str help_command(const Command *c, Arena *a);
Str help_man(Arena *a);
Str help_bash(Arena *a); // completion

// The day here and the moment (main.c): the only place below which the clock is read.
void main_clock(Date *today, int64_t *now);

// --- the functions of the rows
int cmd_help(const Args *args, Err *err);
int cmd_version(const Args *args, Err *err);
int cmd_completion(const Args *args, Err *err);
int cmd_report_read(const Args *args, Err *err);
int cmd_report_check(const Args *args, Err *err);
int cmd_report_sum(const Args *args, Err *err);
int cmd_report_diff(const Args *args, Err *err);
int cmd_report_import(const Args *args, Err *err);
int cmd_db_check(const Args *args, Err *err);
int cmd_db_migrate(const Args *args, Err *err);
int cmd_db_copy(const Args *args, Err *err);
int cmd_backup(const Args *args, Err *err);
int cmd_backup_verify(const Args *args, Err *err);
int cmd_restore(const Args *args, Err *err);
int cmd_audit_verify(const Args *args, Err *err);
int cmd_audit_seal(const Args *args, Err *err);
int cmd_audit_anchor(const Args *args, Err *err);
int cmd_audit_list(const Args *args, Err *err);
int cmd_audit_show(const Args *args, Err *err);
int cmd_audit_export(const Args *args, Err *err);
int cmd_organ_list(const Args *args, Err *err);
int cmd_organ_show(const Args *args, Err *err);
int cmd_organ_add(const Args *args, Err *err);
int cmd_organ_edit(const Args *args, Err *err);
int cmd_organ_rename(const Args *args, Err *err);
int cmd_organ_merge(const Args *args, Err *err);
int cmd_organ_split(const Args *args, Err *err);
int cmd_organ_abolish(const Args *args, Err *err);
int cmd_organ_move(const Args *args, Err *err);
int cmd_organ_line(const Args *args, Err *err);
int cmd_organ_import(const Args *args, Err *err);
int cmd_organ_export(const Args *args, Err *err);
int cmd_division_find(const Args *args, Err *err);
int cmd_serve(const Args *args, Err *err);
int cmd_mail_test(const Args *args, Err *err);
int cmd_mail_list(const Args *args, Err *err);
int cmd_mail_retry(const Args *args, Err *err);
int cmd_mail_drop(const Args *args, Err *err);
int cmd_job_list(const Args *args, Err *err);
int cmd_job_run(const Args *args, Err *err);
int cmd_config_show(const Args *args, Err *err);
int cmd_config_sample(const Args *args, Err *err);
int cmd_config_table(const Args *args, Err *err);
int cmd_config_check(const Args *args, Err *err);
int cmd_calendar_due(const Args *args, Err *err);
int cmd_calendar_count(const Args *args, Err *err);
int cmd_calendar_show(const Args *args, Err *err);
int cmd_calendar_add(const Args *args, Err *err);
int cmd_request_forecast(const Args *args, Err *err);
int cmd_request_list(const Args *args, Err *err);
int cmd_request_show(const Args *args, Err *err);
int cmd_request_ledger(const Args *args, Err *err);
int cmd_request_same(const Args *args, Err *err);
int cmd_archive_make(const Args *args, Err *err);
int cmd_archive_verify(const Args *args, Err *err);
int cmd_receipt_verify(const Args *args, Err *err);
int cmd_redact(const Args *args, Err *err);
int cmd_redact_verify(const Args *args, Err *err);
int cmd_redact_work(const Args *args, Err *err);
int cmd_law_decisions(const Args *args, Err *err);
int cmd_law_grounds(const Args *args, Err *err);
int cmd_law_clocks(const Args *args, Err *err);
int cmd_law_steps(const Args *args, Err *err);
int cmd_law_outcomes(const Args *args, Err *err);
int cmd_law_letters(const Args *args, Err *err);
int cmd_letter_show(const Args *args, Err *err);
int cmd_letter_save(const Args *args, Err *err);
int cmd_letter_check(const Args *args, Err *err);
int cmd_law_fees(const Args *args, Err *err);
int cmd_law_remedies(const Args *args, Err *err);
int cmd_user_list(const Args *args, Err *err);
int cmd_user_show(const Args *args, Err *err);
int cmd_user_add(const Args *args, Err *err);
int cmd_user_import(const Args *args, Err *err);
int cmd_user_close(const Args *args, Err *err);
int cmd_user_reopen(const Args *args, Err *err);
int cmd_user_password(const Args *args, Err *err);
int cmd_user_hand_over(const Args *args, Err *err);
int cmd_user_role(const Args *args, Err *err);
int cmd_user_first_admin(const Args *args, Err *err);
int cmd_law_roles(const Args *args, Err *err);
int cmd_law_powers(const Args *args, Err *err);
int cmd_law_editions(const Args *args, Err *err);
int cmd_law_cells(const Args *args, Err *err);
int cmd_law_checks(const Args *args, Err *err);
int cmd_law_repairs(const Args *args, Err *err);

#endif
