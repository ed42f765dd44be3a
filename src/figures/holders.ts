import { type RawBuilder, sql } from 'kysely';
import { countInProvinces } from '../accounts/index.ts';
import { uuid7 } from '../kit/uuid7.ts';
import { type Check, codedDifferences, differencesShown } from '../platform/checks.ts';
import type { Tx } from '../platform/database.ts';
import type { JobHandlers } from '../platform/jobs.ts';

/** Tables whose rows say whose they are, after the row that they hang on. */
const followers = [
  { table: 'households', owner: 'person_id', followed: 'cases', key: sql`f.household_id = r.id` },
  { table: 'tranches', owner: 'holder_id', followed: 'plans', key: sql`f.id = r.plan_id` },
  { table: 'memberships', owner: 'holder_id', followed: 'plans', key: sql`f.id = r.plan_id` },
  { table: 'jobs', owner: 'holder_id', followed: 'plans', key: sql`f.id = r.plan_id` },
] as const;

/** A server of the version before may have been writing until then. */
const lookBackMs = 2 * 24 * 3_600_000;

/**
 * Says of the newest rows whose they are where nobody said so: while a new version comes in, servers of the one
 * before go on writing. Those that were there before are filled by `migrations/0080_fill_holders.sql`. Running it
 * again does nothing more. Returns how many rows were filled.
 */
export async function fillHolders(tx: Tx, provinceId: number, now: Date): Promise<number> {
  const since = uuid7(now.getTime() - lookBackMs, (length) => new Uint8Array(length));
  let filled = 0n;
  for (const { table, owner, followed, key } of followers) {
    const { numAffectedRows } = await sql`
      update ${sql.table(table)} r set ${sql.ref(owner)} = f.person_id from ${sql.table(followed)} f
      where r.province_id = ${provinceId}::integer and f.province_id = ${provinceId}::integer
        and ${key} and r.id >= ${since}::uuid and r.${sql.ref(owner)} is null`.execute(tx);
    filled += numAffectedRows ?? 0n;
  }
  return Number(filled);
}

/** The job of the clock that fills them, province by province. */
export const holderJobs: JobHandlers = {
  'figures.fillHolders': async (_payload, { database, clock }) => {
    await countInProvinces(database, (tx, provinceId) => fillHolders(tx, provinceId, clock.now()));
  },
};

type Compared = { id: string; kept: string; recomputed: string };

/** Nobody is shown a dwelling, payment, membership or job of somebody else: whose a row says it is, it is. */
export const holderCheck: Check = {
  name: 'figures.holders',
  async run(tx: Tx, provinceId: number) {
    const ofProvince = sql`r.province_id = ${provinceId} and f.province_id = ${provinceId}`;
    let checked = 0;
    const found: Compared[] = [];
    for (const { table, owner, followed, key } of followers) {
      const said: RawBuilder<unknown> = sql`r.${sql.ref(owner)}`;
      const { rows } = await sql<{ checked: number; wrong: Compared[] | null }>`
        select count(*)::integer as checked, json_agg(json_build_object('id', r.id, 'kept', ${said},
            'recomputed', f.person_id)) filter (where ${said} <> f.person_id) as wrong
        from ${sql.table(table)} r, ${sql.table(followed)} f
        where ${ofProvince} and ${key}`.execute(tx);
      checked += rows[0]?.checked ?? 0;
      found.push(...(rows[0]?.wrong ?? []));
    }
    return { checked, differences: codedDifferences(provinceId, found.slice(0, differencesShown)) };
  },
};
