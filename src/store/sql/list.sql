-- Lists that are shown: the columns of service/resource.h, in their order.
--
-- :unit is the unit whose subtree is shown, empty: all. :as_of is the moment that is asked
-- for, in seconds since 1970.

-- part: subtree
(WITH RECURSIVE below (unit_id) AS (
    SELECT CAST(:unit AS TEXT)
    UNION
    SELECT u.unit_id FROM unit u JOIN below b ON u.parent_id = b.unit_id
    WHERE u.region_id = :region) SELECT unit_id FROM below)

-- part: own_row
(:unit = '' OR EXISTS (SELECT 1 FROM row_unit o WHERE o.region_id = r.region_id
    AND o.plan_id = r.plan_id AND o.ordinal = r.ordinal AND o.unit_id IN {subtree}))

-- part: own_task
(:unit = '' OR EXISTS (SELECT 1 FROM task_unit o WHERE o.region_id = t.region_id
    AND o.plan_id = t.plan_id AND o.ordinal = t.ordinal AND o.unit_id IN {subtree}))

-- part: row_and_link
-- The row r and what was decided last about its link, l.
plan_row r LEFT JOIN row_link l ON l.region_id = r.region_id AND l.plan_id = r.plan_id
    AND l.ordinal = r.ordinal AND l.position = (SELECT max(m.position) FROM row_link m
        WHERE m.region_id = r.region_id AND m.plan_id = r.plan_id AND m.ordinal = r.ordinal
            AND m.recorded_at_s <= :as_of)

-- part: same_row
v.region_id = r.region_id AND v.plan_id = r.plan_id AND v.ordinal = r.ordinal

-- part: no_other_link
-- The row of revision v is not joined to another indicator than that of v.
NOT EXISTS (SELECT 1 FROM row_link w WHERE w.region_id = v.region_id
    AND w.plan_id = v.plan_id AND w.ordinal = v.ordinal AND w.indicator_id <> v.indicator_id
    AND w.recorded_at_s <= :as_of
    AND w.position = (SELECT max(m.position) FROM row_link m
        WHERE m.region_id = w.region_id AND m.plan_id = w.plan_id
            AND m.ordinal = w.ordinal AND m.recorded_at_s <= :as_of))

-- part: plans
SELECT p.plan_id, p.kind, p.year, p.judged_year, p.title, p.document_id, p.supersedes_id,
       CASE WHEN p.plan_id IN (SELECT n.supersedes_id FROM plan n WHERE n.region_id = :region
           AND n.supersedes_id IS NOT NULL AND n.recorded_at_s <= :as_of)
           THEN 0 ELSE 1 END AS is_current,
       p.recorded_at_s, p.recorded_by,
       CASE WHEN :unit = '' THEN p.n_indicators END AS indicators,
       CASE WHEN :unit = '' THEN p.n_met END AS met,
       CASE WHEN :unit = '' THEN p.n_missed END AS missed,
       CASE WHEN :unit = '' THEN p.n_undetermined END AS undetermined,
       CASE WHEN :unit = '' THEN p.n_rows END AS n_rows,
       CASE WHEN :unit = '' THEN p.n_tasks END AS tasks,
       CASE WHEN :unit = '' THEN p.n_goals END AS goals,
       CASE WHEN :unit = '' THEN p.n_facts END AS facts,
       CASE WHEN :unit = '' THEN p.n_sections END AS sections,
       CASE WHEN :unit = '' THEN p.n_errors END AS errors,
       CASE WHEN :unit = '' THEN p.n_warnings END AS warnings,
       CASE WHEN :unit = '' THEN p.n_notes END AS notes
FROM plan p WHERE p.region_id = :region AND p.recorded_at_s <= :as_of

-- name: list_plans
{plans} ORDER BY p.year DESC, p.recorded_at_s DESC, p.plan_id DESC;

-- name: list_plan
{plans} AND p.plan_id = :key;

