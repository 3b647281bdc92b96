-- Disclosure on request (依申请公开): who asks, what for, and what happened, as facts in time. What
-- follows from the facts (phase, deadline) is computed by domain/clock.h; the columns of `request`
-- that repeat it are there so that lists can be filtered and sorted, and are written with every fact
-- and by the job that goes over those whose turn has come.

CREATE TABLE request (
    site_id        BIGINT NOT NULL,
    request_id     BIGINT NOT NULL,
    organ_id       BIGINT NOT NULL,
    year           BIGINT NOT NULL,             -- of the number
    number         BIGINT NOT NULL,             -- of the organ in that year, from 1
    code           TEXT   NOT NULL,             -- 示住建依申〔2026〕17号
    query_hash     TEXT   NOT NULL,             -- SHA-256 of the code by which the applicant asks; '' none
    channel        TEXT   NOT NULL,             -- in_person mail_signed mail_plain internet fax oral
    title          TEXT   NOT NULL,             -- what is asked for, in short
    description    TEXT   NOT NULL,             -- 名称、文号或者便于查询的其他特征性描述
    form           TEXT   NOT NULL,             -- electronic paper inspect other
    way            TEXT   NOT NULL,             -- platform email mail pick_up on_site
    applicant_kind TEXT   NOT NULL,             -- natural business research welfare legal other
    applicant_name TEXT   NOT NULL,
    applicant_key  TEXT   NOT NULL,             -- keyed hash of the identity number: the same person again
    applicant      BLOB   NOT NULL,             -- the rest of who asks, sealed (store/request.h)
    same_as        BIGINT,                      -- answered together with this one
    handler_id     BIGINT,                      -- 承办人
    note           TEXT   NOT NULL,             -- internal
    filed_on       BIGINT NOT NULL,
    received_on    BIGINT,                      -- computed from here on
    due_on         BIGINT,
    draft_due_on   BIGINT,
    turn_on        BIGINT,                      -- when the phase changes by itself; NULL never
    act_by         BIGINT NOT NULL,             -- the day something has to happen by, whoever's turn; 4000000 none
    phase          TEXT   NOT NULL,
    open           BIGINT NOT NULL,             -- 1 until it is answered or ended
    ended_on       BIGINT,                      -- answered, withdrawn, closed
    outcome        TEXT   NOT NULL,             -- '' undecided
    n_units        BIGINT NOT NULL DEFAULT 1,   -- 件 of the annual report
    version        BIGINT NOT NULL DEFAULT 1,
    created_at     BIGINT NOT NULL,
    PRIMARY KEY (site_id, request_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX request_number ON request (site_id, organ_id, year, number);
CREATE INDEX request_due ON request (site_id, open, act_by, request_id);
CREATE INDEX request_act ON request (site_id, act_by, request_id);
CREATE INDEX request_organ_due ON request (site_id, organ_id, open, act_by, request_id);
CREATE INDEX request_handler ON request (site_id, handler_id, open, act_by, request_id);
CREATE INDEX request_phase ON request (site_id, phase, open, act_by, request_id);
CREATE INDEX request_turn ON request (site_id, turn_on);
CREATE INDEX request_filed ON request (site_id, organ_id, filed_on);
CREATE INDEX request_applicant ON request (site_id, applicant_key, filed_on);
CREATE INDEX request_code ON request (site_id, code);

-- Facts, only ever added. One that was recorded by mistake is struck, and stays to be seen.
CREATE TABLE request_fact (
    site_id        BIGINT NOT NULL,
    request_id     BIGINT NOT NULL,
    fact_id        BIGINT NOT NULL,             -- from 1, in the order they were recorded
    kind           TEXT   NOT NULL,             -- domain/clock.h, fact_defs
    on_day         BIGINT NOT NULL,
    channel        TEXT   NOT NULL,             -- of 'filed', else ''
    workdays       BIGINT NOT NULL,
    until_day      BIGINT,
    about          BIGINT NOT NULL,             -- the fact that asked; 0 none
    document       TEXT   NOT NULL,             -- its paper's number or name
    note           TEXT   NOT NULL,
    whom           TEXT   NOT NULL,             -- who was asked for an opinion
    recorded_at    BIGINT NOT NULL,
    person_id      BIGINT,                      -- who recorded it; NULL the applicant
    struck_at      BIGINT,                      -- when it was taken back; the audit says by whom and why
    PRIMARY KEY (site_id, request_id, fact_id)
) WITHOUT ROWID;
