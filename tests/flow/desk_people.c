// For tests in a browser: puts people who are signed in, and work that waits for them, into the
// data folder of a running site, and prints their cookies as JSON, with number and code of a
// request.
//
//     desk_people DATA
#include "../test.h"

#include "app/act.h"
#include "app/archive.h"
#include "app/attachment.h"
#include "app/bulk.h"
#include "app/calendar.h"
#include "app/correction.h"
#include "app/desk.h"
#include "app/publication.h"
#include "app/release.h"
#include "app/remedy.h"
#include "app/request.h"
#include "app/request_public.h"
#include "app/request_work.h"
#include "base/image.h"
#include "base/json.h"
#include "sign_in.h"
#include "store/asked.h"
#include "store/organ.h"
#include "store/outbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static App app;
static Arena a;

static void must(bool ok, const Err *err)
{
    if (!ok) {
        fprintf(stderr, "%s (%s)\n", err->en, err->detail);
        exit(1);
    }
}

// The sample has some of them.
static OrganId organ_here(const char *name, OrganId parent)
{
    Err err = {0};
    OrganRow organ;
    bool found;
    must(store_organ_by_name(app.db, app.site, str_z(name), &a, &organ, &found, &err), &err);
    return found ? organ.id : organ_make(&app, &a, name, parent);
}

static void put(JsonOut *w, const char *key, PersonId person)
{
    Jar jar = jar_of(&app, &a, 0, person);
    json_put_str(w, key, jar_cookie(&jar, "gongkai"));
}

static void notices(PersonId person)
{
    Err err = {0};
    must(app_notify(&app, person, NOTICE_TASK_GIVEN, S("许文把“补齐机关信息”交给您"),
                    S("/desk/tasks"), &err),
         &err);
    must(app_notify(&app, person, NOTICE_HANDED_OVER, S("陈岚把3件没有办完的事交接给您"), S(""),
                    &err),
         &err);
}

// One that waits and one that was refused.
static void mails(PersonId person)
{
    Err err = {0};
    Mail m;
    bool found;
    MailNew mail = {.kind = MAIL_TASK,
                    .person = person,
                    .to = S("zhou@example.gov.cn"),
                    .to_name = S("周衡"),
                    .subject = S("许文把“补齐机关信息”交给您"),
                    .body = S("x")};
    for (int i = 0; i < 2; i++)
        must(store_outbox_add(app.db, app.site, &mail, app.now, &a, &err), &err);
    must(store_outbox_take(app.db, app.site, S("x"), false, app.now, app.now + 1, &a, &m, &found,
                           &err),
         &err);
    m.state = MAIL_FAILED;
    m.tries = 1;
    m.code = 550;
    m.said = S("5.1.1 no such person here");
    must(store_outbox_done(app.db, app.site, S("x"), &m, &err), &err);
}

// A renaming of the first organ and the file it rests on; and a change with before and after.
static void life_of_the_first(PersonId by)
{
    Err err = {0};
    Attachment at;
    OrganLife life = {.organ = {1},
                      .event = LIFE_RENAMED,
                      .on = app.today,
                      .basis = S("示编〔2026〕3号"),
                      .old_name = S("示例市政府办"),
                      .new_name = S("示例市人民政府办公室"),
                      .recorded_at = app.now};
    must(store_organ_life_add(app.db, app.site, &life, &err), &err);
    app.actor = (Actor){.person = by, .name = S("陈岚"), .via = S("web"), .ip = S("192.0.2.9")};
    AttachmentNew file = {.noun = S("organ_life"),
                          .noun_id = life.id,
                          .organ = life.organ,
                          .private = true,
                          .name = S("关于更名的批复.txt"),
                          .bytes = S("同意更名。")};
    must(app_attachment_add(&app, &file, &a, &at, &err), &err);
    ActNote note = {.kind = ACT_SITE_EDIT,
                    .noun = S("organ"),
                    .noun_id = 1,
                    .organ = {1},
                    .was = S("{\"name\":\"示例市政府办\",\"phone\":\"0000-1234\"}"),
                    .became = S("{\"name\":\"示例市人民政府办公室\",\"phone\":\"0000-5678\"}")};
    must(app_note(&app, &note, &err), &err);
    app.actor = (Actor){0};
}

