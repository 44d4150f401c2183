/* The API: one function for every request, problems as errors that say what to do. */
import { reactive } from 'vue';
import { language } from './preferences';

export interface ProblemDocument {
  type?: string;
  title?: string;
  detail?: string;
  status?: number;
}

/** A request that did not succeed. `kind` is the end of the problem's type. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly kind: string,
    title: string,
    readonly detail: string,
    readonly retryAfter: number | null,
  ) {
    super(title);
  }
}

export type QueryValue = string | number | boolean | null | undefined;
export type Query = Record<string, QueryValue>;

export interface Answer<T> {
  data: T;
  etag: string | null;
  status: number;
}

interface Options {
  query?: Query;
  body?: unknown;
  bytes?: Blob;
  etag?: string | number | null;
  signal?: AbortSignal;
}

/** Set by the session; sent with every writing request. */
export const credentials = reactive({ csrf: '' });

export const API = '/api/v1';

export function urlOf(path: string, query: Query = {}): string {
  const pairs = Object.entries(query)
    .filter(([, v]) => v !== undefined && v !== null && v !== '')
    .map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(String(v))}`);
  return API + path + (pairs.length ? `?${pairs.join('&')}` : '');
}

async function problemOf(response: Response): Promise<Problem> {
  let doc: ProblemDocument = {};
  try {
    doc = (await response.json()) as ProblemDocument;
  } catch {
    // no problem document: the status has to do
  }
  const wait = Number(response.headers.get('Retry-After'));
  const kind = doc.type?.split('/').pop() ?? `http-${response.status}`;
  return new Problem(response.status, kind, doc.title ?? response.statusText, doc.detail ?? '',
    Number.isFinite(wait) && wait > 0 ? wait : null);
}

function headersOf(method: string, o: Options): Headers {
  const headers = new Headers({
    Accept: 'application/json',
    'Accept-Language': language.value === 'zh' ? 'zh-CN' : 'en',
  });
  if (method !== 'GET' && credentials.csrf) headers.set('X-CSRF-Token', credentials.csrf);
  if (o.etag !== undefined && o.etag !== null) headers.set('If-Match', `"${o.etag}"`);
  if (o.bytes) headers.set('Content-Type', 'application/octet-stream');
  else if (o.body !== undefined) headers.set('Content-Type', 'application/json');
  return headers;
}

export async function request<T>(method: string, path: string, o: Options = {}): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(urlOf(path, o.query), {
      method,
      headers: headersOf(method, o),
      body: o.bytes ?? (o.body === undefined ? undefined : JSON.stringify(o.body)),
      credentials: 'same-origin',
      signal: o.signal,
    });
  } catch (e) {
    if ((e as Error).name === 'AbortError') throw e;
    throw new Problem(0, 'offline', '', '', null);
  }
  if (!response.ok) throw await problemOf(response);
  const isJson = response.headers.get('Content-Type')?.includes('json');
  const data = response.status === 204 ? undefined
    : isJson ? await response.json() : await response.text();
  const etag = response.headers.get('ETag')?.replace(/^(W\/)?"|"$/g, '') ?? null;
  return { data: data as T, etag, status: response.status };
}

export const get = async <T>(path: string, query?: Query): Promise<T> =>
  (await request<T>('GET', path, { query })).data;
export const post = async <T>(path: string, body?: unknown, o: Options = {}): Promise<T> =>
  (await request<T>('POST', path, { ...o, body })).data;

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}

/** Every row of a list, page after page. */
export async function all<T>(path: string, query: Query = {}, most = 5000): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await get<Page<T>>(path, { limit: 500, ...query, cursor });
    rows.push(...page.items);
    cursor = page.next;
  } while (cursor && rows.length < most);
  return rows;
}
