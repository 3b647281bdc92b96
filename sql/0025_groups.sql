-- Many requests that are one, and one that is many: what is asked for in the same words, requests
-- that are answered together, the units (件) that one request is counted as, and things done to
-- many requests at once.

-- A wording: what is asked for, without spaces, punctuation and the difference between scripts
-- (domain/asked.h); one row however many ask it.
CREATE TABLE asked (
    site_id    BIGINT NOT NULL,
    asked_id   BIGINT NOT NULL,
    hash       TEXT   NOT NULL,
    request_id BIGINT NOT NULL,                 -- the first that asked so: its text is compared
    PRIMARY KEY (site_id, asked_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX asked_hash ON asked (site_id, hash);

-- Wordings that share a band are likely to share much of their text.
CREATE TABLE asked_band (
    site_id  BIGINT NOT NULL,
    band     BIGINT NOT NULL,
    asked_id BIGINT NOT NULL,
    PRIMARY KEY (site_id, band, asked_id)
) WITHOUT ROWID;

CREATE TABLE asked_by (
    site_id    BIGINT NOT NULL,
    request_id BIGINT NOT NULL,
    asked_id   BIGINT NOT NULL,
    organ_id   BIGINT NOT NULL,
    PRIMARY KEY (site_id, request_id)
) WITHOUT ROWID;
CREATE INDEX asked_by_wording ON asked_by (site_id, asked_id, organ_id, request_id);

-- How many ask an organ the same, and who has said that they are not to be joined.
CREATE TABLE asked_at (
    site_id     BIGINT NOT NULL,
    organ_id    BIGINT NOT NULL,
    asked_id    BIGINT NOT NULL,
    n           BIGINT NOT NULL,
    last_on     BIGINT NOT NULL,                -- the newest was filed
    declined_n  BIGINT NOT NULL,                -- as many there were when somebody said no; 0 nobody
    declined_by BIGINT,
    declined    TEXT   NOT NULL,                -- why
    PRIMARY KEY (site_id, organ_id, asked_id)
) WITHOUT ROWID;
CREATE INDEX asked_at_wording ON asked_at (site_id, asked_id, organ_id);
CREATE INDEX asked_at_many ON asked_at (site_id, last_on, organ_id, asked_id) WHERE n >= 3;

-- Requests answered together: the one that leads, and those that follow it. A request is in one row
-- of either at most; request.same_as repeats lead_id.
CREATE TABLE request_group (
    site_id   BIGINT NOT NULL,
    lead_id   BIGINT NOT NULL,
    organ_id  BIGINT NOT NULL,
    n         BIGINT NOT NULL,                  -- that follow
    made_at   BIGINT NOT NULL,
    person_id BIGINT,
    PRIMARY KEY (site_id, lead_id)
) WITHOUT ROWID;
CREATE INDEX request_group_organ ON request_group (site_id, organ_id, lead_id);

CREATE TABLE request_joined (
    site_id    BIGINT NOT NULL,
    request_id BIGINT NOT NULL,
    lead_id    BIGINT NOT NULL,
    joined_at  BIGINT NOT NULL,
    person_id  BIGINT,
    reason     TEXT   NOT NULL,
    PRIMARY KEY (site_id, request_id)
) WITHOUT ROWID;
CREATE INDEX request_joined_lead ON request_joined (site_id, lead_id, request_id);

-- 一事一申请: a request with several matters is counted as so many units, each with its outcome.
CREATE TABLE request_split (
    site_id    BIGINT NOT NULL,
    request_id BIGINT NOT NULL,
    split_at   BIGINT NOT NULL,
    person_id  BIGINT,
    reason     TEXT   NOT NULL,
    PRIMARY KEY (site_id, request_id)
) WITHOUT ROWID;

CREATE TABLE request_unit (
    site_id    BIGINT NOT NULL,
    request_id BIGINT NOT NULL,
    unit       BIGINT NOT NULL,                 -- from 1
    matter     TEXT   NOT NULL,
    outcome    TEXT   NOT NULL,                 -- '' as the whole request
    PRIMARY KEY (site_id, request_id, unit)
) WITHOUT ROWID;

-- One thing done to many requests, in pieces: each request's row is settled in the transaction that
-- did it, so that whoever goes on after a break does none twice and leaves none out.
CREATE TABLE bulk (
    site_id    BIGINT NOT NULL,
    bulk_id    BIGINT NOT NULL,
    kind       TEXT   NOT NULL,                 -- domain/bulk.h
    organ_id   BIGINT NOT NULL,                 -- whose affair
    lead_id    BIGINT,                          -- that it is about
    handler_id BIGINT,                          -- to whom they are given
    on_day     BIGINT,
    way        TEXT   NOT NULL,                 -- how they leave: of request.way; '' of no meaning
    first      TEXT   NOT NULL,                 -- number in the post of the first one, others follow
    reason     TEXT   NOT NULL,
    person_id  BIGINT,                          -- who wants it done, in which scope
    person     TEXT   NOT NULL,
    root_id    BIGINT NOT NULL,
    reach      BIGINT NOT NULL,
    made_at    BIGINT NOT NULL,
    ended_at   BIGINT,                          -- NULL: there is more to do
    n          BIGINT NOT NULL,
    n_done     BIGINT NOT NULL,
    n_left     BIGINT NOT NULL,                 -- left out, each with its reason
    PRIMARY KEY (site_id, bulk_id)
) WITHOUT ROWID;
CREATE INDEX bulk_going ON bulk (site_id, bulk_id) WHERE ended_at IS NULL;
CREATE INDEX bulk_lead ON bulk (site_id, lead_id, bulk_id);

CREATE TABLE bulk_item (
    site_id    BIGINT NOT NULL,
    bulk_id    BIGINT NOT NULL,
    request_id BIGINT NOT NULL,
    state      BIGINT NOT NULL,                 -- 0 waits, 1 done, 2 left out
    why        TEXT   NOT NULL,
    PRIMARY KEY (site_id, bulk_id, request_id)
) WITHOUT ROWID;
CREATE INDEX bulk_item_state ON bulk_item (site_id, bulk_id, state, request_id);
