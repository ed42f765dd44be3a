import { type Selectable, sql } from 'kysely';
import type { DB, Tx } from '../../platform/database.ts';
import { toBulletin } from '../bulletins/version.ts';

type Row = Selectable<DB['bulletin_comments']>;

/** A comment that everybody sees, with its place below the one that it answers. */
export type ShownComment = {
  readonly id: string;
  readonly parentId: string | null;
  readonly body: string;
  readonly writtenAt: Date;
  /** Whether the office wrote it. */
  readonly office: boolean;
};

/** The approved comments on a version, the oldest first. */
export async function shownComments(
  tx: Tx,
  { provinceId, bulletinId, version }: { provinceId: number; bulletinId: string; version: number },
): Promise<ShownComment[]> {
  const rows = await tx
    .selectFrom('bulletin_comments')
    .select(['id', 'parent_id', 'body', 'written_at', 'office_account_id'])
    .where('province_id', '=', provinceId)
    .where('bulletin_id', '=', bulletinId)
    .where('version', '=', version)
    .where('state', '=', 'approved')
    .orderBy('written_at')
    .orderBy('id')
    .limit(1000)
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, parentId: row.parent_id, body: row.body, writtenAt: row.written_at },
    office: row.office_account_id !== null,
  }));
}

/** A comment by its id, locked where somebody is about to decide on it. */
export async function findComment(
  tx: Tx,
  provinceId: number,
  id: string,
  lock = false,
): Promise<Row | undefined> {
  const query = tx
    .selectFrom('bulletin_comments')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id', '=', id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

/** Comments of a province in a state, with their bulletins: those that wait longest, or were decided last. */
export async function listComments(tx: Tx, provinceId: number, waiting: boolean) {
  const { rows } = await sql<
    Row & {
      parent_body: string | null;
      decider_fa: string | null;
      decider_en: string | null;
    }
  >`select c.*, p.body as parent_body, a.name_fa as decider_fa, a.name_en as decider_en
    from bulletin_comments c
    left join bulletin_comments p on p.province_id = ${provinceId} and p.id = c.parent_id
    left join accounts a on a.province_id = ${provinceId} and a.id = c.decided_by
    where c.province_id = ${provinceId} and (c.state = 'waiting') = ${waiting}
    order by case when ${waiting} then c.written_at end, c.decided_at desc limit 100`.execute(tx);
  const bulletins = await tx
    .selectFrom('bulletins')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`id = any(${rows.map((row) => row.bulletin_id)}::uuid[])`)
    .execute();
  const numbers = new Map(bulletins.map((row) => [row.id, toBulletin(row).number]));
  return rows.map((row) => ({ ...row, number: numbers.get(row.bulletin_id) ?? '' }));
}
