-- What a review or a suit orders is decided anew: another decision on the same request, with drafts,
-- hands, letter and files of its own. The one before it stays as it was. Its sending and arrival are
-- facts of the request (redone, redone_delivered; `about` is the decision's number).

CREATE TABLE decision_nth (
    site_id        BIGINT NOT NULL,
    request_id     BIGINT NOT NULL,
    nth            BIGINT NOT NULL,             -- from 1
    remedy_id      BIGINT,                      -- the case that ordered it; NULL: the ordinary one
    state          TEXT   NOT NULL,             -- draft section legal signing signed
    outcome        TEXT   NOT NULL,             -- '' not chosen yet
    draft          BIGINT NOT NULL,             -- number of the draft that stands
    body           TEXT   NOT NULL,             -- of that draft, JSON (domain/decision.h)
    text           TEXT   NOT NULL,             -- the letter as it was sent on, and is signed; '' before
    letter_id      BIGINT,                      -- issued when it was signed
    letter_code    TEXT   NOT NULL,             -- 示住建公复〔2026〕9号
    remedy         TEXT   NOT NULL,             -- the notice in force on the day it was signed; '' before
    signed_on      BIGINT,
    send_way       TEXT   NOT NULL DEFAULT '',  -- as it last left: platform email post handed inspection
    send_number    TEXT   NOT NULL DEFAULT '',  -- of the post
    send_whom      TEXT   NOT NULL DEFAULT '',
    evidence       TEXT   NOT NULL DEFAULT '',  -- that it arrived: in words
    version        BIGINT NOT NULL DEFAULT 1,
    changed_at     BIGINT NOT NULL,
    PRIMARY KEY (site_id, request_id, nth)
) WITHOUT ROWID;
INSERT INTO decision_nth (site_id, request_id, nth, state, outcome, draft, body, text, letter_id,
    letter_code, remedy, signed_on, send_way, send_number, send_whom, evidence, version, changed_at)
    SELECT site_id, request_id, 1, state, outcome, draft, body, text, letter_id, letter_code, remedy,
    signed_on, send_way, send_number, send_whom, evidence, version, changed_at FROM decision;
DROP TABLE decision;
ALTER TABLE decision_nth RENAME TO decision;
CREATE INDEX decision_state ON decision (site_id, state, request_id);

CREATE TABLE decision_draft_nth (
    site_id        BIGINT NOT NULL,
    request_id     BIGINT NOT NULL,
    nth            BIGINT NOT NULL,
    draft          BIGINT NOT NULL,             -- from 1 in each decision
    outcome        TEXT   NOT NULL,
    body           TEXT   NOT NULL,
    at             BIGINT NOT NULL,
    person_id      BIGINT,
    PRIMARY KEY (site_id, request_id, nth, draft)
) WITHOUT ROWID;
INSERT INTO decision_draft_nth (site_id, request_id, nth, draft, outcome, body, at, person_id)
    SELECT site_id, request_id, 1, draft, outcome, body, at, person_id FROM decision_draft;
DROP TABLE decision_draft;
ALTER TABLE decision_draft_nth RENAME TO decision_draft;

CREATE TABLE decision_deed_nth (
    site_id        BIGINT NOT NULL,
    request_id     BIGINT NOT NULL,
    nth            BIGINT NOT NULL,
    deed_id        BIGINT NOT NULL,             -- from 1 in each decision
    action         TEXT   NOT NULL,             -- save submit pass return recall send deliver
    part           TEXT   NOT NULL,             -- draft section legal sign; '' none
    draft          BIGINT NOT NULL,
    at             BIGINT NOT NULL,
    person_id      BIGINT NOT NULL,
    instead_of     BIGINT,                      -- for whom, where a substitute acts
    reason         TEXT   NOT NULL,
    PRIMARY KEY (site_id, request_id, nth, deed_id)
) WITHOUT ROWID;
INSERT INTO decision_deed_nth (site_id, request_id, nth, deed_id, action, part, draft, at, person_id,
    instead_of, reason)
    SELECT site_id, request_id, 1, deed_id, action, part, draft, at, person_id, instead_of, reason
    FROM decision_deed;
DROP TABLE decision_deed;
ALTER TABLE decision_deed_nth RENAME TO decision_deed;

-- With which decision a file is given out.
ALTER TABLE release_file ADD COLUMN nth BIGINT NOT NULL DEFAULT 1;

CREATE TABLE release_elsewhere_nth (
    site_id    BIGINT NOT NULL,
    request_id BIGINT NOT NULL,
    nth        BIGINT NOT NULL,
    words      TEXT   NOT NULL,                 -- '' taken back
    said_by    BIGINT,
    said_name  TEXT   NOT NULL,
    said_at    BIGINT NOT NULL,
    PRIMARY KEY (site_id, request_id, nth)
) WITHOUT ROWID;
INSERT INTO release_elsewhere_nth (site_id, request_id, nth, words, said_by, said_name, said_at)
    SELECT site_id, request_id, 1, words, said_by, said_name, said_at FROM release_elsewhere;
DROP TABLE release_elsewhere;
ALTER TABLE release_elsewhere_nth RENAME TO release_elsewhere;
