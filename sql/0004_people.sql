-- People (人员), the posts they hold at organs, who stands in for whom, and what was handed over.

CREATE TABLE person (
    site_id         BIGINT NOT NULL,
    person_id       BIGINT NOT NULL,
    login           TEXT   NOT NULL,           -- lower case: 'Zhou' and 'zhou' are one
    name            TEXT   NOT NULL,
    phone           TEXT   NOT NULL,           -- or ''
    email           TEXT   NOT NULL,           -- or ''
    organ_id        BIGINT NOT NULL,           -- the organ or section they belong to; posts may be elsewhere
    state           TEXT   NOT NULL,           -- active closed
    password        TEXT   NOT NULL,           -- argon2id with salt and cost; '' none, as with single sign-on
    password_set_at BIGINT,                    -- seconds since 1970-01-01 UTC
    password_until  BIGINT,                    -- a first password is good until then; NULL: without end
    must_change     BIGINT NOT NULL,           -- 1: a new password is due at the next sign-in
    opened_at       BIGINT NOT NULL,
    closed_at       BIGINT,
    closed_why      TEXT   NOT NULL,
    version         BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (site_id, person_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX person_login ON person (site_id, login);
CREATE INDEX person_organ ON person (site_id, organ_id, person_id);

-- Accounts elsewhere that sign in as this person (single sign-on).
CREATE TABLE person_identity (
    site_id         BIGINT NOT NULL,
    kind            TEXT   NOT NULL,           -- oidc ldap
    issuer          TEXT   NOT NULL,           -- https://id.example.gov.cn, or the directory's base
    subject         TEXT   NOT NULL,           -- as the issuer calls them; never changes there
    person_id       BIGINT NOT NULL,
    linked_at       BIGINT NOT NULL,
    PRIMARY KEY (site_id, kind, issuer, subject)
) WITHOUT ROWID;
CREATE INDEX person_identity_of ON person_identity (site_id, person_id);

-- A role held at an organ. Taken away, the row stays and gets an end.
CREATE TABLE post (
    site_id         BIGINT NOT NULL,
    post_id         BIGINT NOT NULL,
    person_id       BIGINT NOT NULL,
    organ_id        BIGINT NOT NULL,
    role            TEXT   NOT NULL,           -- domain/role.c
    from_on         BIGINT NOT NULL,           -- first day
    until_on        BIGINT,                    -- first day no longer held; NULL: held
    given_by        BIGINT,                    -- NULL: the command line
    PRIMARY KEY (site_id, post_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX post_held ON post (site_id, person_id, organ_id, role) WHERE until_on IS NULL;
CREATE INDEX post_person ON post (site_id, person_id, post_id);
CREATE INDEX post_organ ON post (site_id, organ_id, role, person_id);

-- 代行: while somebody is away, another holds what they hold at one organ. It lends roles that the one
-- who is away has in their own name; nothing that was lent is lent on.
CREATE TABLE substitution (
    site_id         BIGINT NOT NULL,
    substitution_id BIGINT NOT NULL,
    person_id       BIGINT NOT NULL,           -- who is away
    substitute_id   BIGINT NOT NULL,
    organ_id        BIGINT NOT NULL,
    from_on         BIGINT NOT NULL,           -- first day
    to_on           BIGINT NOT NULL,           -- last day
    ended_on        BIGINT,                    -- ended early: the first day on which it no longer held
    why             TEXT   NOT NULL,
    set_by          BIGINT,                    -- NULL: the command line
    set_at          BIGINT NOT NULL,
    PRIMARY KEY (site_id, substitution_id)
) WITHOUT ROWID;
CREATE INDEX substitution_person ON substitution (site_id, person_id, to_on);
CREATE INDEX substitution_substitute ON substitution (site_id, substitute_id, to_on);

-- The roles it lends, one by one, so that none is lent by leaving something out.
CREATE TABLE substitution_role (
    site_id         BIGINT NOT NULL,
    substitution_id BIGINT NOT NULL,
    role            TEXT   NOT NULL,
    PRIMARY KEY (site_id, substitution_id, role)
) WITHOUT ROWID;

-- 交接: everything open that went from one person to another at one time, with the list as it was.
CREATE TABLE handover (
    site_id         BIGINT NOT NULL,
    handover_id     BIGINT NOT NULL,
    from_id         BIGINT NOT NULL,
    to_id           BIGINT NOT NULL,
    organ_id        BIGINT NOT NULL,           -- where the one who gave belonged then
    at              BIGINT NOT NULL,
    by_id           BIGINT,                    -- NULL: the command line
    note            TEXT   NOT NULL,
    PRIMARY KEY (site_id, handover_id)
) WITHOUT ROWID;
CREATE INDEX handover_from ON handover (site_id, from_id, handover_id);
CREATE INDEX handover_to ON handover (site_id, to_id, handover_id);

CREATE TABLE handover_item (
    site_id         BIGINT NOT NULL,
    handover_id     BIGINT NOT NULL,
    noun            TEXT   NOT NULL,           -- task
    noun_id         BIGINT NOT NULL,
    title           TEXT   NOT NULL,           -- as it was called then
    PRIMARY KEY (site_id, handover_id, noun, noun_id)
) WITHOUT ROWID;
