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
                  supersedes_id, recorded_at_s, recorded_by, n_indicators, n_met, n_missed,
                  n_undetermined, n_rows, n_tasks, n_goals, n_facts, n_sections, n_errors,
                  n_warnings, n_notes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
        ?19, ?20, ?21, ?22);

-- name: plan_latest
-- The last plan of a kind and year.
SELECT plan_id FROM plan WHERE region_id = ?1 AND kind = ?2 AND year = ?3
ORDER BY recorded_at_s DESC, plan_id DESC LIMIT 1;

-- name: indicator_put
INSERT INTO indicator (region_id, indicator_id, name, unit) VALUES (?1, ?2, ?3, ?4);

-- name: indicator_list
-- Of each its own name first, then the names that people confirmed to be it.
SELECT i.indicator_id, i.name, i.unit, 0 AS how FROM indicator i WHERE i.region_id = ?1
UNION
SELECT l.indicator_id, r.name, r.unit, 1 FROM row_link l
    JOIN plan_row r ON r.region_id = l.region_id AND r.plan_id = l.plan_id
        AND r.ordinal = l.ordinal
WHERE l.region_id = ?1 AND l.link = 'confirmed' AND NOT EXISTS (
    SELECT 1 FROM row_link n WHERE n.region_id = l.region_id AND n.plan_id = l.plan_id
        AND n.ordinal = l.ordinal AND n.position > l.position)
ORDER BY how, indicator_id;

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
                      plan_id, ordinal, cell, place, recorded_at_s, recorded_by,
                      is_cumulative, is_per_year)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15);

-- name: revision_of_plan
-- Cells of a row that was joined to another indicator are there for both: the same.
SELECT ordinal, cell, role, year, header, phrase, place, is_cumulative, is_per_year
FROM revision WHERE region_id = ?1 AND plan_id = ?2
ORDER BY ordinal, cell, recorded_at_s, revision_id;

-- name: plan_head
SELECT year, judged_year, kind, title FROM plan WHERE region_id = ?1 AND plan_id = ?2;

-- name: plan_before
-- The last annual plan known of the year before this one's.
SELECT b.plan_id, b.title FROM plan p JOIN plan b ON b.region_id = p.region_id
    AND b.kind = p.kind AND b.year = p.year - 1
WHERE p.region_id = ?1 AND p.plan_id = ?2 AND b.recorded_at_s <= ?3
ORDER BY b.recorded_at_s DESC, b.plan_id DESC LIMIT 1;

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
SELECT plan_id, kind, year, judged_year, title, recorded_at_s, n_rows, n_tasks, n_met,
       n_missed
FROM plan WHERE region_id = ?1
ORDER BY year DESC, recorded_at_s DESC, plan_id DESC;

-- name: plan_of_document
SELECT plan_id FROM plan WHERE region_id = ?1 AND document_id = ?2
ORDER BY recorded_at_s DESC, plan_id DESC LIMIT 1;

-- name: waiver_state
-- How often a finding was waived or taken up again, and what was said last.
SELECT (SELECT count(*) FROM waiver x WHERE x.region_id = f.region_id
           AND x.plan_id = f.plan_id AND x.finding_id = f.finding_id) AS n,
       COALESCE(w.is_waived, 0) AS waived, COALESCE(w.reason, '') AS reason
FROM finding f LEFT JOIN waiver w ON w.region_id = f.region_id AND w.plan_id = f.plan_id
    AND w.finding_id = f.finding_id AND w.waiver_id = (SELECT max(x.waiver_id) FROM waiver x
        WHERE x.region_id = f.region_id AND x.plan_id = f.plan_id
            AND x.finding_id = f.finding_id)
WHERE f.region_id = ?1 AND f.plan_id = ?2 AND f.finding_id = ?3;

-- name: link_state
-- How the import joined a row, and what was decided last.
SELECT r.link, r.indicator_id, r.name, r.unit, COALESCE(l.position, 0) AS n,
       COALESCE(l.link, r.link) AS now_link,
       COALESCE(l.indicator_id, r.indicator_id) AS now_indicator
FROM plan_row r LEFT JOIN row_link l ON l.region_id = r.region_id AND l.plan_id = r.plan_id
    AND l.ordinal = r.ordinal AND l.position = (SELECT max(m.position) FROM row_link m
        WHERE m.region_id = r.region_id AND m.plan_id = r.plan_id AND m.ordinal = r.ordinal)
WHERE r.region_id = ?1 AND r.plan_id = ?2 AND r.ordinal = ?3;

-- name: row_link_put
INSERT INTO row_link (region_id, plan_id, ordinal, position, indicator_id, link,
                      recorded_at_s, recorded_by)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: indicator_find
SELECT indicator_id FROM indicator WHERE region_id = ?1 AND name = ?2 AND unit = ?3;

-- name: revision_follow
-- A row's revisions for the indicator ?4 that it was joined to now, unless they are there.
INSERT INTO revision (region_id, revision_id, indicator_id, role, year, header, phrase,
                      plan_id, ordinal, cell, place, recorded_at_s, recorded_by,
                      is_cumulative, is_per_year)
SELECT v.region_id, v.revision_id || '.' || CAST(?6 AS TEXT), CAST(?4 AS TEXT), v.role,
       v.year, v.header, v.phrase, v.plan_id, v.ordinal, v.cell, v.place,
       CAST(?7 AS INTEGER), CAST(?8 AS TEXT), v.is_cumulative, v.is_per_year
FROM revision v WHERE v.region_id = ?1 AND v.plan_id = ?2 AND v.ordinal = ?3
    AND v.indicator_id = ?5 AND NOT EXISTS (SELECT 1 FROM revision n
        WHERE n.region_id = ?1 AND n.plan_id = ?2 AND n.ordinal = ?3
            AND n.indicator_id = CAST(?4 AS TEXT));

-- name: waivers_of_plan
SELECT finding_id, is_waived, reason FROM waiver WHERE region_id = ?1 AND plan_id = ?2
ORDER BY finding_id, waiver_id;

-- name: links_of_plan
SELECT ordinal, CASE WHEN link = 'confirmed' THEN 1 ELSE 0 END AS confirm
FROM row_link WHERE region_id = ?1 AND plan_id = ?2 ORDER BY ordinal, position;
