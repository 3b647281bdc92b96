// The letter that goes out with a step, in the form of the step: made here and numbered with it, or
// made elsewhere and named by its number.
#ifndef GONGKAI_WEB_LETTER_FORM_H
#define GONGKAI_WEB_LETTER_FORM_H

#include "web/page_letter.h"

// clang-format off
#define LETTER_FORM_FIELDS                                                                         \
    {.name = "paper", .label = "文书", .kind = FIELD_RADIO},                                       \
    {.name = "letter",                                                                             \
     .label = "文书正文",                                                                          \
     .hint = "一行一段；标题、文号、主送、落款和日期自动加上。【请填写：…】要换成内容才能出具",    \
     .kind = FIELD_AREA,                                                                           \
     .max = 10000},                                                                                \
    {.name = "wording", .label = "模板版本", .kind = FIELD_HIDDEN},                                \
    {.name = "document",                                                                           \
     .label = "文书名称或者文号",                                                                  \
     .hint = "由系统出具的不用填，自动编号",                                                       \
     .max = 100}
// clang-format on
enum { LETTER_FORM_N = 4 };

// The choices of "paper"; `none`: the step may go without any.
void letter_form_papers(Form *f, bool none);
bool letter_form_issues(const Form *f); // made and numbered here

void letter_form_put(Form *f, const LetterText *text);
LetterText letter_form_read(const Form *f, LetterKind kind, Str addressee, Date on);
// How it will look; why it could not go out as it is, unless *held says something already.
void letter_form_look(Arena *a, LetterKind kind, const LetterText *text, Str organ, Str *held,
                      LetterSheet *sheet);

#endif
