import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { digestOf } from '../applicant.ts';
import { jpegBytes } from '../picture-bytes.ts';
import { type Heard, send } from './clerks.ts';

/** A document that was sent whole: its code, and what was sent. */
export type Sent = { readonly code: string; readonly bytes: Buffer };

const pieces = 3;

/** Asks until there is an answer that is not 503. @returns it */
async function askOn(url: string, init: RequestInit): Promise<Response> {
  for (;;) {
    const reply = await fetch(url, { ...init, signal: AbortSignal.timeout(20_000) }).catch(
      () => undefined,
    );
    if (reply && reply.status !== 503) return reply;
    await sleep(100);
  }
}

/** Opens a draft and sends a picture to it in pieces, each until it was taken, as the pages do. */
export async function sendDocument(base: string, cookie: string, heard: Heard): Promise<Sent> {
  const write = (url: string, body: object) => send(base, cookie, url, body, heard);
  const wish = { what: { kind: 'independent', occupationId: 'tailoring' } };
  const draft = await write('/api/drafts', wish);
  const opened = await askOn(`${base}/api/drafts/${draft.body.code}`, { headers: { cookie } });
  const { about } = (await opened.json()) as { about: { documents: { number: number }[] } };
  const bytes = jpegBytes();
  const what = { draft: draft.body.code, number: about.documents[0]?.number, type: 'image/jpeg' };
  const begun = await write('/api/uploads', { ...what, bytes: bytes.length });
  const code = String(begun.body.code);
  const size = Math.ceil(bytes.length / pieces);
  for (let from = 0; from < bytes.length; from += size) {
    const put = await askOn(`${base}/api/uploads/${code}?offset=${from}`, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes.subarray(from, from + size)),
    });
    if (put.status !== 200) heard.failures.push(`piece at ${from}: ${put.status}`);
  }
  const ended = await send(base, cookie, `/api/uploads/${code}/finish`, {
    sha256: digestOf(bytes),
  });
  if (ended.status !== 200) heard.failures.push(`finish: ${ended.status}`);
  return { code, bytes };
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
