import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Files } from '../src/platform/files.ts';

/** Files that are kept in memory, for one test house. */
export function memoryFiles(): Files & { readonly kept: ReadonlyMap<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  const get = (key: string): Uint8Array => {
    const bytes = kept.get(key);
    if (!bytes) throw new Error(`No file ${key}`);
    return bytes;
  };
  return {
    kept,
    async put(contents) {
      const bytes = contents instanceof Uint8Array ? contents : await buffer(contents);
      const key = randomUUID();
      kept.set(key, bytes);
      return key;
    },
    async putAt(key, contents) {
      kept.set(key, contents);
    },
    async *keys() {
      yield* kept.keys();
    },
    getStream: async (key) => Readable.from([get(key)]),
    getBytes: async (key) => get(key),
    exists: async (key) => kept.has(key),
    isSealedNewly: async () => true,
    async delete(key) {
      kept.delete(key);
    },
  };
}
