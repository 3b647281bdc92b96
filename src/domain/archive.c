#include "domain/archive.h"

#include "base/buf.h"
#include "base/tar.h"

static const Str TITLE = SI("政府信息公开申请档案包");
static const Str COLON = SI("：");
static const Str FILE_LINE = SI("文件");
static const Str KEY_LINE = SI("公钥（Ed25519）");
static const Str SIGNATURE_LINE = SI("签名（Ed25519）");

// clang-format off
const ReopenKind reopen_kinds[] = {
    { SI("review"),     SI("行政复议") },
    { SI("suit"),       SI("行政诉讼") },
    { SI("supervision"), SI("主管部门责令改正") },
};
const size_t n_reopen_kinds = sizeof reopen_kinds / sizeof *reopen_kinds;

// 条例第四十五条 asks for an archive and names no years. Ten and thirty are what offices keep papers
// of this weight for; whoever has a schedule of their own sets it.
const RetentionDef retention_kinds[RETAIN__COUNT] = {
    [RETAIN_ORDINARY]  = { SI("ordinary"),  SI("一般申请"),           10, SI("本系统的默认值：条例没有规定年限，办结后满十年，复议、起诉和查询的需要一般已经过去") },
    [RETAIN_DISPUTED]  = { SI("disputed"),  SI("有复议、诉讼的申请"), 30, SI("本系统的默认值：条例没有规定年限，争议和执行可能拖延多年，留三十年备查") },
    [RETAIN_WITHDRAWN] = { SI("withdrawn"), SI("撤回、终止的申请"),   10, SI("本系统的默认值：条例没有规定年限，与一般申请相同") },
};
// clang-format on

// --- rules

bool archive_may(Phase phase, bool archived, Err *err)
{
    if (archived)
        return fail(err, ERR_RULE, NULL, "这件申请已经归档",
                    "the request is in the archive already");
    return phase == PHASE_DONE || phase == PHASE_ENDED ||
           fail(err, ERR_RULE, NULL,
                "办结以后才能归档，这件申请现在是“" PRI_STR "”（条例第四十五条）",
                "only a closed request can be archived; this one is “" PRI_STR
                "” (Regulation, Art. 45)",
                STR_ARG(phase_defs[phase].name));
}

bool archive_change_may(bool archived, Err *err)
{
    return !archived || fail(err, ERR_RULE, NULL,
                             "这件申请已经归档，不能再改动；有复议、诉讼的，由档案管理员重新打开",
                             "the request is in the archive and cannot be changed; a remedy "
                             "opens it again");
}

bool archive_reopen_may(bool archived, Str kind, Str document, Str reason, Err *err)
{
    bool known = false;
    for (size_t i = 0; i < n_reopen_kinds; i++)
        known |= str_eq(reopen_kinds[i].id, kind);
    if (!archived)
        return fail(err, ERR_RULE, NULL, "这件申请没有归档，不需要重新打开",
                    "the request is not in the archive");
    if (!known)
        return fail(err, ERR_INPUT, NULL, "归档以后只因复议、诉讼或者责令改正重新打开，请选一种",
                    "only a remedy opens an archived request: say which");
    if (!document.n)
        return fail(err, ERR_INPUT, NULL, "请写明受理通知、应诉通知或者责令改正文书的文号",
                    "the number of the notice of the remedy is missing");
    return reason.n || fail(err, ERR_INPUT, NULL, "请写明为什么重新打开", "say why it is opened");
}

// --- how long

bool retention_named(Str id, RetentionKind *out)
{
    for (int k = 0; k < RETAIN__COUNT; k++)
        if (str_eq(retention_kinds[k].id, id))
            return *out = (RetentionKind)k, true;
    return false;
}

RetentionKind retention_of(Str outcome, bool disputed)
{
    if (disputed)
        return RETAIN_DISPUTED;
    return str_eq(outcome, outcome_defs[OUTCOME_WITHDRAWN].id) ? RETAIN_WITHDRAWN : RETAIN_ORDINARY;
}

