/* What somebody chose for this browser: language, theme, size of text. */
import { ref, watchEffect, type Ref } from 'vue';

export type Language = 'zh' | 'en';
export type Theme = 'light' | 'dark';
export type TextSize = 'normal' | 'large';

function kept<T extends string>(key: string, otherwise: T, values: readonly T[]): Ref<T> {
  const name = `plumbline.${key}`;
  const was = localStorage.getItem(name) as T | null;
  const value = ref(was && values.includes(was) ? was : otherwise) as Ref<T>;
  watchEffect(() => localStorage.setItem(name, value.value));
  return value;
}

const prefersDark = matchMedia('(prefers-color-scheme: dark)').matches;
const prefersChinese = navigator.languages.some((l) => l.toLowerCase().startsWith('zh'));

export const language = kept<Language>('language', prefersChinese || !navigator.language ? 'zh' : 'en',
  ['zh', 'en']);
export const theme = kept<Theme>('theme', prefersDark ? 'dark' : 'light', ['light', 'dark']);
export const textSize = kept<TextSize>('text', 'normal', ['normal', 'large']);

watchEffect(() => {
  const root = document.documentElement;
  root.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  root.classList.toggle('dark', theme.value === 'dark');
  root.classList.toggle('large', textSize.value === 'large');
});
