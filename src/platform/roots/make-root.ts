import { sql } from 'kysely';
import { addDays, dayStart, type IsoDate, isoToday } from '../../kit/jalali.ts';
import type { Database, Tx } from '../database.ts';
import { provinceContext } from '../policy.ts';
import type { SigningKey } from '../signing-key.ts';
import { MerkleTree } from './merkle.ts';
import { findRoot, type LinkRow, linksUntil, newestLinks } from './queries.ts';
import { openingSeal } from './seals.ts';
import { type RootRow, statementHash, statementOf } from './statement.ts';

/** Of which moment a root is made; `day` where it is the root of a day in Tehran. */
export type Moment = { readonly asOf: Date; readonly now: Date; readonly day?: string };

/**
 * Makes the next root of a province, of one snapshot: signs the tree over the newest links of all chains, and
 * writes down where each stands that has grown since the root before. It streams: at any number of cases it
 * holds a few of them.
 */
export async function makeRoot(
  database: Database,
  key: SigningKey,
  provinceId: number,
  moment: Moment,
): Promise<RootRow> {
  const context = { ...provinceContext(provinceId), pool: 'long' } as const;
  return database.transaction(context, async (tx) => {
    await sql`set transaction isolation level repeatable read`.execute(tx);
    const before = await findRoot(tx, provinceId, 'newest');
    const root = await signRoot(tx, key, provinceId, moment, before);
    await tx.insertInto('history_roots').values(root).execute();
    await keepLinks(tx, root);
    if (!before) await sealOpenHeads(tx, key, provinceId);
    return root;
  });
}

async function signRoot(
  tx: Tx,
  key: SigningKey,
  provinceId: number,
  { asOf, now, day }: Moment,
  before: RootRow | undefined,
): Promise<RootRow> {
  // What an earlier root holds, a later one holds too, whatever the moments they are made of.
  const at = before && before.as_of_at > asOf ? before.as_of_at : asOf;
  const tree = new MerkleTree();
  for await (const row of newestLinks(tx, provinceId, at)) tree.add(toLink(row));
  const said = {
    ...{ province_id: provinceId, number: (before?.number ?? 0) + 1, as_of_at: at },
    ...{ day_on: day ?? null, cases: tree.size, hash: tree.root(), key_id: key.id },
    previous: before ? statementHash(before) : null,
  };
  return { ...said, signature: key.sign(Buffer.from(statementOf(said))), made_at: now };
}

const toLink = (row: Omit<LinkRow, 'trail'>) => ({
  caseId: row.case_id,
  seq: row.seq,
  hash: row.hash,
});

async function keepLinks(tx: Tx, { province_id, number, as_of_at }: RootRow): Promise<void> {
  await sql`insert into history_root_links (province_id, case_id, seq, root_number, hash, trail)
    select ${province_id}::integer, case_id, seq, ${number}::integer, hash, trail
    from (${linksUntil(province_id, as_of_at)}) as grown`.execute(tx);
}

/** Chains that began before the house had a key: from the first root on they are sealed like all others. */
async function sealOpenHeads(tx: Tx, key: SigningKey, provinceId: number): Promise<void> {
  const open = tx
    .selectFrom('history_root_links as l')
    .innerJoin('history_heads as h', (join) =>
      join
        .onRef('h.case_id', '=', 'l.case_id')
        .onRef('h.seq', '=', 'l.seq')
        .on('h.province_id', '=', provinceId),
    )
    .select(['l.case_id', 'l.seq', 'l.hash'])
    .where('l.province_id', '=', provinceId)
    .where('h.seal', 'is', null);
  const rows = await open.execute();
  for (let from = 0; from < rows.length; from += 5_000) {
    const piece = rows.slice(from, from + 5_000);
    const seals = piece.map((row) => openingSeal(key, toLink(row)));
    await sql`update history_heads h set seal = i.seal
      from unnest(${piece.map((row) => row.case_id)}::uuid[], ${seals}::bytea[]) as i(case_id, seal)
      where h.province_id = ${provinceId} and h.case_id = i.case_id`.execute(tx);
  }
}

/** Provinces that have a record. */
export async function recordedProvinces(database: Database): Promise<number[]> {
  const everywhere = { province: 'all', organisation: '', person: '', pool: 'long' } as const;
  const rows = await database.transaction(everywhere, (tx) =>
    tx
      .selectFrom('history_heads')
      .select('province_id')
      .distinct()
      .orderBy('province_id')
      .execute(),
  );
  return rows.map((row) => row.province_id);
}

/**
 * Makes the root of yesterday, by Tehran's calendar, in every province that has a record and lacks it.
 * @returns the roots that were made
 */
export async function makeDayRoots(
  database: Database,
  key: SigningKey,
  now: Date,
  zone = 'Asia/Tehran',
): Promise<RootRow[]> {
  const today = isoToday(now.getTime(), zone);
  const day = addDays(today, -1);
  const made: RootRow[] = [];
  for (const provinceId of await recordedProvinces(database)) {
    if (await hasDay(database, provinceId, day)) continue;
    const asOf = new Date(dayStart(today, zone) - 1);
    made.push(await makeRoot(database, key, provinceId, { asOf, now, day }));
  }
  return made;
}

async function hasDay(database: Database, provinceId: number, day: IsoDate): Promise<boolean> {
  const found = await database.transaction(provinceContext(provinceId), (tx) =>
    tx
      .selectFrom('history_roots')
      .select('number')
      .where('province_id', '=', provinceId)
      .where('day_on', '=', day)
      .executeTakeFirst(),
  );
  return found !== undefined;
}
