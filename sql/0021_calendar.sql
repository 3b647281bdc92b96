-- The site's own notices on working days, behind those built into the program (data/calendar): later
-- ones that change a year already in use, years whose notice came after the program, holidays of the
-- region (条例 counts in working days; 全国年节及纪念日放假办法 leaves the holidays of ethnic areas to
-- them). A notice that no longer holds is withdrawn, with a reason, and stays to be seen.

CREATE TABLE calendar_notice (
    site_id        BIGINT NOT NULL,
    notice_id      BIGINT NOT NULL,
    year           BIGINT NOT NULL,             -- of the notice's title
    regional       BIGINT NOT NULL,             -- 1: of the region; lies over the national ones
    number         TEXT   NOT NULL,             -- 文号
    title          TEXT   NOT NULL,
    address        TEXT   NOT NULL,             -- where it can be read; '' nowhere
    entered_at     BIGINT NOT NULL,
    entered_by     BIGINT,                      -- person; NULL the command line
    withdrawn_at   BIGINT,
    withdrawn_by   BIGINT,
    withdrawn_why  TEXT   NOT NULL,
    PRIMARY KEY (site_id, notice_id)
) WITHOUT ROWID;

CREATE TABLE calendar_day (
    site_id        BIGINT NOT NULL,
    notice_id      BIGINT NOT NULL,
    day            BIGINT NOT NULL,
    works          BIGINT NOT NULL,             -- 0 off, 1 worked
    name           TEXT   NOT NULL,             -- 春节
    PRIMARY KEY (site_id, notice_id, day)
) WITHOUT ROWID;

-- What the law leaves open, as the site reads it: the last change of a setting is in force; without
-- one, its default (domain/clock.h).
CREATE TABLE clock_change (
    site_id        BIGINT NOT NULL,
    change_id      BIGINT NOT NULL,
    setting        TEXT   NOT NULL,
    value          BIGINT NOT NULL,             -- number, or 0 and 1
    was            BIGINT NOT NULL,
    why            TEXT   NOT NULL,
    changed_at     BIGINT NOT NULL,
    changed_by     BIGINT,
    PRIMARY KEY (site_id, change_id)
) WITHOUT ROWID;

-- A number by chance, another one after every change of the two above, so that a process knows
-- whether what it keeps is still true.
CREATE TABLE clock_stamp (
    site_id        BIGINT NOT NULL,
    stamp          BIGINT NOT NULL,
    PRIMARY KEY (site_id)
) WITHOUT ROWID;

-- Which reminder of a request has been given: one for each rule and each date it was about.
CREATE TABLE request_told (
    site_id        BIGINT NOT NULL,
    request_id     BIGINT NOT NULL,
    rule           TEXT   NOT NULL,             -- domain/remind.h
    day            BIGINT NOT NULL,             -- the date it was about: one that moved is told again
    told_at        BIGINT NOT NULL,
    PRIMARY KEY (site_id, request_id, rule, day)
) WITHOUT ROWID;

-- Open requests in their order, for going over all of them.
CREATE INDEX request_open ON request (site_id, request_id) WHERE open = 1;

-- The list of the whole site, with what is asked of each row to see whose it is.
DROP INDEX request_due;
CREATE INDEX request_due ON request (site_id, open, act_by, request_id, organ_id);

-- What the tabs of an organ's list count, all in one index.
CREATE INDEX request_tabs ON request (site_id, organ_id, phase, act_by, handler_id) WHERE open = 1;

-- Which two characters stand side by side in a title or an applicant's name, so that parts of them are
-- found at once (store/request_gram.h); the last character stands alone, and the number is whole: 17号.
CREATE TABLE request_gram (
    site_id        BIGINT NOT NULL,
    gram           TEXT   NOT NULL,
    request_id     BIGINT NOT NULL,
    organ_id       BIGINT NOT NULL,
    PRIMARY KEY (site_id, gram, request_id)
) WITHOUT ROWID;
CREATE INDEX request_gram_organ ON request_gram (site_id, organ_id, gram, request_id);

INSERT INTO request_gram (site_id, gram, request_id, organ_id)
    WITH RECURSIVE place (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM place WHERE i < 400)
    SELECT DISTINCT t.site_id, lower(substr(t.words, p.i, 2)), t.request_id, t.organ_id
    FROM (SELECT site_id, request_id, organ_id, title AS words FROM request
          UNION ALL SELECT site_id, request_id, organ_id, applicant_name FROM request) t
    JOIN place p ON p.i <= length(t.words)
    UNION SELECT site_id, CAST(number AS TEXT) || '号', request_id, organ_id FROM request;
