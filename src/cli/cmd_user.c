// gongkai user …: accounts and posts, and the first administrator of a site.
#include "app/handover.h"
#include "app/person.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/cmd_data.h"
#include "cli/cmd_report.h"
#include "report/columns.h"
#include "store/organ.h"

#include <termios.h>
#include <unistd.h>

enum { OUT_MAX = 16 << 20, LIST_MOST = 10000, TYPED_MOST = 512 };

// --- what was asked for

static bool organ_of(const Args *args, const App *app, OrganId *out, Err *err)
{
    OrganRow organ;
    bool found;
    Str name = args->value[OPT_ORGAN];
    if (!args->on[OPT_ORGAN])
        return true;
    if (!store_organ_by_name(app->db, app->site, name, args->a, &organ, &found, err) ||
        (!found && !store_organ_by_slug(app->db, app->site, name, args->a, &organ, err)))
        return false;
    *out = organ.id;
    return true;
}

static bool person_of(const Args *args, const App *app, Str login, Person *out, Err *err)
{
    bool found;
    if (!store_person_by_login(app->db, app->site, login, args->a, out, &found, err))
        return false;
    return found || fail(err, ERR_MISSING, NULL, "没有登录名为“" PRI_STR "”的人员",
                         "nobody has the login “" PRI_STR "”", STR_ARG(login));
}

static bool role_of(Str word, Role *out, Err *err)
{
    for (int r = 0; r < ROLE__COUNT; r++)
        if (str_eq(role_defs[r].id, word) || str_eq(role_defs[r].name, word))
            return *out = (Role)r, true;
    return fail(err, ERR_INPUT, NULL, "没有岗位“" PRI_STR "”",
                "no such role: “" PRI_STR "”; gongkai law roles lists them", STR_ARG(word));
}

// "officer,head"
static bool roles_of(Str words, uint32_t *out, Err *err)
{
    uint32_t roles = 0;
    for (Str one; words.n;) {
        Role role;
        str_cut(words, S(","), &one, &words);
        if (!role_of(str_trim(one), &role, err))
            return false;
        roles |= 1u << role;
    }
    *out = roles;
    return true;
}

// --- output

static void say(const Args *args, const char *fmt, Str a1, Str a2)
{
    Buf b = buf_new(args->a, OUT_MAX);
    Str rest = str_z(fmt), head;
    for (int i = 0; str_cut(rest, S("%"), &head, &rest); i++) {
        buf_add(&b, head);
        text_shown(&b, i ? a2 : a1);
    }
    buf_add(&b, head);
    out(buf_str(&b));
}

static void say_first(const Args *args, const FirstPassword *first)
{
    if (!first->text.n)
        return;
    enum { DAY = 86400, CHINA = 8 * 3600 };
    Date until = {(int32_t)((first->until + CHINA) / DAY)};
    say(args, "first password, shown this once: %\nto be changed at the first sign-in, until %\n",
        first->text, date_iso(args->a, until));
}

static Str posts_shown(Arena *a, const PersonLine *line)
{
    Strs words = {0};
    for (size_t i = 0; i < line->posts.n; i++) {
        const Post *p = &line->posts.v[i];
        *PUSH(a, &words) = p->organ.n == line->person.organ.n
                               ? role_defs[p->role].id
                               : str_fmt(a, PRI_STR "@" PRI_STR, STR_ARG(role_defs[p->role].id),
                                         STR_ARG(p->organ_name));
    }
    return str_join(a, words.v, words.n, S(" "));
}

static void line_json(JsonOut *j, const PersonLine *line)
{
    const Person *p = &line->person;
    json_object(j);
    json_put_str(j, "login", p->login);
    json_put_str(j, "name", p->name);
    json_put_str(j, "organ", p->organ_name);
    json_put_str(j, "phone", p->phone);
    json_put_str(j, "email", p->email);
    json_put_bool(j, "closed", p->closed);
    json_key(j, S("posts"));
    json_array(j);
    for (size_t i = 0; i < line->posts.n; i++) {
        json_object(j);
        json_put_str(j, "role", role_defs[line->posts.v[i].role].id);
        json_put_str(j, "organ", line->posts.v[i].organ_name);
        json_end(j);
    }
    json_end(j);
    json_end(j);
}

