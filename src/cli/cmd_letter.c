// gongkai letter …: letters as they went out, on the terminal or as a file; templates checked.
#include "app/letter_paper.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/cmd_data.h"
#include "cli/cmd_report.h"
#include "report/columns.h"

enum { OUT_MAX = 1 << 20 };

static const Str TO[TO__COUNT] = {[TO_APPLICANT] = SI("applicant"),
                                  [TO_THIRD_PARTY] = SI("third party"),
                                  [TO_ORGAN] = SI("organ")};

int cmd_law_letters(const Args *args, Err *err)
{
    (void)err;
    static const Str names[] = {SI("letter"),    SI("title"), SI("of"),    SI("to"),
                                SI("goes with"), SI("ends"),  SI("basis"), SI("must say")};
    enum { COLS = sizeof names / sizeof *names };
    Arena *a = args->a;
    Strs cells = {0};
    for (size_t i = 0; i < COLS; i++)
        *PUSH(a, &cells) = names[i];
    for (int k = 0; k < LETTER__COUNT; k++) {
        const LetterDef *def = &letter_defs[k];
        *PUSH(a, &cells) = def->id;
        *PUSH(a, &cells) = letter_title((LetterKind)k);
        *PUSH(a, &cells) = letter_of_nouns[def->of];
        *PUSH(a, &cells) = TO[def->to];
        *PUSH(a, &cells) = def->fact == FACT__COUNT ? S("-") : request_fact_defs[def->fact].id;
        *PUSH(a, &cells) = letter_ends((LetterKind)k) ? S("ends") : S("-");
        *PUSH(a, &cells) = letter_source((LetterKind)k);
        *PUSH(a, &cells) = def->needs;
    }
    Buf b = buf_new(a, OUT_MAX);
    columns_table(&b, cells.v, cells.n / COLS, COLS, 0, S(""));
    out(buf_str(&b));
    return DONE_CLEAN;
}

// By 文号 or by the letter's own number.
static bool letter_operand(const Args *args, App *app, Letter *out, Err *err)
{
    Str name = args->operands.v[0];
    Letters found;
    LetterAsk ask = {.text = name, .from = date_none, .to = date_none, .limit = 200};
    LetterId id;
    if (str_to_int(name, &id.n))
        return store_letter_get(app->db, &app->scope, id, args->a, out, err);
    if (!store_letter_list(app->db, &app->scope, &ask, args->a, &found, err))
        return false;
    for (size_t i = 0; i < found.n; i++)
        if (str_eq(found.v[i].code, name))
            return store_letter_get(app->db, &app->scope, found.v[i].id, args->a, out, err);
    return fail(err, ERR_MISSING, NULL, "没有文号为“" PRI_STR "”的文书",
                "there is no letter with the number “" PRI_STR "”", STR_ARG(name));
}

static void line_out(Buf *b, Str s)
{
    text_shown(b, s);
    buf_byte(b, '\n');
}

int cmd_letter_show(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Letter l = {0};
    if (!args_app(args, DB_READ, &app, err) || !letter_operand(args, &app, &l, err))
        return -1;
    Buf b = buf_new(args->a, OUT_MAX);
    Paper p = letter_paper(&l, args->a);
    if (l.is_void)
        line_out(&b, str_cat(args->a, S("void: "), l.void_reason));
    for (size_t i = 0; i < p.n; i++)
        line_out(&b, p.v[i].text);
    out(buf_str(&b));
    return DONE_CLEAN;
}

int cmd_letter_save(const Args *args, Err *err)
{
    CLEANUP(app_close) App app = {0};
    Letter l = {0};
    Str bytes = {0}, file = args->operands.v[1];
    if (!args_app(args, DB_READ, &app, err) || !letter_operand(args, &app, &l, err))
        return -1;
    Paper p = letter_paper(&l, args->a);
    Papers one = {&p, 1, 1};
    bool made = str_ends(file, S(".docx")) ? paper_docx(&p, args->a, &bytes, err)
                                           : paper_pdf(&one, args->a, &bytes, err);
    if (!made || !file_write(file, bytes, err))
        return -1;
    out(str_fmt(args->a, PRI_STR ": " PRI_STR ", %zu bytes\n", STR_ARG(file), STR_ARG(l.code),
                bytes.n));
    return DONE_CLEAN;
}

int cmd_letter_check(const Args *args, Err *err)
{
    Str name = args->operands.v[0], path = args->operands.v[1], bytes, text, encoding;
    LetterKind kind;
    Arena *a = args->a;
    if (!letter_named(name, &kind))
        return fail(err, ERR_INPUT, NULL, "没有文书“" PRI_STR "”",
                    "no such letter: “" PRI_STR "”; gongkai law letters lists them", STR_ARG(name)),
               -1;
    bool read = str_eq(path, S("-")) ? file_read_fd(0, LETTER_TEMPLATE_MAX + 1, a, &bytes, err)
                                     : file_read(path, LETTER_TEMPLATE_MAX + 1, a, &bytes, err);
    if (!read || !text_decode(bytes, S(""), a, &text, &encoding, err))
        return -1;
    if (!letter_template_ok(kind, text, err)) {
        out(str_fmt(a, "%s\n", args_lang(args) == LANG_ZH ? err->zh : err->en));
        return DONE_FINDINGS;
    }
    out(S("the template says what it must\n"));
    return DONE_CLEAN;
}
