// The tables of the API, and the contract that is made from them and from the table of routes.
#include "web/api.h"

#include "domain/clock.h"
#include "domain/outcome.h"
#include "store/request.h"

enum { DOC_BYTES = 1 << 20 };

// --- words

static Str word_phase(int i)
{
    return i < PHASE__COUNT ? phase_defs[i].id : S("");
}

static Str word_channel(int i)
{
    return i < CHANNEL__COUNT ? channel_defs[i].id : S("");
}

static Str word_kind(int i)
{
    return i < APPLICANT__COUNT ? applicant_defs[i].id : S("");
}

static Str word_outcome(int i)
{
    return i < OUTCOME__COUNT ? outcome_defs[i].id : S("");
}

static Str word_fact(int i)
{
    return i < FACT__COUNT ? request_fact_defs[i].id : S("");
}

static Str word_of(const Str *words, int n, int i)
{
    return i < n ? words[i] : S("");
}

static Str word_tab(int i)
{
    static const Str v[] = {SI("open"),    SI("soon"),  SI("waiting"),
                            SI("overdue"), SI("ended"), SI("all")};
    return word_of(v, 6, i);
}

static Str word_day(int i)
{
    static const Str v[] = {SI("filed"), SI("received"), SI("due"), SI("ended")};
    return word_of(v, 4, i);
}

static Str word_sort(int i)
{
    static const Str v[] = {SI("due"), SI("filed"), SI("received"), SI("ended")};
    return word_of(v, 4, i);
}

static Str word_form(int i)
{
    static const Str v[] = {SI("electronic"), SI("paper"), SI("inspect"), SI("other")};
    return word_of(v, 4, i);
}

static Str word_way(int i)
{
    static const Str v[] = {SI("platform"), SI("email"), SI("mail"), SI("pick_up"), SI("on_site")};
    return word_of(v, 5, i);
}

static Str word_error(int i)
{
    static const Str v[] = {SI("input"),    SI("missing"),        SI("denied"),     SI("rule"),
                            SI("busy"),     SI("limit"),          SI("unreadable"), SI("system"),
                            SI("repeated"), SI("unauthenticated")};
    return word_of(v, 10, i);
}

static Str word_ledger(int i)
{
    static const Str v[] = {SI("start"), SI("count"),  SI("off"), SI("pause"),
                            SI("again"), SI("extend"), SI("due")};
    return word_of(v, 7, i);
}

// clang-format off
// --- what comes in

