import type { Tx } from '../../platform/database.ts';
import { findRoot } from '../../platform/roots/index.ts';
import { findBulletin, versionsOf } from './queries.ts';
import type { Version } from './version.ts';

/** A version that anybody may see, the public ones beside it, and the hash of the root it was printed with. */
export type Shown = {
  readonly version: Version;
  readonly versions: readonly Version[];
  readonly newest: boolean;
  readonly rootHash: string;
};

/** The version of a bulletin that was asked for, or its newest; none before its time. */
export async function findShown(
  tx: Tx,
  asked: { provinceId: number; number: string; version: string | undefined; now: Date },
): Promise<Shown | undefined> {
  const bulletin = await findBulletin(tx, asked.provinceId, asked.number);
  if (!bulletin) return undefined;
  const all = await versionsOf(tx, bulletin);
  const versions = all.filter(({ publicFrom }) => publicFrom <= asked.now);
  const newest = versions.at(-1);
  const version =
    asked.version === undefined
      ? newest
      : versions.find((one) => String(one.version) === asked.version);
  if (!version) return undefined;
  const root = await findRoot(tx, bulletin.provinceId, version.root);
  const rootHash = root?.hash.toString('hex') ?? '';
  return { version, versions, newest: version === newest, rootHash };
}
