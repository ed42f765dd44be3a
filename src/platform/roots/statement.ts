import type { Selectable } from 'kysely';
import type { DB } from '../database.ts';
import { isSignedBy } from '../signing-key.ts';
import { sha256 } from './merkle.ts';

/** A root as the table keeps it. */
export type RootRow = Selectable<DB['history_roots']>;
type Said = Omit<RootRow, 'signature' | 'made_at'>;

/**
 * What is signed: one line of JSON in a fixed order. `previous` is the SHA-256 of the line of the root before,
 * so that no root can be exchanged without all that follow it.
 */
export function statementOf(root: Said): string {
  return JSON.stringify({
    format: 'karkhaneh-root-1',
    province: String(root.province_id).padStart(2, '0'),
    number: root.number,
    as_of: root.as_of_at.toISOString(),
    day: root.day_on,
    cases: root.cases,
    hash: root.hash.toString('hex'),
    previous: root.previous?.toString('hex') ?? null,
    key: root.key_id,
  });
}

/** The hash by which the next root names this one. */
export function statementHash(root: Said): Buffer {
  return sha256(Buffer.from(statementOf(root)));
}

/** Whether the key that a root names signed what it says. */
export function isGenuine(root: RootRow): boolean {
  return isSignedBy(root.key_id, Buffer.from(statementOf(root)), root.signature);
}

/** A root as anybody downloads it: the signed line, the signature, and the parts again for reading. */
export function publishedRoot(root: RootRow) {
  const statement = statementOf(root);
  return {
    ...(JSON.parse(statement) as {
      province: string;
      number: number;
      as_of: string;
      day: string | null;
      cases: number;
      hash: string;
      previous: string | null;
      key: string;
    }),
    statement,
    signature: root.signature.toString('base64'),
  };
}