// One that came by mail, has its receipt and waits for a third party, and one that nobody has
// confirmed.
static void requests(OrganId organ, PersonId by, Registered *waiting, Registered *unconfirmed,
                     LetterId *receipt)
{
    Err err = {0};
    app.actor = (Actor){.person = by, .name = S("陈岚"), .via = S("web"), .ip = S("192.0.2.9")};
    NewRequest n = {.organ = organ,
                    .channel = CHANNEL_MAIL_SIGNED,
                    .filed = {app.today.days - 3},
                    .title = S("示例河左岸护坡工程施工合同"),
                    .description = S("2025年签订的施工合同，含工程量清单"),
                    .form = S("electronic"),
                    .way = S("platform"),
                    .kind = APPLICANT_NATURAL,
                    .name = S("林禾"),
                    .applicant = {.id_kind = S("居民身份证"),
                                  .id_number = S("000000199001010000"),
                                  .phone = S("0000-0000000")}};
    must(app_request_register(&app, &n, &a, waiting, &err), &err);
    RequestStep step = {.id = waiting->id,
                        .fact = {.kind = FACT_THIRD_PARTY_ASKED,
                                 .on = app.today,
                                 .until = date_none,
                                 .document = S("征求第三方意见书")},
                        .whom = S("示例河工程公司")};
    must(app_request_step(&app, MAY_REQUEST_HANDLE, &step, &a, &err), &err);
    LetterOwner owner = letter_owner(OWNER_REQUEST, waiting->id.n);
    LetterText text;
    Letter letter;
    must(app_letter_draft(&app, owner, LETTER_RECEIPT, NULL, NULL, &a, &text, &err), &err);
    must(app_letter_issue(&app, owner, LETTER_RECEIPT, &text, &a, &letter, &err), &err);
    *receipt = letter.id;
    n.channel = CHANNEL_INTERNET;
    n.title = S("示例县河道清淤计划");
    must(app_request_register(&app, &n, &a, unconfirmed, &err), &err);
    app.actor = (Actor){0};
}

typedef struct Group {
    RequestId lead, follower;
    int64_t wording, bulk;
} Group;

static RequestId asked_same(OrganId organ, const char *name, const char *title)
{
    Err err = {0};
    Registered made;
    NewRequest n = {.organ = organ,
                    .channel = CHANNEL_INTERNET,
                    .filed = app.today,
                    .title = str_z(title),
                    .description = S("2024年以来的全部文件，含附件和历次变更"),
                    .form = S("electronic"),
                    .way = S("mail"),
                    .kind = APPLICANT_NATURAL,
                    .name = str_z(name),
                    .applicant = {.id_kind = S("居民身份证"),
                                  .id_number = str_cat(&a, S("0000001990"), str_z(name)),
                                  .phone = S("0000-0000000")}};
    must(app_request_register(&app, &n, &a, &made, &err), &err);
    return made.id;
}

// Five of one wording that are joined, one of them refused, and four that are proposed.
static Group groups(OrganId organ, PersonId by)
{
    static const char *const names[] = {"甲", "乙", "丙", "丁", "戊"};
    Err err = {0};
    Group g = {0};
    Bulk bulk;
    BulkAsk ask = {.kind = BULK_JOIN, .choice = {.set = BULK_SET_LIST}};
    app.actor = (Actor){.person = by, .name = S("陈岚"), .via = S("web"), .ip = S("192.0.2.9")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        RequestId id = asked_same(organ, names[i], "示例河沿岸征地补偿方案");
        if (i)
            *PUSH(&a, &ask.choice.ids) = g.follower = id;
        else
            ask.lead = g.lead = id;
        id = asked_same(organ, names[i], "城东水厂水质检测结果");
        if (i == 0)
            must(store_asked_of(app.db, app.site, id, &g.wording, &err), &err);
        if (i == 1)
            *PUSH(&a, &ask.choice.ids) = id;
    }
    must(app_bulk_begin(&app, MAY_REQUEST_HANDLE, &ask, &a, &bulk, &err), &err);
    g.bulk = bulk.id;
    Units units = units_read(S("补偿方案\n评估报告"), &a);
    must(app_request_split(&app, g.lead, 0, &units, S("两项内容互不相关"), &a, &err), &err);
    app.actor = (Actor){0};
    return g;
}

