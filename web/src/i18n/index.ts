/* Words in the language that was chosen. */
import { language } from '../core/preferences';
import type { Bitext } from '../core/types';
import { en } from './en';
import { zh } from './zh';

export type Key = keyof typeof zh;
export type Dictionary = Record<Key, string>;

const dictionaries: Record<'zh' | 'en', Dictionary> = { zh, en };

/** The words of a key; {n} is taken from `values`. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return dictionaries[language.value][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole);
}

/** The words of a token of a set (`verdict` + `met`); the token itself where there are none. */
export function word(set: string, token: string | null | undefined): string {
  if (!token) return '';
  const key = `${set}.${token}` as Key;
  return key in zh ? t(key) : token;
}

export function pick(text: Bitext | string | null | undefined): string {
  if (!text) return '';
  return typeof text === 'string' ? text : text[language.value] || text.zh || text.en;
}

export function when(at: string | null | undefined): string {
  if (!at) return '';
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at
    : date.toLocaleString(language.value === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

export function percent(part: number, whole: number): string {
  return whole > 0 ? (Math.round((part * 1000) / whole) / 10).toString() : '0';
}