-- part: row_cells
-- The cells of row r for its plan's judged year, and around it.
    (SELECT v.phrase FROM revision v WHERE {same_row} AND v.role IN ('target', 'term_target')
        AND v.year = CASE WHEN p.judged_year > 0 THEN p.judged_year ELSE p.year END
     ORDER BY v.role, v.cell LIMIT 1) AS target,
    (SELECT v.phrase FROM revision v WHERE {same_row} AND v.role = 'value'
        AND v.year = p.judged_year ORDER BY v.cell LIMIT 1) AS value

-- name: list_indicators
SELECT CAST(r.ordinal AS TEXT) AS id, r.ordinal, r.no, r.part, r.part_name, r.name, r.unit,
    r.section, r.attribute, r.responsible, p.judged_year, {row_cells},
    (SELECT v.phrase FROM revision v WHERE {same_row} AND v.role = 'value'
        AND v.year = p.judged_year - 1 ORDER BY v.cell LIMIT 1) AS previous,
    (SELECT v.phrase FROM revision v WHERE {same_row} AND v.role = 'target'
        AND v.year = p.year AND p.year <> p.judged_year ORDER BY v.cell LIMIT 1) AS next_target,
    (SELECT v.phrase FROM revision v WHERE {same_row} AND v.role = 'term_target'
     ORDER BY v.year DESC, v.cell LIMIT 1) AS term_target,
    d.outcome, d.certainty, d.direction, d.direction_from, d.short_by, d.why_zh, d.why_en,
    COALESCE(l.link, r.link) AS link, COALESCE(l.indicator_id, r.indicator_id) AS indicator,
    i.name AS resembles, COALESCE(l.position, 0) AS revision, r.place, NULL AS trend
FROM {row_and_link}
    JOIN plan p ON p.region_id = r.region_id AND p.plan_id = r.plan_id
    JOIN indicator i ON i.region_id = r.region_id
        AND i.indicator_id = COALESCE(l.indicator_id, r.indicator_id)
    LEFT JOIN verdict d ON d.region_id = r.region_id AND d.plan_id = r.plan_id
        AND d.ordinal = r.ordinal
WHERE r.region_id = :region AND r.plan_id = :key AND p.recorded_at_s <= :as_of AND {own_row}
ORDER BY r.ordinal;

-- name: more_indicators
-- Of each row's indicator the last value known of each of ten years.
WITH RECURSIVE back (n) AS (SELECT 9 UNION ALL SELECT n - 1 FROM back WHERE n > 0)
SELECT CAST(r.ordinal AS TEXT) AS id, p.judged_year - back.n AS year,
    (SELECT v.phrase FROM revision v WHERE v.region_id = r.region_id
        AND v.indicator_id = COALESCE(l.indicator_id, r.indicator_id) AND v.role = 'value'
        AND v.year = p.judged_year - back.n AND v.recorded_at_s <= :as_of AND {no_other_link}
     ORDER BY v.recorded_at_s DESC, v.revision_id DESC LIMIT 1) AS value
FROM {row_and_link}
    JOIN plan p ON p.region_id = r.region_id AND p.plan_id = r.plan_id
    CROSS JOIN back
WHERE r.region_id = :region AND r.plan_id = :key AND p.judged_year > 0 AND {own_row}
ORDER BY r.ordinal, back.n DESC;

-- name: list_tasks
SELECT CAST(t.ordinal AS TEXT) AS id, t.ordinal, t.no, t.content, t.section,
    (SELECT s.title FROM section s WHERE s.region_id = t.region_id AND s.plan_id = t.plan_id
        AND s.section_id = t.section ORDER BY s.ordinal LIMIT 1) AS section_title,
    (SELECT u.name FROM task_unit x JOIN unit u ON u.region_id = x.region_id
            AND u.unit_id = x.unit_id
        WHERE x.region_id = t.region_id AND x.plan_id = t.plan_id AND x.ordinal = t.ordinal
            AND x.is_lead = 1 ORDER BY x.position LIMIT 1) AS lead_name,
    t.deadline, t.goals, t.place, NULL AS units