// As if all its steps had been taken: what the archive and publication begin with.
static void answered(RequestId id, Outcome outcome)
{
    Err err = {0};
    CLEANUP(act_end) Act act = {0};
    RequestWork work;
    RequestStep step = {.id = id,
                        .fact = {.kind = FACT_ANSWERED, .on = app.today, .until = date_none},
                        .outcome = outcome};
    must(act_begin(&app, &act, &err) && request_load(&app, id, 0, &a, &work, &err) &&
             request_take(&app, &work, &step, &a, &err) &&
             request_note(&act, ACT_REQUEST_STEP, &work, &a, &err) && act_commit(&act, &err),
         &err);
}

static Ticket handed; // of the last one

static RequestId handed_in(OrganId organ, const char *name, const char *title)
{
    Err err = {0};
    Registered made;
    NewRequest n = {.organ = organ,
                    .channel = CHANNEL_IN_PERSON,
                    .filed = {app.today.days - 5},
                    .title = str_z(title),
                    .description = str_z(title),
                    .form = S("electronic"),
                    .way = S("platform"),
                    .kind = APPLICANT_NATURAL,
                    .name = str_z(name),
                    .applicant = {.id_kind = S("居民身份证"),
                                  .id_number = S("000000199001010018"),
                                  .phone = S("0000-0000000")}};
    must(app_request_register(&app, &n, &a, &made, &err), &err);
    handed = (Ticket){made.code, made.query_code};
    return made.id;
}

// What the index number of what becomes public asks for.
static void credit_code(OrganId organ, const char *first17)
{
    Err err = {0};
    Organ o;
    Scope all = scope_site(app.site);
    CLEANUP(tx_end) Tx tx = tx_begin(app.db);
    must(store_organ_get(app.db, &all, organ, &a, &o, &err), &err);
    if (!o.credit_code.n)
        o.credit_code = str_fmt(&a, "%s%c", first17, credit_code_digit(str_z(first17)));
    must(store_organ_save(app.db, &all, &o, &a, &err) && tx_commit(&tx, &err), &err);
}

typedef struct Ended {
    RequestId disclosed, archived, suggested;
    PublicationId published, decided;
} Ended;

static PublicationId made_public(RequestId request, const char *title, bool published)
{
    Err err = {0};
    Publication p;
    must(app_publication_decide(&app, request, PUBLISH_SUGGESTED, &a, &p, &err), &err);
    PublicationEdit edit = {.id = p.id,
                            .version = p.version,
                            .title = str_z(title),
                            .summary = S("共12个村，名单和补助标准如下。"),
                            .formed = {app.today.days - 30}};
    must(app_publication_edit(&app, &edit, &a, &err), &err);
    must(!published || app_publication_publish(&app, p.id, edit.version + 1, NULL, 0, &a, &err),
         &err);
    return p.id;
}

// One that was disclosed and became public, one that waits to be published, one in the archive.
static Ended ended(OrganId organ, PersonId by)
{
    Err err = {0};
    Archived row;
    Ended e = {0};
    credit_code(organ, "11000000000000001");
    app.actor = (Actor){.person = by, .name = S("陈岚"), .via = S("web"), .ip = S("192.0.2.9")};
    e.disclosed = handed_in(organ, "石立", "农村饮水安全工程村庄名单");
    answered(e.disclosed, OUTCOME_DISCLOSED);
    e.published = made_public(e.disclosed, "农村饮水安全工程村庄名单（2026年）", true);
    RequestId next = handed_in(organ, "石立", "小型水库除险加固计划");
    answered(next, OUTCOME_DISCLOSED);
    e.decided = made_public(next, "小型水库除险加固计划（2026年）", false);
    e.suggested = handed_in(organ, "石立", "山洪灾害危险区清单");
    answered(e.suggested, OUTCOME_DISCLOSED);
    Saying wish = {.kind = WORD_PUBLISH, .text = S("住在山沟里的人都用得着，请放到网上。")};
    must(app_request_say(&app, &handed, &wish, &a, &err), &err);
    e.archived = handed_in(organ, "石立", "示例河采砂许可名录");
    answered(e.archived, OUTCOME_DISCLOSED);
    must(app_archive_make(&app, e.archived, 2, &a, &row, &err), &err);
    app.actor = (Actor){0};
    return e;
}

// Files that are given out: one with marks, one made, one nobody can get done, one being worked on.
typedef struct Released {
    RequestId request;
    ReleaseFileId marked, made, failed, going;
} Released;

