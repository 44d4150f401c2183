-- Answers kept for a day: a request with the same Idempotency-Key is not done again.
-- passing
CREATE TABLE kept_answer (
    region_id TEXT NOT NULL REFERENCES region (region_id),
    user_id TEXT NOT NULL,
    request_key TEXT NOT NULL, -- as sent
    request_digest TEXT NOT NULL, -- SHA-256 hex of method, target and body
    status INTEGER NOT NULL, -- of HTTP; 0: not answered yet
    content_type TEXT NOT NULL,
    body BLOB NOT NULL,
    recorded_at_s INTEGER NOT NULL,
    PRIMARY KEY (region_id, user_id, request_key)
) STRICT;
