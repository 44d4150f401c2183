/* The JSON of the API, as far as the cockpit reads it. */
export interface Bitext {
  zh: string;
  en: string;
}
export interface Place {
  line?: number;
  page?: number;
  path?: string;
  table?: number;
  row?: number;
  col?: number;
}
export type Verdict = 'met' | 'missed' | 'undetermined';
export type Severity = 'error' | 'warning' | 'note';
export type Link = 'new' | 'same' | 'unsure' | 'confirmed';
export type Change = 'tightened' | 'loosened' | 'reworded' | 'unit' | 'new' | 'dropped' | 'same';

export interface Session {
  user: { id: string; login: string; name: string; role: string; unit: string | null; unit_name: string | null; totp?: boolean } | null;
  permissions: string[];
  region: { id: string; name: string };
  csrf: string | null;
  public_access: boolean;
  oidc: boolean;
}
export interface Plan {
  id: string;
  kind: 'annual' | 'term';
  year: number;
  judged_year: number;
  title: string;
  document: string;
  current: boolean;
  recorded_at: string;
  recorded_by: string;
  indicators: number;
  met: number;
  missed: number;
  undetermined: number;
  tasks: number;
  errors: number;
  warnings: number;
  notes: number;
}
export interface IndicatorRow {
  id: string;
  ordinal: number;
  no: string;
  part: string | null;
  part_name: string | null;
  name: string;
  unit: string;
  group: string | null;
  attribute: 'binding' | 'expected' | '' | null;
  responsible: string[];
  year: number | null;
  target: string | null;
  value: string | null;
  previous: string | null;
  next_target: string | null;
  term_target: string | null;
  verdict: Verdict | null;
  certainty: string | null;
  direction: string | null;
  direction_from: string | null;
  short_by: string | null;
  why: Bitext | null;
  link: Link;
  indicator: string;
  resembles: string | null;
  revision: number;
  place: Place | null;
  trend: { year: number; value: string | null }[] | null;
}
export interface TaskUnit {
  id: string;
  name: string;
  lead: boolean;
}
export interface TaskGoal {
  text: string;
  what?: string | null;
  verb?: string | null;
  narrative?: string | null;
}
export interface TaskRow {
  id: string;
  ordinal: number;
  no: number;
  text: string;
  section: string | null;
  section_title: string | null;
  lead: string | null;
  deadline: string | null;
  goals: TaskGoal[] | null;
  units: TaskUnit[] | null;
  place: Place | null;
}
export interface SectionRow {
  id: string;
  ordinal: number;
  number: string;
  title: string;
  level: number;
  clause: boolean;
  text: string | null;
  tasks: number;
}
export interface PlanUnit {
  id: string;
  name: string;
  parent: string | null;
  tasks: number;
  lead: number;
  indicators: number;
  missed: number;
}
export interface Unit {
  id: string;
  name: string;
  parent: string | null;
  parent_name: string | null;
  revision: number;
  aliases: string[] | null;
}
export interface FindingPlace {
  text: string;
  place: Place | null;
}
export interface Finding {
  id: string;
  ordinal: number;
  kind: string;
  severity: Severity;
  message: Bitext;
  expected: string | null;
  found: string | null;
  places: FindingPlace[];
  waived: boolean;
  reason: string | null;
  waived_by: string | null;
  waived_at: string | null;
  revision: number;
}
export interface DocumentRow {
  id: string;
  name: string;
  format: string;
  title: string;
  sha256: string;
  bytes: number;
  recorded_at: string;
  recorded_by: string;
  plan: string | null;
}
export interface Side {
  no: string;
  part: string | null;
  name: string;
  unit: string;
  target: string;
  year: number;
  place: Place | null;
}
export interface Comparison {
  summary: Record<Change, number>;
  rows: { change: Change; by?: string | null; was: Side | null; now: Side | null }[];
}
export interface RegionRow {
  name: string;
  unit: string;
  region: string;
  region_name: string;
  plan: string;
  ordinal: number;
  target: string | null;
  value: string | null;
  verdict: Verdict | null;
}
export interface Overview {
  plan: Plan;
  summary: { indicators: number; met: number; missed: number; undetermined: number };
  missed: IndicatorRow[];
  sections: { section: string; title: string | null; tasks: number }[];
  units: PlanUnit[];
  findings: { severity: Severity; kind: string; n: number; waived: number }[] | null;
  term: TermRow[];
  changes: { plan: string; title: string; summary: Record<Change, number> } | null;
}
export interface TermRow {
  ordinal: number;
  name: string;
  unit: string;
  indicator: string;
  term_year: number;
  term_target: string;
  year: number;
  value: string | null;
}
export interface Revision {
  id: string;
  year: number;
  role: 'target' | 'value' | 'term_target' | 'other';
  header: string;
  text: string;
  plan: string;
  plan_title: string;
  ordinal: number;
  recorded_at: string;
  recorded_by: string;
  place: Place | null;
}
export interface SeriesPoint {
  year: number;
  role: 'target' | 'value' | 'term_target';
  text: string;
  plan: string;
  ordinal: number;
}
export interface Concept {
  id: string;
  name: string;
  unit: string;
  series: SeriesPoint[];
  revisions: Revision[];
  rows: { plan: string; plan_title: string; plan_year: number; ordinal: number; name: string; verdict: Verdict | null; year: number | null }[];
}
export interface Hit {
  id: string;
  kind: 'indicator' | 'task' | 'section' | 'finding' | 'unit';
  plan: string | null;
  plan_title: string | null;
  plan_year: number | null;
  ordinal: number | null;
  item: string;
  text: string;
  place: Place | null;
}
export interface ImportResult {
  document: DocumentRow;
  plan: { id: string; title: string; year: number };
  recognised: Record<string, number>;
  links: { new: number; same: number; unsure: number };
  unsure: { ordinal: number; name: string; resembles: string }[];
  notes: (string | Bitext)[];
}
export interface User {
  id: string;
  login: string;
  name: string;
  role: string;
  unit: string | null;
  unit_name: string | null;
  disabled: boolean;
  has_password?: boolean;
  totp?: boolean;
  revision: number;
}
export interface AuditEntry {
  id: string;
  seq: number;
  at: string;
  actor: string;
  action: string;
  object: string;
  was: string | null;
  becomes: string | null;
  hash: string;
}
