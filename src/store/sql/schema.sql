-- The machinery's own: what stands in the database, and which migrations made it.

-- name: schema_has_lite
-- engine: sqlite
SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration';

-- name: schema_has_pg
-- engine: postgres
SELECT count(*) FROM information_schema.tables
WHERE table_schema = current_schema() AND table_name = 'schema_migration';

-- name: schema_list
SELECT version, sha256 FROM schema_migration ORDER BY version;

-- name: schema_applied
INSERT INTO schema_migration (version, name, sha256, applied_at_s) VALUES (?1, ?2, ?3, ?4);
