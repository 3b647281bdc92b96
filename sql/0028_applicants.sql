-- The applicant's side of a request: what is kept while somebody without an account fills in a form,
-- how often one place asks, and what applicants say afterwards. Nothing here is in the clear that
-- says who somebody is or what they want.

-- A file that waits for its form: sealed, under the hash of a key that only the form has. Goes when
-- the form is sent, or after a few hours.
CREATE TABLE held_file (
    site_id    BIGINT NOT NULL,
    key_hash   TEXT   NOT NULL,
    kind       TEXT   NOT NULL,             -- domain/attach_kind.h
    bytes      BIGINT NOT NULL,
    sealed     BLOB   NOT NULL,             -- its name, a line end, what it holds
    made_at    BIGINT NOT NULL,
    PRIMARY KEY (site_id, key_hash)
) WITHOUT ROWID;
CREATE INDEX held_file_made ON held_file (site_id, made_at);

-- A form that somebody goes on with later, under the hash of the code they were given.
CREATE TABLE citizen_draft (
    site_id    BIGINT NOT NULL,
    code_hash  TEXT   NOT NULL,
    sealed     BLOB   NOT NULL,             -- the fields as JSON; about the code itself
    saved_at   BIGINT NOT NULL,
    PRIMARY KEY (site_id, code_hash)
) WITHOUT ROWID;
CREATE INDEX citizen_draft_saved ON citizen_draft (site_id, saved_at);

-- How often something was done in a span of time: filings by network, wrong codes by number. Who it
-- was is a keyed hash.
CREATE TABLE citizen_try (
    site_id    BIGINT NOT NULL,
    what       TEXT   NOT NULL,             -- file upload draft code
    who        TEXT   NOT NULL,
    span       BIGINT NOT NULL,             -- its first second
    n          BIGINT NOT NULL,
    PRIMARY KEY (site_id, what, who, span)
) WITHOUT ROWID;
CREATE INDEX citizen_try_span ON citizen_try (site_id, span);

-- What the applicant says about a request once it is filed (domain/word.h), only ever added.
CREATE TABLE request_word (
    site_id    BIGINT NOT NULL,
    request_id BIGINT NOT NULL,
    word_id    BIGINT NOT NULL,             -- from 1
    kind       TEXT   NOT NULL,
    sealed     BLOB   NOT NULL,             -- the text; empty where there is none
    fact_id    BIGINT NOT NULL,             -- that was recorded with it, or that it is about; 0 none
    file_id    BIGINT NOT NULL,             -- attachment; 0 none
    said_at    BIGINT NOT NULL,
    PRIMARY KEY (site_id, request_id, word_id)
) WITHOUT ROWID;

-- Whether an applicant wants mail about the progress, and up to which fact they have been told.
CREATE TABLE request_mail (
    site_id    BIGINT NOT NULL,
    request_id BIGINT NOT NULL,
    wanted     BIGINT NOT NULL,             -- 1; 0 no more
    told       BIGINT NOT NULL,             -- fact_id
    PRIMARY KEY (site_id, request_id)
) WITHOUT ROWID;
CREATE INDEX request_mail_wanted ON request_mail (site_id, wanted, request_id);