Date retention_until(Date ended, int years)
{
    Date until;
    return date_make(date_year(ended) + years, 12, 31, &until) ? until : date_none;
}

Date retention_cut(Date today, int years)
{
    Date cut;
    return date_make(date_year(today) - years - 1, 12, 31, &cut) ? cut : date_none;
}

bool retention_years_ok(int64_t years, Err *err)
{
    return (years >= 1 && years <= RETENTION_YEARS_MAX) ||
           fail(err, ERR_INPUT, NULL, "保管年限应当是1到%d年", "from 1 to %d years",
                RETENTION_YEARS_MAX);
}

// --- writing

static void put_line(Buf *b, Str name, Str value, Arena *a)
{
    Str flat = str_replace(a, str_replace(a, value, S("\r"), S("")), S("\n"), S(" "));
    buf_add(b, name);
    buf_add(b, COLON);
    buf_add(b, str_trim(flat));
    buf_byte(b, '\n');
}

static Str sums_of(const ArchiveFiles *files, Arena *a)
{
    Buf b = buf_new(a, ARCHIVE_MAX);
    for (size_t i = 0; i < files->n; i++) {
        Str sum = crypt_sha256(a, files->v[i].bytes);
        buf_fmt(&b, PRI_STR "  " PRI_STR "\n", STR_ARG(sum), STR_ARG(files->v[i].path));
    }
    return buf_str(&b);
}

static void put_file(Buf *b, Str path, Str bytes, Arena *a)
{
    put_line(b, FILE_LINE,
             str_fmt(a, PRI_STR " %zu " PRI_STR, STR_ARG(crypt_sha256(a, bytes)), bytes.n,
                     STR_ARG(path)),
             a);
}

static Str volume_words(const ArchiveHead *head, Arena *a)
{
    return str_fmt(a, "第%d卷，共%d卷", head->volume, head->volumes);
}

static Str manifest_of(const ArchiveHead *head, const ArchiveFiles *files, Str sums, const Key *key,
                       Arena *a)
{
    Buf b = buf_new(a, ARCHIVE_MAX);
    unsigned char public_key[PUBLIC_KEY_BYTES], signature[SIGNATURE_BYTES];
    buf_add(&b, TITLE);
    buf_byte(&b, '\n');
    put_line(&b, S("编号"), head->code, a);
    put_line(&b, S("机关"), head->organ, a);
    put_line(&b, S("申请内容"), head->title, a);
    put_line(&b, S("归档时间"), head->archived, a);
    put_line(&b, S("归档次数"), str_fmt(a, "%lld", (long long)head->nth), a);
    if (head->volumes > 1)
        put_line(&b, S("分卷"), volume_words(head, a), a);
    for (size_t i = 0; i < files->n; i++)
        put_file(&b, files->v[i].path, files->v[i].bytes, a);
    put_file(&b, S(ARCHIVE_SUMS), sums, a);
    crypt_public_key(key, public_key);
    put_line(&b, KEY_LINE, crypt_hex(a, (Str){(const char *)public_key, sizeof public_key}), a);
    crypt_sign(key, buf_str(&b), signature);
    put_line(&b, SIGNATURE_LINE, crypt_hex(a, (Str){(const char *)signature, sizeof signature}), a);
    return buf_str(&b);
}

static bool tar_put(Buf *b, Str path, Str bytes, int64_t modified_at, Err *err)
{
    static const char zeros[TAR_BLOCK];
    TarHead h;
    if (!tar_head(path, bytes.n, modified_at, &h))
        return fail(err, ERR_LIMIT, NULL, "档案包里的文件名过长：" PRI_STR,
                    "the name of a file is too long: " PRI_STR, STR_ARG(path));
    buf_add(b, (Str){h.bytes, sizeof h.bytes});
    buf_add(b, bytes);
    buf_add(b, (Str){zeros, tar_fill(bytes.n)});
    return true;
}

