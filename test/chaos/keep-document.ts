import { setTimeout as sleep } from 'node:timers/promises';
import { digestOf } from '../applicant.ts';
import { jpegBytes } from '../picture-bytes.ts';

type Ask = (url: string, init?: RequestInit) => Promise<Response>;

// biome-ignore lint/suspicious/noExplicitAny: answers of any shape.
async function bodyOf(reply: Promise<Response>): Promise<any> {
  const got = await reply;
  if (!got.ok) throw new Error(`${got.url}: ${got.status} ${await got.text()}`);
  return got.json();
}

const json = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Begins an application and sends its first document in two pieces. @returns its code, once it is kept */
export async function keepDocument(ask: Ask): Promise<string> {
  const wish = { what: { kind: 'independent', occupationId: 'tailoring' } };
  const draft = await bodyOf(ask('/api/drafts', json(wish)));
  const opened = await bodyOf(ask(`/api/drafts/${draft.code}`));
  const { number } = opened.about.documents[0];
  const bytes = jpegBytes();
  const about = { draft: draft.code, number, type: 'image/jpeg', bytes: bytes.length };
  const begun = await bodyOf(ask('/api/uploads', json(about)));
  const url = `/api/uploads/${begun.code}`;
  const half = bytes.length >> 1;
  for (const [from, to] of [
    [0, half],
    [half, bytes.length],
  ] as const) {
    const piece = {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes.subarray(from, to)),
    };
    await bodyOf(ask(`${url}?offset=${from}`, piece));
  }
  await bodyOf(ask(`${url}/finish`, json({ sha256: digestOf(bytes) })));
  for (;;) {
    const { state } = await bodyOf(ask(url));
    if (state === 'kept') return begun.code;
    if (state !== 'checking') throw new Error(`The document is ${state}.`);
    await sleep(100);
  }
}
