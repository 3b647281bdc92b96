-- What applicants suggest to be made public and what the organ says to it (条例第四十四条第二款),
-- when public information came into being, what was corrected in it afterwards; how often a
-- system's key may ask; how long a bulk extension is; archives of more than one volume.

-- One for each request: its suggestion is said once (domain/word.h).
CREATE TABLE publication_review (
    site_id     BIGINT NOT NULL,
    request_id  BIGINT NOT NULL,
    accepted    BIGINT NOT NULL,               -- 1: it becomes public; 0: it does not
    reason      TEXT   NOT NULL,               -- why not: the applicant reads it
    reviewed_on BIGINT NOT NULL,
    person_id   BIGINT,
    PRIMARY KEY (site_id, request_id)
) WITHOUT ROWID;
CREATE INDEX request_word_publish ON request_word (site_id, request_id) WHERE kind = 'publish';

-- 生成日期 (条例第十二条): of the information, not of the page; NULL: not said yet.
ALTER TABLE publication ADD COLUMN formed_on BIGINT;

-- What stood there before a correction, for the desk; everybody reads the day and why.
CREATE TABLE publication_change (
    site_id        BIGINT NOT NULL,
    publication_id BIGINT NOT NULL,
    change_no      BIGINT NOT NULL,            -- from 1
    changed_on     BIGINT NOT NULL,
    title          TEXT   NOT NULL,            -- as it was until then
    summary        TEXT   NOT NULL,
    formed_on      BIGINT,
    why            TEXT   NOT NULL,
    person_id      BIGINT,
    PRIMARY KEY (site_id, publication_id, change_no)
) WITHOUT ROWID;

ALTER TABLE api_key ADD COLUMN per_minute BIGINT NOT NULL DEFAULT 600;

ALTER TABLE bulk ADD COLUMN workdays BIGINT NOT NULL DEFAULT 0;

-- The volumes of a package behind the first, which is the row of request_archive itself.
ALTER TABLE request_archive ADD COLUMN volumes BIGINT NOT NULL DEFAULT 1;
CREATE TABLE request_archive_volume (
    site_id    BIGINT NOT NULL,
    request_id BIGINT NOT NULL,
    nth        BIGINT NOT NULL,
    volume     BIGINT NOT NULL,                -- from 2
    address    TEXT   NOT NULL,                -- among the private files; '' once it is erased
    sha256     TEXT   NOT NULL,
    bytes      BIGINT NOT NULL,
    PRIMARY KEY (site_id, request_id, nth, volume)
) WITHOUT ROWID;
