-- What lists of plans show, counted once; decisions about links; what search looks in.

-- Counts of what a plan holds. Indicators, met and missed: of indicators, whose parts
-- count as one (docs/json.md).
ALTER TABLE plan ADD COLUMN n_indicators INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plan ADD COLUMN n_met INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plan ADD COLUMN n_missed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plan ADD COLUMN n_undetermined INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plan ADD COLUMN n_rows INTEGER NOT NULL DEFAULT 0; -- of indicator tables
ALTER TABLE plan ADD COLUMN n_tasks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plan ADD COLUMN n_goals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plan ADD COLUMN n_facts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plan ADD COLUMN n_sections INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plan ADD COLUMN n_errors INTEGER NOT NULL DEFAULT 0; -- findings by severity
ALTER TABLE plan ADD COLUMN n_warnings INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plan ADD COLUMN n_notes INTEGER NOT NULL DEFAULT 0;

UPDATE plan SET
    n_rows = (SELECT count(*) FROM plan_row x
        WHERE x.region_id = plan.region_id AND x.plan_id = plan.plan_id),
    n_tasks = (SELECT count(*) FROM task x
        WHERE x.region_id = plan.region_id AND x.plan_id = plan.plan_id),
    n_goals = (SELECT count(*) FROM goal x
        WHERE x.region_id = plan.region_id AND x.plan_id = plan.plan_id),
    n_facts = (SELECT count(*) FROM fact x
        WHERE x.region_id = plan.region_id AND x.plan_id = plan.plan_id),
    n_sections = (SELECT count(*) FROM section x
        WHERE x.region_id = plan.region_id AND x.plan_id = plan.plan_id),
    n_errors = (SELECT count(*) FROM finding x WHERE x.region_id = plan.region_id
        AND x.plan_id = plan.plan_id AND x.severity = 'error'),
    n_warnings = (SELECT count(*) FROM finding x WHERE x.region_id = plan.region_id
        AND x.plan_id = plan.plan_id AND x.severity = 'warning'),
    n_notes = (SELECT count(*) FROM finding x WHERE x.region_id = plan.region_id
        AND x.plan_id = plan.plan_id AND x.severity = 'note'),
    n_indicators = (SELECT count(DISTINCT x.no) FROM plan_row x JOIN verdict v
            ON v.region_id = x.region_id AND v.plan_id = x.plan_id AND v.ordinal = x.ordinal
        WHERE x.region_id = plan.region_id AND x.plan_id = plan.plan_id),
    n_missed = (SELECT count(DISTINCT x.no) FROM plan_row x JOIN verdict v
            ON v.region_id = x.region_id AND v.plan_id = x.plan_id AND v.ordinal = x.ordinal
        WHERE x.region_id = plan.region_id AND x.plan_id = plan.plan_id
            AND v.outcome = 'missed'),
    n_met = (SELECT count(*) FROM (SELECT x.no FROM plan_row x JOIN verdict v
            ON v.region_id = x.region_id AND v.plan_id = x.plan_id AND v.ordinal = x.ordinal
        WHERE x.region_id = plan.region_id AND x.plan_id = plan.plan_id
        GROUP BY x.no
        HAVING count(*) = sum(CASE WHEN v.outcome = 'met' THEN 1 ELSE 0 END)) AS met);
UPDATE plan SET n_undetermined = n_indicators - n_met - n_missed;

-- Units are edited: what a writer saw has to be what stands there still.
ALTER TABLE unit ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;

-- What a column's heading says besides role and year.
ALTER TABLE revision ADD COLUMN is_cumulative INTEGER NOT NULL DEFAULT 0;
ALTER TABLE revision ADD COLUMN is_per_year INTEGER NOT NULL DEFAULT 0;

-- A row's indicator as people decided it: appended, the last one holds; plan_row keeps
-- what the import found.
CREATE TABLE row_link (
    region_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL, -- of the plan_row
    position INTEGER NOT NULL, -- from 1: a second writer breaks the key
    indicator_id TEXT NOT NULL,
    link TEXT NOT NULL CHECK (link IN ('new', 'confirmed')),
    recorded_at_s INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (region_id, plan_id, ordinal, position),
    FOREIGN KEY (region_id, plan_id, ordinal) REFERENCES plan_row (region_id, plan_id, ordinal),
    FOREIGN KEY (region_id, indicator_id) REFERENCES indicator (region_id, indicator_id)
) STRICT;
CREATE INDEX row_link_indicator ON row_link (region_id, indicator_id);
CREATE INDEX waiver_of_plan ON waiver (region_id, plan_id, finding_id, recorded_at_s);

-- Search: the words of each thing, in pieces that text/grams.h cuts. Derived from the
-- tables above, and made again after a restore.
-- engine: sqlite
CREATE TABLE search_item (
    item_id INTEGER NOT NULL PRIMARY KEY,
    region_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    item INTEGER NOT NULL -- the row's ordinal
) STRICT;
CREATE INDEX search_item_plan ON search_item (region_id, plan_id, kind, item);
CREATE VIRTUAL TABLE search_gram USING fts5 (grams, content = '', detail = 'none', tokenize = 'ascii');
-- engine: postgres
CREATE TABLE search_item (
    region_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    item INTEGER NOT NULL,
    grams TEXT[] NOT NULL,
    PRIMARY KEY (region_id, plan_id, kind, item)
);
CREATE INDEX search_gram ON search_item USING gin (grams);
-- engine: both
