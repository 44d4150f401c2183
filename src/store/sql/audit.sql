-- The chain of audit entries.

-- name: audit_lock
-- Takes the end of the chain until the transaction ends.
UPDATE audit_head SET seq = seq WHERE one = 1;

-- name: audit_head
SELECT seq, hash FROM audit_head WHERE one = 1;

-- name: audit_put
INSERT INTO audit (seq, at_s, region_id, actor, action, object, was, becomes, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: audit_move
UPDATE audit_head SET seq = ?1, hash = ?2 WHERE one = 1;

-- name: audit_after
SELECT seq, at_s, region_id, actor, action, object, was, becomes, hash
FROM audit WHERE seq > ?1 ORDER BY seq LIMIT ?2;

-- name: audit_begin
INSERT INTO audit_head (one, seq, hash) VALUES (1, 0, '');
