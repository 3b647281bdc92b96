-- Who did what: one line for every act, chained by hash, sealed every day (domain/audit.h). Lines and
-- seals are only ever added; the triggers below refuse anything else, and what goes around them is
-- found by `gongkai audit verify`.

CREATE TABLE audit_line (
    site_id      BIGINT NOT NULL,
    line_id      BIGINT NOT NULL,              -- from 1, without gaps
    at           BIGINT NOT NULL,              -- seconds since 1970-01-01 UTC; never before the line above
    clock_at     BIGINT NOT NULL,              -- what the clock said, which may have been set back
    act          TEXT   NOT NULL,              -- organ.rename
    person_id    BIGINT,                       -- NULL: the command line, a job, nobody signed in
    person_name  TEXT   NOT NULL,              -- as it was then
    instead_of   BIGINT,                       -- for whom, where it was a substitute
    organ_id     BIGINT,                       -- whose affair it was; NULL: the site's
    via          TEXT   NOT NULL,              -- web cli job
    ip           TEXT   NOT NULL,
    session_id   BIGINT,
    request      TEXT   NOT NULL,              -- its id in the log
    noun         TEXT   NOT NULL,              -- of what: organ, person; '' of nothing stored
    noun_id      BIGINT,
    version      BIGINT,                       -- the one that this act made
    was          TEXT   NOT NULL,              -- JSON of what changed, before; '' nothing
    became       TEXT   NOT NULL,              -- and after
    hash         BLOB   NOT NULL,              -- SHA-256 of the hash above and of all of this
    PRIMARY KEY (site_id, line_id)
) WITHOUT ROWID;
CREATE INDEX audit_at ON audit_line (site_id, at, line_id);
CREATE INDEX audit_organ ON audit_line (site_id, organ_id, line_id);
CREATE INDEX audit_person ON audit_line (site_id, person_id, line_id);
CREATE INDEX audit_name ON audit_line (site_id, person_name, line_id);
CREATE INDEX audit_noun ON audit_line (site_id, noun, noun_id, line_id);
CREATE INDEX audit_act ON audit_line (site_id, act, line_id);

-- The last line of a day, signed with the site's key, each under the seal before (domain/seal.h).
CREATE TABLE audit_seal (
    site_id      BIGINT NOT NULL,
    seal_id      BIGINT NOT NULL,              -- from 1, without gaps
    day          BIGINT NOT NULL,              -- of the last line's `at`, days since 1970-01-01 UTC
    at           BIGINT NOT NULL,              -- when it was made
    line_id      BIGINT NOT NULL,              -- the last line sealed
    line_hash    BLOB   NOT NULL,              -- and its hash
    previous     BLOB   NOT NULL,              -- SHA-256 of the text and signature of the seal before; zeros for the first
    key_number   BIGINT NOT NULL,              -- which of the keys derived from the site's secret
    public_key   BLOB   NOT NULL,              -- Ed25519
    next_key     BLOB   NOT NULL,              -- the public key of the seals after this one; mostly the same
    signature    BLOB   NOT NULL,              -- of the text (seal_text) by public_key
    PRIMARY KEY (site_id, seal_id)
) WITHOUT ROWID;

--:sqlite
CREATE TRIGGER audit_line_update BEFORE UPDATE ON audit_line
BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
CREATE TRIGGER audit_line_delete BEFORE DELETE ON audit_line
BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
CREATE TRIGGER audit_seal_update BEFORE UPDATE ON audit_seal
BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
CREATE TRIGGER audit_seal_delete BEFORE DELETE ON audit_seal
BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
--:postgresql
CREATE FUNCTION audit_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit is only ever added to'; END $$;
CREATE TRIGGER audit_line_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_line
FOR EACH STATEMENT EXECUTE FUNCTION audit_kept();
CREATE TRIGGER audit_seal_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
FOR EACH STATEMENT EXECUTE FUNCTION audit_kept();
--:all

-- Forms that have been acted on, so that one sent twice is done once.
CREATE TABLE form_once (
    site_id      BIGINT NOT NULL,
    person_id    BIGINT NOT NULL,              -- 0: nobody signed in
    once         TEXT   NOT NULL,              -- the key the form carried
    at           BIGINT NOT NULL,
    noun         TEXT   NOT NULL,              -- what it was done to, to lead back there
    noun_id      BIGINT,
    PRIMARY KEY (site_id, person_id, once)
) WITHOUT ROWID;
CREATE INDEX form_once_at ON form_once (site_id, at);