FROM task t JOIN plan p ON p.region_id = t.region_id AND p.plan_id = t.plan_id
WHERE t.region_id = :region AND t.plan_id = :key AND p.recorded_at_s <= :as_of AND {own_task}
ORDER BY t.ordinal;

-- name: more_tasks
SELECT CAST(t.ordinal AS TEXT) AS id, x.unit_id, u.name, x.is_lead
FROM task t JOIN task_unit x ON x.region_id = t.region_id AND x.plan_id = t.plan_id
        AND x.ordinal = t.ordinal
    JOIN unit u ON u.region_id = x.region_id AND u.unit_id = x.unit_id
WHERE t.region_id = :region AND t.plan_id = :key AND {own_task}
ORDER BY t.ordinal, x.position;

-- name: list_goals
-- Cut, only those that are joined to an own row.
SELECT CAST(g.ordinal AS TEXT) AS id, g.ordinal, g.name, g.phrase, g.year, g.row_ordinal,
    g.is_main, g.place
FROM goal g JOIN plan p ON p.region_id = g.region_id AND p.plan_id = g.plan_id
    LEFT JOIN plan_row r ON r.region_id = g.region_id AND r.plan_id = g.plan_id
        AND r.ordinal = g.row_ordinal
WHERE g.region_id = :region AND g.plan_id = :key AND p.recorded_at_s <= :as_of AND {own_row}
ORDER BY g.ordinal;

-- name: list_facts
SELECT CAST(ordinal AS TEXT) AS id, ordinal, phrase, value, unit, year, subject, place
FROM fact WHERE region_id = :region AND plan_id = :key ORDER BY ordinal;

-- name: list_sections
SELECT s.section_id, s.ordinal, s.number, s.title, s.level, s.is_clause, s.content,
    (SELECT count(*) FROM task t WHERE t.region_id = s.region_id AND t.plan_id = s.plan_id
        AND t.section = s.section_id) AS tasks, s.place
FROM section s WHERE s.region_id = :region AND s.plan_id = :key ORDER BY s.ordinal;

-- name: list_verdicts
SELECT CAST(r.ordinal AS TEXT) AS id, r.ordinal, r.no, r.part, r.name, r.unit, r.attribute,
    d.year, {row_cells}, d.outcome, d.certainty, d.direction, d.direction_from, d.short_by,
    d.why_zh, d.why_en
FROM verdict d JOIN plan_row r ON r.region_id = d.region_id AND r.plan_id = d.plan_id
        AND r.ordinal = d.ordinal
    JOIN plan p ON p.region_id = r.region_id AND p.plan_id = r.plan_id
WHERE d.region_id = :region AND d.plan_id = :key AND p.recorded_at_s <= :as_of AND {own_row}
ORDER BY r.ordinal;

-- name: list_plan_units
-- Grouped by an expression: SQLite would go through all plans in the order of units.
SELECT u.unit_id, u.name, u.parent_id, COALESCE(a.tasks, 0) AS tasks,
    COALESCE(a.leads, 0) AS leads, COALESCE(b.n, 0) AS indicators,
    COALESCE(b.missed, 0) AS missed
FROM unit u
    LEFT JOIN (SELECT x.unit_id || '' AS unit_id, count(*) AS tasks, sum(x.is_lead) AS leads
        FROM task_unit x WHERE x.region_id = :region AND x.plan_id = :key
        GROUP BY x.unit_id || '') AS a
        ON a.unit_id = u.unit_id
    LEFT JOIN (SELECT y.unit_id || '' AS unit_id, count(*) AS n,
            sum(CASE WHEN d.outcome = 'missed' THEN 1 ELSE 0 END) AS missed
        FROM row_unit y LEFT JOIN verdict d ON d.region_id = y.region_id
            AND d.plan_id = y.plan_id AND d.ordinal = y.ordinal
        WHERE y.region_id = :region AND y.plan_id = :key GROUP BY y.unit_id || '') AS b
        ON b.unit_id = u.unit_id
