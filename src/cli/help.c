#include "base/buf.h"
#include "cli/command.h"

enum { HELP_MAX = 1 << 20 };

static void name_of(Buf *b, const Command *c)
{
    buf_add(b, c->noun);
    if (c->verb.n) {
        buf_byte(b, ' ');
        buf_add(b, c->verb);
    }
}

static void spaces(Buf *b, size_t n)
{
    while (n-- > 0)
        buf_byte(b, ' ');
}

static void pad_from(Buf *b, size_t start, size_t width)
{
    size_t used = str_runes((Str){b->s + start, b->n - start});
    spaces(b, used + 2 <= width ? width - used : 2);
}

// Whether no row above has the same noun: rows of one noun need not stand together.
static bool noun_first(size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (str_eq(commands[i].noun, commands[j].noun))
            return false;
    return true;
}

static void summary_line(Buf *b, const Command *c)
{
    size_t start = b->n;
    buf_add(b, S("  "));
    name_of(b, c);
    pad_from(b, start, 22);
    buf_add(b, c->summary);
    buf_byte(b, '\n');
}

Str help_all(Arena *a)
{
    Buf b = buf_new(a, HELP_MAX);
    buf_add(&b, S("gongkai: government information disclosure (政府信息公开)\n\nUsage: gongkai "
                  "COMMAND [OPTION…] [OPERAND…]\n"));
    for (size_t i = 0; i < n_commands; i++) {
        if (!noun_first(i))
            continue;
        buf_byte(&b, '\n');
        for (size_t j = i; j < n_commands; j++)
            if (str_eq(commands[i].noun, commands[j].noun))
                summary_line(&b, &commands[j]);
    }
    buf_add(&b, S("\nExit status: 0 clean, 1 findings, 2 usage, 3 some input could not be read, 4 "
                  "anything else that failed.\nMore: gongkai help COMMAND\n"));
    return buf_str(&b);
}

Str help_noun(Str noun, Arena *a)
{
    Buf b = buf_new(a, HELP_MAX);
    for (size_t i = 0; i < n_commands; i++)
        if (str_eq(commands[i].noun, noun))
            summary_line(&b, &commands[i]);
    return buf_str(&b);
}

static void option_line(Buf *b, const OptionDef *o)
{
    size_t start = b->n;
    buf_add(b, S("  "));
    if (o->letter)
        buf_fmt(b, "-%c, ", o->letter);
    buf_fmt(b, "--" PRI_STR, STR_ARG(o->name));
    if (o->arg.n)
        buf_fmt(b, " " PRI_STR, STR_ARG(o->arg));
    pad_from(b, start, 22);
    buf_add(b, o->help);
    buf_byte(b, '\n');
}

Str help_command(const Command *c, Arena *a)
{
    Buf b = buf_new(a, HELP_MAX);
    buf_add(&b, S("gongkai "));
    name_of(&b, c);
    buf_fmt(&b, ": " PRI_STR "\n\nUsage: gongkai ", STR_ARG(c->summary));
    name_of(&b, c);
    buf_fmt(&b, " [OPTION…] " PRI_STR "\n", STR_ARG(c->operands));
    if (c->text.n)
        buf_fmt(&b, "\n" PRI_STR "\n", STR_ARG(c->text));
    buf_add(&b, S("\nOptions:\n"));
    for (int i = 0; i < OPT__COUNT; i++)
        if (command_takes(c, i))
            option_line(&b, &option_defs[i]);
    return buf_str(&b);
}

// --- the manual page ---

// troff takes a dash for a hyphen, a backslash for its own, and a point or quote at the start of a
// line for a request.
static void troff(Buf *b, Str s)
{
    bool line_start = b->n > 0 && b->s[b->n - 1] == '\n';
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        if (line_start && (c == '.' || c == '\''))
            buf_add(b, S("\\&"));
        if (c == '-')
            buf_add(b, S("\\-"));
        else if (c == '\\')
            buf_add(b, S("\\e"));
        else
            buf_byte(b, c);
        line_start = c == '\n';
    }
}

static void man_paragraphs(Buf *b, Str text)
{
    Str head, rest = text;
    bool more = text.n > 0;
    while (more) {
        more = str_cut(rest, S("\n\n"), &head, &rest);
        buf_add(b, S(".PP\n"));
        troff(b, head);
        buf_byte(b, '\n');
    }
}