// name, type, required, most, words, of, about
static const ApiField list_query[] = {
    { "tab",     API_WORD, false, 0, word_tab, NULL, "which list; default open" },
    { "q",       API_TEXT, false, 100, NULL, NULL, "words in code, title or applicant" },
    { "phase",   API_WORD, false, 0, word_phase, NULL, "" },
    { "outcome", API_WORD, false, 0, word_outcome, NULL, "" },
    { "channel", API_WORD, false, 0, word_channel, NULL, "" },
    { "kind",    API_WORD, false, 0, word_kind, NULL, "of the applicant" },
    { "day",     API_WORD, false, 0, word_day, NULL, "which day from and to are about; default received" },
    { "from",    API_DAY,  false, 0, NULL, NULL, "both days belong to the period" },
    { "to",      API_DAY,  false, 0, NULL, NULL, "" },
    { "late",    API_BOOL, false, 0, NULL, NULL, "past its day, open or answered" },
    { "sort",    API_WORD, false, 0, word_sort, NULL, "default due: what has to happen first; the others newest first" },
    { "cursor",  API_TEXT, false, 60, NULL, NULL, "`next` of the page before" },
    { "limit",   API_INT,  false, 200, NULL, NULL, "rows of a page, from 1; default 50" },
    { 0 },
};
static const ApiField period_query[] = {
    { "from", API_DAY, true, 0, NULL, NULL, "both days belong to the period" },
    { "to",   API_DAY, true, 0, NULL, NULL, "" },
    { 0 },
};
static const ApiField due_query[] = {
    { "from",     API_DAY, true, 0, NULL, NULL, "day 0" },
    { "workdays", API_INT, true, 1000, NULL, NULL, "" },
    { 0 },
};
static const ApiField register_fields[] = {
    { "channel",     API_WORD, true,  0, word_channel, NULL, "how it came in" },
    { "filed",       API_DAY,  true,  0, NULL, NULL, "the day it was handed in, arrived or was sent; not after today" },
    { "title",       API_TEXT, true,  200, NULL, NULL, "what is asked for, in short" },
    { "description", API_TEXT, false, 4000, NULL, NULL, "name, number or other marks of what is asked for (Art. 29)" },
    { "form",        API_WORD, false, 0, word_form, NULL, "in which form it is wanted; default electronic" },
    { "way",         API_WORD, false, 0, word_way, NULL, "how it is to be received; default platform" },
    { "kind",        API_WORD, true,  0, word_kind, NULL, "of the applicant" },
    { "name",        API_TEXT, true,  100, NULL, NULL, "of the applicant" },
    { "id_kind",     API_TEXT, false, 40, NULL, NULL, "" },
    { "id_number",   API_TEXT, true,  60, NULL, NULL, "kept sealed, never given out again" },
    { "phone",       API_TEXT, false, 40, NULL, NULL, "at least one way to reach the applicant" },
    { "email",       API_TEXT, false, 120, NULL, NULL, "" },
    { "address",     API_TEXT, false, 300, NULL, NULL, "" },
    { "postcode",    API_TEXT, false, 10, NULL, NULL, "" },
    { "representative", API_TEXT, false, 60, NULL, NULL, "of an organisation" },
    { "contact",     API_TEXT, false, 60, NULL, NULL, "" },
    { 0 },
};
static const ApiField step_fields[] = {
    { "kind",     API_WORD, true,  0, word_fact, NULL, "what happened" },
    { "on",       API_DAY,  true,  0, NULL, NULL, "the day it happened" },
    { "version",  API_INT,  true,  0, NULL, NULL, "of the request that was looked at" },
    { "workdays", API_INT,  false, 1000, NULL, NULL, "of correction_asked" },
    { "until",    API_DAY,  false, 0, NULL, NULL, "" },
    { "about",    API_INT,  false, 0, NULL, NULL, "the fact that asked" },
    { "document", API_TEXT, false, 100, NULL, NULL, "the paper it stands on" },
    { "whom",     API_TEXT, false, 100, NULL, NULL, "who was asked" },
    { "note",     API_TEXT, false, 500, NULL, NULL, "internal" },
    { "outcome",  API_WORD, false, 0, word_outcome, NULL, "of closed" },
    { 0 },
};

// --- what goes out

