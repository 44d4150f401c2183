/* Figures of phrases, for drawing only: what a phrase means is judged by the program. */

export interface Band {
  low: number | null;
  high: number | null;
}

const NUMBER = /-?\d+(?:,\d{3})*(?:\.\d+)?/g;
const AT_LEAST = /以上|不低于|不少于|>|≥|超过|力争/;
const AT_MOST = /以下|以内|不高于|不超过|不大于|<|≤|低于|控制在/;

export function figuresOf(text: string | null | undefined): number[] {
  if (!text) return [];
  return (text.replace(/\d{4}年/g, '').match(NUMBER) ?? [])
    .map((n) => Number(n.replace(/,/g, '')))
    .filter(Number.isFinite);
}

export function valueOf(text: string | null | undefined): number | null {
  return figuresOf(text?.replace(/(\d)\s*[-–~～]\s*(?=\d)/g, '$1 '))[0] ?? null;
}

/** The band that a target asks for; open at the side that has no bound. */
export function bandOf(text: string, direction: string | null): Band | null {
  const figures = figuresOf(text.replace(/(\d)\s*[-–~～]\s*(?=\d)/g, '$1 '));
  if (figures.length === 0) return null;
  const first = figures[0] as number;
  if (figures.length > 1 && /\d\s*[-–~～]\s*\d/.test(text))
    return { low: Math.min(...figures), high: Math.max(...figures) };
  if (AT_MOST.test(text)) return { low: null, high: first };
  if (AT_LEAST.test(text)) return { low: first, high: null };
  if (direction === 'down') return { low: null, high: first };
  if (direction === 'up') return { low: first, high: null };
  return { low: first, high: first };
}
