-- Files that officers add to things: the decision an organ's change rests on. What a file holds lies
-- under files/ or in the S3 store (src/store/files.h), private ones sealed.
CREATE TABLE attachment (
    site_id       BIGINT NOT NULL,
    attachment_id BIGINT NOT NULL,
    noun          TEXT   NOT NULL,             -- what it belongs to: organ_life
    noun_id       BIGINT NOT NULL,
    organ_id      BIGINT,                      -- whose it is; NULL: the site's
    private       BIGINT NOT NULL,             -- 1: sealed, for those with the power to read it
    name          TEXT   NOT NULL,             -- safe to save under (attach_kind_name)
    kind          TEXT   NOT NULL,             -- by its content: pdf docx … (domain/attach_kind.h)
    bytes         BIGINT NOT NULL,
    address       TEXT   NOT NULL,             -- in the store; of a private one it says nothing about the content
    added_by      BIGINT,
    added_name    TEXT   NOT NULL,
    added_at      BIGINT NOT NULL,
    PRIMARY KEY (site_id, attachment_id)
) WITHOUT ROWID;
CREATE INDEX attachment_of ON attachment (site_id, noun, noun_id, attachment_id);
CREATE INDEX attachment_organ ON attachment (site_id, organ_id, attachment_id);
