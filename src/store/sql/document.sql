-- Documents, as they are shown.

-- name: document_records
SELECT d.document_id, d.file_name, d.format, d.title, d.meta, length(d.content), d.sha256,
       d.recorded_at_s, d.recorded_by,
       (SELECT p.plan_id FROM plan p WHERE p.region_id = d.region_id
           AND p.document_id = d.document_id
        ORDER BY p.recorded_at_s DESC, p.plan_id DESC LIMIT 1)
FROM document d WHERE d.region_id = ?1 AND (?2 = '' OR d.document_id = ?2)
ORDER BY d.recorded_at_s DESC, d.document_id DESC;

-- name: document_marks
-- What was read from a plan, and where: kind, id, place (findings: all their places).
SELECT 'indicator', ordinal, '', place FROM plan_row WHERE region_id = ?1 AND plan_id = ?2
UNION ALL
SELECT 'indicator', ordinal, '', place FROM revision WHERE region_id = ?1 AND plan_id = ?2
UNION ALL
SELECT 'task', ordinal, '', place FROM task WHERE region_id = ?1 AND plan_id = ?2
UNION ALL
SELECT 'goal', ordinal, '', place FROM goal WHERE region_id = ?1 AND plan_id = ?2
UNION ALL
SELECT 'fact', ordinal, '', place FROM fact WHERE region_id = ?1 AND plan_id = ?2
UNION ALL
SELECT 'finding', ordinal, finding_id, places FROM finding
WHERE region_id = ?1 AND plan_id = ?2;
