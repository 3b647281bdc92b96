// What a person does, one function each, each one transaction: begin, load, decide, save, commit.
// The web's handlers and the command line call the same functions. What the moment is, and who
// asks, is told them.
//
// An App is a site opened by one thread: the data folder, which holds the originals under files/
// and the keys, and a connection of its own to the database: gongkai.db in the folder, or a
// PostgreSQL.
#ifndef GONGKAI_APP_APP_H
#define GONGKAI_APP_APP_H

#include "base/crypt.h"
#include "base/fetch.h"
#include "domain/audit.h"
#include "domain/scope.h"
#include "report/report.h"
#include "store/report.h"

typedef struct Config Config; // app/config.h

typedef struct App {
    Db *db;
    const Config *config; // set by the edge after app_open; NULL in tests that need none
    SiteId site;
    Str data;     // the folder
    Str database; // its address (store/db.h)
    Lang lang;    // of what is written for people into what is stored: zh
    Date today;
    int64_t now;                    // seconds since 1970-01-01 UTC
    struct RulesKept *rules;        // what requests are computed with (request_rules.h)
    struct SessionMemory *sessions; // of the process (session_memory.h); NULL where there is none
    struct ReleaseWorkers *workers; // likewise (release_workers.h): told that there is work
    Key master;      // of everything that is sealed or signed (key.h); to be had from app_key
    bool has_key;    // or else there is none
    bool in_process; // documents are read in this process, not in a child: for those that came with
                     // the program, and for tests
    // Set by the edge for each request or command: in whose name, whose things, and the key of the
    // form, so that it is acted on once (act.h). From app_open: the whole site, by nobody.
    Actor actor;
    Scope scope;
    Str once;
    Str draft; // of the form: goes with the act (act_commit)
    // Told by whoever ends the program, so that calls to other servers end too; NULL: nobody tells.
    const FetchStop *stop;
} App;

// Where a site is. An empty database is gongkai.db in the folder; an empty key_file is secret.key
// there; site 0 is the first.
typedef struct AppPlace {
    Str data;     // the folder
    Str database; // its address (store/db.h)
    Str key_file;
    int64_t site;
} AppPlace;

AppPlace app_place(const Config *config);

// Opens the folder and the database; with DB_CREATE makes folder, tables and site on first use and
// runs the migrations missing. What `place` points at must live as long as the App. Close with
// CLEANUP(app_close).
bool app_open(const AppPlace *place, DbMode mode, Date today, int64_t now, Arena *a, App *out,
              Err *err);
void app_close(App *app);
Str app_database(const AppPlace *place, Arena *a); // the address that app_open uses

// What `gongkai db check` says: an empty text where all is well, else what is wrong in lines.
bool app_db_check(App *app, Arena *a, Str *out, Err *err);

// Loads the sample site (示例市, data/sample), which is built into the program, into a site without
// organs, and names the site after it. ERR_RULE where there are some already.
bool app_sample_load(App *app, Arena *a, Err *err);

// Whether the site holds nothing yet.
bool app_empty(App *app, Arena *a, bool *out, Err *err);

#endif