static void lines_out(const Args *args, const PersonLines *lines)
{
    Buf b = buf_new(args->a, OUT_MAX);
    if (args->on[OPT_JSON]) {
        JsonOut j = json_out(&b);
        json_array(&j);
        for (size_t i = 0; i < lines->n; i++)
            line_json(&j, &lines->v[i]);
        json_end(&j);
        buf_byte(&b, '\n');
    }
    for (size_t i = 0; i < lines->n && !args->on[OPT_JSON]; i++) {
        const PersonLine *l = &lines->v[i];
        Str cells[] = {l->person.login, l->person.name, l->person.organ_name,
                       posts_shown(args->a, l)};
        for (int c = 0; c < 4; c++) {
            text_shown(&b, cells[c]);
            buf_add(&b, c < 3 ? S("  ") : S("\n"));
        }
    }
    out(buf_str(&b));
}

// --- looking

int cmd_user_list(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    PersonAsk ask = {.closed = args->on[OPT_CLOSED], .limit = LIST_MOST};
    PersonLines lines = {0};
    int64_t total;
    if (args->operands.n)
        ask.text = args->operands.v[0];
    ask.by_role = args->on[OPT_ROLE];
    if ((ask.by_role && !role_of(args->value[OPT_ROLE], &ask.role, err)) ||
        !args_app(args, DB_READ, &app, err) || !organ_of(args, &app, &ask.organ, err) ||
        !store_person_list(app.db, &app.scope, &ask, app.today, args->a, &lines, &total, err))
        return -1;
    lines_out(args, &lines);
    return DONE_CLEAN;
}

static void post_line(Buf *b, Arena *a, const PostRow *q)
{
    buf_fmt(b, "%6lld  %-10s  ", (long long)q->id, str_to_z(a, role_defs[q->role].id));
    text_shown(b, q->organ_name);
    buf_fmt(b, "  from " PRI_STR, STR_ARG(date_iso(a, q->from)));
    if (date_is(q->until))
        buf_fmt(b, ", not from " PRI_STR, STR_ARG(date_iso(a, q->until)));
    buf_byte(b, '\n');
}

int cmd_user_show(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Person p;
    PostRows posts = {0};
    if (!args_app(args, DB_READ, &app, err) ||
        !person_of(args, &app, args->operands.v[0], &p, err) ||
        !store_post_list(app.db, &app.scope, p.id, args->a, &posts, err))
        return -1;
    const struct {
        const char *name;
        Str value;
    } facts[] = {{"login", p.login},      {"name", p.name},
                 {"organ", p.organ_name}, {"phone", p.phone},
                 {"email", p.email},      {"account", p.closed ? S("closed") : S("open")},
                 {"why", p.closed_why}};
    Buf b = buf_new(args->a, OUT_MAX);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (facts[i].value.n) {
            buf_fmt(&b, "%-8s  ", facts[i].name);
            text_shown(&b, facts[i].value);
            buf_byte(&b, '\n');
        }
    for (size_t i = 0; i < posts.n; i++)
        post_line(&b, args->a, &posts.v[i]);
    out(buf_str(&b));
    return DONE_CLEAN;
}

// --- opening and closing

static bool new_of(const Args *args, const App *app, PersonNew *out, Err *err)
{
    *out = (PersonNew){.person = {.login = args->operands.v[0],
                                  .name = args->value[OPT_NAME],
                                  .phone = args->value[OPT_PHONE],
                                  .email = args->value[OPT_EMAIL]},
                       .elsewhere = args->on[OPT_NO_PASSWORD]};
    return organ_of(args, app, &out->person.organ, err) &&
           roles_of(args->value[OPT_ROLE], &out->roles, err);
}

int cmd_user_add(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    PersonNew form;
    PersonId id;
    FirstPassword first;
    if (!args_app(args, DB_WRITE, &app, err) || !new_of(args, &app, &form, err) ||
        !app_person_add(&app, &form, args->a, &id, &first, err))
        return -1;
    say(args, "opened %\n", form.person.login, S(""));
    say_first(args, &first);
    return DONE_CLEAN;
}

// added wu 吴敏 k7mf-2xqa-h4vt-9wdn
static void import_line(const Args *args, const PersonImported *p, bool kept)
{
    static const char *const words[] = {
        [PERSON_ADDED] = "added", [PERSON_THERE] = "there", [PERSON_REFUSED] = "refused"};
    Buf b = buf_new(args->a, 4000);
    buf_fmt(&b, "%-8s  ", words[p->done]);
    text_shown(&b, p->login);
    buf_add(&b, S("  "));
    text_shown(&b, p->name);
    if (p->done == PERSON_ADDED && kept && p->first.text.n)
        buf_fmt(&b, "  " PRI_STR, STR_ARG(p->first.text));
    if (p->done == PERSON_REFUSED)
        buf_fmt(&b, "  line %d: %s", p->line, p->why.en);
    buf_byte(&b, '\n');
    out(buf_str(&b));
}