static const ApiField request_shape[] = {
    { "id",             API_INT,  true,  0, NULL, NULL, "" },
    { "code",           API_TEXT, true,  0, NULL, NULL, "its number, as printed" },
    { "organ",          API_TEXT, true,  0, NULL, NULL, "" },
    { "title",          API_TEXT, true,  0, NULL, NULL, "" },
    { "phase",          API_WORD, true,  0, word_phase, NULL, "" },
    { "open",           API_BOOL, true,  0, NULL, NULL, "" },
    { "outcome",        API_WORD, false, 0, word_outcome, NULL, "null while undecided" },
    { "channel",        API_WORD, true,  0, word_channel, NULL, "" },
    { "kind",           API_WORD, true,  0, word_kind, NULL, "of the applicant; who it is is not given out" },
    { "handler",        API_TEXT, false, 0, NULL, NULL, "" },
    { "filed",          API_DAY,  true,  0, NULL, NULL, "" },
    { "received",       API_DAY,  false, 0, NULL, NULL, "day 0 (Art. 31)" },
    { "draft_due",      API_DAY,  false, 0, NULL, NULL, "internal" },
    { "due",            API_DAY,  false, 0, NULL, NULL, "" },
    { "ended",          API_DAY,  false, 0, NULL, NULL, "" },
    { "units",          API_INT,  true,  0, NULL, NULL, "of the annual report" },
    { "archived",       API_BOOL, true,  0, NULL, NULL, "" },
    { "version",        API_INT,  true,  0, NULL, NULL, "" },
    { 0 },
};
static const ApiField page_shape[] = {
    { "requests", API_LIST, true, 0, NULL, "Request", "" },
    { "next",     API_TEXT, false, 0, NULL, NULL, "cursor of the next page; null at the end" },
    { 0 },
};
static const ApiField fact_shape[] = {
    { "id",       API_INT,  true,  0, NULL, NULL, "" },
    { "kind",     API_WORD, true,  0, word_fact, NULL, "" },
    { "name",     API_TEXT, true,  0, NULL, NULL, "" },
    { "on",       API_DAY,  true,  0, NULL, NULL, "" },
    { "workdays", API_INT,  true,  0, NULL, NULL, "" },
    { "until",    API_DAY,  false, 0, NULL, NULL, "" },
    { "about",    API_INT,  true,  0, NULL, NULL, "0: none" },
    { "document", API_TEXT, true,  0, NULL, NULL, "" },
    { "struck",   API_BOOL, true,  0, NULL, NULL, "taken back" },
    { 0 },
};
static const ApiField facts_shape[] = {
    { "facts",   API_LIST, true, 0, NULL, "Fact", "" },
    { "version", API_INT,  true, 0, NULL, NULL, "of the request" },
    { 0 },
};
static const ApiField line_shape[] = {
    { "kind",   API_WORD, true, 0, word_ledger, NULL, "" },
    { "from",   API_DAY,  true, 0, NULL, NULL, "" },
    { "to",     API_DAY,  true, 0, NULL, NULL, "" },
    { "days",   API_INT,  true, 0, NULL, NULL, "working days in this line" },
    { "total",  API_INT,  true, 0, NULL, NULL, "counted so far" },
    { "words",  API_TEXT, true, 0, NULL, NULL, "" },
    { "source", API_TEXT, true, 0, NULL, NULL, "" },
    { "fact",   API_INT,  true, 0, NULL, NULL, "0: the calendar's" },
    { 0 },
};
static const ApiField ledger_shape[] = {
    { "due",         API_DAY,  false, 0, NULL, NULL, "" },
    { "term",        API_INT,  true, 0, NULL, NULL, "working days in all" },
    { "used",        API_INT,  true, 0, NULL, NULL, "" },
    { "left",        API_INT,  true, 0, NULL, NULL, "negative when overdue" },
    { "paused",      API_BOOL, true, 0, NULL, NULL, "" },
    { "overdue",     API_BOOL, true, 0, NULL, NULL, "" },
    { "provisional", API_BOOL, true, 0, NULL, NULL, "reaches into a year without a notice of holidays" },
    { "lines",       API_LIST, true, 0, NULL, "LedgerLine", "" },
    { 0 },
};
static const ApiField figures_shape[] = {
    { "from", API_DAY, true, 0, NULL, NULL, "" },
    { "to",   API_DAY, true, 0, NULL, NULL, "" },
    { "rows", API_NUMBERS, true, 0, NULL, NULL, "table three: row, column, figure" },
    { 0 },
};
static const ApiField due_shape[] = {
    { "due",         API_DAY,  true, 0, NULL, NULL, "" },
    { "provisional", API_BOOL, true, 0, NULL, NULL, "" },
    { 0 },
};
static const ApiField count_shape[] = {
    { "workdays", API_INT, true, 0, NULL, NULL, "after `from` up to and including `to`; negative where `to` is earlier" },
    { 0 },
};
static const ApiField registered_shape[] = {
    { "id",         API_INT,  true, 0, NULL, NULL, "" },
    { "code",       API_TEXT, true, 0, NULL, NULL, "" },
    { "query_code", API_TEXT, true, 0, NULL, NULL, "for the applicant, to ask how far it is; the same when sent again" },
    { "repeated",   API_BOOL, true, 0, NULL, NULL, "it had been sent before under this Idempotency-Key" },
    { 0 },
};
static const ApiField error_fields[] = {
    { "kind",    API_WORD, true, 0, word_error, NULL, "stable" },
    { "zh",      API_TEXT, true, 0, NULL, NULL, "what is wrong and what to do" },
    { "en",      API_TEXT, true, 0, NULL, NULL, "the same" },
    { "request", API_TEXT, true, 0, NULL, NULL, "to be found by in the log" },
    { 0 },
};
static const ApiField error_shape[] = { { "error", API_THING, true, 0, NULL, "ErrorWords", "" }, { 0 } };

