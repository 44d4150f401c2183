-- Answers kept for requests that are sent again.

-- name: kept_take
INSERT INTO kept_answer (region_id, user_id, request_key, request_digest, status, content_type,
                         body, recorded_at_s)
VALUES (?1, ?2, ?3, ?4, 0, '', ?6, ?5)
ON CONFLICT (region_id, user_id, request_key) DO NOTHING;

-- name: kept_get
SELECT request_digest, status, content_type, body FROM kept_answer
WHERE region_id = ?1 AND user_id = ?2 AND request_key = ?3;

-- name: kept_set
UPDATE kept_answer SET status = ?4, content_type = ?5, body = ?6
WHERE region_id = ?1 AND user_id = ?2 AND request_key = ?3;

-- name: kept_drop
DELETE FROM kept_answer WHERE region_id = ?1 AND user_id = ?2 AND request_key = ?3;

-- name: kept_drop_old
-- A day after they were answered; sooner when they never were.
DELETE FROM kept_answer
WHERE region_id = ?1 AND (recorded_at_s < ?2 OR (status = 0 AND recorded_at_s < ?3));
