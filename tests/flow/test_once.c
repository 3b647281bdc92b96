// Every form of the desk, found on its pages and filled by a machine, is sent twice with the same
// key: the second time nothing is done again. Pages come from web_routes and forms from the pages,
// so that a new form is sent without a change here.
#include "../test.h"

#include "addresses.h"
#include "inside.h"
#include "town.h"

#include "web/route.h"

enum { SAME_FORM = 2, FORMS = 400 };

typedef struct World {
    SiteBox *box;
    Inside *in;
    Town town;
    Str sent[FORMS]; // actions, with numbers as N
    int n_sent, n_acted, n_twice, serial;
    Str csrf; // of the session that sends
} World;

static World world;

static int world_make(void **state)
{
    if (site_box_make(state))
        return 1;
    world = (World){.box = *state};
    town_make(&world.town, world.box, 5);
    world.in = inside_open(world.box, world.town.today, world.town.now);
    return 0;
}

static int world_drop(void **state)
{
    if (world.in)
        inside_close(world.in);
    return site_box_drop(state);
}

// --- reading a page

static Str between(Str s, Str from, Str to)
{
    Str ignored, rest, found;
    return str_cut(s, from, &ignored, &rest) && str_cut(rest, to, &found, &ignored) ? found : S("");
}

static Str attribute(Str tag, const char *name, Arena *a)
{
    Str value = between(tag, str_fmt(a, " %s=\"", name), S("\""));
    value = str_replace(a, value, S("&quot;"), S("\""));
    return str_replace(a, value, S("&amp;"), S("&"));
}

static void put(Buf *form, Str name, Str value)
{
    buf_fmt(form, "%s" PRI_STR "=", form->n ? "&" : "", STR_ARG(name));
    for (size_t i = 0; i < value.n; i++)
        buf_fmt(form, "%%%02X", (unsigned char)value.s[i]);
}

static bool has_field(const Buf *form, Str name, Arena *a)
{
    Str start = str_cat(a, name, S("="));
    return str_starts(buf_str(form), start) || str_has(buf_str(form), str_cat(a, S("&"), start));
}

// clang-format off
// What the machine writes into a field of this name, or else of this type.
static const struct { const char *name, *type, *value; } fillings[] = {
    { "login", "",         "robot%d" },
    { "from",  "",         "2024-10-04" },
    { "to",    "",         "2024-10-06" },
    { "",      "date",     "2024-10-04" },
    { "",      "email",    "robot@example.cn" },
    { "",      "tel",      "0571-88880000" },
    { "",      "password", "jiqiren jiqiren 2024" },
    { "",      "text",     "机器人%d" },
};
// clang-format on

static Str filling(Str name, Str type, Arena *a)
{
    for (size_t i = 0; i < sizeof fillings / sizeof *fillings; i++)
        if (str_eq(str_z(fillings[i].name), name) ||
            (!*fillings[i].name && str_eq(str_z(fillings[i].type), type)))
            return str_replace(a, str_z(fillings[i].value), S("%d"),
                               str_fmt(a, "%d", world.serial));
    return S("1");
}

static void fill_input(Str tag, Buf *form, Arena *a)
{
    Str name = attribute(tag, "name", a), type = attribute(tag, "type", a);
    Str value = str_eq(name, S("csrf")) ? world.csrf : attribute(tag, "value", a);
    bool pick = str_eq(type, S("checkbox")) || str_eq(type, S("radio"));
    if (!name.n || str_eq(type, S("file")) || str_eq(name, S("elsewhere")) ||
        (pick && has_field(form, name, a)))
        return;
    bool wanted = str_has(tag, S(" required")) || str_eq(name, S("to"));
    put(form, name, value.n || pick || !wanted ? value : filling(name, type, a));
}

// The chosen option, or the first that says something.
static void fill_select(Str inside, Str tag, Buf *form, Arena *a)
{
    Str rest = inside, option, value = S("");
    for (Str ignored; str_cut(rest, S("<option"), &ignored, &rest);) {
        str_cut(rest, S(">"), &option, &rest);
        Str one = attribute(option, "value", a);
        if (one.n && (!value.n || str_has(option, S(" selected"))))
            value = one;
    }
    put(form, attribute(tag, "name", a), value);
}

static Str fill_form(Str html, Arena *a)
{
    Buf form = buf_new(a, 1 << 16);
    Str rest = html, tag;
    for (Str ignored; str_cut(rest, S("<"), &ignored, &rest);) {
        str_cut(rest, S(">"), &tag, &rest);
        Str inside;
        if (str_starts(tag, S("input")))
            fill_input(tag, &form, a);
        else if (str_starts(tag, S("select")) && str_cut(rest, S("</select>"), &inside, &rest))
            fill_select(inside, tag, &form, a);
        else if (str_starts(tag, S("textarea")))
            put(&form, attribute(tag, "name", a), S("机器人写的理由"));
        else if (str_starts(tag, S("button")) && attribute(tag, "name", a).n &&
                 !has_field(&form, attribute(tag, "name", a), a))
            put(&form, attribute(tag, "name", a), attribute(tag, "value", a));
    }
    return buf_str(&form);
}

// --- sending