static void man_option(Buf *b, const OptionDef *o)
{
    buf_add(b, S(".TP\n\\fB"));
    if (o->letter)
        buf_fmt(b, "\\-%c, ", o->letter);
    buf_add(b, S("\\-\\-"));
    troff(b, o->name);
    buf_add(b, S("\\fR"));
    if (o->arg.n)
        buf_fmt(b, " \\fI" PRI_STR "\\fR", STR_ARG(o->arg));
    buf_byte(b, '\n');
    troff(b, o->help);
    buf_byte(b, '\n');
}

static void man_command(Buf *b, const Command *c)
{
    buf_add(b, S(".SS \"gongkai "));
    name_of(b, c);
    buf_byte(b, ' ');
    troff(b, c->operands);
    buf_add(b, S("\"\n"));
    troff(b, c->summary);
    buf_add(b, S(".\n"));
    man_paragraphs(b, c->text);
    for (int i = 0; i < OPT__COUNT; i++)
        if (i != OPT_HELP && command_takes(c, i))
            man_option(b, &option_defs[i]);
}

Str help_man(Arena *a)
{
    Buf b = buf_new(a, HELP_MAX);
    // no date: the page is the same whenever it is built
    buf_add(&b, S(".TH GONGKAI 1 \"\" \"gongkai " GONGKAI_VERSION "\"\n"));
    buf_add(&b, S(".SH NAME\ngongkai \\- government information disclosure\n"
                  ".SH SYNOPSIS\n.B gongkai\nCOMMAND [OPTION…] [OPERAND…]\n.SH COMMANDS\n"));
    for (size_t i = 0; i < n_commands; i++)
        man_command(&b, &commands[i]);
    buf_add(&b, S(".SH \"EXIT STATUS\"\n"
                  ".TP\n0\nclean\n.TP\n1\nat least one finding failed\n"
                  ".TP\n2\nthe command line is wrong\n"
                  ".TP\n3\nsome or all of the input could not be read\n"
                  ".TP\n4\nanything else that failed\n"));
    return buf_str(&b);
}

// --- completion ---

static void bash_row(Buf *b, const Command *c)
{
    buf_add(b, S("    \""));
    name_of(b, c);
    buf_add(b, S("\") words=\""));
    for (int i = 0; i < OPT__COUNT; i++)
        if (command_takes(c, i))
            buf_fmt(b, "--" PRI_STR " ", STR_ARG(option_defs[i].name));
    buf_add(b, S("\" ;;\n"));
}

static void bash_verbs(Buf *b, Str noun)
{
    buf_fmt(b, "    \"" PRI_STR "\") words=\"", STR_ARG(noun));
    for (size_t i = 0; i < n_commands; i++)
        if (str_eq(commands[i].noun, noun)) {
            buf_add(b, commands[i].verb);
            buf_byte(b, ' ');
        }
    buf_add(b, S("\" ;;\n"));
}

Str help_bash(Arena *a)
{
    Buf b = buf_new(a, HELP_MAX);
    buf_add(&b, S("_gongkai() {\n  local cur=${COMP_WORDS[COMP_CWORD]} words=\"\"\n"
                  "  case \"${COMP_WORDS[*]:1:COMP_CWORD-1}\" in\n    \"\") words=\""));
    for (size_t i = 0; i < n_commands; i++)
        if (noun_first(i))
            buf_fmt(&b, PRI_STR " ", STR_ARG(commands[i].noun));
    buf_add(&b, S("\" ;;\n"));
    for (size_t i = 0; i < n_commands; i++)
        if (noun_first(i) && commands[i].verb.n)
            bash_verbs(&b, commands[i].noun);
    buf_add(&b, S("  esac\n  case \"${COMP_WORDS[1]}${COMP_WORDS[2]:+ ${COMP_WORDS[2]}}\" in\n"));
    for (size_t i = 0; i < n_commands; i++)
        bash_row(&b, &commands[i]);
    buf_add(&b, S("  esac\n  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\n"
                  "complete -o default -o bashdefault -F _gongkai gongkai\n"));
    return buf_str(&b);
}
