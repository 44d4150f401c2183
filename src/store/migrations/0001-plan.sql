-- Plans, what they hold, and who changed it. Units: *_s are seconds since 1970-01-01 UTC;
-- ids are of pl_id (records/id.h); place columns hold the JSON of docs/json.md.
--
-- region_id leads every key of what belongs to a region, so that a large database is
-- spread over servers by region.

CREATE TABLE schema_migration (
    version INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    applied_at_s INTEGER NOT NULL
) STRICT;

-- GB/T 2260 codes, a tree.
CREATE TABLE region (
    region_id TEXT NOT NULL PRIMARY KEY,
    parent_id TEXT REFERENCES region (region_id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL
) STRICT;

-- Organisations: responsible units of plans, a tree within the region.
CREATE TABLE unit (
    region_id TEXT NOT NULL REFERENCES region (region_id),
    unit_id TEXT NOT NULL,
    parent_id TEXT,
    name TEXT NOT NULL,
    PRIMARY KEY (region_id, unit_id),
    UNIQUE (region_id, name),
    FOREIGN KEY (region_id, parent_id) REFERENCES unit (region_id, unit_id)
        DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE unit_alias (
    region_id TEXT NOT NULL,
    alias TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    PRIMARY KEY (region_id, alias),
    FOREIGN KEY (region_id, unit_id) REFERENCES unit (region_id, unit_id)
) STRICT;

-- What was published, byte for byte.
CREATE TABLE document (
    region_id TEXT NOT NULL REFERENCES region (region_id),
    document_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    file_name TEXT NOT NULL,
    format TEXT NOT NULL,
    title TEXT NOT NULL,
    meta TEXT NOT NULL, -- JSON object: the record of the publication
    content BLOB NOT NULL,
    recorded_at_s INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (region_id, document_id),
    UNIQUE (region_id, sha256)
) STRICT;

-- One plan that a document holds; a later one of the same kind and year supersedes it.
CREATE TABLE plan (
    region_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('annual', 'term')),
    year INTEGER NOT NULL, -- that it sets targets for; 0 = not known
    judged_year INTEGER NOT NULL, -- that it reports on; 0 = none
    title TEXT NOT NULL,
    supersedes_id TEXT,
    recorded_at_s INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (region_id, plan_id),
    FOREIGN KEY (region_id, document_id) REFERENCES document (region_id, document_id),
    FOREIGN KEY (region_id, supersedes_id) REFERENCES plan (region_id, plan_id)
        DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX plan_of_year ON plan (region_id, year, recorded_at_s);

-- An indicator as a concept that lives across plans.
CREATE TABLE indicator (
    region_id TEXT NOT NULL REFERENCES region (region_id),
    indicator_id TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (region_id, indicator_id),
    UNIQUE (region_id, name, unit)
) STRICT;

-- A row of a plan's indicator table. link: how it was joined to its indicator.
CREATE TABLE plan_row (
    region_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL, -- from 0, in the table's order
    indicator_id TEXT NOT NULL,
    link TEXT NOT NULL CHECK (link IN ('new', 'same', 'unsure', 'confirmed')),
    no TEXT NOT NULL,
    part TEXT NOT NULL,
    part_name TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    section TEXT NOT NULL,
    attribute TEXT NOT NULL CHECK (attribute IN ('', 'binding', 'expected')),
    responsible TEXT NOT NULL, -- JSON array of names
    place TEXT NOT NULL,
    PRIMARY KEY (region_id, plan_id, ordinal),
    FOREIGN KEY (region_id, plan_id) REFERENCES plan (region_id, plan_id),
    FOREIGN KEY (region_id, indicator_id) REFERENCES indicator (region_id, indicator_id)
) STRICT;
CREATE INDEX plan_row_indicator ON plan_row (region_id, indicator_id);

-- Targets and observations: appended, never overwritten. What holds at a moment is the
-- last one recorded until then for the same indicator, role and year.
CREATE TABLE revision (
    region_id TEXT NOT NULL,
    revision_id TEXT NOT NULL,
    indicator_id TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('target', 'value', 'term_target', 'other')),
    year INTEGER NOT NULL, -- last one it is for; 0 = not said
    header TEXT NOT NULL,
    phrase TEXT NOT NULL, -- as written
    plan_id TEXT NOT NULL, -- where it was read
    ordinal INTEGER NOT NULL, -- the row
    cell INTEGER NOT NULL, -- from 0, in the row's order
    place TEXT NOT NULL,
    recorded_at_s INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (region_id, revision_id),
    FOREIGN KEY (region_id, plan_id, ordinal) REFERENCES plan_row (region_id, plan_id, ordinal),
    FOREIGN KEY (region_id, indicator_id) REFERENCES indicator (region_id, indicator_id)
) STRICT;
CREATE INDEX revision_series
    ON revision (region_id, indicator_id, role, year, recorded_at_s, revision_id);
CREATE INDEX revision_plan ON revision (region_id, plan_id, ordinal, cell);

CREATE TABLE task (
    region_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    no INTEGER NOT NULL,
    content TEXT NOT NULL,
    section TEXT NOT NULL,
    deadline TEXT NOT NULL,
    goals TEXT NOT NULL, -- JSON array
    place TEXT NOT NULL,
    PRIMARY KEY (region_id, plan_id, ordinal),
    FOREIGN KEY (region_id, plan_id) REFERENCES plan (region_id, plan_id)
) STRICT;

CREATE TABLE task_unit (
    region_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL, -- of the task
    position INTEGER NOT NULL, -- from 0, as written
    unit_id TEXT NOT NULL,
    is_lead INTEGER NOT NULL CHECK (is_lead IN (0, 1)),
    PRIMARY KEY (region_id, plan_id, ordinal, position),
    FOREIGN KEY (region_id, plan_id, ordinal) REFERENCES task (region_id, plan_id, ordinal),
    FOREIGN KEY (region_id, unit_id) REFERENCES unit (region_id, unit_id)
) STRICT;
CREATE INDEX task_of_unit ON task_unit (region_id, unit_id, plan_id, ordinal);

CREATE TABLE row_unit (
    region_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL, -- of the plan_row
    position INTEGER NOT NULL,
    unit_id TEXT NOT NULL,
    PRIMARY KEY (region_id, plan_id, ordinal, position),
    FOREIGN KEY (region_id, plan_id, ordinal) REFERENCES plan_row (region_id, plan_id, ordinal),
    FOREIGN KEY (region_id, unit_id) REFERENCES unit (region_id, unit_id)
) STRICT;
CREATE INDEX row_of_unit ON row_unit (region_id, unit_id, plan_id, ordinal);

CREATE TABLE section (
    region_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    section_id TEXT NOT NULL, -- 2.1.3
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    level INTEGER NOT NULL,
    is_clause INTEGER NOT NULL CHECK (is_clause IN (0, 1)),
    content TEXT NOT NULL,
    place TEXT NOT NULL,
    PRIMARY KEY (region_id, plan_id, ordinal),
    FOREIGN KEY (region_id, plan_id) REFERENCES plan (region_id, plan_id)
) STRICT;

-- Goals in the narrative.
CREATE TABLE goal (
    region_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL,
    phrase TEXT NOT NULL,
    year INTEGER NOT NULL,
    row_ordinal INTEGER, -- of the plan_row it is joined to
    is_main INTEGER NOT NULL CHECK (is_main IN (0, 1)),
    place TEXT NOT NULL,
    PRIMARY KEY (region_id, plan_id, ordinal),
    FOREIGN KEY (region_id, plan_id) REFERENCES plan (region_id, plan_id)
) STRICT;

-- Quantities of the document.
CREATE TABLE fact (
    region_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    phrase TEXT NOT NULL,
    value TEXT NOT NULL, -- decimal, as in JSON
    unit TEXT NOT NULL,
    year INTEGER NOT NULL,
    subject TEXT NOT NULL,
    place TEXT NOT NULL,
    PRIMARY KEY (region_id, plan_id, ordinal),
    FOREIGN KEY (region_id, plan_id) REFERENCES plan (region_id, plan_id)
) STRICT;

-- Computed, apart from what is claimed: one for each row of the judged year.
CREATE TABLE verdict (
    region_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL, -- of the plan_row
    year INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('met', 'missed', 'undetermined')),
    certainty TEXT NOT NULL,
    direction TEXT NOT NULL,
    direction_from TEXT NOT NULL,
    short_by TEXT NOT NULL, -- decimal, in the row's unit
    why_zh TEXT NOT NULL,
    why_en TEXT NOT NULL,
    PRIMARY KEY (region_id, plan_id, ordinal),
    FOREIGN KEY (region_id, plan_id, ordinal) REFERENCES plan_row (region_id, plan_id, ordinal)
) STRICT;

