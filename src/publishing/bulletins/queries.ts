import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';
import type { Figures } from './figures.ts';
import { readBulletinNumber } from './rules.ts';
import type { Text } from './text.ts';
import { type Bulletin, toBulletin, toVersion, type Version } from './version.ts';

/** A bulletin by its number, where the number is of this province. */
export async function findBulletin(
  tx: Tx,
  provinceId: number,
  number: string,
): Promise<Bulletin | undefined> {
  const read = readBulletinNumber(number);
  if (read?.provinceId !== provinceId) return undefined;
  const row = await tx
    .selectFrom('bulletins')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('year', '=', read.year)
    .where('serial', '=', read.serial)
    .executeTakeFirst();
  return row && toBulletin(row);
}

/** A bulletin of a province by its id. */
export async function findBulletinById(
  tx: Tx,
  provinceId: number,
  id: string,
): Promise<Bulletin | undefined> {
  const row = await tx
    .selectFrom('bulletins')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toBulletin(row);
}

/** The published versions of a bulletin, in order; those that are not public yet too. */
export async function versionsOf(tx: Tx, bulletin: Bulletin): Promise<Version[]> {
  const rows = await tx
    .selectFrom('bulletin_versions')
    .selectAll()
    .where('province_id', '=', bulletin.provinceId)
    .where('bulletin_id', '=', bulletin.id)
    .orderBy('version')
    .execute();
  return rows.map((row) => toVersion(bulletin, row));
}

/** A draft as it is kept. */
export type Draft = {
  readonly version: number;
  readonly revision: number;
  readonly asOf: Date;
  readonly text: Text;
  readonly figures: Figures;
  readonly reason: string | null;
  readonly signedBy: string | null;
  readonly signedAt: Date | null;
};

/** The draft of a bulletin, locked where somebody is about to change it. */
export async function findDraft(
  tx: Tx,
  bulletin: Bulletin,
  lock = false,
): Promise<Draft | undefined> {
  const query = tx
    .selectFrom('bulletin_drafts')
    .selectAll()
    .where('province_id', '=', bulletin.provinceId)
    .where('bulletin_id', '=', bulletin.id);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (!row) return undefined;
  return {
    ...{ version: row.version, revision: row.revision, asOf: row.as_of_at, reason: row.reason },
    ...{ text: row.text as unknown as Text, figures: row.figures as unknown as Figures },
    ...{ signedBy: row.signed_by, signedAt: row.signed_at },
  };
}

/** The newest public version of every bulletin of a province, the newest first. */
export async function publicVersions(tx: Tx, provinceId: number, now: Date): Promise<Version[]> {
  const rows = await tx
    .selectFrom('bulletin_versions as v')
    .selectAll('v')
    .distinctOn('v.bulletin_id')
    .where('v.province_id', '=', provinceId)
    .where('v.public_from_at', '<=', now)
    .orderBy('v.bulletin_id')
    .orderBy('v.version', 'desc')
    .limit(1000)
    .execute();
  const bulletins = await tx
    .selectFrom('bulletins')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`id = any(${rows.map((row) => row.bulletin_id)}::uuid[])`)
    .execute();
  const byId = new Map(bulletins.map((row) => [row.id, toBulletin(row)]));
  return rows
    .flatMap((row) => {
      const bulletin = byId.get(row.bulletin_id);
      return bulletin ? [toVersion(bulletin, row)] : [];
    })
    .sort((a, b) => b.publicFrom.getTime() - a.publicFrom.getTime());
}

/** The bulletins of a province with where each has come to, the newest first. */
export async function listBulletins(tx: Tx, provinceId: number) {
  const { rows } = await sql<{
    id: string;
    draft: number | null;
    signed: boolean | null;
    published: number | null;
    public_from_at: Date | null;
  }>`select b.id, d.version as draft, d.signed_by is not null as signed, v.version as published,
      v.public_from_at
    from bulletins b
    left join bulletin_drafts d on d.province_id = ${provinceId} and d.bulletin_id = b.id
    left join lateral (
      select version, public_from_at from bulletin_versions
      where province_id = ${provinceId} and bulletin_id = b.id order by version desc limit 1
    ) v on true
    where b.province_id = ${provinceId} order by b.id desc limit 200`.execute(tx);
  const bulletins = await tx
    .selectFrom('bulletins')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`id = any(${rows.map((row) => row.id)}::uuid[])`)
    .execute();
  const byId = new Map(bulletins.map((row) => [row.id, toBulletin(row)]));
  return rows.flatMap(({ id, ...state }) => {
    const bulletin = byId.get(id);
    return bulletin ? [{ bulletin, ...state }] : [];
  });
}
