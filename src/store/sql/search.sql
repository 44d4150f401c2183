-- Search: what is looked in, and what is found.

-- name: search_put_lite
-- engine: sqlite
INSERT INTO search_item (region_id, plan_id, kind, item) VALUES (?1, ?2, ?3, ?4);

-- name: search_put_grams
-- engine: sqlite
-- Of the item that was put last.
INSERT INTO search_gram (rowid, grams) VALUES (last_insert_rowid(), ?1);

-- name: search_put_pg
-- engine: postgres
INSERT INTO search_item (region_id, plan_id, kind, item, grams)
VALUES (?1, ?2, ?3, ?4, string_to_array(?5, ' '));

-- name: search_clear
DELETE FROM search_item;

-- name: search_clear_grams
-- engine: sqlite
INSERT INTO search_gram (search_gram) VALUES ('delete-all');

-- name: search_sources
-- Everything of a plan that is looked in.
SELECT 'indicator' AS kind, ordinal, name || ' ' || section AS words
FROM plan_row WHERE region_id = ?1 AND plan_id = ?2
UNION ALL
SELECT 'task', ordinal, content FROM task WHERE region_id = ?1 AND plan_id = ?2
UNION ALL
SELECT 'section', ordinal, title || ' ' || content
FROM section WHERE region_id = ?1 AND plan_id = ?2
UNION ALL
SELECT 'finding', ordinal, message_zh || ' ' || message_en
FROM finding WHERE region_id = ?1 AND plan_id = ?2;

-- name: search_plans
SELECT region_id, plan_id FROM plan ORDER BY recorded_at_s, plan_id;
