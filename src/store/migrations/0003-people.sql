-- People with a login, and what lets them in. Units: *_s are seconds since 1970-01-01 UTC.
-- No password, and no secret of a session, token or link is kept, only what it hashes to:
-- password_hash is argon2id as libsodium writes it, the secret_hash columns are BLAKE2b-256
-- in hex (service/secret.h says over what). totp_secret is the exception: the codes of
-- RFC 6238 cannot be checked without it. Tables marked `passing` are in no backup: a session
-- that ended, or a link that was used, does not come back with one.

-- What an administrator sets for a region; no row: the defaults.
CREATE TABLE region_setting (
    region_id TEXT NOT NULL PRIMARY KEY REFERENCES region (region_id),
    public_access INTEGER NOT NULL CHECK (public_access IN (0, 1)), -- default 0
    revision INTEGER NOT NULL -- from 1
) STRICT;

CREATE TABLE app_user (
    region_id TEXT NOT NULL REFERENCES region (region_id),
    user_id TEXT NOT NULL,
    login TEXT NOT NULL, -- in lower case
    name TEXT NOT NULL,
    role TEXT NOT NULL
        CHECK (role IN ('admin', 'office', 'lead', 'reporter', 'supervisor', 'reader')),
    unit_id TEXT, -- whose rows a lead or reporter sees
    is_disabled INTEGER NOT NULL CHECK (is_disabled IN (0, 1)),
    password_hash TEXT NOT NULL, -- empty: none yet
    totp_secret TEXT NOT NULL, -- base32; empty: none
    is_totp_on INTEGER NOT NULL CHECK (is_totp_on IN (0, 1)), -- 0: not confirmed yet
    totp_step INTEGER NOT NULL, -- of the last code used: no code counts twice
    oidc_issuer TEXT NOT NULL, -- both empty: not linked
    oidc_subject TEXT NOT NULL,
    revision INTEGER NOT NULL, -- from 1
    recorded_at_s INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (region_id, user_id),
    UNIQUE (region_id, login),
    FOREIGN KEY (region_id, unit_id) REFERENCES unit (region_id, unit_id)
) STRICT;
CREATE UNIQUE INDEX app_user_subject ON app_user (region_id, oidc_issuer, oidc_subject)
    WHERE oidc_subject <> '';

-- Of browsers. Rows go when the session ends.
-- passing
CREATE TABLE session (
    region_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    address TEXT NOT NULL, -- it began from
    agent TEXT NOT NULL,
    begun_at_s INTEGER NOT NULL,
    seen_at_s INTEGER NOT NULL, -- within five minutes
    ends_at_s INTEGER NOT NULL,
    PRIMARY KEY (region_id, session_id),
    UNIQUE (region_id, secret_hash),
    FOREIGN KEY (region_id, user_id) REFERENCES app_user (region_id, user_id)
) STRICT;
CREATE INDEX session_of_user ON session (region_id, user_id);

-- Of programs. Rows go when the token is revoked.
CREATE TABLE api_token (
    region_id TEXT NOT NULL,
    token_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    scopes TEXT NOT NULL, -- names of permissions, separated by spaces
    recorded_at_s INTEGER NOT NULL,
    seen_at_s INTEGER NOT NULL, -- 0: not used yet
    ends_at_s INTEGER NOT NULL,
    PRIMARY KEY (region_id, token_id),
    UNIQUE (region_id, secret_hash),
    FOREIGN KEY (region_id, user_id) REFERENCES app_user (region_id, user_id)
) STRICT;
CREATE INDEX api_token_of_user ON api_token (region_id, user_id);

-- Links that work once: the first administrator's, and invitations to set a password.
-- passing
CREATE TABLE one_time_link (
    region_id TEXT NOT NULL REFERENCES region (region_id),
    link_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('setup', 'invitation')),
    user_id TEXT, -- who is invited
    secret_hash TEXT NOT NULL,
    recorded_at_s INTEGER NOT NULL,
    ends_at_s INTEGER NOT NULL,
    PRIMARY KEY (region_id, link_id),
    UNIQUE (region_id, secret_hash),
    FOREIGN KEY (region_id, user_id) REFERENCES app_user (region_id, user_id)
) STRICT;

-- Attempts to log in that failed, or are being looked at. subject_hash: of a login or an
-- address, as typed; what is typed for a login may be a password.
-- passing
CREATE TABLE login_failure (
    region_id TEXT NOT NULL REFERENCES region (region_id),
    subject_hash TEXT NOT NULL,
    failures INTEGER NOT NULL,
    last_at_s INTEGER NOT NULL,
    PRIMARY KEY (region_id, subject_hash)
) STRICT;
CREATE INDEX login_failure_age ON login_failure (region_id, last_at_s);

-- Logins by way of another server that are under way, for some minutes.
-- passing
CREATE TABLE oidc_flow (
    region_id TEXT NOT NULL REFERENCES region (region_id),
    state_hash TEXT NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL, -- of PKCE, RFC 7636
    invitation_hash TEXT NOT NULL, -- of the link that it began from; empty: none
    ends_at_s INTEGER NOT NULL,
    PRIMARY KEY (region_id, state_hash)
) STRICT;
