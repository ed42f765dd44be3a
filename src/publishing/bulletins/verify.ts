import { isDeepStrictEqual } from 'node:util';
import type { Reference } from '../../accounts/index.ts';
import type { Tx } from '../../platform/database.ts';
import { findRoot, isGenuine, treeFaults } from '../../platform/roots/index.ts';
import { readFigures } from './figures.ts';
import { toldBeside, toldDerived } from './rules.ts';
import { sorted, type Version, versionHash } from './version.ts';

/** What was held against what, and where they differ. */
export type Verified = {
  readonly name: 'figures' | 'table' | 'annex' | 'hash' | 'root';
  readonly differences: readonly { what: string; kept: string; recomputed: string }[];
};

/** Works a version out again from the record as of its moment, and its root from the links under it. */
export async function verifyVersion(
  tx: Tx,
  reference: Reference,
  version: Version,
): Promise<Verified[]> {
  const { bulletin, figures, asOf } = version;
  const again = await readFigures(tx, reference, bulletin, asOf);
  // A version of before the market was told of says nothing of it.
  const isNew = (name: string) =>
    [...toldBeside, ...toldDerived].some((one) => one === name) && !(name in figures.values);
  const names = new Set([...Object.keys(figures.values), ...Object.keys(again.values)]);
  const differing = [...names].flatMap((what) => {
    if (isNew(what)) return [];
    const [kept, recomputed] = [figures.values[what] ?? '', again.values[what] ?? ''];
    return kept === recomputed ? [] : [{ what, kept, recomputed }];
  });
  return [
    { name: 'figures', differences: differing },
    { name: 'table', differences: same('table', figures.cells, again.cells) },
    { name: 'annex', differences: same('annex', figures.overrides, again.overrides) },
    { name: 'hash', differences: hashFault(version) },
    { name: 'root', differences: await rootFaults(tx, version) },
  ];
}

function same(what: string, kept: unknown, recomputed: unknown): Verified['differences'] {
  const [a, b] = [sorted(kept), sorted(recomputed)];
  if (isDeepStrictEqual(a, b)) return [];
  return [{ what, kept: JSON.stringify(a), recomputed: JSON.stringify(b) }];
}

function hashFault({ hash, ...content }: Version): Verified['differences'] {
  const recomputed = versionHash(content).toString('hex');
  return recomputed === hash ? [] : [{ what: 'hash', kept: hash, recomputed }];
}

async function rootFaults(tx: Tx, { bulletin, root, asOf }: Version) {
  const row = await findRoot(tx, bulletin.provinceId, root);
  const what = `root ${root}`;
  if (!row) return [{ what, kept: 'printed', recomputed: 'no such root' }];
  if (!isGenuine(row)) return [{ what, kept: row.key_id, recomputed: 'not signed' }];
  if (row.as_of_at < asOf) {
    return [{ what, kept: row.as_of_at.toISOString(), recomputed: asOf.toISOString() }];
  }
  return treeFaults(tx, row);
}
