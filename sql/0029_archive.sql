-- Closed requests in the archive, how long they are kept, what of them is published of the organ's
-- own accord (条例第四十四条), and the keys of other systems of the organ.

-- Since when it is in the archive and may not be changed; NULL: it is not.
ALTER TABLE request ADD COLUMN archived_at BIGINT;

-- Each time a request was put into the archive: a second time where a remedy opened it again.
CREATE TABLE request_archive (
    site_id       BIGINT NOT NULL,
    request_id    BIGINT NOT NULL,
    nth           BIGINT NOT NULL,             -- from 1
    organ_id      BIGINT NOT NULL,
    kind          TEXT   NOT NULL,             -- domain/archive.h, retention_kinds
    ended_on      BIGINT NOT NULL,             -- the years are counted from its year's end
    archived_at   BIGINT NOT NULL,
    person_id     BIGINT,
    address       TEXT   NOT NULL,             -- of the package among the private files
    sha256        TEXT   NOT NULL,             -- of the package
    bytes         BIGINT NOT NULL,
    reopened_at   BIGINT,                      -- NULL: it is what counts today
    reopened_why  TEXT   NOT NULL DEFAULT '',
    anonymised_at BIGINT,
    PRIMARY KEY (site_id, request_id, nth)
) WITHOUT ROWID;
CREATE INDEX request_archive_due ON request_archive (site_id, kind, ended_on);
CREATE INDEX request_archive_organ ON request_archive (site_id, organ_id, archived_at);
CREATE INDEX attachment_address ON attachment (site_id, address);
-- The orders of the register (store/register.c); what was never received or has not ended comes last.
CREATE INDEX request_order_filed ON request (site_id, filed_on, request_id);
CREATE INDEX request_order_received ON request (site_id, (coalesce(received_on, -1)), request_id);
CREATE INDEX request_order_ended ON request (site_id, (coalesce(ended_on, -1)), request_id);
CREATE INDEX request_archivable ON request (site_id, organ_id, archived_at, ended_on);

-- Years that a site has set instead of the default.
CREATE TABLE retention (
    site_id       BIGINT NOT NULL,
    kind          TEXT   NOT NULL,
    years         BIGINT NOT NULL,
    reason        TEXT   NOT NULL,
    set_at        BIGINT NOT NULL,
    person_id     BIGINT,
    PRIMARY KEY (site_id, kind)
) WITHOUT ROWID;

-- What is made public because it was asked for (条例第四十四条): due 20 working days after it was
-- decided (条例第二十六条).
CREATE TABLE publication (
    site_id        BIGINT NOT NULL,
    publication_id BIGINT NOT NULL,
    organ_id       BIGINT NOT NULL,
    request_id     BIGINT NOT NULL,            -- that it came from
    why            TEXT   NOT NULL,            -- several suggested
    title          TEXT   NOT NULL,
    summary        TEXT   NOT NULL,
    index_no       TEXT   NOT NULL,            -- '' until it is published
    counted        TEXT   NOT NULL,            -- what the number's serial is counted by
    serial         BIGINT NOT NULL,
    state          TEXT   NOT NULL,            -- due public withdrawn
    decided_on     BIGINT NOT NULL,
    due_on         BIGINT NOT NULL,
    published_on   BIGINT,
    withdrawn_on   BIGINT,
    withdrawn_why  TEXT   NOT NULL,
    version        BIGINT NOT NULL DEFAULT 1,
    created_at     BIGINT NOT NULL,
    person_id      BIGINT,
    PRIMARY KEY (site_id, publication_id)
) WITHOUT ROWID;
CREATE INDEX publication_public ON publication (site_id, state, published_on, publication_id);
CREATE INDEX publication_request ON publication (site_id, request_id);
CREATE INDEX publication_due ON publication (site_id, organ_id, state, due_on);
CREATE UNIQUE INDEX publication_index ON publication (site_id, index_no) WHERE index_no <> '';

CREATE TABLE publication_file (
    site_id        BIGINT NOT NULL,
    publication_id BIGINT NOT NULL,
    file_no        BIGINT NOT NULL,            -- from 1
    name           TEXT   NOT NULL,
    kind           TEXT   NOT NULL,            -- domain/attach_kind.h
    bytes          BIGINT NOT NULL,
    address        TEXT   NOT NULL,            -- among the public files
    PRIMARY KEY (site_id, publication_id, file_no)
) WITHOUT ROWID;

-- Keys of other systems: only a hash is kept.
CREATE TABLE api_key (
    site_id        BIGINT NOT NULL,
    api_key_id     BIGINT NOT NULL,
    name           TEXT   NOT NULL,            -- 县政务服务一体化平台
    organ_id       BIGINT NOT NULL,
    verbs          TEXT   NOT NULL,            -- ids of domain/role.h, by spaces
    hash           TEXT   NOT NULL,            -- SHA-256 of the key
    head           TEXT   NOT NULL,            -- its first letters, to know it by
    created_at     BIGINT NOT NULL,
    person_id      BIGINT,
    expires_at     BIGINT NOT NULL,
    used_at        BIGINT,
    revoked_at     BIGINT,
    PRIMARY KEY (site_id, api_key_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX api_key_hash ON api_key (site_id, hash);