WHERE u.region_id = :region AND (a.tasks > 0 OR b.n > 0)
    AND (:unit = '' OR u.unit_id IN {subtree})
    AND EXISTS (SELECT 1 FROM plan p WHERE p.region_id = :region AND p.plan_id = :key
        AND p.recorded_at_s <= :as_of)
ORDER BY tasks DESC, indicators DESC, u.name;

-- name: list_units
SELECT u.unit_id, u.name, u.parent_id, p.name AS parent_name, u.revision, NULL AS aliases
FROM unit u LEFT JOIN unit p ON p.region_id = u.region_id AND p.unit_id = u.parent_id
WHERE u.region_id = :region AND (:key = '' OR u.unit_id = :key)
    AND (:unit = '' OR u.unit_id IN {subtree})
ORDER BY u.name, u.unit_id;

-- name: more_units
SELECT a.unit_id, a.alias FROM unit_alias a
WHERE a.region_id = :region AND (:key = '' OR a.unit_id = :key)
    AND (:unit = '' OR a.unit_id IN {subtree})
ORDER BY (SELECT u.name FROM unit u WHERE u.region_id = a.region_id
    AND u.unit_id = a.unit_id), a.unit_id, a.alias;

-- part: last_waiver
-- The finding f and the last that was said about it, w.
finding f LEFT JOIN waiver w ON w.region_id = f.region_id AND w.plan_id = f.plan_id
    AND w.finding_id = f.finding_id AND w.waiver_id = (SELECT x.waiver_id FROM waiver x
        WHERE x.region_id = f.region_id AND x.plan_id = f.plan_id
            AND x.finding_id = f.finding_id AND x.recorded_at_s <= :as_of
        ORDER BY x.waiver_id DESC LIMIT 1)

-- name: list_findings
SELECT f.finding_id, f.ordinal, f.kind, f.severity, f.message_zh, f.message_en, f.expected,
    f.found, f.places, COALESCE(w.is_waived, 0) AS waived, w.reason, w.recorded_by,
    w.recorded_at_s, (SELECT count(*) FROM waiver x WHERE x.region_id = f.region_id
        AND x.plan_id = f.plan_id AND x.finding_id = f.finding_id
        AND x.recorded_at_s <= :as_of) AS revision
FROM {last_waiver}
    JOIN plan p ON p.region_id = f.region_id AND p.plan_id = f.plan_id
WHERE f.region_id = :region AND f.plan_id = :key AND p.recorded_at_s <= :as_of
ORDER BY f.ordinal;

-- name: list_finding_counts
SELECT f.severity, f.kind, count(*) AS n, sum(COALESCE(w.is_waived, 0)) AS waived
FROM {last_waiver}
WHERE f.region_id = :region AND f.plan_id = :key
GROUP BY f.severity, f.kind ORDER BY f.severity, f.kind;

-- name: list_documents
SELECT d.document_id, d.file_name, d.format, d.title, d.meta, d.sha256, length(d.content),
    d.recorded_at_s, d.recorded_by, (SELECT p.plan_id FROM plan p
        WHERE p.region_id = d.region_id AND p.document_id = d.document_id
        ORDER BY p.recorded_at_s DESC, p.plan_id DESC LIMIT 1) AS plan_id
FROM document d WHERE d.region_id = :region AND (:key = '' OR d.document_id = :key)
ORDER BY d.recorded_at_s DESC, d.document_id DESC;

-- name: list_regions
SELECT region_id, parent_id, name FROM region ORDER BY region_id;

-- name: list_audit
SELECT CAST(seq AS TEXT) AS id, seq, at_s, region_id, actor, action, object, was, becomes,
    hash
FROM audit WHERE region_id = :region OR region_id = '' ORDER BY seq DESC LIMIT 100000;

-- name: list_concepts
SELECT i.indicator_id, i.name, i.unit, count(DISTINCT r.plan_id) AS plans
FROM {row_and_link}
    JOIN indicator i ON i.region_id = r.region_id
        AND i.indicator_id = COALESCE(l.indicator_id, r.indicator_id)
    JOIN plan p ON p.region_id = r.region_id AND p.plan_id = r.plan_id