CREATE TABLE finding (
    region_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    finding_id TEXT NOT NULL, -- as `check` names it: sum-3fa2c1
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'note')),
    message_zh TEXT NOT NULL,
    message_en TEXT NOT NULL,
    expected TEXT NOT NULL,
    found TEXT NOT NULL,
    places TEXT NOT NULL, -- JSON array of {place, text}
    PRIMARY KEY (region_id, plan_id, finding_id),
    FOREIGN KEY (region_id, plan_id) REFERENCES plan (region_id, plan_id)
) STRICT;

-- A finding set aside, and taken up again: appended, the last one holds.
CREATE TABLE waiver (
    region_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    finding_id TEXT NOT NULL,
    waiver_id TEXT NOT NULL,
    is_waived INTEGER NOT NULL CHECK (is_waived IN (0, 1)),
    reason TEXT NOT NULL,
    recorded_at_s INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (region_id, plan_id, finding_id, waiver_id),
    FOREIGN KEY (region_id, plan_id, finding_id)
        REFERENCES finding (region_id, plan_id, finding_id)
) STRICT;

-- Every write: who, when, what, before and after, each entry hashed over the one before.
CREATE TABLE audit (
    seq INTEGER NOT NULL PRIMARY KEY, -- from 1 without gaps
    at_s INTEGER NOT NULL,
    region_id TEXT NOT NULL, -- empty: not of one region
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL, -- kind and id: plan/01H…
    was TEXT NOT NULL, -- JSON before and after; empty = nothing
    becomes TEXT NOT NULL,
    hash TEXT NOT NULL -- SHA-256 hex; records/audit.h says over what
) STRICT;

-- The end of the chain: one row (made by `init`), whose update puts writers in line.
CREATE TABLE audit_head (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;
