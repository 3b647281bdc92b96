#include "domain/audit.h"

#include "base/buf.h"

// clang-format off
const ActDef act_defs[ACT__COUNT] = {
    [ACT_SITE_EDIT]     = { SI("site.edit"),     SI("修改站点设置") },
    [ACT_SAMPLE_LOAD]   = { SI("sample.load"),   SI("载入样例") },
    [ACT_REPORT_IMPORT] = { SI("report.import"), SI("导入年度报告") },
};
// clang-format on

// Lengths stand before texts, so that no two lines are the same bytes.
static void put_text(Buf *b, Str s)
{
    buf_int(b, (int64_t)s.n);
    buf_byte(b, ':');
    buf_add(b, s);
}

static void put_number(Buf *b, int64_t n)
{
    buf_int(b, n);
    buf_byte(b, ',');
}

void audit_hash(SiteId site, const unsigned char above[SHA256_BYTES], const AuditLine *line,
                Arena scratch, unsigned char out[SHA256_BYTES])
{
    const Actor *who = &line->actor;
    Buf b = buf_new(&scratch, (size_t)1 << 30);
    buf_room(&b, 512 + line->was.n + line->became.n);
    buf_add(&b, (Str){(const char *)above, SHA256_BYTES});
    put_number(&b, site.n);
    put_number(&b, line->id);
    put_number(&b, line->at);
    put_text(&b, line->act);
    put_number(&b, who->person.n);
    put_text(&b, who->name);
    put_number(&b, who->instead_of.n);
    put_number(&b, line->organ.n);
    put_text(&b, who->via);
    put_text(&b, who->ip);
    put_number(&b, who->session.n);
    put_text(&b, who->request);
    put_text(&b, line->noun);
    put_number(&b, line->noun_id);
    put_number(&b, line->version);
    put_text(&b, line->was);
    put_text(&b, line->became);
    crypt_sha256_raw(buf_str(&b), out);
}
