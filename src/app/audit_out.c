#include "app/audit_out.h"

#include "base/json.h"
#include "report/report_csv.h"

// One column in both formats; numbers of 0 are left empty in CSV and null in JSON.
typedef enum ColumnKind {
    COLUMN_NUMBER,
    COLUMN_TEXT,
    COLUMN_MOMENT,
    COLUMN_ACT,
    COLUMN_VALUE,
    COLUMN_HASH
} ColumnKind;

typedef struct Column {
    const char *name;
    size_t at; // in AuditHit
    ColumnKind kind;
} Column;

#define AT(member) offsetof(AuditHit, member)

// clang-format off
static const Column columns[] = {
    { "line",       AT(line.id),                 COLUMN_NUMBER },
    { "at",         AT(line.at),                 COLUMN_MOMENT },
    { "clock",      AT(line.clock),              COLUMN_MOMENT },
    { "act",        AT(line.act),                COLUMN_TEXT },
    { "act_name",   AT(line.act),                COLUMN_ACT },
    { "person",     AT(line.actor.person.n),     COLUMN_NUMBER },
    { "name",       AT(line.actor.name),         COLUMN_TEXT },
    { "instead_of", AT(line.actor.instead_of.n), COLUMN_NUMBER },
    { "organ",      AT(line.organ.n),            COLUMN_NUMBER },
    { "organ_name", AT(organ),                   COLUMN_TEXT },
    { "via",        AT(line.actor.via),          COLUMN_TEXT },
    { "ip",         AT(line.actor.ip),           COLUMN_TEXT },
    { "session",    AT(line.actor.session.n),    COLUMN_NUMBER },
    { "request",    AT(line.actor.request),      COLUMN_TEXT },
    { "noun",       AT(line.noun),               COLUMN_TEXT },
    { "noun_id",    AT(line.noun_id),            COLUMN_NUMBER },
    { "version",    AT(line.version),            COLUMN_NUMBER },
    { "was",        AT(line.was),                COLUMN_VALUE },
    { "became",     AT(line.became),             COLUMN_VALUE },
    { "hash",       AT(line.hash),               COLUMN_HASH },
};
// clang-format on
enum { N_COLUMNS = sizeof columns / sizeof *columns };

static const void *value_at(const AuditHit *hit, const Column *c)
{
    return (const char *)hit + c->at;
}

static Str text_of(const AuditHit *hit, const Column *c, Arena *a)
{
    const void *at = value_at(hit, c);
    switch (c->kind) {
    case COLUMN_NUMBER:
        return *(const int64_t *)at ? str_fmt(a, "%lld", (long long)*(const int64_t *)at) : S("");
    case COLUMN_MOMENT:
        return moment_text(a, *(const int64_t *)at);
    case COLUMN_ACT:
        return act_name(*(const Str *)at);
    case COLUMN_HASH:
        return crypt_hex(a, (Str){at, SHA256_BYTES});
    case COLUMN_TEXT:
    case COLUMN_VALUE:
        return *(const Str *)at;
    }
    return S("");
}

static void json_line(Buf *b, const AuditHit *hit, Arena *a)
{
    JsonOut w = json_out(b);
    json_object(&w);
    for (size_t i = 0; i < N_COLUMNS; i++) {
        const Column *c = &columns[i];
        Str text = text_of(hit, c, a);
        json_key(&w, str_z(c->name));
        if (!text.n)
            json_null(&w);
        else if (c->kind == COLUMN_NUMBER)
            json_int(&w, *(const int64_t *)value_at(hit, c));
        else
            json_str(&w, text);
    }
    json_end(&w);
}

void audit_out_begin(Buf *b, AuditFormat format)
{
    if (format == AUDIT_JSON) {
        buf_add(b, S("["));
        return;
    }
    for (size_t i = 0; i < N_COLUMNS; i++)
        csv_field(b, str_z(columns[i].name));
    buf_add(b, S("\r\n"));
}

void audit_out_line(Buf *b, AuditFormat format, const AuditHit *hit, bool first, Arena scratch)
{
    if (format == AUDIT_JSON) {
        buf_add(b, first ? S("\n") : S(",\n"));
        json_line(b, hit, &scratch);
        return;
    }
    for (size_t i = 0; i < N_COLUMNS; i++)
        csv_field(b, text_of(hit, &columns[i], &scratch));
    buf_add(b, S("\r\n"));
}

void audit_out_end(Buf *b, AuditFormat format)
{
    if (format == AUDIT_JSON)
        buf_add(b, S("\n]\n"));
}
