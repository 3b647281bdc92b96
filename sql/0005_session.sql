-- Signing in: what a person proves it with, sessions, attempts (app/session.h, app/account.h).
-- Of what opens a door only a hash is kept, or it is sealed with a key that is not in the database.

-- The key that the secrets in this database are sealed with, so that another one is noticed.
CREATE TABLE data_key (
    site_id      BIGINT NOT NULL,
    mark         TEXT   NOT NULL,              -- hash of a key derived from it
    PRIMARY KEY (site_id)
) WITHOUT ROWID;

CREATE TABLE session (
    site_id      BIGINT NOT NULL,
    session_id   BIGINT NOT NULL,
    person_id    BIGINT NOT NULL,
    token        BLOB   NOT NULL,              -- SHA-256 of the cookie's value
    csrf         TEXT   NOT NULL,
    organ_id     BIGINT,                       -- worked for now; NULL: no post anywhere
    code         TEXT   NOT NULL,              -- the second factor: '' not asked for, due, given
    how          TEXT   NOT NULL,              -- password oidc ldap
    ip           TEXT   NOT NULL,              -- where it began
    user_agent   TEXT   NOT NULL,
    began_at     BIGINT NOT NULL,
    seen_at      BIGINT NOT NULL,              -- to a few minutes
    ends_at      BIGINT NOT NULL,              -- at the latest
    ended_at     BIGINT,                       -- NULL: open
    ended_why    TEXT   NOT NULL,              -- '' out idle late moved other many password closed
    PRIMARY KEY (site_id, session_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX session_token ON session (site_id, token);
CREATE INDEX session_person ON session (site_id, person_id, session_id);
CREATE INDEX session_open ON session (site_id, seen_at) WHERE ended_at IS NULL;

CREATE TABLE second_factor (
    site_id      BIGINT NOT NULL,
    person_id    BIGINT NOT NULL,
    secret       BLOB   NOT NULL,              -- sealed with KEY_SECRETS
    since        BIGINT NOT NULL,
    last_step    BIGINT NOT NULL,              -- of 30 seconds; this one and those before are used up
    PRIMARY KEY (site_id, person_id)
) WITHOUT ROWID;

CREATE TABLE recovery_code (
    site_id      BIGINT NOT NULL,
    person_id    BIGINT NOT NULL,
    code         BLOB   NOT NULL,              -- hash
    used_at      BIGINT,
    PRIMARY KEY (site_id, person_id, code)
) WITHOUT ROWID;

-- Tries to sign in, for the waits of domain/signin.h; cleaned after a day.
CREATE TABLE sign_in_attempt (
    site_id      BIGINT NOT NULL,
    attempt_id   BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    login        BLOB   NOT NULL,              -- keyed hash: people type passwords into the wrong field
    ip           TEXT   NOT NULL,
    mine         BIGINT NOT NULL,              -- 1: from a browser that carried this login's cookie
    known        BIGINT NOT NULL,              -- 1: that, or from an address it had signed in from before
    failed       BIGINT NOT NULL,              -- 0: it was right
    PRIMARY KEY (site_id, attempt_id)
) WITHOUT ROWID;
CREATE INDEX attempt_login ON sign_in_attempt (site_id, login, at);
CREATE INDEX attempt_ip ON sign_in_attempt (site_id, ip, at);
CREATE INDEX attempt_at ON sign_in_attempt (site_id, at);
