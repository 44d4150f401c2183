/* From a mark in a document to the page of the datum. */
import type { RouteLocationRaw } from 'vue-router';

export function markTarget(plan: string, kind: string, id: string): RouteLocationRaw | null {
  switch (kind) {
    case 'indicator': return { name: 'indicator', params: { plan, ordinal: id } };
    case 'task': return { name: 'tasks', params: { plan }, query: { ordinal: id } };
    case 'finding': return { name: 'finding', params: { plan, finding: id } };
    default: return null;
  }
}
