import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { digestOf } from '../applicant.ts';
import { jpegBytes } from '../picture-bytes.ts';
import { type Heard, send } from './clerks.ts';

/** A document that was sent whole: its code, and what was sent. */
export type Sent = { readonly code: string; readonly bytes: Buffer };

type Ask = (url: string, init?: RequestInit) => Promise<Response>;

/** How an upload reaches a house. */
type Way = {
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape.
  readonly write: (url: string, body: object, more?: { readonly unkeyed: true }) => Promise<any>;
  readonly ask: Ask;
};

const pieces = 3;

// biome-ignore lint/suspicious/noExplicitAny: answers of any shape.
async function bodyOf(asked: Promise<Response>): Promise<any> {
  const reply = await asked;
  if (!reply.ok) throw new Error(`${reply.url}: ${reply.status} ${await reply.text()}`);
  return reply.json();
}

/** Asks once, and throws at what is refused. */
const plainly = (ask: Ask): Way => ({
  ask,
  async write(url, body) {
    const headers = { 'content-type': 'application/json' };
    return bodyOf(ask(url, { method: 'POST', headers, body: JSON.stringify(body) }));
  },
});

/** Asks until somebody answers, with the same key each time, as the pages do. */
const stubbornly = (base: string, cookie: string, heard: Heard): Way => ({
  // What is kept under no key is not looked for under it afterwards.
  write: async (url, body, more) => {
    const noted = more?.unkeyed ? undefined : heard;
    const { status, body: said } = await send(base, cookie, url, body, noted);
    if (status >= 300) throw new Error(`${url}: ${status} ${JSON.stringify(said)}`);
    return said;
  },
  async ask(url, init = {}) {
    for (;;) {
      const headers = { cookie, ...init.headers };
      const signal = AbortSignal.timeout(20_000);
      // Whole, or nobody answered: a machine may die with half an answer on its way.
      const reply = await fetch(`${base}${url}`, { ...init, headers, signal })
        .then(async (said) => new Response(await said.arrayBuffer(), said))
        .catch(() => undefined);
      if (reply && reply.status !== 503) return reply;
      await sleep(100);
    }
  },
});

/** Begins an application and sends its first document in pieces. */
async function sendInPieces({ write, ask }: Way): Promise<Sent> {
  const wish = { what: { kind: 'independent', occupationId: 'tailoring' } };
  const draft = await write('/api/drafts', wish);
  const { about } = await bodyOf(ask(`/api/drafts/${draft.code}`));
  const bytes = jpegBytes();
  const what = { draft: draft.code, number: about.documents[0].number, type: 'image/jpeg' };
  const { code } = await write('/api/uploads', { ...what, bytes: bytes.length });
  const size = Math.ceil(bytes.length / pieces);
  for (let from = 0; from < bytes.length; from += size) {
    const headers = { 'content-type': 'application/octet-stream' };
    const body = new Uint8Array(bytes.subarray(from, from + size));
    await bodyOf(ask(`/api/uploads/${code}?offset=${from}`, { method: 'PUT', headers, body }));
  }
  await write(`/api/uploads/${code}/finish`, { sha256: digestOf(bytes) }, { unkeyed: true });
  return { code, bytes };
}

/** Begins an application and sends its first document, each part until it was taken. */
export function sendDocument(base: string, cookie: string, heard: Heard): Promise<Sent> {
  return sendInPieces(stubbornly(base, cookie, heard));
}

/** Begins an application and sends its first document. @returns its code, once it is kept */
export async function keepDocument(ask: Ask): Promise<string> {
  const { code } = await sendInPieces(plainly(ask));
  for (;;) {
    const { state } = await bodyOf(ask(`/api/uploads/${code}`));
    if (state === 'kept') return code;
    if (state !== 'checking') throw new Error(`The document is ${state}.`);
    await sleep(100);
  }
}

/** Every document that was sent whole can be read, to the byte. */
export async function expectKept(
  base: string,
  cookie: string,
  documents: readonly Sent[],
): Promise<void> {
  for (const { code, bytes } of documents) {
    const reply = await fetch(`${base}/api/documents/${code}`, { headers: { cookie } });
    expect(reply.status).toBe(200);
    expect(Buffer.from(await reply.arrayBuffer()).equals(bytes)).toBe(true);
  }
}