const ApiShape api_shapes[] = {
    { "Request", request_shape }, { "RequestPage", page_shape },   { "Fact", fact_shape },       { "Facts", facts_shape },
    { "LedgerLine", line_shape }, { "Ledger", ledger_shape },      { "Figures", figures_shape }, { "Due", due_shape },
    { "Count", count_shape },     { "Registered", registered_shape }, { "ErrorWords", error_fields }, { "Error", error_shape },
};
const size_t n_api_shapes = sizeof api_shapes / sizeof *api_shapes;

const ApiDoc api_docs[] = {
    // method      pattern                              id                 what it does                                             query         body             ok   gives      idempotent
    { METHOD_GET,  "/api/v1/requests",                  "listRequests",    "Requests by conditions, page by page",                  list_query,   NULL,            200, "RequestPage", false },
    { METHOD_POST, "/api/v1/requests",                  "registerRequest", "Registers a request that another system has received",  NULL,         register_fields, 201, "Registered",  true },
    { METHOD_GET,  "/api/v1/requests/:id",              "getRequest",      "One request",                                           NULL,         NULL,            200, "Request",     false },
    { METHOD_GET,  "/api/v1/requests/:id/facts",        "listFacts",       "Everything that happened, struck steps too",            NULL,         NULL,            200, "Facts",       false },
    { METHOD_GET,  "/api/v1/requests/:id/ledger",       "getLedger",       "How the day it is due follows, line by line",           NULL,         NULL,            200, "Ledger",      false },
    { METHOD_POST, "/api/v1/requests/:id/steps/register", "stepRegister",  "Records what came from the applicant (power request.register)", NULL, step_fields,     201, "Facts",       true },
    { METHOD_POST, "/api/v1/requests/:id/steps/handle", "stepHandle",      "Records what the organ did on the way (power request.handle)", NULL,  step_fields,     201, "Facts",       true },
    { METHOD_GET,  "/api/v1/figures",                   "getFigures",      "Table three of a period",                               period_query, NULL,            200, "Figures",     false },
    { METHOD_GET,  "/api/v1/calendar/due",              "calendarDue",     "The day on which a term of working days ends",          due_query,    NULL,            200, "Due",         false },
    { METHOD_GET,  "/api/v1/calendar/count",            "calendarCount",   "Working days between two days",                         period_query, NULL,            200, "Count",       false },
};
// clang-format on
const size_t n_api_docs = sizeof api_docs / sizeof *api_docs;

// --- the contract

static void put_ref(JsonOut *j, const char *name)
{
    char ref[80];
    snprintf(ref, sizeof ref, "#/components/schemas/%s", name);
    json_put_str(j, "$ref", str_z(ref));
}

static void put_type(JsonOut *j, const char *type, bool nullable)
{
    if (!nullable) {
        json_put_str(j, "type", str_z(type));
        return;
    }
    json_key(j, S("type"));
    json_array(j);
    json_str(j, str_z(type));
    json_str(j, S("null"));
    json_end(j);
}

static void put_words(JsonOut *j, const ApiField *f, bool nullable)
{
    json_key(j, S("enum"));
    json_array(j);
    for (int i = 0; f->word(i).n; i++)
        json_str(j, f->word(i));
    if (nullable)
        json_null(j);
    json_end(j);
}

static void put_text(JsonOut *j, const ApiField *f, bool in, bool nullable)
{
    put_type(j, "string", nullable);
    if (f->type == API_WORD)
        put_words(j, f, nullable);
    if (f->type == API_DAY)
        json_put_str(j, "format", S("date"));
    if (in && f->type == API_TEXT)
        json_put_int(j, "maxLength", f->most ? f->most : 200);
    if (in && f->type == API_TEXT && f->required)
        json_put_int(j, "minLength", 1);
}

