/* Columns of a list (DataTable.vue). `key` is the API's name of the field. */
import { word, type Key } from '../i18n';

export interface Column<T> {
  key: string;
  title: string;
  /** The text, where it is not the field's own. */
  text?: (row: T) => string | number | null | undefined;
  /** Choices of a filter over the table. */
  options?: { value: string; label: string }[];
  sort?: boolean;
  /** A figure: to the right, figures of one width. */
  figure?: boolean;
  /** Shown only when chosen. */
  optional?: boolean;
  /** Cannot be hidden. */
  always?: boolean;
  class?: string;
  width?: string;
}

/** The choices of a set of tokens. */
export const tokens = (set: string, values: readonly string[]): { value: string; label: string }[] =>
  values.map((value) => ({ value, label: word(set, value) }));

export const VERDICTS = ['met', 'missed', 'undetermined'] as const;
export const SEVERITIES = ['error', 'warning', 'note'] as const;
export const CHANGES = ['tightened', 'loosened', 'reworded', 'unit', 'new', 'dropped', 'same'] as const;
export const FINDING_KINDS = ['sum', 'rate', 'repeat', 'rounding', 'claim', 'target', 'wording',
  'title', 'sequence', 'unit', 'range', 'missing', 'structure'] as const;
export const ROLES = ['admin', 'office', 'lead', 'reporter', 'supervisor', 'reader'] as const;
export type { Key };