static Str a_scan(const char *comment)
{
    Err err = {0};
    Image m = image_new(&a, 300, 424, 1);
    Str jpeg;
    for (int y = 60; y < 360; y += 24)
        memset(m.px + y * 300 + 40, 70, 220);
    must(image_jpeg(&m, 90, &a, &jpeg, &err), &err);
    Str text = str_z(comment);
    Str segment = str_fmt(&a, "\xff\xfe%c%c" PRI_STR, 0, (int)text.n + 2, STR_ARG(text));
    return str_cat(&a, str_sub(jpeg, 0, 2), str_cat(&a, segment, str_from(jpeg, 2)));
}

static ReleaseFileId added(RequestId request, const char *name)
{
    Err err = {0};
    ReleaseFile f;
    RedactMarks marks = {0};
    *PUSH(&a, &marks) = (RedactMark){
        .box = {1, 1000, 2000, 4000, 600}, .ground = GROUND_PRIVACY, .note = S("联系人")};
    *PUSH(&a, &marks) = (RedactMark){.words = S("城东片区"), .ground = GROUND_INTERNAL};
    must(app_release_add(&app, request, str_z(name), a_scan(name), &a, &f, &err), &err);
    must(app_release_mark(&app, f.id, 0, &marks, &a, &err), &err);
    return f.id;
}

// Here, or by the running server, which may be faster.
static void worked_off(ReleaseFileId file)
{
    Err err = {0};
    ReleaseMaking m;
    bool did;
    Str what;
    must(app_release_order(&app, file, 0, &a, &m, &err), &err);
    for (; making_states[m.state].open;
         must(store_making_get(app.db, app.site, file, &a, &m, &err), &err))
        must(app_release_next(&app, &a, &did, &what, &err), &err);
}

// Ordered, and held for an hour, so that the running server leaves it alone.
static void held(ReleaseFileId file, PersonId by, const char *why)
{
    Err err = {0};
    bool mine;
    ReleaseMaking m = {.file = file,
                       .version = 2,
                       .pages = 80,
                       .by = by,
                       .name = S("陈岚"),
                       .ordered_at = app.now};
    CLEANUP(tx_end) Tx tx = tx_begin(app.db);
    must(store_making_order(app.db, app.site, &m, &err) &&
             store_making_take(app.db, app.site, S("pages"), app.now + 3600, &a, &m, &err) &&
             store_making_beat(app.db, app.site, file, S("pages"), 11, app.now + 3600, &mine, &err),
         &err);
    if (*why)
        must(store_making_end(app.db, app.site, file, S("pages"), MAKING_FAILED, str_z(why),
                              app.now, &mine, &err),
             &err);
    must(tx_commit(&tx, &err), &err);
}

static Released releases(OrganId organ, PersonId by)
{
    Released r = {0};
    app.actor = (Actor){.person = by, .name = S("陈岚"), .via = S("web"), .ip = S("192.0.2.9")};
    app.in_process = true;
    r.request = handed_in(organ, "田新", "城东片区管网改造施工图");
    r.marked = added(r.request, "施工图一.jpg");
    r.made = added(r.request, "施工图二.jpg");
    r.failed = added(r.request, "施工图三.jpg");
    r.going = added(r.request, "施工图四.jpg");
    worked_off(r.made);
    held(r.failed, by, "PDF第3页不能显示，文件可能已损坏。请重新导出或者扫描后再添加。");
    held(r.going, by, "");
    app.in_process = false;
    app.actor = (Actor){0};
    return r;
}

// Two records to be corrected: one examined, one that was corrected and told.
typedef struct Corrected {
    CorrectionFiled examined, told;
    RemedyId review;
} Corrected;

static CorrectionFiled to_correct(OrganId organ, const char *record)
{
    Err err = {0};
    CorrectionFiled filed;
    NewCorrection n = {.organ = organ,
                       .channel = CHANNEL_IN_PERSON,
                       .filed = {app.today.days - 3},
                       .kind = APPLICANT_NATURAL,
                       .name = S("林禾"),
                       .applicant = {.id_number = S("000000199001010000"),
                                     .phone = S("0000-0000000"),
                                     .address = S("示例县城关镇和平路9号")},
                       .record = str_z(record),
                       .wrong = S("户名登记为林和"),
                       .claim = S("户名应为林禾"),
                       .evidence = S("户口簿")};
    must(app_correction_file(&app, &n, &a, &filed, &err), &err);
    must(app_correction_examine(&app, filed.id, 0, app.today, S("与户口簿核对，属实"), &a, &err),
         &err);
    return filed;
}

