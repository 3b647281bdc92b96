-- Who did what: one line for every act, chained by hash, sealed every day (domain/audit.h). Lines are
-- only ever added.

CREATE TABLE audit_line (
    site_id      BIGINT NOT NULL,
    line_id      BIGINT NOT NULL,              -- from 1, without gaps
    at           BIGINT NOT NULL,              -- seconds since 1970-01-01 UTC; never before the line above
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
CREATE INDEX audit_organ ON audit_line (site_id, organ_id, line_id);
CREATE INDEX audit_person ON audit_line (site_id, person_id, line_id);
CREATE INDEX audit_noun ON audit_line (site_id, noun, noun_id, line_id);
CREATE INDEX audit_act ON audit_line (site_id, act, line_id);

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