WHERE i.region_id = :region AND (:key = '' OR i.indicator_id = :key)
    AND p.recorded_at_s <= :as_of AND {own_row}
GROUP BY i.indicator_id, i.name, i.unit ORDER BY i.name, i.unit;

-- name: list_series
-- Of each year and role the last revision comes first; the list keeps that one.
SELECT v.year, v.role, v.phrase, v.plan_id, v.ordinal, v.recorded_at_s, v.recorded_by,
    v.place
FROM revision v JOIN plan_row r ON {same_row}
WHERE v.region_id = :region AND v.indicator_id = :key AND v.recorded_at_s <= :as_of
    AND v.role <> 'other' AND {no_other_link} AND {own_row}
ORDER BY v.year, v.role, v.recorded_at_s DESC, v.revision_id DESC;

-- name: list_revisions
SELECT v.revision_id, v.year, v.role, v.header, v.phrase, v.plan_id, p.title, v.ordinal,
    v.recorded_at_s, v.recorded_by, v.place
FROM revision v JOIN plan_row r ON {same_row}
    JOIN plan p ON p.region_id = v.region_id AND p.plan_id = v.plan_id
WHERE v.region_id = :region AND v.indicator_id = :key AND v.recorded_at_s <= :as_of
    AND {no_other_link} AND {own_row}
ORDER BY v.recorded_at_s DESC, v.year DESC, v.role, v.revision_id;

-- name: list_concept_rows
SELECT r.plan_id, p.title, p.year, r.ordinal, r.name, r.unit, COALESCE(l.link, r.link),
    d.year AS judged, d.outcome, d.why_zh, d.why_en
FROM {row_and_link}
    JOIN plan p ON p.region_id = r.region_id AND p.plan_id = r.plan_id
    LEFT JOIN verdict d ON d.region_id = r.region_id AND d.plan_id = r.plan_id
        AND d.ordinal = r.ordinal
WHERE r.region_id = :region AND (r.plan_id, r.ordinal) IN (
        SELECT x.plan_id, x.ordinal FROM plan_row x
        WHERE x.region_id = :region AND x.indicator_id = :key
        UNION
        SELECT x.plan_id, x.ordinal FROM row_link x
        WHERE x.region_id = :region AND x.indicator_id = :key)
    AND COALESCE(l.indicator_id, r.indicator_id) = :key AND p.recorded_at_s <= :as_of
    AND {own_row}
ORDER BY p.year DESC, p.recorded_at_s DESC, r.ordinal;

-- name: list_term
-- Rows whose indicator has a target of a term that the year lies in: the last one known.
SELECT r.ordinal, r.name, r.unit, COALESCE(l.indicator_id, r.indicator_id) AS indicator,
    v.year AS term_year, v.phrase AS term_target, v.plan_id, p.judged_year,
    (SELECT x.phrase FROM revision x WHERE x.region_id = r.region_id
        AND x.plan_id = r.plan_id AND x.ordinal = r.ordinal AND x.role = 'value'
        AND x.year = p.judged_year ORDER BY x.cell LIMIT 1) AS value
FROM {row_and_link}
    JOIN plan p ON p.region_id = r.region_id AND p.plan_id = r.plan_id
    JOIN revision v ON v.region_id = r.region_id AND v.revision_id = (
        SELECT v.revision_id FROM revision v WHERE v.region_id = r.region_id
            AND v.indicator_id = COALESCE(l.indicator_id, r.indicator_id)
            AND v.role = 'term_target' AND v.is_cumulative = 0 AND v.is_per_year = 0
            AND v.year >= p.judged_year AND v.year < p.judged_year + 5
            AND v.recorded_at_s <= :as_of AND {no_other_link}
        ORDER BY v.year DESC, v.recorded_at_s DESC, v.revision_id DESC LIMIT 1)
WHERE r.region_id = :region AND r.plan_id = :key AND p.judged_year > 0 AND {own_row}
ORDER BY r.ordinal;