int cmd_user_import(const Args *args, Err *err)
{
    enum { CSV_MOST = 16 << 20 };
    CLEANUP(app_close) App app = {0};
    PersonImporteds done = {0};
    Str bytes, csv, encoding;
    bool dry = args->on[OPT_DRY_RUN], refused = false;
    if (!file_read(args->operands.v[0], CSV_MOST, args->a, &bytes, err) ||
        !text_decode(bytes, S(""), args->a, &csv, &encoding, err) ||
        !args_app(args, DB_WRITE, &app, err) ||
        !app_person_import(&app, csv, dry, args->on[OPT_NO_PASSWORD], args->a, &done, err))
        return -1;
    for (size_t i = 0; i < done.n; i++)
        refused |= done.v[i].done == PERSON_REFUSED;
    for (size_t i = 0; i < done.n; i++)
        import_line(args, &done.v[i], !refused && !dry);
    out(refused ? S("nothing was kept\n") : dry ? S("nothing was kept: a dry run\n") : S(""));
    return refused ? DONE_FINDINGS : DONE_CLEAN;
}

int cmd_user_close(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Person p, to = {0};
    if (!args_app(args, DB_WRITE, &app, err) ||
        !person_of(args, &app, args->operands.v[0], &p, err) ||
        (args->on[OPT_SUCCESSOR] && !person_of(args, &app, args->value[OPT_SUCCESSOR], &to, err)))
        return -1;
    PersonClose form = {
        .id = p.id, .version = p.version, .successor = to.id, .why = args->value[OPT_WHY]};
    if (!app_person_close(&app, &form, args->a, err))
        return -1;
    say(args, "closed %\n", p.login, S(""));
    return DONE_CLEAN;
}

int cmd_user_reopen(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Person p;
    FirstPassword first;
    if (!args_app(args, DB_WRITE, &app, err) ||
        !person_of(args, &app, args->operands.v[0], &p, err) ||
        !app_person_reopen(&app, p.id, p.version, args->a, &first, err))
        return -1;
    say(args, "open again: %\n", p.login, S(""));
    say_first(args, &first);
    return DONE_CLEAN;
}

int cmd_user_password(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Person p;
    FirstPassword first;
    if (!args_app(args, DB_WRITE, &app, err) ||
        !person_of(args, &app, args->operands.v[0], &p, err) ||
        !app_person_reset(&app, p.id, args->on[OPT_SECOND], args->a, &first, err))
        return -1;
    say_first(args, &first);
    return DONE_CLEAN;
}

int cmd_user_hand_over(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Person from, to;
    Handover h;
    if (!args_app(args, DB_WRITE, &app, err) ||
        !person_of(args, &app, args->operands.v[0], &from, err) ||
        !person_of(args, &app, args->operands.v[1], &to, err) ||
        !app_hand_over(&app, from.id, to.id, args->value[OPT_WHY], args->a, &h, err))
        return -1;
    say(args, "handed over: %\n", str_fmt(args->a, "%lld", (long long)h.n_items), S(""));
    return DONE_CLEAN;
}

// --- posts

static bool take(const Args *args, App *app, const Person *p, OrganId organ, Role role, Err *err)
{
    PostRows posts = {0};
    if (!store_post_list(app->db, &app->scope, p->id, args->a, &posts, err))
        return false;
    for (size_t i = 0; i < posts.n; i++) {
        const PostRow *q = &posts.v[i];
        bool held = !date_is(q->until) || q->until.days > app->today.days;
        if (held && q->role == role && q->organ.n == organ.n)
            return app_post_take(app, q->id, args->a, err);
    }
    return fail(err, ERR_MISSING, NULL, "没有担任这个岗位", "no such post is held");
}

