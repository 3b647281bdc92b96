#include "app/act.h"

#include "store/audit.h"
#include "store/draft.h"

bool act_begin(App *app, Act *out, Err *err)
{
    *out = (Act){.app = app, .tx = tx_begin(app->db)};
    if (!out->tx.open)
        return tx_commit(&out->tx, err); // tells why
    if (app->once.n > ONCE_MAX)
        return fail(err, ERR_INPUT, NULL, "这份表单不是在本站打开的，请重新打开页面再提交",
                    "the key of the form is longer than any of ours");
    return !app->once.n ||
           store_once_take(app->db, app->site, app->actor.person, app->once, app->now, err);
}

// Under `last`, or where that is NULL under what stands last.
static bool add_line(App *app, const ActNote *note, const AuditLine *last, AuditLine *out, Err *err)
{
    if (note->was.n > AUDIT_TEXT_MAX || note->became.n > AUDIT_TEXT_MAX)
        return fail(err, ERR_LIMIT, act_defs[note->kind].id.s,
                    "一次改动过多，操作记录放不下，请分几次办",
                    "more was changed at once than one line of the audit holds");
    AuditLine line = {.clock = app->now,
                      .act = act_defs[note->kind].id,
                      .actor = app->actor,
                      .organ = note->organ,
                      .noun = note->noun,
                      .noun_id = note->noun_id,
                      .version = note->version,
                      .was = note->was,
                      .became = note->became};
    if (!(last ? store_audit_add_behind(app->db, app->site, last, &line, err)
               : store_audit_add(app->db, app->site, &line, err)))
        return false;
    *out = line;
    return true;
}

bool app_note_within(App *app, const ActNote *note, Err *err)
{
    AuditLine unused;
    return add_line(app, note, NULL, &unused, err);
}

bool act_note(Act *act, const ActNote *note, Err *err)
{
    App *app = act->app;
    if (!add_line(app, note, act->notes ? &act->last : NULL, &act->last, err))
        return false;
    return act->notes++ || !app->once.n ||
           store_once_about(app->db, app->site, app->actor.person, app->once, note->noun,
                            note->noun_id, err);
}

bool app_note(App *app, const ActNote *note, Err *err)
{
    CLEANUP(tx_end) Tx tx = tx_begin(app->db);
    return app_note_within(app, note, err) && tx_commit(&tx, err);
}

bool act_commit(Act *act, Err *err)
{
    if (!act->notes)
        return fail(err, ERR_SYSTEM, "act without a note", "程序出错：没有写操作记录，已撤销",
                    "nothing was written to the audit, so nothing was done");
    App *app = act->app;
    if (app->draft.n && !store_draft_drop(app->db, app->site, app->actor.person, app->draft, err))
        return false;
    return tx_commit(&act->tx, err);
}

void act_end(Act *act)
{
    if (act->tx.db)
        tx_end(&act->tx);
}