static Corrected corrections(OrganId organ, PersonId by)
{
    Err err = {0};
    LetterText text;
    LetterFill fill = {0};
    Str words = S("户名由林和改为林禾");
    app.actor = (Actor){.person = by, .name = S("陈岚"), .via = S("web"), .ip = S("192.0.2.9")};
    Corrected c = {to_correct(organ, "取水许可登记的户名"), to_correct(organ, "用水户登记表"), {0}};
    correction_fill(LETTER_RECORD, words, &a, &fill);
    must(app_letter_draft(&app, letter_owner(OWNER_CORRECTION, c.told.id.n), LETTER_RECORD, NULL,
                          &fill, &a, &text, &err),
         &err);
    CorrectionEnd end = {.id = c.told.id,
                         .outcome = CORRECTION_CORRECTED,
                         .on = app.today,
                         .words = words,
                         .letter = &text};
    must(app_correction_end(&app, &end, &a, &err), &err);
    RemedyNew review = {.organ = organ,
                        .kind = CASE_REVIEW,
                        .about = ABOUT_PROACTIVE,
                        .title = S("不服不公开水价成本监审结论"),
                        .applicant = S("林禾"),
                        .filed = app.today,
                        .forum = S("示例县人民政府")};
    must(app_remedy_open(&app, &review, &a, &c.review, &err), &err);
    app.actor = (Actor){0};
    return c;
}

// A notice of the region for a year that no request reaches.
static int64_t holiday(PersonId by)
{
    Err err = {0};
    SiteNotices all;
    RulesPlan plan;
    SiteNotice n = {.notice = {.year = 2032, .regional = true}, .number = S("示办发〔2031〕3号")};
    RulesChange change = {.add = &n};
    app.actor = (Actor){.person = by, .name = S("陈岚"), .via = S("web"), .ip = S("192.0.2.9")};
    must(calendar_days_read(S("开湖节：3月24日放假。"), 2032, &a, &n.notice.days, &err) &&
             app_rules_change(&app, &change, 0, &a, &plan, &err) &&
             store_calendar_list(app.db, app.site, false, &a, &all, &err),
         &err);
    app.actor = (Actor){0};
    return all.v[all.n - 1].id;
}

// Where replies of the organ send people.
static void remedies(OrganId organ)
{
    Err err = {0};
    Organ o;
    Scope all = scope_site(app.site);
    CLEANUP(tx_end) Tx tx = tx_begin(app.db);
    must(store_organ_get(app.db, &all, organ, &a, &o, &err), &err);
    o.review_name = S("示例县人民政府");
    o.court_name = S("示例县人民法院");
    must(store_organ_save(app.db, &all, &o, &a, &err) && tx_commit(&tx, &err), &err);
}

// A bureau in which every part of a reply has a person of its own.
static void bureau(OrganId above, JsonOut *w)
{
    static const struct {
        const char *key, *login, *name;
        Role role;
    } staff[] = {
        {"bureau_officer", "qin", "秦川", ROLE_OFFICER},
        {"bureau_reviewer", "jin", "金石", ROLE_REVIEWER},
        {"bureau_legal", "faming", "法明", ROLE_LEGAL},
        {"bureau_leader", "lingyun", "凌云", ROLE_LEADER},
        {"bureau_head", "zhang", "章程", ROLE_HEAD},
        {"bureau_archivist", "dang", "党安", ROLE_ARCHIVIST},
    };
    Err err = {0};
    LetterSettings letters = {.organ = organ_here("示例县农业农村局", above),
                              .review_channel = S("https://www.example.gov.cn/fuyi"),
                              .fee_way = S("凭缴款码在示例县非税收入代收银行缴纳")};
    must(app_letter_settings(&app, &letters, &a, &err), &err);
    credit_code(letters.organ, "11000000000000002");
    for (size_t i = 0; i < sizeof staff / sizeof *staff; i++)
        put(w, staff[i].key,
            person_make(&app, &a, staff[i].login, staff[i].name, letters.organ,
                        1u << staff[i].role));
}

