#include "app/act.h"

#include "store/audit.h"

enum { NOTE_SCRATCH = 8 << 20 }; // address space for hashing one line

bool act_begin(App *app, Act *out, Err *err)
{
    *out = (Act){.app = app, .tx = tx_begin(app->db)};
    if (!out->tx.open)
        return tx_commit(&out->tx, err); // tells why
    return !app->once.n ||
           store_once_take(app->db, app->site, app->actor.person, app->once, app->now, err);
}

bool act_note(Act *act, const ActNote *note, Err *err)
{
    App *app = act->app;
    CLEANUP(arena_end) Arena scratch = arena_new(NOTE_SCRATCH + 4 * (note->was.n + note->became.n));
    AuditLine line = {.at = app->now,
                      .act = act_defs[note->kind].id,
                      .actor = app->actor,
                      .organ = note->organ,
                      .noun = note->noun,
                      .noun_id = note->noun_id,
                      .version = note->version,
                      .was = note->was,
                      .became = note->became};
    if (!store_audit_add(app->db, app->site, &line, scratch, err))
        return false;
    return act->notes++ || !app->once.n ||
           store_once_about(app->db, app->site, app->actor.person, app->once, note->noun,
                            note->noun_id, err);
}

bool act_commit(Act *act, Err *err)
{
    if (!act->notes)
        return fail(err, ERR_SYSTEM, "act without a note", "程序出错：没有写操作记录，已撤销",
                    "nothing was written to the audit, so nothing was done");
    return tx_commit(&act->tx, err);
}

void act_end(Act *act)
{
    if (act->tx.db)
        tx_end(&act->tx);
}
