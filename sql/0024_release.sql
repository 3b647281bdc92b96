-- What is given to an applicant (拟公开的文件), what of it is withheld, and the proof that nothing
-- withheld is left in it. Who asks is never here; what is withheld as text is sealed.

CREATE TABLE release_file (
    site_id       BIGINT NOT NULL,
    file_id       BIGINT NOT NULL,
    request_id    BIGINT NOT NULL,
    attachment_id BIGINT NOT NULL,              -- the document as it is, private
    name          TEXT   NOT NULL,
    kind          TEXT   NOT NULL,              -- pdf png jpg txt (domain/attach_kind.h)
    bytes         BIGINT NOT NULL,
    address       TEXT   NOT NULL,              -- of the document, sealed, in the store of files
    source_hash   TEXT   NOT NULL,              -- SHA-256 of the document
    pages         BIGINT NOT NULL,
    facts         TEXT   NOT NULL,              -- JSON: sizes of its pages and what is hidden in it
    state         TEXT   NOT NULL,              -- open made blocked proven clean
    result        TEXT   NOT NULL,              -- address of what was made, sealed; '' none
    result_hash   TEXT   NOT NULL,              -- SHA-256 of it
    result_bytes  BIGINT NOT NULL,
    certificate   TEXT   NOT NULL,              -- JSON (redact/certificate.h); '' none
    made_at       BIGINT,
    checked_by    BIGINT,                       -- who confirmed the result, or that nothing has to be withheld
    checked_name  TEXT   NOT NULL,
    checked_at    BIGINT,
    checked_note  TEXT   NOT NULL,
    added_by      BIGINT,
    added_name    TEXT   NOT NULL,
    added_at      BIGINT NOT NULL,
    removed_at    BIGINT,                       -- taken out again; the row stays
    version       BIGINT NOT NULL,
    PRIMARY KEY (site_id, file_id)
) WITHOUT ROWID;
CREATE INDEX release_file_of ON release_file (site_id, request_id, file_id);

-- A mark: an area of a page as it is shown (turned and cropped), in ten thousandths of its width and
-- height, or a text wherever it stands.
CREATE TABLE release_mark (
    site_id    BIGINT NOT NULL,
    file_id    BIGINT NOT NULL,
    mark_id    BIGINT NOT NULL,                 -- from 1 in the file
    page       BIGINT NOT NULL,                 -- from 1; 0 for a text
    x          BIGINT NOT NULL,
    y          BIGINT NOT NULL,
    w          BIGINT NOT NULL,
    h          BIGINT NOT NULL,
    words      BLOB   NOT NULL,                 -- the text, sealed; empty for an area
    ground     TEXT   NOT NULL,                 -- domain/redaction.h
    note       TEXT   NOT NULL,
    added_by   BIGINT,
    added_name TEXT   NOT NULL,
    added_at   BIGINT NOT NULL,
    PRIMARY KEY (site_id, file_id, mark_id)
) WITHOUT ROWID;

-- Pictures of pages, sealed: of the document and of what was made from it.
CREATE TABLE release_page (
    site_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    hash    TEXT   NOT NULL,                    -- of the bytes the picture is of
    page    BIGINT NOT NULL,
    address TEXT   NOT NULL,
    PRIMARY KEY (site_id, file_id, hash, page)
) WITHOUT ROWID;

-- The reply releases information and nothing is attached: where or how it is given instead.
CREATE TABLE release_elsewhere (
    site_id    BIGINT NOT NULL,
    request_id BIGINT NOT NULL,
    words      TEXT   NOT NULL,                 -- '' taken back
    said_by    BIGINT,
    said_name  TEXT   NOT NULL,
    said_at    BIGINT NOT NULL,
    PRIMARY KEY (site_id, request_id)
) WITHOUT ROWID;