-- name: list_section_tasks
SELECT t.section, max(s.title) AS title, count(DISTINCT t.ordinal) AS tasks
FROM task t LEFT JOIN section s ON s.region_id = t.region_id AND s.plan_id = t.plan_id
    AND s.section_id = t.section AND s.is_clause = 0
WHERE t.region_id = :region AND t.plan_id = :key AND {own_task}
GROUP BY t.section ORDER BY min(t.ordinal);

-- part: hit_columns
    i.kind || '-' || i.plan_id || '-' || CAST(i.item AS TEXT) AS id, i.kind, i.plan_id,
    p.title, p.year, i.item, COALESCE(f.finding_id, s.section_id, CAST(i.item AS TEXT)) AS item_id,
    COALESCE(r.name, t.content, CASE WHEN s.content = '' THEN s.title ELSE s.content END,
        f.message_zh || ' ' || f.message_en) AS words,
    COALESCE(r.place, t.place, s.place) AS place

-- part: hit_tables
    JOIN plan p ON p.region_id = i.region_id AND p.plan_id = i.plan_id
    LEFT JOIN plan_row r ON i.kind = 'indicator' AND r.region_id = i.region_id
        AND r.plan_id = i.plan_id AND r.ordinal = i.item
    LEFT JOIN task t ON i.kind = 'task' AND t.region_id = i.region_id
        AND t.plan_id = i.plan_id AND t.ordinal = i.item
    LEFT JOIN section s ON i.kind = 'section' AND s.region_id = i.region_id
        AND s.plan_id = i.plan_id AND s.ordinal = i.item
    LEFT JOIN finding f ON i.kind = 'finding' AND f.region_id = i.region_id
        AND f.plan_id = i.plan_id AND f.ordinal = i.item

-- part: own_hit
(:unit = '' OR (i.kind = 'indicator' AND {own_row}) OR (i.kind = 'task' AND {own_task}))

-- part: hits_most
-- The last imported first; whoever is cut is not cut short by what others have.
CASE WHEN :unit = '' THEN 500 ELSE 1000000 END

-- name: list_hits
-- engine: sqlite
SELECT {hit_columns}
FROM (SELECT x.* FROM search_gram g JOIN search_item x ON x.item_id = g.rowid
      WHERE search_gram MATCH '"' || replace(:key, ' ', '" "') || '"'
          AND x.region_id = :region
      ORDER BY g.rowid DESC LIMIT {hits_most}) AS i {hit_tables}
WHERE {own_hit}
ORDER BY p.year DESC, p.recorded_at_s DESC, i.plan_id, i.kind, i.item;

-- name: list_hits
-- engine: postgres
SELECT {hit_columns}
FROM (SELECT x.* FROM search_item x
      WHERE x.grams @> string_to_array(CAST(:key AS TEXT), ' ') AND x.region_id = :region
      ORDER BY x.plan_id DESC LIMIT {hits_most}) AS i {hit_tables}
WHERE {own_hit}
ORDER BY p.year DESC, p.recorded_at_s DESC, i.plan_id, i.kind, i.item;

-- name: list_region_rows
-- The last plan of each region that reports on a year: :key.
SELECT r.name, r.unit, p.region_id, g.name AS region_name, p.plan_id, r.ordinal, {row_cells},
    d.outcome
FROM plan p JOIN region g ON g.region_id = p.region_id
    JOIN plan_row r ON r.region_id = p.region_id AND r.plan_id = p.plan_id
    LEFT JOIN verdict d ON d.region_id = r.region_id AND d.plan_id = r.plan_id
        AND d.ordinal = r.ordinal
WHERE CAST(p.judged_year AS TEXT) = :key AND p.recorded_at_s <= :as_of
    AND p.plan_id = (SELECT n.plan_id FROM plan n WHERE n.region_id = p.region_id
        AND n.judged_year = p.judged_year AND n.recorded_at_s <= :as_of
        ORDER BY n.recorded_at_s DESC, n.plan_id DESC LIMIT 1)
ORDER BY r.name, r.unit, p.region_id;