bool archive_pack(const ArchiveHead *head, const ArchiveFiles *files, int64_t modified_at,
                  const Key *key, Arena *a, Str *out, Err *err)
{
    static const char end[2 * TAR_BLOCK];
    Str sums = sums_of(files, a);
    Str manifest = manifest_of(head, files, sums, key, a);
    Buf b = buf_new(a, ARCHIVE_MAX);
    for (size_t i = 0; i < files->n; i++)
        if (!tar_put(&b, files->v[i].path, files->v[i].bytes, modified_at, err))
            return false;
    if (!tar_put(&b, S(ARCHIVE_SUMS), sums, modified_at, err) ||
        !tar_put(&b, S(ARCHIVE_MANIFEST), manifest, modified_at, err))
        return false;
    buf_add(&b, (Str){end, sizeof end});
    if (b.full)
        return fail(err, ERR_LIMIT, NULL, "档案包的一卷超过%dMB", "a volume is more than %d MB",
                    ARCHIVE_MAX >> 20);
    *out = buf_str(&b);
    return true;
}

// --- volumes

size_t archive_file_size(const ArchiveFile *file)
{
    return file->address.n ? file->size : file->bytes.n;
}

// In the tar, with its lines in the sums and in the manifest.
static size_t room_of(const ArchiveFile *file)
{
    enum { SUM_LINES = 300 }; // two sums, a number, the words around them
    size_t size = archive_file_size(file);
    return TAR_BLOCK + size + tar_fill(size) + SUM_LINES + 2 * file->path.n;
}

bool archive_volumes(const ArchiveFiles *files, size_t most, Arena *a, ArchiveVolumes *out,
                     Err *err)
{
    enum { FRAME = 8 << 10 }; // the head of the manifest, the signature, heads and ends of the tar
    ArchiveVolumes volumes = {0};
    size_t left = 0;
    for (size_t i = 0; i < files->n; i++) {
        size_t room = room_of(&files->v[i]);
        if (room + FRAME > most)
            return fail(err, ERR_LIMIT, NULL,
                        "“" PRI_STR "”有%zuMB，超过档案包一卷的%zuMB；请把它拆成几份再归档",
                        "“" PRI_STR "” has %zu MB, more than the %zu MB of a volume; divide it",
                        STR_ARG(files->v[i].title), archive_file_size(&files->v[i]) >> 20,
                        most >> 20);
        if (!volumes.n || room > left) {
            *PUSH(a, &volumes) = (ArchiveFiles){0};
            left = most - FRAME;
        }
        *PUSH(a, &volumes.v[volumes.n - 1]) = files->v[i];
        left -= room;
    }
    *out = volumes;
    return true;
}

// --- proving

static bool no_package(Err *err)
{
    return fail(err, ERR_UNREADABLE, NULL, "这不是归档形成的档案包", "this is no archived request");
}

typedef struct TarFiles {
    TarEntry *v;
    size_t n, cap;
} TarFiles;

static bool unpack(Str tar, Arena *a, TarFiles *out, Str *manifest, Err *err)
{
    TarEntry e;
    bool broken = false;
    *manifest = S("");
    while (tar_next(&tar, a, &e, &broken)) {
        if (str_eq(e.name, S(ARCHIVE_MANIFEST)) && !manifest->n)
            *manifest = e.bytes;
        else
            *PUSH(a, out) = e;
    }
    return (!broken && manifest->n) || no_package(err);
}

// Each file of the package stands in the manifest in the same place, with its size and sum.
static bool file_is(const TarFiles *found, size_t i, Str value, Err *err)
{
    Str sum, rest, size, path;
    int64_t n;
    unsigned char raw[SHA256_BYTES], wanted[SHA256_BYTES];
    if (!str_cut(value, S(" "), &sum, &rest) || !str_cut(rest, S(" "), &size, &path) ||
        !str_to_int(size, &n) || !crypt_unhex(sum, wanted, sizeof wanted))
        return no_package(err);
    if (i >= found->n || !str_eq(found->v[i].name, path))
        return fail(err, ERR_RULE, NULL, PRI_STR "：清单里有，包里没有",
                    PRI_STR ": in the manifest, and not in the package", STR_ARG(path));
    crypt_sha256_raw(found->v[i].bytes, raw);
    return (found->v[i].bytes.n == (size_t)n && !memcmp(raw, wanted, sizeof raw)) ||
           fail(err, ERR_RULE, NULL, PRI_STR "：内容被改动过", PRI_STR ": was changed",
                STR_ARG(path));
}

