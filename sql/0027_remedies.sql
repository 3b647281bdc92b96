-- 行政复议 and 行政诉讼 against what an organ did or did not do about a request, and corrections of
-- records about oneself (条例第四十一条).

CREATE TABLE remedy (
    site_id        BIGINT NOT NULL,
    remedy_id      BIGINT NOT NULL,
    organ_id       BIGINT NOT NULL,             -- whose act or silence it is about
    request_id     BIGINT,                      -- NULL: about none that is here
    kind           TEXT   NOT NULL,             -- review suit suit_after: the blocks of table four
    about          TEXT   NOT NULL,             -- answer inaction procedure fee proactive other
    after_id       BIGINT,                      -- suit_after: the review
    title          TEXT   NOT NULL,
    applicant      TEXT   NOT NULL,             -- 复议申请人, 原告
    note           TEXT   NOT NULL,
    filed_on       BIGINT NOT NULL,             -- computed from the facts from here on
    forum          TEXT   NOT NULL,             -- 复议机关, 法院 of the present stage
    number         TEXT   NOT NULL,             -- 案号 of the present stage
    phase          TEXT   NOT NULL,
    stage          TEXT   NOT NULL,             -- review first second retrial
    result         TEXT   NOT NULL,             -- '' pending
    closed_on      BIGINT,
    answer_by      BIGINT,                      -- while the organ has to answer
    redo_by        BIGINT,                      -- while it has to handle the request anew
    version        BIGINT NOT NULL DEFAULT 1,
    created_at     BIGINT NOT NULL,
    PRIMARY KEY (site_id, remedy_id)
) WITHOUT ROWID;
CREATE INDEX remedy_organ ON remedy (site_id, organ_id, filed_on, remedy_id);
CREATE INDEX remedy_filed ON remedy (site_id, filed_on, remedy_id);
CREATE INDEX remedy_request ON remedy (site_id, request_id);
CREATE INDEX remedy_answer ON remedy (site_id, answer_by);
CREATE INDEX remedy_redo ON remedy (site_id, redo_by);

-- Facts, only ever added; one recorded by mistake is struck.
CREATE TABLE remedy_fact (
    site_id        BIGINT NOT NULL,
    remedy_id      BIGINT NOT NULL,
    fact_id        BIGINT NOT NULL,             -- from 1, in the order they were recorded
    kind           TEXT   NOT NULL,             -- domain/remedy.h
    on_day         BIGINT NOT NULL,
    until_day      BIGINT,                      -- a term that the paper sets
    result         TEXT   NOT NULL,             -- of a decision; the outcome, of a new answer
    forum          TEXT   NOT NULL,
    number         TEXT   NOT NULL,
    document       TEXT   NOT NULL,
    note           TEXT   NOT NULL,
    recorded_at    BIGINT NOT NULL,
    person_id      BIGINT,
    struck_at      BIGINT,
    struck_why     TEXT   NOT NULL,
    PRIMARY KEY (site_id, remedy_id, fact_id)
) WITHOUT ROWID;

-- Numbers that the law does not give, or that have not been read in its text.
CREATE TABLE remedy_setting (
    site_id        BIGINT NOT NULL,
    setting        TEXT   NOT NULL,
    n              BIGINT NOT NULL,
    version        BIGINT NOT NULL,
    PRIMARY KEY (site_id, setting)
) WITHOUT ROWID;

-- 更正 of a record about the applicant. No term in the law; not in table three.
CREATE TABLE correction (
    site_id        BIGINT NOT NULL,
    correction_id  BIGINT NOT NULL,
    organ_id       BIGINT NOT NULL,
    year           BIGINT NOT NULL,             -- of the number
    number         BIGINT NOT NULL,             -- of the organ in that year, from 1
    code           TEXT   NOT NULL,             -- 示住建更正〔2026〕1号
    query_hash     TEXT   NOT NULL,             -- SHA-256 of the code by which the applicant asks; '' none
    channel        TEXT   NOT NULL,
    applicant_kind TEXT   NOT NULL,
    applicant_name TEXT   NOT NULL,
    applicant_key  TEXT   NOT NULL,
    applicant      BLOB   NOT NULL,             -- sealed, as in request
    record         TEXT   NOT NULL,             -- which record
    wrong          TEXT   NOT NULL,             -- what it says
    claim          TEXT   NOT NULL,             -- what it should say
    evidence       TEXT   NOT NULL,             -- what proves it
    request_id     BIGINT,                      -- by which the applicant got to know it
    handler_id     BIGINT,
    filed_on       BIGINT NOT NULL,
    target_on      BIGINT,                      -- the organ's own; the law sets none
    examined_on    BIGINT,
    examined       TEXT   NOT NULL,             -- what the examination found
    ended_on       BIGINT,
    outcome        TEXT   NOT NULL,             -- '' open; corrected refused forwarded told withdrawn
    words          TEXT   NOT NULL,             -- what was corrected; why not; to whom
    document       TEXT   NOT NULL,             -- number of the letter
    version        BIGINT NOT NULL DEFAULT 1,
    created_at     BIGINT NOT NULL,
    PRIMARY KEY (site_id, correction_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX correction_number ON correction (site_id, organ_id, year, number);
CREATE INDEX correction_open ON correction (site_id, outcome, target_on, correction_id);
CREATE INDEX correction_organ ON correction (site_id, organ_id, filed_on, correction_id);
CREATE INDEX correction_code ON correction (site_id, code);
