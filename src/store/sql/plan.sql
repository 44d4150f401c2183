-- Documents and plans.

-- name: document_put
INSERT INTO document (region_id, document_id, sha256, file_name, format, title, meta, content,
                      recorded_at_s, recorded_by)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: document_find
SELECT document_id FROM document WHERE region_id = ?1 AND sha256 = ?2;

-- name: document_get
SELECT file_name, format, title, meta, content FROM document
WHERE region_id = ?1 AND document_id = ?2;

-- name: plan_put
INSERT INTO plan (region_id, plan_id, document_id, kind, year, judged_year, title,
                  supersedes_id, recorded_at_s, recorded_by)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: plan_latest
-- The last plan of a kind and year.
SELECT plan_id FROM plan WHERE region_id = ?1 AND kind = ?2 AND year = ?3
ORDER BY recorded_at_s DESC, plan_id DESC LIMIT 1;

-- name: indicator_put
INSERT INTO indicator (region_id, indicator_id, name, unit) VALUES (?1, ?2, ?3, ?4);

-- name: indicator_list
SELECT indicator_id, name, unit FROM indicator WHERE region_id = ?1 ORDER BY indicator_id;

-- name: plan_row_put
INSERT INTO plan_row (region_id, plan_id, ordinal, indicator_id, link, no, part, part_name,
                      name, unit, section, attribute, responsible, place)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14);

-- name: plan_row_list
SELECT ordinal, indicator_id, link, no, part, part_name, name, unit, section, attribute,
       responsible, place
FROM plan_row WHERE region_id = ?1 AND plan_id = ?2 ORDER BY ordinal;

-- name: revision_put
INSERT INTO revision (region_id, revision_id, indicator_id, role, year, header, phrase,
                      plan_id, ordinal, cell, place, recorded_at_s, recorded_by)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);

-- name: revision_of_plan
SELECT ordinal, cell, role, year, header, phrase, place
FROM revision WHERE region_id = ?1 AND plan_id = ?2 ORDER BY ordinal, cell;

-- name: revision_series
-- What was known of an indicator at a moment: the last revision for each role and year.
SELECT role, year, phrase, plan_id, recorded_at_s FROM revision r
WHERE region_id = ?1 AND indicator_id = ?2 AND recorded_at_s <= ?3 AND NOT EXISTS (
    SELECT 1 FROM revision n WHERE n.region_id = r.region_id
        AND n.indicator_id = r.indicator_id AND n.role = r.role AND n.year = r.year
        AND n.recorded_at_s <= ?3
        AND (n.recorded_at_s > r.recorded_at_s
             OR (n.recorded_at_s = r.recorded_at_s AND n.revision_id > r.revision_id)))
ORDER BY year, role;

-- name: task_put
INSERT INTO task (region_id, plan_id, ordinal, no, content, section, deadline, goals, place)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: task_unit_put
INSERT INTO task_unit (region_id, plan_id, ordinal, position, unit_id, is_lead)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: row_unit_put
INSERT INTO row_unit (region_id, plan_id, ordinal, position, unit_id)
VALUES (?1, ?2, ?3, ?4, ?5);

-- name: section_put
INSERT INTO section (region_id, plan_id, ordinal, section_id, number, title, level, is_clause,
                     content, place)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: goal_put
INSERT INTO goal (region_id, plan_id, ordinal, name, phrase, year, row_ordinal, is_main, place)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: fact_put
INSERT INTO fact (region_id, plan_id, ordinal, phrase, value, unit, year, subject, place)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: verdict_put
INSERT INTO verdict (region_id, plan_id, ordinal, year, outcome, certainty, direction,
                     direction_from, short_by, why_zh, why_en)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);

-- name: finding_put
INSERT INTO finding (region_id, plan_id, finding_id, ordinal, kind, severity, message_zh,
                     message_en, expected, found, places)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);

-- name: waiver_put
INSERT INTO waiver (region_id, plan_id, finding_id, waiver_id, is_waived, reason,
                    recorded_at_s, recorded_by)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: plan_summaries
SELECT p.plan_id, p.kind, p.year, p.judged_year, p.title, p.recorded_at_s,
       (SELECT count(*) FROM plan_row x WHERE x.region_id = p.region_id
           AND x.plan_id = p.plan_id) AS rows_n,
       (SELECT count(*) FROM task x WHERE x.region_id = p.region_id
           AND x.plan_id = p.plan_id) AS tasks_n,
       -- of indicators: met when every part is, missed when one is
       (SELECT count(DISTINCT x.no) FROM plan_row x
           JOIN verdict v ON v.region_id = x.region_id AND v.plan_id = x.plan_id
               AND v.ordinal = x.ordinal
           WHERE x.region_id = p.region_id AND x.plan_id = p.plan_id
               AND NOT EXISTS (SELECT 1 FROM plan_row y
                   JOIN verdict w ON w.region_id = y.region_id AND w.plan_id = y.plan_id
                       AND w.ordinal = y.ordinal
                   WHERE y.region_id = x.region_id AND y.plan_id = x.plan_id
                       AND y.no = x.no AND w.outcome <> 'met')) AS met_n,
       (SELECT count(DISTINCT x.no) FROM plan_row x
           JOIN verdict v ON v.region_id = x.region_id AND v.plan_id = x.plan_id
               AND v.ordinal = x.ordinal
           WHERE x.region_id = p.region_id AND x.plan_id = p.plan_id
               AND v.outcome = 'missed') AS missed_n
FROM plan p WHERE p.region_id = ?1
ORDER BY p.year DESC, p.recorded_at_s DESC, p.plan_id DESC;

-- name: plan_of_document
SELECT plan_id FROM plan WHERE region_id = ?1 AND document_id = ?2
ORDER BY recorded_at_s DESC, plan_id DESC LIMIT 1;
