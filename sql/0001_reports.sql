-- Sites, organs and the annual reports published by them.
-- site_id leads every key, so that a cluster can keep a site together (docs/architecture.md, Tenancy).

CREATE TABLE site (
    site_id      BIGINT NOT NULL PRIMARY KEY,
    name         TEXT   NOT NULL,
    version      BIGINT NOT NULL DEFAULT 1     -- goes up with every change that a public page can show
) WITHOUT ROWID;

-- The last number given out, by what is numbered. Numbers are never used again.
CREATE TABLE counter (
    site_id      BIGINT NOT NULL,
    name         TEXT   NOT NULL,
    last         BIGINT NOT NULL,
    PRIMARY KEY (site_id, name)
) WITHOUT ROWID;

-- 行政机关, in a tree. `slug` is its name in addresses.
CREATE TABLE organ (
    site_id      BIGINT NOT NULL,
    organ_id     BIGINT NOT NULL,
    parent_id    BIGINT,
    kind         TEXT   NOT NULL,              -- government office department township dispatched section
    level        TEXT   NOT NULL,              -- state province city county township, or '' unknown
    slug         TEXT   NOT NULL,
    name         TEXT   NOT NULL,              -- as it names itself, Simplified
    ordinal      BIGINT NOT NULL,              -- place among its siblings
    version      BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (site_id, organ_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX organ_slug ON organ (site_id, slug);
CREATE UNIQUE INDEX organ_name ON organ (site_id, name);

-- The report an organ has published for a year. A new edition of it keeps the number and raises the
-- version; the one before goes to report_past.
CREATE TABLE report (
    site_id      BIGINT NOT NULL,
    report_id    BIGINT NOT NULL,
    organ_id     BIGINT NOT NULL,
    year         BIGINT NOT NULL,              -- 统计年度
    version      BIGINT NOT NULL DEFAULT 1,
    edition      TEXT   NOT NULL,              -- of the form as printed: fmt2021 …, '' none
    title        TEXT   NOT NULL,
    published_on BIGINT,                       -- days since 1970-01-01
    file_name    TEXT   NOT NULL,
    file_kind    TEXT   NOT NULL,              -- html text docx xlsx pdf doc
    encoding     TEXT   NOT NULL,
    sha256       TEXT   NOT NULL,              -- of the original, which lies under files/
    bytes        BIGINT NOT NULL,
    doc          BIGINT NOT NULL,              -- which document of the file, from 0
    imported_at  BIGINT NOT NULL,              -- seconds since 1970-01-01 UTC
    n_pass       BIGINT NOT NULL,
    n_error      BIGINT NOT NULL,              -- failed checks by severity
    n_warning    BIGINT NOT NULL,
    n_note       BIGINT NOT NULL,
    n_doubtful   BIGINT NOT NULL,
    n_open       BIGINT NOT NULL,              -- not assessable
    PRIMARY KEY (site_id, report_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX report_of ON report (site_id, organ_id, year);
CREATE INDEX report_year ON report (site_id, year, organ_id);
CREATE INDEX report_file ON report (site_id, sha256);

-- The document as read and checked, as docs/report.schema.json has it; apart from the row, so that
-- lists do not have to walk over it.
CREATE TABLE report_reading (
    site_id      BIGINT NOT NULL,
    report_id    BIGINT NOT NULL,
    reading      TEXT   NOT NULL,
    PRIMARY KEY (site_id, report_id)
);

-- Editions that were replaced. Append-only; the originals stay under files/.
CREATE TABLE report_past (
    site_id      BIGINT NOT NULL,
    report_id    BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    title        TEXT   NOT NULL,
    published_on BIGINT,
    file_name    TEXT   NOT NULL,
    file_kind    TEXT   NOT NULL,
    encoding     TEXT   NOT NULL,
    sha256       TEXT   NOT NULL,
    bytes        BIGINT NOT NULL,
    doc          BIGINT NOT NULL,
    imported_at  BIGINT NOT NULL,
    replaced_at  BIGINT NOT NULL,
    reading      TEXT   NOT NULL,
    PRIMARY KEY (site_id, report_id, version)
);

-- Every cell the report has, for trends, sums and open data; absent ones have no row. The order of
-- the key is that of a trend: one cell of one organ over the years.
CREATE TABLE report_cell (
    site_id      BIGINT NOT NULL,
    organ_id     BIGINT NOT NULL,
    cell         TEXT   NOT NULL,              -- t3.new.natural
    year         BIGINT NOT NULL,
    state        TEXT   NOT NULL,              -- value blank unreadable
    n            BIGINT,                       -- amounts in millionths of 万元; NULL without a value
    PRIMARY KEY (site_id, organ_id, cell, year)
) WITHOUT ROWID;

-- How often each check ended how, for "which reports fail this one?".
CREATE TABLE report_finding (
    site_id      BIGINT NOT NULL,
    check_id     TEXT   NOT NULL,              -- t3.row_sum
    report_id    BIGINT NOT NULL,
    result       TEXT   NOT NULL,
    n            BIGINT NOT NULL,
    PRIMARY KEY (site_id, check_id, report_id, result)
) WITHOUT ROWID;
CREATE INDEX report_finding_of ON report_finding (site_id, report_id);