int cmd_user_role(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Str act = args->operands.v[0];
    bool gives = str_eq(act, S("give"));
    Person p;
    Role role;
    if (!gives && !str_eq(act, S("take")))
        return fail(err, ERR_INPUT, NULL, "第一个词应为give或take", "say give or take"), -1;
    if (!role_of(args->operands.v[2], &role, err) || !args_app(args, DB_WRITE, &app, err) ||
        !person_of(args, &app, args->operands.v[1], &p, err))
        return -1;
    OrganId organ = p.organ;
    if (!organ_of(args, &app, &organ, err))
        return -1;
    PostForm form = {p.id, organ, role, date_none, date_none};
    if (gives ? !app_post_give(&app, &form, args->a, err) : !take(args, &app, &p, organ, role, err))
        return -1;
    say(args, gives ? "% is % now\n" : "% is no longer %\n", p.login, role_defs[role].id);
    return DONE_CLEAN;
}

// --- the first administrator

// A line typed without being shown.
static Str prompt(const Args *args, const char *text)
{
    char line[TYPED_MOST + 2] = {0};
    struct termios before, quiet;
    fprintf(stderr, "%s", text);
    bool tty = tcgetattr(STDIN_FILENO, &before) == 0;
    quiet = before;
    quiet.c_lflag &= ~(tcflag_t)ECHO;
    if (tty)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    Str typed = fgets(line, sizeof line, stdin) ? str_dup(args->a, str_z(line)) : S("");
    if (tty)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    fprintf(stderr, "\n");
    crypt_wipe(line, sizeof line);
    while (typed.n && strchr("\r\n", typed.s[typed.n - 1]))
        typed.n--;
    return typed;
}

// From the terminal, twice; or the first line of standard input. Empty: one is to be made.
static bool password_typed(const Args *args, Str *out, Err *err)
{
    bool tty = isatty(STDIN_FILENO);
    Str typed = prompt(args, tty ? "password (empty: one is made and shown once): " : "");
    if (typed.n && text_valid(typed) != typed.n)
        return fail(err, ERR_INPUT, NULL, "密码不是UTF-8", "the password is not UTF-8");
    if (typed.n && tty && !str_eq(prompt(args, "again: "), typed))
        return fail(err, ERR_INPUT, NULL, "两次输入不同", "the two differ");
    *out = typed;
    return true;
}

int cmd_user_first_admin(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Person p = {.login = args->value[OPT_LOGIN],
                .name = args->value[OPT_NAME],
                .phone = args->value[OPT_PHONE],
                .email = args->value[OPT_EMAIL]};
    PersonId id;
    Str typed = {0};
    FirstPassword first;
    if (!args_app(args, DB_WRITE, &app, err) || !organ_of(args, &app, &p.organ, err) ||
        !password_typed(args, &typed, err) ||
        !app_first_admin(&app, &p, typed, args->a, &id, &first, err))
        return -1;
    say(args, "% administers the site; a second factor is set up at the first sign-in\n", p.login,
        S(""));
    say_first(args, &first);
    return DONE_CLEAN;
}

// --- the policy

int cmd_law_roles(const Args *args, Err *err)
{
    (void)err;
    Buf b = buf_new(args->a, OUT_MAX);
    for (int r = 0; r < ROLE__COUNT; r++)
        buf_fmt(&b, "%-10s  " PRI_STR " · " PRI_STR "\n", str_to_z(args->a, role_defs[r].id),
                STR_ARG(role_defs[r].name), STR_ARG(role_defs[r].about));
    out(buf_str(&b));
    return DONE_CLEAN;
}

int cmd_law_powers(const Args *args, Err *err)
{
    (void)err;
    static const char *const reaches[] = {"-", "organ", "below", "site"};
    Buf b = buf_new(args->a, OUT_MAX);
    buf_fmt(&b, "%-16s", "");
    for (int r = 0; r < ROLE__COUNT; r++)
        buf_fmt(&b, " %-10s", str_to_z(args->a, role_defs[r].id));
    buf_byte(&b, '\n');
    for (int v = MAY_DESK; v < VERB__COUNT; v++) {
        buf_fmt(&b, "%-16s", str_to_z(args->a, verb_defs[v].id));
        for (int r = 0; r < ROLE__COUNT; r++) {
            Reach below = role_reach((Role)r, (Verb)v, false);
            Reach top = role_reach((Role)r, (Verb)v, true);
            buf_fmt(&b, " %-10s", below ? reaches[below] : top ? "site(top)" : "-");
        }
        buf_byte(&b, '\n');
    }
    buf_add(
        &b,
        S("\norgan: the organ of the post and its sections; below: and those below it, which for"
          " the\norgan that runs the site is everything; site(top): the site, for posts there\n"));
    out(buf_str(&b));
    return DONE_CLEAN;
}
