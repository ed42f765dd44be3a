import { type Desk, type Heard, oneCase } from '../chaos/clerks.ts';
import { keepDocument } from '../chaos/documents.ts';

/** Lets `count` desks work cases, until what it returns is called; that waits for the last of each. */
export function putToWork(
  base: string,
  desk: Desk,
  heard: Heard,
  count: number,
): () => Promise<void> {
  let over = false;
  const working = Array.from({ length: count }, async () => {
    while (!over) await oneCase(base, desk, heard);
  });
  return async () => {
    over = true;
    await Promise.all(working);
  };
}

/** Keeps one document after the other, until what it returns is called. @returns their codes, then */
export function keepDocuments(base: string, cookie: string): () => Promise<string[]> {
  let over = false;
  const codes: string[] = [];
  const ask = (url: string, init: RequestInit = {}) =>
    fetch(`${base}${url}`, {
      ...init,
      headers: { cookie, 'idempotency-key': crypto.randomUUID(), ...init.headers },
    });
  const keeping = (async () => {
    while (!over) codes.push(await keepDocument(ask));
  })();
  return async () => {
    over = true;
    await keeping;
    return codes;
  };
}
