#include "../test.h"

#include "town.h"

#include "app/attachment.h"
#include "app/correction.h"
#include "app/request.h"
#include "domain/task.h"
#include "store/audit.h"
#include "store/organ.h"
#include "store/session.h"

enum { TOP = 1 };

static uint32_t chance(Town *t, uint32_t n) // from 0 to n - 1
{
    t->chance ^= t->chance << 13;
    t->chance ^= t->chance >> 7;
    t->chance ^= t->chance << 17;
    return (uint32_t)(t->chance >> 20) % n;
}

static void run(Town *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void run(Town *t, const char *fmt, ...)
{
    Arena scratch = t->box->a;
    va_list ap;
    va_start(ap, fmt);
    Str sql = str_vfmt(&scratch, fmt, ap);
    va_end(ap);
    Err err = {0};
    Arena a = scratch;
    if (!db_script(t->box->db, sql, &a, &err))
        fail_msg("%s (%s): " PRI_STR, err.en, err.detail, STR_ARG(sql));
}

// --- marks

Str town_mark(Arena *a, int mark)
{
    return str_fmt(a, "m%05dz", mark);
}

int town_find(Str text, size_t *at)
{
    for (size_t i = *at; i + 7 <= text.n; i++) {
        int n = 0, k = 1;
        if (text.s[i] != 'm' || text.s[i + 6] != 'z')
            continue;
        for (; k <= 5 && text.s[i + k] >= '0' && text.s[i + k] <= '9'; k++)
            n = n * 10 + text.s[i + k] - '0';
        if (k == 6)
            return *at = i + 7, n;
    }
    *at = text.n;
    return 0;
}

static int mark(Town *t, Mark m)
{
    assert_true(t->n_marks + 1 < TOWN_MARKS);
    t->marks[++t->n_marks] = m;
    return t->n_marks;
}

static int mark_person(Town *t, int person)
{
    return mark(t, (Mark){.kind = MARK_PERSON, .person = person, .what = "a person"});
}

static int mark_own(Town *t, int person, const char *what)
{
    return mark(t, (Mark){.kind = MARK_OWN, .person = person, .what = what});
}

static int mark_organ(Town *t, int organ, Verb verb, Verb or_verb, const char *what)
{
    return mark(
        t,
        (Mark){.kind = MARK_ORGAN, .organ = organ, .verb = verb, .or_verb = or_verb, .what = what});
}

// --- organs

static void organs_make(Town *t)
{
    Err err = {0};
    for (int i = 1; i <= TOWN_ORGANS; i++) {
        Organ o;
        int above = i == TOP ? 0 : 1 + (int)chance(t, (uint32_t)i - 1);
        while (above && t->section[above])
            above = t->parent[above];
        t->parent[i] = above;
        t->section[i] = i > 3 && chance(t, 3) == 0;
        organ_from_name(str_fmt(&t->box->a, "示例%d局", i), &o);
        o.parent.n = above;
        o.kind = t->section[i] ? ORGANKIND_SECTION : ORGANKIND_DEPARTMENT;
        if (!store_organ_add(t->box->db, BOX_SITE, &o, &t->box->a, &err))
            fail_msg("%s", err.en);
        assert_int_equal(o.id.n, i);
    }
    run(t, "UPDATE site SET organ_id = %d;", TOP);
}

static bool has_children(const Town *t, int organ)
{
    for (int i = 1; i <= TOWN_ORGANS; i++)
        if (t->parent[i] == organ)
            return true;
    return false;
}

static void spread(bool rows[TOWN_ORGANS + 1][TOWN_ORGANS + 1], int above, int below)
{
    for (int root = 1; root <= TOWN_ORGANS; root++)
        if (rows[root][above])
            rows[root][below] = true;
}

// A second time, as the law of the house has it: what is close to close things is close; below, is
// whatever any edge leads to.
static void reaches_make(Town *t, int over, int under, int heir, int gone)
{
    for (int i = 1; i <= TOWN_ORGANS; i++)
        t->close[i][i] = t->below[i][i] = true;
    for (int again = 0; again < TOWN_ORGANS; again++)
        for (int i = 1; i <= TOWN_ORGANS; i++) {
            if (t->parent[i])
                spread(t->below, t->parent[i], i);
            if (t->section[i])
                spread(t->close, t->parent[i], i);
            spread(t->below, over, under);
            spread(t->below, heir, gone);
            spread(t->close, heir, gone);
        }
}

static void shape_make(Town *t)
{
    Err err = {0};
    int over = 2, under = 3, heir = 2, gone = 0;
    while (under == over || t->section[under])
        under = 2 + (int)chance(t, TOWN_ORGANS - 1);
    for (int i = TOWN_ORGANS; i > 3 && !gone; i--)
        if (!t->section[i] && !has_children(t, i) && i != under)
            gone = i;
    while (heir == gone || t->section[heir])
        heir = 2 + (int)chance(t, TOWN_ORGANS - 1);
    run(t,
        "INSERT INTO organ_line (site_id, organ_id, over_id, business) VALUES (1, %d, %d, '水务');",
        under, over);
    run(t,
        "INSERT INTO organ_heir (site_id, organ_id, heir_id, life_id) VALUES (1, %d, %d, 1);"
        "UPDATE organ SET state = 'merged', ended_on = 1 WHERE organ_id = %d;",
        gone, heir, gone);
    t->ended[gone] = true;
    if (!store_organ_under_refresh(t->box->db, BOX_SITE, &err))
        fail_msg("%s", err.en);
    reaches_make(t, over, under, heir, gone);
}

// --- people

static int n_posts;

static void post_make(Town *t, int person, int organ, Role role)
{
    if (t->posts[person][organ] >> role & 1)
        return;
    t->posts[person][organ] |= 1u << role;
    run(t,
        "INSERT INTO post (site_id, post_id, person_id, organ_id, role, from_on)"
        " VALUES (1, %d, %d, %d, '" PRI_STR "', 100);",
        ++n_posts, person, organ, STR_ARG(role_defs[role].id));
}

static void person_make(Town *t, int i)
{
    t->home[i] = 1 + (i - 1) % TOWN_ORGANS;
    t->login_mark[i] = mark_person(t, i);
    int name = mark_person(t, i);
    run(t,
        "INSERT INTO person (site_id, person_id, login, name, phone, email, organ_id, state,"
        " password, password_set_at, must_change, opened_at, closed_why) VALUES (1, %d,"
        " 'm%05dz', '周m%05dz', '', 'm%05dz@example.cn', %d, 'active', '$x', 1, 0, 1000, '');"
        "INSERT INTO second_factor (site_id, person_id, secret, since, last_step)"
        " VALUES (1, %d, '', 1, 0);",
        i, t->login_mark[i], name, name, t->home[i], i);
    post_make(t, i, t->home[i], (Role)((i + i / TOWN_ORGANS * 5) % ROLE__COUNT));
    if (i % 5 == 0)
        post_make(t, i, 1 + (int)chance(t, TOWN_ORGANS), (Role)chance(t, ROLE__COUNT));
}

static void substitution_make(Town *t, int id)
{
    int away = 1 + (int)chance(t, TOWN_PEOPLE), who = away, organ = t->home[away];
    while (who == away)
        who = 1 + (int)chance(t, TOWN_PEOPLE);
    Role role = ROLE_DRAFTER;
    while (!(t->posts[away][organ] >> role & 1))
        role++;
    int why = mark_organ(t, organ, MAY_PERSON_READ, MAY_DESK, "why somebody is away");
    bool over = id % 3 == 0;
    t->stands[who][organ] = true;
    if (!over)
        t->lent[who][organ] |= 1u << role;
    run(t,
        "INSERT INTO substitution (site_id, substitution_id, person_id, substitute_id, organ_id,"
        " from_on, to_on, why, set_at) VALUES (1, %d, %d, %d, %d, %d, %d, 'm%05dz', 1000);"
        "INSERT INTO substitution_role (site_id, substitution_id, role)"
        " VALUES (1, %d, '" PRI_STR "');",
        id, away, who, organ, t->today.days - 9, t->today.days + (over ? -1 : 9), why, id,
        STR_ARG(role_defs[role].id));
}

// From and to somebody of the same organ.
static void handover_make(Town *t, int id)
{
    int from = 1 + (int)chance(t, TOWN_PEOPLE - TOWN_ORGANS), to = from + TOWN_ORGANS;
    int note = mark_organ(t, t->home[from], MAY_PERSON_READ, MAY_ANYONE, "a handover's note");
    int item = mark_organ(t, t->home[from], MAY_PERSON_READ, MAY_ANYONE, "a thing handed over");
    run(t,
        "INSERT INTO handover (site_id, handover_id, from_id, to_id, organ_id, at, note)"
        " VALUES (1, %d, %d, %d, %d, 1000, 'm%05dz');"
        "INSERT INTO handover_item (site_id, handover_id, noun, noun_id, title)"
        " VALUES (1, %d, 'task', 1, 'm%05dz');",
        id, from, to, t->home[from], note, id, item);
}

// --- the desk

static void task_make(Town *t, int id, int person, Role role)
{
    int organ = t->home[person];
    bool own = id % 4 == 0;
    int title = own ? mark_own(t, person, "a task of one's own")
                    : mark_organ(t, organ, MAY_DESK, MAY_TASK_GIVE, "a task");
    Str box = own ? task_box(&t->box->a, (OrganId){0}, ROLE__COUNT, (PersonId){person})
                  : task_box(&t->box->a, (OrganId){organ}, role, (PersonId){0});
    run(t,
        "INSERT INTO task (site_id, task_id, organ_id, person_id, role, box, kind, noun, noun_id,"
        " mark, title, about, due_on, state, made_at, why) VALUES (1, %d, %d, %s, '" PRI_STR
        "', '" PRI_STR "', 'report.faults', 'report', %d, '', 'm%05dz', '', %d, 'open', 1, '');",
        id, organ, own ? str_to_z(&t->box->a, str_fmt(&t->box->a, "%d", person)) : "NULL",
        STR_ARG(own ? S("") : role_defs[role].id), STR_ARG(box), id, title, t->today.days + id % 9);
}

static void private_make(Town *t, int person)
{
    int notice = mark_own(t, person, "a notice"), draft = mark_own(t, person, "a draft");
    int mail = mark_organ(t, TOP, MAY_JOB_READ, MAY_ANYONE, "a mail");
    run(t,
        "INSERT INTO notice (site_id, person_id, notice_id, at, kind, words, door)"
        " VALUES (1, %d, %d, 1000, 'post', 'm%05dz', '');"
        "INSERT INTO draft (site_id, person_id, form, body, version, at)"
        " VALUES (1, %d, '/desk/people/new', '[[\"name\",\"m%05dz\"]]', 0, 1000);"
        "INSERT INTO outbox (site_id, mail_id, kind, urgent, organ_id, person_id, to_address,"
        " to_name, subject, written_at, message_id, state, due_at, tries, first_at, ended_at,"
        " holder, held_until, code, said, version) VALUES (1, %d, 'notice', 0, %d, %d, "
        "'x@example.cn', '',"
        " 'm%05dz', 1, 'x', 'failed', 1, 9, 1, 1, '', 0, 550, 'm%05dz', 1);"
        "INSERT INTO outbox_text (site_id, mail_id, body) VALUES (1, %d, 'm%05dz');",
        person, person, notice, person, draft, person, t->home[person], person, mail, mail, person,
        mail);
}

static void audit_make(Town *t, int organ)
{
    Err err = {0};
    int was = mark_organ(t, organ, MAY_AUDIT_READ, MAY_ANYONE, "a line of the audit");
    CLEANUP(tx_end) Tx tx = tx_begin(t->box->db);
    AuditLine line = {
        .at = 1000 + organ,
        .clock = 1000 + organ,
        .act = S("person.edit"),
        .actor = {.name = S("命令行"), .via = S("cli")},
        .organ = {organ},
        .noun = S("person"),
        .noun_id = organ,
        .was = str_fmt(&t->box->a, "{\"name\":\"m%05dz\"}", was),
    };
    if (!store_audit_add(t->box->db, BOX_SITE, &line, &err) || !tx_commit(&tx, &err))
        fail_msg("%s", err.en);
}

// --- requests and files, through the program itself, since they are sealed

static void letter_make(Town *t, App *app, int organ, RequestId id)
{
    Err err = {0};
    Arena *a = &t->box->a;
    Letter made;
    Str body = town_mark(a, mark_organ(t, organ, MAY_REQUEST_READ, MAY_ANYONE, "a letter"));
    Str to = town_mark(a, mark_organ(t, organ, MAY_REQUEST_READ, MAY_ANYONE, "an addressee"));
    LetterText text = {.addressee = to, .body = body, .on = t->today};
    if (!app_letter_issue(app, letter_owner(OWNER_REQUEST, id.n), LETTER_RECEIPT, &text, a, &made,
                          &err))
        fail_msg("%s", err.en);
}

static void request_make(Town *t, App *app, int organ)
{
    Err err = {0};
    Arena *a = &t->box->a;
    Registered made;
    Str title = town_mark(a, mark_organ(t, organ, MAY_REQUEST_READ, MAY_ANYONE, "a request"));
    Str name = town_mark(a, mark_organ(t, organ, MAY_REQUEST_READ, MAY_ANYONE, "an applicant"));
    NewRequest form = {.organ = {organ},
                       .channel = CHANNEL_IN_PERSON,
                       .filed = {t->today.days - 3},
                       .title = title,
                       .description = str_cat(a, title, S("的全部材料")),
                       .form = S("electronic"),
                       .way = S("email"),
                       .kind = APPLICANT_NATURAL,
                       .name = name,
                       .applicant = {.id_kind = S("居民身份证"),
                                     .id_number = S("11010519491231002X"),
                                     .phone = S("0571-88880000"),
                                     .email = str_cat(a, name, S("@example.cn")),
                                     .address = str_cat(a, name, S("路1号"))}};
    if (!app_request_register(app, &form, a, &made, &err))
        fail_msg("%s", err.en);
    letter_make(t, app, organ, made.id);
}

static void correction_make(Town *t, App *app, int organ)
{
    Err err = {0};
    Arena *a = &t->box->a;
    CorrectionFiled filed;
    Letter made;
    Str record = town_mark(a, mark_organ(t, organ, MAY_REQUEST_READ, MAY_ANYONE, "a record"));
    Str name = town_mark(a, mark_organ(t, organ, MAY_REQUEST_READ, MAY_ANYONE, "who it is about"));
    NewCorrection form = {.organ = {organ},
                          .channel = CHANNEL_IN_PERSON,
                          .filed = {t->today.days - 3},
                          .kind = APPLICANT_NATURAL,
                          .name = name,
                          .applicant = {.id_number = S("11010519491231002X"),
                                        .phone = S("0571-88880000"),
                                        .address = str_cat(a, name, S("路1号"))},
                          .record = record,
                          .wrong = str_cat(a, record, S("登记有误")),
                          .evidence = S("户口簿")};
    LetterText text = {.addressee = name, .body = record, .on = t->today};
    if (!app_correction_file(app, &form, a, &filed, &err) ||
        !app_letter_issue(app, letter_owner(OWNER_CORRECTION, filed.id.n), LETTER_RECORD_TRANSFER,
                          &text, a, &made, &err))
        fail_msg("%s", err.en);
}

static void file_make(Town *t, App *app, int organ)
{
    Err err = {0};
    Arena *a = &t->box->a;
    Attachment made;
    int name = mark_organ(t, organ, MAY_FILE_READ, MAY_ORGAN_READ, "a private file's name");
    int text = mark_organ(t, organ, MAY_FILE_READ, MAY_ANYONE, "a private file");
    AttachmentNew file = {.noun = S("organ_life"),
                          .noun_id = organ,
                          .organ = {organ},
                          .private = true,
                          .name = str_fmt(a, "m%05dz.txt", name),
                          .bytes = str_fmt(a, "示例文件 m%05dz\n", text)};
    if (!app_attachment_add(app, &file, a, &made, &err))
        fail_msg("%s", err.en);
}

static void sealed_make(Town *t)
{
    Err err = {0};
    CLEANUP(app_close) App app = {0};
    AppPlace place = {.data = t->box->dir, .database = t->box->database};
    if (!app_open(&place, DB_CREATE, t->today, t->now, &t->box->a, &app, &err))
        fail_msg("%s", err.en);
    app.actor = (Actor){.name = S("命令行"), .via = S("cli")};
    for (int i = 1; i <= TOWN_ORGANS; i++) {
        if (t->ended[i])
            continue;
        request_make(t, &app, i);
        correction_make(t, &app, i);
        file_make(t, &app, i);
    }
}

// --- seats

void town_sit(Town *t, Seat *seat)
{
    Err err = {0};
    Arena *a = &t->box->a;
    TokenHash hash;
    seat->token = crypt_token(a, 32);
    seat->csrf = crypt_token(a, 16);
    crypt_sha256_raw(seat->token, hash.bytes);
    if (!t->browser_mark[seat->person])
        t->browser_mark[seat->person] = mark_own(t, seat->person, "a session's browser");
    Session s = {.person = {seat->person},
                 .csrf = seat->csrf,
                 .organ = {seat->organ},
                 .how = S("password"),
                 .code = CODE_GIVEN,
                 .ip = S("127.0.0.1"),
                 .user_agent = str_fmt(a, "Browser/m%05dz", t->browser_mark[seat->person]),
                 .began_at = t->now,
                 .seen_at = t->now,
                 .ends_at = t->now + 40000};
    if (!store_session_add(t->box->db, BOX_SITE, &s, &hash, &err))
        fail_msg("%s", err.en);
}

// Everywhere that somebody holds something; the two at the top first.
static void seats_make(Town *t)
{
    for (int p = 1; p <= TOWN_PEOPLE; p++)
        for (int o = 1; o <= TOWN_ORGANS; o++) {
            uint32_t roles = t->posts[p][o] | t->lent[p][o];
            if (!roles || t->ended[o])
                continue;
            assert_true(t->n_seats < TOWN_SEATS);
            Seat *seat = &t->seats[t->n_seats++];
            *seat = (Seat){.person = p, .organ = o, .roles = roles};
            town_sit(t, seat);
        }
}

void town_make(Town *t, SiteBox *box, uint64_t seed)
{
    *t = (Town){.box = box,
                .chance = seed * 0x9e3779b97f4a7c15u + 1,
                .today = {20000},
                .now = 20000 * (int64_t)86400 + 3600};
    n_posts = 0;
    organs_make(t);
    shape_make(t);
    for (int i = 1; i <= TOWN_PEOPLE; i++)
        person_make(t, i);
    post_make(t, 1, TOP, ROLE_ADMIN);
    post_make(t, 1 + TOWN_ORGANS, TOP, ROLE_AUDITOR);
    for (int i = 1; i <= 8; i++)
        substitution_make(t, i);
    for (int i = 1; i <= 6; i++)
        handover_make(t, i);
    for (int i = 1; i <= 20; i++)
        task_make(t, i, 1 + (int)chance(t, TOWN_PEOPLE), (Role)chance(t, ROLE__COUNT));
    for (int i = 1; i <= TOWN_PEOPLE; i++)
        private_make(t, i);
    for (int i = 1; i <= TOWN_ORGANS; i++)
        audit_make(t, i);
    // rows were given numbers here; what is made from now on goes on behind them
    run(t,
        "INSERT INTO counter (site_id, name, last) VALUES (1, 'person', %d), (1, 'post', %d),"
        " (1, 'substitution', 99), (1, 'handover', 99), (1, 'task', 99), (1, 'notice', 99),"
        " (1, 'mail', 99), (1, 'outbox', 99);",
        TOWN_PEOPLE, n_posts);
    sealed_make(t);
    seats_make(t);
}

// --- who sees what

Reach town_reach(const Seat *seat, Verb verb)
{
    return roles_reach(seat->roles, verb, seat->organ == TOP);
}

bool town_sees_organ(const Town *t, const Seat *seat, Verb verb, int organ)
{
    switch (town_reach(seat, verb)) {
    case REACH_NONE:
        return false;
    case REACH_ORGAN:
        return t->close[seat->organ][organ];
    case REACH_BELOW:
        return t->below[seat->organ][organ];
    case REACH_SITE:
        return true;
    }
    return false;
}

bool town_sees_person(const Town *t, const Seat *seat, int person)
{
    if (seat->person == person || town_sees_organ(t, seat, MAY_PERSON_READ, t->home[person]))
        return true;
    for (int o = 1; o <= TOWN_ORGANS; o++)
        if ((t->posts[person][o] || t->stands[person][o]) &&
            town_sees_organ(t, seat, MAY_PERSON_READ, o))
            return true;
    return false;
}

bool town_sees_mark(const Town *t, const Seat *seat, int mark)
{
    const Mark *m = &t->marks[mark];
    if (!seat)
        return false;
    switch (m->kind) {
    case MARK_PERSON:
        return town_sees_person(t, seat, m->person);
    case MARK_ORGAN:
        return town_sees_organ(t, seat, m->verb, m->organ) ||
               (m->or_verb != MAY_ANYONE && town_sees_organ(t, seat, m->or_verb, m->organ));
    case MARK_OWN:
        return m->person == seat->person;
    }
    return false;
}
