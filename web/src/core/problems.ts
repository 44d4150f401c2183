/* What a person is told of a failed request: what happened, and what to do. */
import { ElMessage } from '../ui';
import { t, type Key } from '../i18n';
import { Problem } from './api';

const byKind: Record<string, Key> = {
  offline: 'error.offline',
  'login-needed': 'error.login',
  forbidden: 'error.forbidden',
  'not-found': 'error.notfound',
  stale: 'error.stale',
  busy: 'error.busy',
  'disk-full': 'error.full',
  'too-large': 'error.large',
  failed: 'error.server',
};

export function wordsOf(p: Problem): string {
  const key = byKind[p.kind];
  if (key) return t(key);
  const said = [p.message, p.detail].filter(Boolean).join(': ');
  return said || t(p.status >= 500 ? 'error.server' : 'error.title');
}

export function tell(e: unknown): void {
  const words = e instanceof Problem ? wordsOf(e) : String(e);
  ElMessage({ message: words, type: 'error', duration: 6000, showClose: true });
}
export function say(words: string): void {
  ElMessage({ message: words, type: 'success' });
}
