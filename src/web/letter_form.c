#include "web/letter_form.h"

// clang-format off
static const Choice papers[] = {
    { SI("issue"),     SI("由系统出具并编号"), SI("登记这一步的同时出具，文号写入台账"), false },
    { SI("elsewhere"), SI("已在别处制作"),     SI("在下面填写文号"),                     false },
    { SI("none"),      SI("没有文书"),         SI(""),                                   false },
};
// clang-format on

void letter_form_papers(Form *f, bool none)
{
    for (size_t i = 0; i < sizeof papers / sizeof *papers - !none; i++)
        form_choice(f, "paper", papers[i].value, papers[i].text, papers[i].hint);
}

bool letter_form_issues(const Form *f)
{
    return str_eq(form_text(f, "paper"), papers[0].value);
}

void letter_form_put(Form *f, const LetterText *text)
{
    form_field(f, "letter")->value = text->body;
    form_field(f, "wording")->value = str_fmt(f->a, "%lld", (long long)text->template_version);
}

LetterText letter_form_read(const Form *f, LetterKind kind, Str addressee, Date on)
{
    return (LetterText){.title = letter_title(kind),
                        .addressee = addressee,
                        .body = form_text(f, "letter"),
                        .on = on,
                        .template_version = form_int(f, "wording")};
}

void letter_form_look(Arena *a, LetterKind kind, const LetterText *text, Str organ, Str *held,
                      LetterSheet *sheet)
{
    Err why = {0};
    if (!held->n && !letter_ready(kind, text->on, text->body, &why))
        *held = str_dup(a, str_z(why.zh));
    *sheet = letter_sheet_draft(a, text, organ);
}
