-- Mail that is to go out (app/outbox.h). A row is written in the transaction of the act it tells of, so that mail is
-- sent for what happened and for nothing else.

CREATE TABLE outbox (
    site_id      BIGINT NOT NULL,
    mail_id      BIGINT NOT NULL,
    kind         TEXT   NOT NULL,              -- task notice deadline account test (domain/outbox.h)
    urgent       BIGINT NOT NULL,              -- 1: also at night and on days off
    organ_id     BIGINT NOT NULL,              -- of the person it is for; 0: the site's
    person_id    BIGINT NOT NULL,              -- 0: nobody with an account
    to_address   TEXT   NOT NULL,
    to_name      TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    once         TEXT,                         -- no second mail with the same; NULL: any number
    written_at   BIGINT NOT NULL,              -- seconds since 1970-01-01 UTC
    message_id   TEXT   NOT NULL,              -- the same whenever it is sent again
    state        TEXT   NOT NULL,              -- waiting sent failed dropped
    due_at       BIGINT NOT NULL,              -- not to be tried before
    tries        BIGINT NOT NULL,
    first_at     BIGINT NOT NULL,              -- the first try; 0: none yet
    ended_at     BIGINT NOT NULL,              -- when it was sent, given up or dropped; 0: not yet
    holder       TEXT   NOT NULL,              -- who sends it now; '' nobody
    held_until   BIGINT NOT NULL,              -- after that the holder is taken for dead
    code         BIGINT NOT NULL,              -- the mail server's last reply; 0 none
    said         TEXT   NOT NULL,              -- its words, or why it was not reached
    version      BIGINT NOT NULL,
    PRIMARY KEY (site_id, mail_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX outbox_once ON outbox (site_id, once);
CREATE INDEX outbox_due ON outbox (site_id, state, due_at, mail_id);
CREATE INDEX outbox_state ON outbox (site_id, state, mail_id);

-- What it says; apart, so that lists do not have to walk over it.
CREATE TABLE outbox_text (
    site_id      BIGINT NOT NULL,
    mail_id      BIGINT NOT NULL,
    body         TEXT   NOT NULL,
    PRIMARY KEY (site_id, mail_id)
) WITHOUT ROWID;
