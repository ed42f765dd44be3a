import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from './api.generated.ts';
import { isProblemDocument, RequestFailed, unexpectedAnswer } from './problem.ts';

/** Header that names an intention to write: the same key never writes twice. */
const keyHeader = 'Idempotency-Key';
/** Pauses before sending a write again over a broken connection, milliseconds. */
const pauses = [400, 1200, 3000];
/** Answers that say nothing about whether the write was done. */
const undecided = new Set([502, 503, 504]);

/** A new key for one intention to write (a UUID; works without a secure context too). */
export function newOpId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const isWrite = (request: Request): boolean =>
  request.method !== 'GET' && request.method !== 'HEAD';

/**
 * Sends a request; a write goes again with the same key when the connection broke or a gateway gave up,
 * because the server answers a replay with its first answer. Throws TypeError when all attempts broke.
 */
async function send(request: Request): Promise<Response> {
  if (!isWrite(request)) return fetch(request);
  for (const pause of pauses) {
    try {
      const response = await fetch(request.clone());
      if (!undecided.has(response.status)) return response;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return fetch(request);
}

const language: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', document.documentElement.lang);
    if (isWrite(request) && !request.headers.has(keyHeader)) {
      request.headers.set(keyHeader, newOpId());
    }
    return request;
  },
};

/** The server's own client: paths, parameters and answers are typed by its OpenAPI document. */
export const api = createClient<paths>({ fetch: send });
api.use(language);

/** An upload's form: the file last, so that the server knows what it is when the file begins to arrive. */
export function fileForm(fields: Readonly<Record<string, string>>, file: File): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', file, file.name);
  return form;
}

/** The answer's body, or throws `RequestFailed` with the problem document. */
export async function answer<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  throw new RequestFailed(
    isProblemDocument(error)
      ? error
      : {
          type: 'about:blank',
          title: '',
          status: response.status,
          code: unexpectedAnswer,
          instance: response.headers.get('x-request-id') ?? '',
        },
  );
}

/** Headers of a write with the key of one intention. */
export function withKey(opId: string): { [keyHeader]: string } {
  return { [keyHeader]: opId };
}

export type { paths };

/** The body of a GET's answer. */
export type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

/** The query of a GET. */
export type Query<P extends keyof paths> = paths[P] extends {
  get: { parameters: { query?: infer Asked } };
}
  ? NonNullable<Asked>
  : never;