int main(int argc, char **argv)
{
    Err err = {0};
    if (argc != 2)
        return 2;
    a = arena_new((size_t)1 << 30);
    int64_t now = time(NULL);
    Date today = moment_day(now);
    AppPlace place = {.data = str_z(argv[1])};
    must(app_open(&place, DB_WRITE, today, now, &a, &app, &err), &err);
    OrganId county = organ_here("示例县人民政府办公室", (OrganId){0});
    OrganId water = organ_here("示例县水务局", county);
    organ_runs_site(&app, county);
    for (int i = 0; i < 60; i++) {
        char name[64];
        snprintf(name, sizeof name, "示例县第%d事务中心", i + 1);
        organ_make(&app, &a, name, county);
    }
    PersonId zhou = person_make(&app, &a, "zhou", "周衡", water, 1u << ROLE_OFFICER);
    PersonId xu = person_make(&app, &a, "xu", "许文", water, 1u << ROLE_OFFICER | 1u << ROLE_HEAD);
    PersonId chen = person_make(&app, &a, "chen", "陈岚", county,
                                1u << ROLE_ADMIN | 1u << ROLE_OFFICER | 1u << ROLE_AUDITOR |
                                    1u << ROLE_ARCHIVIST);
    PersonId second = person_make(&app, &a, "li", "李二", county, 1u << ROLE_ADMIN);
    PersonId nobody = person_make(&app, &a, "wang", "王一", water, 1u << ROLE_ARCHIVIST);
    PersonId sun =
        person_make(&app, &a, "sun", "孙立", water, 1u << ROLE_OFFICER); // signs in itself
    person_make(&app, &a, "gao", "高远", water, 1u << ROLE_HEAD);        // the same
    // through whose hands replies of the water bureau go
    PersonId drafter = person_make(&app, &a, "shu", "舒起", water, 1u << ROLE_DRAFTER);
    PersonId reviewer = person_make(&app, &a, "shen", "沈知", water, 1u << ROLE_REVIEWER);
    PersonId legal = person_make(&app, &a, "fa", "法正", water, 1u << ROLE_LEGAL);
    PersonId leader = person_make(&app, &a, "ling", "凌云", water, 1u << ROLE_LEADER);
    remedies(water);
    Str did;
    must(app_desk_refresh(&app, &a, &did, &err), &err);
    notices(zhou);
    notices(chen);
    mails(zhou);
    life_of_the_first(chen);
    Registered waiting, unconfirmed;
    LetterId letter;
    requests(county, chen, &waiting, &unconfirmed, &letter);
    Group group = groups(county, chen);
    Ended done = ended(county, chen);
    Released released = releases(county, chen);
    Corrected corrected = corrections(county, chen);
    int64_t notice = holiday(chen);
    Buf b = buf_new(&a, 64 << 10);
    JsonOut w = json_out(&b);
    json_object(&w);
    put(&w, "officer", zhou);
    put(&w, "head", xu);
    put(&w, "admin", chen);
    put(&w, "admin_again", chen);
    put(&w, "second", second);
    put(&w, "nobody", nobody);
    put(&w, "elsewhere", sun);
    put(&w, "drafter", drafter);
    put(&w, "reviewer", reviewer);
    put(&w, "legal", legal);
    put(&w, "leader", leader);
    bureau(county, &w);
    json_put_str(&w, "number", waiting.code);
    json_put_str(&w, "code", waiting.query_code);
    json_put_int(&w, "waiting", waiting.id.n);
    json_put_int(&w, "unconfirmed", unconfirmed.id.n);
    json_put_int(&w, "letter", letter.n);
    json_put_int(&w, "county", county.n);
    json_put_int(&w, "lead", group.lead.n);
    json_put_int(&w, "follower", group.follower.n);
    json_put_int(&w, "wording", group.wording);
    json_put_int(&w, "bulk", group.bulk);
    json_put_int(&w, "disclosed", done.disclosed.n);
    json_put_int(&w, "suggested", done.suggested.n);
    json_put_int(&w, "archived", done.archived.n);
    json_put_int(&w, "published", done.published.n);
    json_put_int(&w, "decided", done.decided.n);
    json_put_int(&w, "releasing", released.request.n);
    json_put_int(&w, "marked", released.marked.n);
    json_put_int(&w, "made", released.made.n);
    json_put_int(&w, "failed", released.failed.n);
    json_put_int(&w, "going", released.going.n);
    json_put_int(&w, "examined", corrected.examined.id.n);
    json_put_int(&w, "corrected", corrected.told.id.n);
    json_put_str(&w, "corrected_number", corrected.told.code);
    json_put_str(&w, "corrected_code", corrected.told.query_code);
    json_put_int(&w, "review", corrected.review.n);
    json_put_int(&w, "holiday", notice);
    json_end(&w);
    printf(PRI_STR "\n", STR_ARG(buf_str(&b)));
    app_close(&app);
    return 0;
}
