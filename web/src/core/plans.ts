/* The plans of the region, and the one that is looked at. */
import { computed, shallowRef } from 'vue';
import { all } from './api';
import type { Plan } from './types';

export const plans = shallowRef<Plan[]>([]);
export const chosen = shallowRef<string | null>(null);

export async function loadPlans(): Promise<void> {
  plans.value = await all<Plan>('/plans');
}
export const plan = computed<Plan | null>(() => plans.value.find((p) => p.id === chosen.value) ?? null);
/** The plan to open first: the last annual one that nothing supersedes. */
export const latest = computed<Plan | null>(() => {
  const current = plans.value.filter((p) => p.current !== false);
  const annual = current.filter((p) => p.kind === 'annual');
  const rows = annual.length ? annual : current;
  return [...rows].sort((a, b) => b.year - a.year)[0] ?? plans.value[0] ?? null;
});
