// Every address of the site. One row says everything about it.
#include "web/page_account.h"
#include "web/page_attachment.h"
#include "web/page_audit.h"
#include "web/page_check.h"
#include "web/page_data.h"
#include "web/page_desk.h"
#include "web/page_home.h"
#include "web/page_outbox.h"
#include "web/page_people.h"
#include "web/page_report.h"
#include "web/page_request.h"
#include "web/page_sign_in.h"
#include "web/route.h"

enum {
    CHECK_BODY = MAX_FILE_BYTES + (1 << 20),
    CHECKS_A_MINUTE = 30,
    EXPORTS_A_MINUTE = 30,
    SIGN_INS_A_MINUTE = 60,
    FORM_BODY = 64 << 10,
    DRAFT_BODY = 4 << 20, // a draft's fields, percent-encoded
};

// clang-format off
const Route web_routes[] = {
    // method     address                              page                  lane  may         form         kept        body        per minute  keys
    {METHOD_GET,  "/",                                 page_home,            FAST, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,          0,                ""},
    {METHOD_GET,  "/annual-reports",                   page_report_list,     FAST, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,          0,                "year organ name page"},
    {METHOD_GET,  "/annual-reports/:organ/trends",     page_report_trends,   FAST, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,          0,                ""},
    {METHOD_GET,  "/annual-reports/:organ/compare",    page_report_compare,  FAST, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,          0,                "a b all"},
    {METHOD_GET,  "/annual-reports/:organ/:year/original", page_report_original, SLOW, MAY_ANYONE, CSRF_NONE, KEEP_NOTHING, 0,        0,                ""},
    {METHOD_GET,  "/annual-reports/:organ/:year.json", page_report_json,     FAST, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,          0,                ""},
    {METHOD_GET,  "/annual-reports/:organ/:year.csv",  page_report_csv,      FAST, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,          0,                ""},
    {METHOD_GET,  "/annual-reports/:organ/:year.xlsx", page_report_xlsx,     SLOW, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,          0,                ""},
    {METHOD_GET,  "/annual-reports/:organ/:year",      page_report_show,     FAST, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,          0,                ""},
    {METHOD_GET,  "/check",                            page_check,           FAST, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,          0,                "by"},
    {METHOD_POST, "/check",                            page_check_send,      SLOW, MAY_ANYONE, CSRF_ORIGIN, KEEP_NOTHING, CHECK_BODY, CHECKS_A_MINUTE,  "by"},
    {METHOD_GET,  "/open-data",                        page_open_data,       FAST, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,          0,                ""},
    {METHOD_GET,  "/open-data/cells.csv",              page_cells_csv,       SLOW, MAY_ANYONE, CSRF_NONE,   KEEP_NOTHING, 0,          EXPORTS_A_MINUTE, "year"},
    {METHOD_GET,  "/open-data/report.schema.json",     page_schema,          FAST, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,          0,                ""},
    {METHOD_GET,  "/api/v1/reports",                   page_api_reports,     FAST, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,          0,                "year organ offset limit"},
    {METHOD_GET,  "/api/v1/reports/:id",               page_api_report,      FAST, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,          0,                ""},
    {METHOD_GET,  "/feed.atom",                        page_feed,            FAST, MAY_ANYONE, CSRF_NONE,   KEEP_NOTHING, 0,          0,                ""},
    {METHOD_GET,  "/sitemap.xml",                      page_sitemap,         SLOW, MAY_ANYONE, CSRF_NONE,   KEEP_NOTHING, 0,          EXPORTS_A_MINUTE, ""},
    {METHOD_GET,  "/about/accessibility",              page_accessibility,   FAST, MAY_ANYONE, CSRF_NONE,   KEEP_PAGE,    0,          0,                ""},

    {METHOD_GET,  "/desk",                             page_desk,            FAST, MAY_DESK,   CSRF_NONE,   KEEP_NOTHING, 0,          0,                "done"},
    {METHOD_GET,  "/desk/tasks",                       page_task_list,       FAST, MAY_DESK,   CSRF_NONE,   KEEP_NOTHING, 0,          0,                "whose when kind day after done"},
    {METHOD_GET,  "/desk/tasks/:id",                   page_task,            FAST, MAY_DESK,   CSRF_NONE,   KEEP_NOTHING, 0,          0,                "done"},
    {METHOD_POST, "/desk/tasks/:id",                   page_task_step,       SLOW, MAY_DESK,   CSRF_FORM,   KEEP_NOTHING, FORM_BODY,  0,                ""},
    {METHOD_GET,  "/desk/notices",                     page_notices,         FAST, MAY_DESK,   CSRF_NONE,   KEEP_NOTHING, 0,          0,                "before done"},
    {METHOD_POST, "/desk/notices/read",                page_notice_read,     SLOW, MAY_DESK,   CSRF_FORM,   KEEP_NOTHING, FORM_BODY,  0,                ""},
    {METHOD_POST, "/desk/notices/read-all",            page_notices_read,    SLOW, MAY_DESK,   CSRF_FORM,   KEEP_NOTHING, FORM_BODY,  0,                ""},
    {METHOD_GET,  "/desk/notices/settings",            page_notice_settings, FAST, MAY_DESK,   CSRF_NONE,   KEEP_NOTHING, 0,          0,                "done"},
    {METHOD_POST, "/desk/notices/settings",            page_notice_choose,   SLOW, MAY_DESK,   CSRF_FORM,   KEEP_NOTHING, FORM_BODY,  0,                ""},
    {METHOD_GET,  "/desk/search",                      page_desk_search,     SLOW, MAY_DESK,   CSRF_NONE,   KEEP_NOTHING, 0,          0,                "q"},
    {METHOD_POST, "/desk/drafts",                      page_draft_save,      SLOW, MAY_DESK,   CSRF_FORM,   KEEP_NOTHING, DRAFT_BODY, 0,                ""},
    {METHOD_POST, "/desk/drafts/drop",                 page_draft_drop,      SLOW, MAY_DESK,   CSRF_FORM,   KEEP_NOTHING, DRAFT_BODY, 0,                ""},
    {METHOD_GET,  "/desk/sign-in",                     page_sign_in,         SLOW, MAY_ANYONE, CSRF_NONE,   KEEP_NOTHING, 0,          0,                "to"},
    {METHOD_POST, "/desk/sign-in",                     page_sign_in_send,    SLOW, MAY_ANYONE, CSRF_ORIGIN, KEEP_NOTHING, CARRY_BODY, SIGN_INS_A_MINUTE, ""},
    {METHOD_GET,  "/desk/sign-in/code",                page_code,            FAST, MAY_ENTER,  CSRF_NONE,   KEEP_NOTHING, 0,          0,                "to"},
    {METHOD_POST, "/desk/sign-in/code",                page_code_send,       SLOW, MAY_ENTER,  CSRF_FORM,   KEEP_NOTHING, CARRY_BODY, SIGN_INS_A_MINUTE, ""},
    {METHOD_GET,  "/desk/sign-in/password",            page_password,        FAST, MAY_ENTER,  CSRF_NONE,   KEEP_NOTHING, 0,          0,                "to"},
    {METHOD_POST, "/desk/sign-in/password",            page_password_send,   SLOW, MAY_ENTER,  CSRF_FORM,   KEEP_NOTHING, FORM_BODY,  SIGN_INS_A_MINUTE, ""},
    {METHOD_GET,  "/desk/sign-in/second",              page_second,          FAST, MAY_ENTER,  CSRF_NONE,   KEEP_NOTHING, 0,          0,                "to"},
    {METHOD_POST, "/desk/sign-in/second",              page_second_send,     SLOW, MAY_ENTER,  CSRF_FORM,   KEEP_NOTHING, FORM_BODY,  SIGN_INS_A_MINUTE, ""},
    {METHOD_POST, "/desk/sign-out",                    page_sign_out,        SLOW, MAY_ENTER,  CSRF_FORM,   KEEP_NOTHING, FORM_BODY,  0,                ""},
    {METHOD_GET,  "/desk/account",                     page_account,         FAST, MAY_DESK,   CSRF_NONE,   KEEP_NOTHING, 0,          0,                "done"},
    {METHOD_GET,  "/desk/account/password",            page_password,        FAST, MAY_DESK,   CSRF_NONE,   KEEP_NOTHING, 0,          0,                ""},
    {METHOD_POST, "/desk/account/password",            page_password_send,   SLOW, MAY_DESK,   CSRF_FORM,   KEEP_NOTHING, FORM_BODY,  SIGN_INS_A_MINUTE, ""},
    {METHOD_GET,  "/desk/account/second",              page_second,          FAST, MAY_DESK,   CSRF_NONE,   KEEP_NOTHING, 0,          0,                ""},
    {METHOD_POST, "/desk/account/second",              page_second_send,     SLOW, MAY_DESK,   CSRF_FORM,   KEEP_NOTHING, FORM_BODY,  SIGN_INS_A_MINUTE, ""},
    {METHOD_GET,  "/desk/account/second/drop",         page_second_drop,     FAST, MAY_DESK,   CSRF_NONE,   KEEP_NOTHING, 0,          0,                ""},
    {METHOD_POST, "/desk/account/second/drop",         page_second_drop_send, SLOW, MAY_DESK,  CSRF_FORM,   KEEP_NOTHING, FORM_BODY,  SIGN_INS_A_MINUTE, ""},
    {METHOD_GET,  "/desk/account/recovery",            page_recovery,        FAST, MAY_DESK,   CSRF_NONE,   KEEP_NOTHING, 0,          0,                ""},
    {METHOD_POST, "/desk/account/recovery",            page_recovery_send,   SLOW, MAY_DESK,   CSRF_FORM,   KEEP_NOTHING, FORM_BODY,  SIGN_INS_A_MINUTE, ""},
    {METHOD_POST, "/desk/account/sessions/end-others", page_session_end_others, SLOW, MAY_DESK, CSRF_FORM,  KEEP_NOTHING, FORM_BODY,  0,                ""},
    {METHOD_POST, "/desk/account/sessions/:id/end",    page_session_end,     SLOW, MAY_DESK,   CSRF_FORM,   KEEP_NOTHING, FORM_BODY,  0,                ""},
    {METHOD_POST, "/desk/organ",                       page_organ_switch,    SLOW, MAY_DESK,   CSRF_FORM,   KEEP_NOTHING, FORM_BODY,  0,                ""},

    {METHOD_GET,   "/desk/people",                       page_people,           FAST, MAY_PERSON_READ, CSRF_NONE,   KEEP_NOTHING, 0,           0,                "q organ role closed page"},
    {METHOD_GET,   "/desk/people/new",                   page_person_new,       FAST, MAY_PERSON_EDIT, CSRF_NONE,   KEEP_NOTHING, 0,           0,                ""},
    {METHOD_POST,  "/desk/people/new",                   page_person_new_send,  SLOW, MAY_PERSON_EDIT, CSRF_FORM,   KEEP_NOTHING, FORM_BODY,   0,                ""},
    {METHOD_GET,   "/desk/people/:id",                   page_person,           FAST, MAY_PERSON_READ, CSRF_NONE,   KEEP_NOTHING, 0,           0,                "done"},
    {METHOD_GET,   "/desk/people/:id/edit",              page_person_edit,      FAST, MAY_PERSON_EDIT, CSRF_NONE,   KEEP_NOTHING, 0,           0,                ""},
    {METHOD_POST,  "/desk/people/:id/edit",              page_person_edit_send, SLOW, MAY_PERSON_EDIT, CSRF_FORM,   KEEP_NOTHING, FORM_BODY,   0,                ""},
    {METHOD_GET,   "/desk/people/:id/posts",             page_person_post,      FAST, MAY_PERSON_EDIT, CSRF_NONE,   KEEP_NOTHING, 0,           0,                ""},
    {METHOD_POST,  "/desk/people/:id/posts",             page_person_post_send, SLOW, MAY_PERSON_EDIT, CSRF_FORM,   KEEP_NOTHING, FORM_BODY,   0,                ""},
    {METHOD_POST,  "/desk/people/:id/posts/take",        page_person_post_take, SLOW, MAY_PERSON_EDIT, CSRF_FORM,   KEEP_NOTHING, FORM_BODY,   0,                ""},
    {METHOD_GET,   "/desk/people/:id/close",             page_person_close,     FAST, MAY_PERSON_EDIT, CSRF_NONE,   KEEP_NOTHING, 0,           0,                ""},
    {METHOD_POST,  "/desk/people/:id/close",             page_person_close_send, SLOW, MAY_PERSON_EDIT, CSRF_FORM,   KEEP_NOTHING, FORM_BODY,   0,                ""},
    {METHOD_GET,   "/desk/people/:id/reopen",            page_person_reopen,    FAST, MAY_PERSON_EDIT, CSRF_NONE,   KEEP_NOTHING, 0,           0,                ""},
    {METHOD_POST,  "/desk/people/:id/reopen",            page_person_reopen_send, SLOW, MAY_PERSON_EDIT, CSRF_FORM,   KEEP_NOTHING, FORM_BODY,   0,                ""},
    {METHOD_GET,   "/desk/people/:id/reset",             page_person_reset,     FAST, MAY_PERSON_EDIT, CSRF_NONE,   KEEP_NOTHING, 0,           0,                ""},
    {METHOD_POST,  "/desk/people/:id/reset",             page_person_reset_send, SLOW, MAY_PERSON_EDIT, CSRF_FORM,   KEEP_NOTHING, FORM_BODY,   0,                ""},
    {METHOD_GET,   "/desk/people/:id/hand-over",         page_person_hand_over, FAST, MAY_PERSON_EDIT, CSRF_NONE,   KEEP_NOTHING, 0,           0,                ""},
    {METHOD_POST,  "/desk/people/:id/hand-over",         page_person_hand_over_send, SLOW, MAY_PERSON_EDIT, CSRF_FORM,   KEEP_NOTHING, FORM_BODY,   0,                ""},
    {METHOD_GET,   "/desk/people/:id/substitution",      page_person_stand_in,  FAST, MAY_PERSON_EDIT, CSRF_NONE,   KEEP_NOTHING, 0,           0,                ""},
    {METHOD_POST,  "/desk/people/:id/substitution",      page_person_stand_in_send, SLOW, MAY_PERSON_EDIT, CSRF_FORM,   KEEP_NOTHING, FORM_BODY,   0,                ""},
    {METHOD_POST,  "/desk/people/:id/substitution/end",  page_person_stand_in_end, SLOW, MAY_PERSON_EDIT, CSRF_FORM,   KEEP_NOTHING, FORM_BODY,   0,                ""},
    {METHOD_GET,   "/desk/handovers/:id",                page_handover,         FAST, MAY_PERSON_READ, CSRF_NONE,   KEEP_NOTHING, 0,           0,                "done"},
    {METHOD_GET,   "/desk/substitution",                 page_my_stand_in,      FAST, MAY_DESK,   CSRF_NONE,   KEEP_NOTHING, 0,           0,                "done"},
    {METHOD_POST,  "/desk/substitution",                 page_my_stand_in_send, SLOW, MAY_DESK,   CSRF_FORM,   KEEP_NOTHING, FORM_BODY,   0,                ""},
    {METHOD_POST,  "/desk/substitution/end",             page_my_stand_in_end,  SLOW, MAY_DESK,   CSRF_FORM,   KEEP_NOTHING, FORM_BODY,   0,                ""},
    {METHOD_GET,   "/desk/roles",                        page_roles,            FAST, MAY_PERSON_READ, CSRF_NONE,   KEEP_NOTHING, 0,           0,                ""},
    {METHOD_GET,  "/desk/requests",                    page_requests,        FAST, MAY_REQUEST_READ, CSRF_NONE, KEEP_NOTHING, 0,        0,                "tab q after id done"},
    {METHOD_GET,  "/desk/requests/new",                page_request_new,     FAST, MAY_REQUEST_REGISTER, CSRF_NONE, KEEP_NOTHING, 0,    0,                ""},
    {METHOD_POST, "/desk/requests/new",                page_request_new_send, SLOW, MAY_REQUEST_REGISTER, CSRF_FORM, KEEP_NOTHING, FORM_BODY, 0,          ""},
    {METHOD_GET,  "/desk/requests/:id",                page_request,         FAST, MAY_REQUEST_READ, CSRF_NONE, KEEP_NOTHING, 0,        0,                "done"},
    {METHOD_GET,  "/desk/requests/:id/strike",         page_request_strike,  FAST, MAY_REQUEST_HANDLE, CSRF_NONE, KEEP_NOTHING, 0,      0,                "fact"},
    {METHOD_POST, "/desk/requests/:id/strike",         page_request_strike_send, SLOW, MAY_REQUEST_HANDLE, CSRF_FORM, KEEP_NOTHING, FORM_BODY, 0,         ""},
    {METHOD_GET,  "/desk/requests/:id/register/:step", page_request_step, FAST, MAY_REQUEST_REGISTER, CSRF_NONE, KEEP_NOTHING, 0, 0, ""},
    {METHOD_POST, "/desk/requests/:id/register/:step", page_request_step_send, SLOW, MAY_REQUEST_REGISTER, CSRF_FORM, KEEP_NOTHING, FORM_BODY, 0, ""},
    {METHOD_GET,  "/desk/requests/:id/handle/:step", page_request_step, FAST, MAY_REQUEST_HANDLE, CSRF_NONE, KEEP_NOTHING, 0, 0, ""},
    {METHOD_POST, "/desk/requests/:id/handle/:step", page_request_step_send, SLOW, MAY_REQUEST_HANDLE, CSRF_FORM, KEEP_NOTHING, FORM_BODY, 0, ""},
    {METHOD_GET,  "/desk/requests/:id/approve/:step", page_request_step, FAST, MAY_REQUEST_APPROVE, CSRF_NONE, KEEP_NOTHING, 0, 0, ""},
    {METHOD_POST, "/desk/requests/:id/approve/:step", page_request_step_send, SLOW, MAY_REQUEST_APPROVE, CSRF_FORM, KEEP_NOTHING, FORM_BODY, 0, ""},
    {METHOD_GET,  "/desk/requests/:id/sign/:step", page_request_step, FAST, MAY_REQUEST_SIGN, CSRF_NONE, KEEP_NOTHING, 0, 0, ""},
    {METHOD_POST, "/desk/requests/:id/sign/:step", page_request_step_send, SLOW, MAY_REQUEST_SIGN, CSRF_FORM, KEEP_NOTHING, FORM_BODY, 0, ""},
    {METHOD_GET,  "/desk/outbox",                      page_outbox,          SLOW, MAY_JOB_READ, CSRF_NONE, KEEP_NOTHING, 0,         0,                "state page done"},
    {METHOD_POST, "/desk/outbox/:id/retry",            page_mail_retry,      SLOW, MAY_JOB_RUN, CSRF_FORM, KEEP_NOTHING, FORM_BODY,  0,                ""},
    {METHOD_POST, "/desk/outbox/:id/drop",             page_mail_drop,       SLOW, MAY_JOB_RUN, CSRF_FORM, KEEP_NOTHING, FORM_BODY,  0,                ""},
    {METHOD_GET,  "/desk/audit",                       page_audit,           SLOW, MAY_AUDIT_READ, CSRF_NONE, KEEP_NOTHING, 0,        0,                "who person act organ noun noun_id from to q before"},
    {METHOD_GET,  "/desk/audit/export.csv",            page_audit_csv,       SLOW, MAY_AUDIT_READ, CSRF_NONE, KEEP_NOTHING, 0,        EXPORTS_A_MINUTE, "who person act organ noun noun_id from to q"},
    {METHOD_GET,  "/desk/audit/export.json",           page_audit_json,      SLOW, MAY_AUDIT_READ, CSRF_NONE, KEEP_NOTHING, 0,        EXPORTS_A_MINUTE, "who person act organ noun noun_id from to q"},
    {METHOD_GET,  "/desk/audit/:id",                   page_audit_line,      FAST, MAY_AUDIT_READ, CSRF_NONE, KEEP_NOTHING, 0,        0,                ""},
    {METHOD_GET,  "/desk/files/:id",                   page_attachment,      SLOW, MAY_FILE_READ, CSRF_NONE,  KEEP_NOTHING, 0,        0,                ""},
    {METHOD_GET,  "/desk/organs/:id/files",            page_organ_files,     FAST, MAY_ORGAN_READ, CSRF_NONE, KEEP_NOTHING, 0,        0,                "done"},
    {METHOD_POST, "/desk/organs/:id/files",            page_organ_files_send, SLOW, MAY_ORGAN_CHANGE, CSRF_FORM, KEEP_NOTHING, CHECK_BODY, 0,           ""},
};
// clang-format on
const size_t web_routes_n = sizeof web_routes / sizeof *web_routes;
