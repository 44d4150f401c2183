/* Loading what a page shows: once now, again when what it depends on changes. */
import { onUnmounted, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { Problem } from './api';
import { onChange } from './events';

export interface Loaded<T> {
  data: ShallowRef<T | null>;
  problem: ShallowRef<Problem | null>;
  busy: Ref<boolean>;
  reload: () => Promise<void>;
}

export function useLoad<T>(key: () => unknown, fetcher: () => Promise<T>): Loaded<T> {
  const data = shallowRef<T | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const busy = ref(false);
  let turn = 0;
  async function reload(): Promise<void> {
    const mine = ++turn;
    busy.value = true;
    try {
      const got = await fetcher();
      if (mine !== turn) return;
      data.value = got;
      problem.value = null;
    } catch (e) {
      if (mine !== turn) return;
      problem.value = e instanceof Problem ? e : new Problem(0, 'failed', String(e), '', null);
    } finally {
      if (mine === turn) busy.value = false;
    }
  }
  watch(key, (now, was) => {
    if (JSON.stringify(now) !== JSON.stringify(was)) data.value = null;
    void reload();
  }, { immediate: true, deep: true });
  onUnmounted(onChange(() => void reload()));
  return { data, problem, busy, reload };
}
