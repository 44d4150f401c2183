-- People with a login: users, sessions, tokens, links, failures, settings of the region.

-- name: setting_get
SELECT r.name, coalesce(t.public_access, 0), coalesce(t.revision, 0)
FROM region r LEFT JOIN region_setting t ON t.region_id = r.region_id
WHERE r.region_id = ?1;

-- name: setting_put
INSERT INTO region_setting (region_id, public_access, revision) VALUES (?1, ?2, 1)
ON CONFLICT (region_id) DO UPDATE
SET public_access = excluded.public_access, revision = region_setting.revision + 1;

-- name: region_rename
UPDATE region SET name = ?2 WHERE region_id = ?1;

-- name: user_put
INSERT INTO app_user (region_id, user_id, login, name, role, unit_id, is_disabled,
    password_hash, totp_secret, is_totp_on, totp_step, oidc_issuer, oidc_subject, revision,
    recorded_at_s, recorded_by)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, '', 0, 0, '', '', 1, ?8, ?9);

-- name: user_list
SELECT u.user_id, u.login, u.name, u.role, coalesce(u.unit_id, ''), coalesce(n.name, ''),
    u.is_disabled, CASE WHEN u.password_hash <> '' THEN 1 ELSE 0 END, u.is_totp_on,
    CASE WHEN u.oidc_subject <> '' THEN 1 ELSE 0 END, u.revision, u.recorded_at_s
FROM app_user u
LEFT JOIN unit n ON n.region_id = u.region_id AND n.unit_id = u.unit_id
WHERE u.region_id = ?1 AND (?2 = '' OR u.user_id = ?2 OR u.login = lower(?2))
ORDER BY u.login;

-- name: user_count
SELECT count(*) FROM app_user WHERE region_id = ?1;

-- name: user_admins
-- Administrators who can log in, but for one.
SELECT count(*) FROM app_user
WHERE region_id = ?1 AND user_id <> ?2 AND role = 'admin' AND is_disabled = 0
    AND (password_hash <> '' OR oidc_subject <> '');

-- name: user_change
UPDATE app_user SET name = ?4, role = ?5, unit_id = ?6, is_disabled = ?7,
    is_totp_on = CASE WHEN ?8 = 1 THEN is_totp_on ELSE 0 END,
    totp_secret = CASE WHEN ?8 = 1 THEN totp_secret ELSE '' END,
    revision = revision + 1
WHERE region_id = ?1 AND user_id = ?2 AND revision = ?3;

-- name: user_secrets
SELECT user_id, password_hash, totp_secret, is_totp_on, totp_step, is_disabled, login
FROM app_user WHERE region_id = ?1 AND (login = ?2 OR user_id = ?2);

-- name: user_password
UPDATE app_user SET password_hash = ?3, revision = revision + 1
WHERE region_id = ?1 AND user_id = ?2;

-- name: user_totp
UPDATE app_user SET totp_secret = ?3, is_totp_on = ?4, revision = revision + 1
WHERE region_id = ?1 AND user_id = ?2;

-- name: user_totp_used
UPDATE app_user SET totp_step = ?3 WHERE region_id = ?1 AND user_id = ?2 AND totp_step < ?3;

-- name: user_of_subject
SELECT user_id FROM app_user WHERE region_id = ?1 AND oidc_issuer = ?2 AND oidc_subject = ?3;

-- name: user_link_subject
UPDATE app_user SET oidc_issuer = ?3, oidc_subject = ?4, revision = revision + 1
WHERE region_id = ?1 AND user_id = ?2 AND oidc_subject = '' AND is_disabled = 0;

-- name: unit_below
-- A unit and all below it.
WITH RECURSIVE below (unit_id) AS (
    SELECT unit_id FROM unit WHERE region_id = ?1 AND unit_id = ?2
    UNION
    SELECT u.unit_id FROM unit u JOIN below b ON u.parent_id = b.unit_id
    WHERE u.region_id = ?1)
SELECT unit_id FROM below ORDER BY unit_id;

-- name: unit_is_there
SELECT unit_id FROM unit WHERE region_id = ?1 AND unit_id = ?2;

-- name: session_put
INSERT INTO session (region_id, session_id, user_id, secret_hash, address, agent, begun_at_s,
    seen_at_s, ends_at_s)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8);

-- name: session_find
-- ?3: now; ?4: seen before that, it is idle too long.
SELECT s.session_id, u.user_id, u.login, u.name, u.role, coalesce(u.unit_id, ''),
    coalesce(t.public_access, 0), s.seen_at_s, ''