static void put_schema(JsonOut *j, const ApiField *f, bool in)
{
    bool nullable = !in && !f->required;
    json_object(j);
    switch (f->type) {
    case API_TEXT:
    case API_DAY:
    case API_WORD:
        put_text(j, f, in, nullable);
        break;
    case API_INT:
        put_type(j, "integer", nullable);
        if (in)
            json_put_int(j, "minimum", 0);
        if (in && f->most)
            json_put_int(j, "maximum", f->most);
        break;
    case API_BOOL:
        put_type(j, "boolean", nullable);
        break;
    case API_THING:
        put_ref(j, f->of);
        break;
    case API_LIST:
        json_put_str(j, "type", S("array"));
        json_key(j, S("items"));
        json_object(j);
        put_ref(j, f->of);
        json_end(j);
        break;
    case API_NUMBERS:
        json_put_str(j, "type", S("object"));
        json_key(j, S("additionalProperties"));
        json_raw(j, S("{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}"));
        break;
    }
    if (f->about && *f->about)
        json_put_str(j, "description", str_z(f->about));
    json_end(j);
}

static void put_object(JsonOut *j, const ApiField *fields, bool in)
{
    json_object(j);
    json_put_str(j, "type", S("object"));
    json_put_bool(j, "additionalProperties", false);
    json_key(j, S("required"));
    json_array(j);
    for (size_t i = 0; fields[i].name; i++)
        if (fields[i].required || !in)
            json_str(j, str_z(fields[i].name));
    json_end(j);
    json_key(j, S("properties"));
    json_object(j);
    for (size_t i = 0; fields[i].name; i++) {
        json_key(j, str_z(fields[i].name));
        put_schema(j, &fields[i], in);
    }
    json_end(j);
    json_end(j);
}

static void put_parameter(JsonOut *j, const char *in, const ApiField *f)
{
    json_object(j);
    json_put_str(j, "name", str_z(f->name));
    json_put_str(j, "in", str_z(in));
    json_put_bool(j, "required", f->required);
    json_key(j, S("schema"));
    put_schema(j, f, true);
    json_end(j);
}

static void put_parameters(JsonOut *j, const ApiDoc *d)
{
    static const ApiField id = {"id", API_INT, true, 0, NULL, NULL, "number of the request"};
    static const ApiField once = {
        "Idempotency-Key",
        API_TEXT,
        true,
        100,
        NULL,
        NULL,
        "a key of the sender's own; sent again under it, nothing is done twice"};
    json_key(j, S("parameters"));
    json_array(j);
    if (str_has(str_z(d->pattern), S("/:id")))
        put_parameter(j, "path", &id);
    for (size_t i = 0; d->query && d->query[i].name; i++)
        put_parameter(j, "query", &d->query[i]);
    if (d->idempotent)
        put_parameter(j, "header", &once);
    json_end(j);
}

static void put_content(JsonOut *j, const char *shape)
{
    json_key(j, S("content"));
    json_object(j);
    json_key(j, S("application/json"));
    json_object(j);
    json_key(j, S("schema"));
    json_object(j);
    put_ref(j, shape);
    json_end(j);
    json_end(j);
    json_end(j);
}

static void put_response(JsonOut *j, int status, const char *about, const char *shape)
{
    char key[12];
    snprintf(key, sizeof key, "%d", status);
    json_key(j, str_z(key));
    json_object(j);
    json_put_str(j, "description", str_z(about));
    put_content(j, shape);
    json_end(j);
}

static void put_responses(JsonOut *j, const ApiDoc *d)
{
    json_key(j, S("responses"));
    json_object(j);
    put_response(j, d->status, "done", d->gives);
    if (d->idempotent && d->status != 200)
        put_response(j, 200, "it had been done before", d->gives);
    put_response(j, 400, "what was sent is wrong (kind input)", "Error");
    put_response(j, 401, "no valid key (kind unauthenticated)", "Error");
    put_response(j, 403, "the key lacks the power (kind denied)", "Error");
    put_response(j, 404, "there is no such thing in the key's organ (kind missing)", "Error");
    put_response(j, 409,
                 "the law or the state of the thing does not allow it (kinds rule, repeated)",
                 "Error");
    put_response(j, 413, "too large (kind limit)", "Error");
    put_response(j, 429,
                 "more in a minute than the key may, or its address (kind busy); Retry-After says "
                 "after how many seconds to come again",
                 "Error");
    put_response(j, 503, "try again: somebody else changed it, or too much at once (kind busy)",
                 "Error");
    json_end(j);
}