// Rows of every table; what only says that somebody was there does not count.
static int64_t rows_in_all(void)
{
    static const char *const not_counted[] = {"session", "sign_in_attempt", "job"};
    Arena a = world.box->a;
    DbTables tables = {0};
    Err err = {0};
    int64_t rows = 0;
    assert_true(db_tables(world.box->db, &a, &tables, &err));
    for (size_t i = 0; i < tables.n; i++) {
        bool counts = true;
        for (size_t k = 0; k < 3; k++)
            counts &= !str_eq(tables.v[i].name, str_z(not_counted[k]));
        Str sql =
            str_fmt(&a, "SELECT count(*) FROM " PRI_STR "%s", STR_ARG(tables.v[i].name),
                    str_eq(tables.v[i].name, S("audit_line")) ? " WHERE act <> 'denied'" : "");
        CLEANUP(stmt_end) Stmt s = stmt_once(world.box->db, str_to_z(&a, sql));
        rows += counts && stmt_row(&s) ? col_int(&s) : 0;
        assert_true(stmt_ok(&s, &err));
    }
    return rows;
}

static int64_t audit_lines(void)
{
    Err err = {0};
    CLEANUP(stmt_end)
    Stmt s = stmt_once(world.box->db, "SELECT count(*) FROM audit_line WHERE act <> 'denied'");
    int64_t n = stmt_row(&s) ? col_int(&s) : 0;
    assert_true(stmt_ok(&s, &err));
    return n;
}

// "/desk/people/7/edit" as "/desk/people/N/edit"; what it was is enough once or twice.
static bool seen_enough(Str action)
{
    Str shape = str_dup(&world.box->a, action);
    char *s = (char *)shape.s;
    size_t n = 0;
    for (size_t i = 0; i < shape.n; i++) {
        bool digit = shape.s[i] >= '0' && shape.s[i] <= '9';
        if (digit && n && s[n - 1] == 'N')
            continue;
        s[n++] = digit ? 'N' : shape.s[i];
    }
    shape.n = n;
    int times = 0;
    for (int i = 0; i < world.n_sent; i++)
        times += str_eq(world.sent[i], shape);
    if (times >= SAME_FORM || world.n_sent == FORMS)
        return true;
    world.sent[world.n_sent++] = shape;
    return false;
}

static void send_twice(const Seat *seat, Str action, Str html)
{
    Arena keep = world.box->a, *a = &world.box->a;
    world.serial++;
    world.csrf = seat->csrf;
    Str form = fill_form(html, a);
    int64_t before = audit_lines();
    Got first = inside_post(world.in, a, seat->token, action, form);
    int64_t rows = rows_in_all();
    bool acted = audit_lines() > before;
    Got second = inside_post(world.in, a, seat->token, action, form);
    if (first.status == 500 || second.status == 500)
        fail_msg(PRI_STR ": %d, then %d, for " PRI_STR, STR_ARG(action), first.status,
                 second.status, STR_ARG(form));
    if (rows_in_all() != rows) {
        print_error(PRI_STR " did something the second time (%d, then %d)\n", STR_ARG(action),
                    first.status, second.status);
        world.n_twice++;
    }
    world.n_acted += acted;
    world.box->a = keep;
}

static void send_forms(Seat *seat, Str target)
{
    Got page = inside_get(world.in, &world.box->a, seat->token, target);
    Str rest = page.body, tag, html;
    for (Str ignored; page.status == 200 && str_cut(rest, S("<form "), &ignored, &rest);) {
        str_cut(rest, S(">"), &tag, &rest);
        str_cut(rest, S("</form>"), &html, &rest);
        tag = str_cat(&world.box->a, S(" "), tag);
        Str action = attribute(tag, "action", &world.box->a);
        Str self = str_fmt(&world.box->a, "/desk/people/%d/", seat->person);
        if (str_starts(action, self)) // it would take its own powers away
            continue;
        if (!str_has(tag, S("method=\"post\"")) || !str_starts(action, S("/desk")) ||
            seen_enough(action))
            continue;
        send_twice(seat, action, html);
        town_sit(&world.town, seat); // the one before may have been ended by that
    }
}

static void every_form_that_is_sent_twice_is_acted_on_once(void **state)
{
    (void)state;
    for (int i = 0; i < world.town.n_seats; i += 1 + (i > 0) * 6)
        for (size_t r = 0; r < web_routes_n; r++) {
            const Route *route = &web_routes[r];
            int most = 1;
            if (route->method != METHOD_GET || !str_starts(str_z(route->pattern), S("/desk")))
                continue;
            for (int n = 1; n <= most && n < 8; n++) {
                Seat seat = world.town.seats[i];
                town_sit(&world.town, &seat);
                send_forms(&seat, address_fill(route->pattern, n, &most, &world.box->a));
            }
        }
    print_message("# %d forms, of which %d did something\n", world.n_sent, world.n_acted);
    assert_int_equal(world.n_twice, 0);
    assert_true(world.n_acted >= 25); // or else the machine fills forms badly
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_that_is_sent_twice_is_acted_on_once),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("once", tests, sizeof tests / sizeof *tests, world_make,
                                   world_drop);
}
