-- Regions and units.

-- name: region_put
INSERT INTO region (region_id, parent_id, name) VALUES (?1, ?2, ?3);

-- name: region_get
SELECT region_id, parent_id, name FROM region WHERE region_id = ?1;

-- name: region_list
SELECT region_id, parent_id, name FROM region ORDER BY region_id;

-- name: unit_put
INSERT INTO unit (region_id, unit_id, parent_id, name) VALUES (?1, ?2, ?3, ?4);

-- name: unit_find
SELECT unit_id FROM unit WHERE region_id = ?1 AND name = ?2
UNION
SELECT unit_id FROM unit_alias WHERE region_id = ?1 AND alias = ?2;

-- name: unit_list
SELECT u.unit_id, u.name,
       (SELECT count(*) FROM task_unit t WHERE t.region_id = u.region_id
           AND t.unit_id = u.unit_id AND t.plan_id = ?2) AS tasks
FROM unit u WHERE u.region_id = ?1 ORDER BY u.name;

-- name: unit_alias_put
INSERT INTO unit_alias (region_id, alias, unit_id) VALUES (?1, ?2, ?3)
ON CONFLICT (region_id, alias) DO NOTHING;

-- name: unit_state
SELECT name, COALESCE(parent_id, '') AS parent, revision FROM unit
WHERE region_id = ?1 AND unit_id = ?2;

-- name: unit_set
UPDATE unit SET parent_id = ?3, revision = revision + 1
WHERE region_id = ?1 AND unit_id = ?2 AND revision = ?4;

-- name: unit_aliases
SELECT alias FROM unit_alias WHERE region_id = ?1 AND unit_id = ?2 ORDER BY alias;

-- name: unit_alias_clear
DELETE FROM unit_alias WHERE region_id = ?1 AND unit_id = ?2;
