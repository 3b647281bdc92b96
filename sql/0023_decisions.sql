-- The decision on a request: its draft, who did what with it, whose opinion was asked, who works on
-- it until when, and what was passed on to another organ. That a reply was sent and arrived is a
-- fact of the request (request_fact); nothing here repeats it.

CREATE TABLE decision (
    site_id        BIGINT NOT NULL,
    request_id     BIGINT NOT NULL,
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
    PRIMARY KEY (site_id, request_id)
) WITHOUT ROWID;
CREATE INDEX decision_state ON decision (site_id, state, request_id);

-- Every draft that was saved, as it was.
CREATE TABLE decision_draft (
    site_id        BIGINT NOT NULL,
    request_id     BIGINT NOT NULL,
    draft          BIGINT NOT NULL,             -- from 1
    outcome        TEXT   NOT NULL,
    body           TEXT   NOT NULL,
    at             BIGINT NOT NULL,
    person_id      BIGINT,
    PRIMARY KEY (site_id, request_id, draft)
) WITHOUT ROWID;

-- Who did what, only ever added.
CREATE TABLE decision_deed (
    site_id        BIGINT NOT NULL,
    request_id     BIGINT NOT NULL,
    deed_id        BIGINT NOT NULL,             -- from 1
    action         TEXT   NOT NULL,             -- save submit pass return recall send deliver
    part           TEXT   NOT NULL,             -- draft section legal sign; '' none
    draft          BIGINT NOT NULL,
    at             BIGINT NOT NULL,
    person_id      BIGINT NOT NULL,
    instead_of     BIGINT,                      -- for whom, where a substitute acts
    reason         TEXT   NOT NULL,
    PRIMARY KEY (site_id, request_id, deed_id)
) WITHOUT ROWID;

-- What the administrator of a site sets; no row: as domain/decision.h has it.
CREATE TABLE decision_setting (
    site_id        BIGINT NOT NULL,
    section_review BIGINT NOT NULL,             -- 1: a section's reviewer looks at it before 法制审核
    PRIMARY KEY (site_id)
) WITHOUT ROWID;

-- Who was asked for an opinion (条例第三十二条、第三十四条): what the facts of asking and of the
-- opinion do not say.
CREATE TABLE request_opinion (
    site_id        BIGINT NOT NULL,
    request_id     BIGINT NOT NULL,
    fact_id        BIGINT NOT NULL,             -- by which they were asked
    whom           TEXT   NOT NULL,
    address        TEXT   NOT NULL,             -- where the letter went; contact
    number         TEXT   NOT NULL,             -- of the letter in the post
    answer         TEXT   NOT NULL,             -- '' agree partly disagree none
    reasons        TEXT   NOT NULL,             -- theirs
    reasonable     TEXT   NOT NULL,             -- '' yes no: whether the organ holds them so
    decided        TEXT   NOT NULL,             -- '' give withhold: the organ's own decision
    decided_why    TEXT   NOT NULL,
    told_on        BIGINT,                      -- they were told in writing of what is published, and why
    told_number    TEXT   NOT NULL,
    version        BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (site_id, request_id, fact_id)
) WITHOUT ROWID;

-- Who works on it, until when: the last row that has not ended stands.
CREATE TABLE request_duty (
    site_id        BIGINT NOT NULL,
    request_id     BIGINT NOT NULL,
    duty_id        BIGINT NOT NULL,             -- from 1
    section_id     BIGINT,                      -- 内设机构; NULL none
    person_id      BIGINT NOT NULL,
    due_on         BIGINT,                      -- internal; NULL none
    words          TEXT   NOT NULL,             -- what is to be done
    given_by       BIGINT,
    given_at       BIGINT NOT NULL,
    ended_at       BIGINT,
    chased_on      BIGINT,                      -- the last day on which somebody was reminded
    PRIMARY KEY (site_id, request_id, duty_id)
) WITHOUT ROWID;
CREATE INDEX request_duty_due ON request_duty (site_id, due_on, request_id) WHERE ended_at IS NULL;

-- Passed on to an organ of the same site, with the applicant's consent.
CREATE TABLE request_forward (
    site_id        BIGINT NOT NULL,
    request_id     BIGINT NOT NULL,
    to_request     BIGINT NOT NULL,
    to_organ       BIGINT NOT NULL,
    at             BIGINT NOT NULL,
    person_id      BIGINT,
    consent        TEXT   NOT NULL,             -- how and when the applicant agreed
    PRIMARY KEY (site_id, request_id, to_request)
) WITHOUT ROWID;
CREATE INDEX request_forward_to ON request_forward (site_id, to_request);
