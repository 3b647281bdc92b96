-- Signing in through another server (app/oidc.h).

-- Who has gone there and not come back yet. Taken away by the first return, or when too old.
CREATE TABLE oidc_pending (
    site_id      BIGINT NOT NULL,
    state        TEXT   NOT NULL,              -- SHA-256 of the state
    cookie       TEXT   NOT NULL,              -- SHA-256 of the cookie of the browser it began in
    issuer       TEXT   NOT NULL,
    nonce        TEXT   NOT NULL,
    verifier     TEXT   NOT NULL,              -- PKCE
    return_to    TEXT   NOT NULL,              -- a path of ours
    expires_at   BIGINT NOT NULL,              -- seconds since 1970-01-01 UTC
    PRIMARY KEY (site_id, state)
) WITHOUT ROWID;
CREATE INDEX oidc_pending_expires ON oidc_pending (site_id, expires_at);

-- What such a server says of itself, kept so that it need not be asked at every sign-in.
CREATE TABLE oidc_server (
    site_id      BIGINT NOT NULL,
    issuer       TEXT   NOT NULL,
    description  TEXT   NOT NULL,              -- JSON of its discovery document
    key_set      TEXT   NOT NULL,              -- JSON of its public keys
    fetched_at   BIGINT NOT NULL,
    PRIMARY KEY (site_id, issuer)
) WITHOUT ROWID;