static void put_operation(JsonOut *j, const Route *route, const ApiDoc *d)
{
    json_key(j, route->method == METHOD_POST ? S("post") : S("get"));
    json_object(j);
    json_put_str(j, "operationId", str_z(d->id));
    json_put_str(j, "summary", str_z(d->summary));
    json_put_str(j, "x-power", verb_defs[route->may].id);
    json_put_int(j, "x-per-minute", route->per_minute);
    put_parameters(j, d);
    if (d->fields) {
        json_key(j, S("requestBody"));
        json_object(j);
        json_put_bool(j, "required", true);
        json_key(j, S("content"));
        json_object(j);
        json_key(j, S("application/json"));
        json_object(j);
        json_key(j, S("schema"));
        put_object(j, d->fields, true);
        json_end(j);
        json_end(j);
        json_end(j);
    }
    put_responses(j, d);
    json_end(j);
}

static const ApiDoc *doc_of(const Route *route)
{
    for (size_t i = 0; i < n_api_docs; i++)
        if (api_docs[i].method == route->method &&
            str_eq(str_z(api_docs[i].pattern), str_z(route->pattern)))
            return &api_docs[i];
    return NULL;
}

// /api/v1/requests/:id as /api/v1/requests/{id}
static Str path_of(const char *pattern, Arena *a)
{
    return str_replace(a, str_z(pattern), S(":id"), S("{id}"));
}

static bool first_of_path(size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (web_routes[i].csrf == CSRF_KEY &&
            str_eq(str_z(web_routes[i].pattern), str_z(web_routes[at].pattern)))
            return false;
    return web_routes[at].csrf == CSRF_KEY;
}

static void put_path(JsonOut *j, size_t at, Arena *a)
{
    json_key(j, path_of(web_routes[at].pattern, a));
    json_object(j);
    for (size_t i = at; i < web_routes_n; i++) {
        const Route *route = &web_routes[i];
        if (route->csrf != CSRF_KEY ||
            !str_eq(str_z(route->pattern), str_z(web_routes[at].pattern)))
            continue;
        const ApiDoc *d = doc_of(route);
        if (d)
            put_operation(j, route, d);
    }
    json_end(j);
}

static void put_components(JsonOut *j)
{
    json_key(j, S("components"));
    json_object(j);
    json_key(j, S("securitySchemes"));
    json_raw(j, S("{\"key\":{\"type\":\"http\",\"scheme\":\"bearer\"}}"));
    json_key(j, S("schemas"));
    json_object(j);
    for (size_t i = 0; i < n_api_shapes; i++) {
        json_key(j, str_z(api_shapes[i].name));
        put_object(j, api_shapes[i].fields, false);
    }
    json_end(j);
    json_end(j);
}

Str api_openapi(Arena *a)
{
    CLEANUP(arena_end) Arena scratch = arena_new(1 << 20);
    Buf b = buf_new(a, DOC_BYTES);
    JsonOut j = json_out(&b);
    json_object(&j);
    json_put_str(&j, "openapi", S("3.1.0"));
    json_key(&j, S("info"));
    json_raw(&j,
             S("{\"title\":\"gongkai: disclosure on request\",\"version\":\"1\",\"description\":"
               "\"For other systems of an organ. A key belongs to one organ and its sections.\"}"));
    json_key(&j, S("security"));
    json_raw(&j, S("[{\"key\":[]}]"));
    json_key(&j, S("paths"));
    json_object(&j);
    for (size_t i = 0; i < web_routes_n; i++)
        if (first_of_path(i))
            put_path(&j, i, &scratch);
    json_end(&j);
    put_components(&j);
    json_end(&j);
    return buf_str(&b);
}