FROM session s
JOIN app_user u ON u.region_id = s.region_id AND u.user_id = s.user_id
LEFT JOIN region_setting t ON t.region_id = s.region_id
WHERE s.region_id = ?1 AND s.secret_hash = ?2 AND s.ends_at_s > ?3 AND s.seen_at_s > ?4
    AND u.is_disabled = 0;

-- name: session_seen
UPDATE session SET seen_at_s = ?3 WHERE region_id = ?1 AND session_id = ?2;

-- name: session_list
SELECT session_id, address, agent, begun_at_s, seen_at_s, ends_at_s FROM session
WHERE region_id = ?1 AND user_id = ?2 AND ends_at_s > ?3 AND seen_at_s > ?4
ORDER BY seen_at_s DESC, session_id;

-- name: session_drop
DELETE FROM session WHERE region_id = ?1 AND user_id = ?2 AND session_id = ?3;

-- name: session_drop_others
DELETE FROM session WHERE region_id = ?1 AND user_id = ?2 AND session_id <> ?3;

-- name: session_drop_old
DELETE FROM session WHERE region_id = ?1 AND (ends_at_s <= ?2 OR seen_at_s <= ?3);

-- name: token_put
INSERT INTO api_token (region_id, token_id, user_id, name, secret_hash, scopes, recorded_at_s,
    seen_at_s, ends_at_s)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8);

-- name: token_find
SELECT k.token_id, u.user_id, u.login, u.name, u.role, coalesce(u.unit_id, ''),
    coalesce(t.public_access, 0), k.seen_at_s, k.scopes
FROM api_token k
JOIN app_user u ON u.region_id = k.region_id AND u.user_id = k.user_id
LEFT JOIN region_setting t ON t.region_id = k.region_id
WHERE k.region_id = ?1 AND k.secret_hash = ?2 AND k.ends_at_s > ?3 AND u.is_disabled = 0;

-- name: token_seen
UPDATE api_token SET seen_at_s = ?3 WHERE region_id = ?1 AND token_id = ?2;

-- name: token_list
SELECT token_id, name, scopes, recorded_at_s, seen_at_s, ends_at_s FROM api_token
WHERE region_id = ?1 AND user_id = ?2 ORDER BY recorded_at_s DESC, token_id;

-- name: token_drop
DELETE FROM api_token WHERE region_id = ?1 AND user_id = ?2 AND token_id = ?3;

-- name: token_drop_all_of
DELETE FROM api_token WHERE region_id = ?1 AND user_id = ?2;

-- name: link_put
INSERT INTO one_time_link (region_id, link_id, kind, user_id, secret_hash, recorded_at_s,
    ends_at_s)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: link_find
SELECT coalesce(user_id, '') FROM one_time_link
WHERE region_id = ?1 AND kind = ?2 AND secret_hash = ?3 AND ends_at_s > ?4;

-- name: link_use
-- Of two who use it at once, one changes a row.
DELETE FROM one_time_link
WHERE region_id = ?1 AND kind = ?2 AND secret_hash = ?3 AND ends_at_s > ?4;

-- name: link_drop
-- Those of a kind, for one user (?3 empty: of none), and all that are over.
DELETE FROM one_time_link
WHERE region_id = ?1 AND ((kind = ?2 AND coalesce(user_id, '') = ?3) OR ends_at_s <= ?4);

-- name: failure_get
SELECT failures, last_at_s FROM login_failure WHERE region_id = ?1 AND subject_hash = ?2;

-- name: failure_add
INSERT INTO login_failure (region_id, subject_hash, failures, last_at_s)
VALUES (?1, ?2, 1, ?3)
ON CONFLICT (region_id, subject_hash) DO UPDATE
SET failures = login_failure.failures + 1, last_at_s = excluded.last_at_s;

-- name: failure_take_back
UPDATE login_failure SET failures = failures - 1
WHERE region_id = ?1 AND subject_hash = ?2 AND failures > 0;

-- name: failure_drop
DELETE FROM login_failure WHERE region_id = ?1 AND subject_hash = ?2;

-- name: failure_drop_old
DELETE FROM login_failure WHERE region_id = ?1 AND last_at_s <= ?2;

-- name: flow_put
INSERT INTO oidc_flow (region_id, state_hash, nonce, verifier, invitation_hash, ends_at_s)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: flow_get
SELECT nonce, verifier, invitation_hash FROM oidc_flow
WHERE region_id = ?1 AND state_hash = ?2 AND ends_at_s > ?3;

-- name: flow_use
-- Of two who use it at once, one changes a row.
DELETE FROM oidc_flow WHERE region_id = ?1 AND state_hash = ?2;

-- name: flow_drop_old
DELETE FROM oidc_flow WHERE region_id = ?1 AND ends_at_s <= ?2;
