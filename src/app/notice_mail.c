#include "app/notice_mail.h"

#include "app/config.h"
#include "base/text.h"
#include "store/outbox.h"
#include "store/person.h"

enum { SUBJECT_RUNES = 60 };

// Only what guards an account comes at night.
static MailKind kind_of(NoticeKind kind)
{
    return kind == NOTICE_ACCOUNT                                 ? MAIL_ACCOUNT
           : kind == NOTICE_TASK_GIVEN || kind == NOTICE_TASK_DUE ? MAIL_TASK
                                                                  : MAIL_NOTICE;
}

static Str one_line(Arena *a, Str words)
{
    Buf b = buf_new(a, words.n * 3 + 1);
    text_shown(&b, words);
    return buf_str(&b);
}

static Str body_of(const Config *config, const Person *to, const Notice *n, Arena *a)
{
    const NoticeKindDef *kind = &notice_kinds[n->kind];
    Buf b = buf_new(a, MAIL_BODY_MAX);
    buf_fmt(&b, PRI_STR "：\n\n" PRI_STR "\n", STR_ARG(to->name), STR_ARG(n->words));
    if (n->door.n && config->base_url.n)
        buf_fmt(&b, "\n" PRI_STR PRI_STR "\n", STR_ARG(config->base_url), STR_ARG(n->door));
    buf_fmt(&b, "\n--\n这封邮件由" PRI_STR "自动发出，请不要直接回复。\n",
            STR_ARG(config->mail.from_name));
    if (!kind->must)
        buf_fmt(&b, "不想再收到“" PRI_STR "”的邮件，可以在工作台中关闭。\n", STR_ARG(kind->name));
    return buf_str(&b);
}

bool notice_mail(App *app, PersonId to, const Notice *n, Arena *a, Err *err)
{
    const Config *config = app->config;
    bool wanted[NOTICE__COUNT];
    Person person;
    if (!config || !mail_configured(&config->mail))
        return true;
    if (!store_notice_mail(app->db, app->site, to, wanted, err) ||
        !store_person_any(app->db, app->site, to, a, &person, err))
        return false;
    if (!wanted[n->kind] || person.closed || !mail_address_ok(person.email))
        return true;
    MailNew mail = {.kind = kind_of(n->kind),
                    .organ = person.organ,
                    .person = to,
                    .to = person.email,
                    .to_name = one_line(a, person.name),
                    .subject = str_clip(a, one_line(a, n->words), SUBJECT_RUNES),
                    .body = body_of(config, &person, n, a),
                    .once = str_fmt(a, "notice:%lld", (long long)n->id)};
    return store_outbox_add(app->db, app->site, &mail, app->now, a, err);
}
