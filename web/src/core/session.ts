/* Who is logged in, and what they may do. */
import { reactive, readonly } from 'vue';
import { credentials, get, request } from './api';
import type { Session } from './types';

export type Permission =
  | 'open' | 'plan_read' | 'own_read' | 'finding_read' | 'import' | 'link_confirm'
  | 'finding_waive' | 'export' | 'unit_edit' | 'audit_read' | 'account' | 'user_admin'
  | 'setting_edit';

const state = reactive<{ loaded: boolean; value: Session }>({
  loaded: false,
  value: { user: null, permissions: [], region: { id: '', name: '' }, csrf: null, public_access: false, oidc: false },
});

export const session = readonly(state);

export function take(s: Session): void {
  state.value = s;
  state.loaded = true;
  credentials.csrf = s.csrf ?? '';
}
export async function load(): Promise<void> {
  take(await get<Session>('/session'));
}
export async function logIn(login: string, password: string, code: string): Promise<void> {
  const body = code ? { login, password, code } : { login, password };
  take((await request<Session>('POST', '/session', { body })).data);
}
export async function logOut(): Promise<void> {
  await request('DELETE', '/session');
  await load();
}
export const may = (p: Permission): boolean => state.value.permissions.includes(p);
/** Reads plans: all of the region, or what the own unit is responsible for. */
export const reads = (): boolean => may('plan_read') || may('own_read');
/** The parts of a plan that exist as a whole only are not for whoever sees the own unit's. */
export const seesAll = (): boolean => may('plan_read');