typedef struct Reading {
    Str manifest, signed_; // from the title on; the part that is signed
    Str signature;
} Reading;

// The signature covers everything before its own line.
static bool signature_of(Str manifest, Reading *out)
{
    ptrdiff_t at = str_find(manifest, str_z("\n签名（Ed25519）："));
    if (at < 0 || !str_starts(manifest, TITLE))
        return false;
    out->manifest = manifest;
    out->signed_ = str_sub(manifest, 0, (size_t)at + 1);
    Str line = str_from(manifest, (size_t)at + 1), rest, name;
    str_cut(line, S("\n"), &line, &rest);
    return !rest.n && str_cut(line, COLON, &name, &out->signature);
}

static bool signed_ok(const Reading *r, Str key_hex, Err *err)
{
    unsigned char key[PUBLIC_KEY_BYTES], signature[SIGNATURE_BYTES];
    if (!crypt_unhex(key_hex, key, sizeof key) ||
        !crypt_unhex(r->signature, signature, sizeof signature))
        return no_package(err);
    return crypt_verify(key, r->signed_, signature) ||
           fail(err, ERR_RULE, NULL, "签名不符：清单被改动过",
                "the signature does not fit: the manifest was changed");
}

static bool lines_read(const Reading *r, const TarFiles *found, ArchiveProof *p, Err *err)
{
    Str rest = r->signed_, line, name, value;
    str_cut(rest, S("\n"), &line, &rest); // the title
    while (rest.n) {
        str_cut(rest, S("\n"), &line, &rest);
        if (!str_cut(line, COLON, &name, &value))
            return no_package(err);
        if (str_eq(name, KEY_LINE))
            p->public_key = value;
        else if (!str_eq(name, FILE_LINE)) {
            if (p->n_lines < sizeof p->lines / sizeof *p->lines)
                p->lines[p->n_lines++] = (ArchiveLine){name, value};
        } else if (!file_is(found, p->n_files++, value, err))
            return false;
    }
    return true;
}

static Str key_of(const Reading *r)
{
    ptrdiff_t at = str_find(r->signed_, str_z("\n公钥（Ed25519）："));
    Str line, rest, name, value = S("");
    if (at < 0)
        return S("");
    str_cut(str_from(r->signed_, (size_t)at + 1), S("\n"), &line, &rest);
    str_cut(line, COLON, &name, &value);
    return rest.n ? S("") : value; // the last line that is signed
}

bool archive_verify(Str tar, Str public_key, Arena *a, ArchiveProof *out, Err *err)
{
    TarFiles found = {0};
    Reading r = {0};
    ArchiveProof p = {0};
    Str manifest;
    if (!unpack(tar, a, &found, &manifest, err))
        return false;
    if (!signature_of(manifest, &r))
        return no_package(err);
    p.public_key = key_of(&r);
    if (!signed_ok(&r, p.public_key, err) || !lines_read(&r, &found, &p, err))
        return false;
    if (p.n_files < found.n)
        return fail(err, ERR_RULE, NULL, PRI_STR "：清单里没有，是后来加进去的",
                    PRI_STR ": not in the manifest, it was added",
                    STR_ARG(found.v[p.n_files].name));
    p.known = public_key.n && str_eq(public_key, p.public_key);
    if (public_key.n && !p.known)
        return fail(err, ERR_RULE, NULL, "档案包是用另一个公钥签名的，不是这个站点的",
                    "the package was signed with another key than this one");
    p.bytes = (int64_t)tar.n;
    *out = p;
    return true;
}
