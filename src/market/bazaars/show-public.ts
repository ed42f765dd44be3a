import { sql } from 'kysely';
import type { Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { addDays, type IsoDate } from '../../kit/jalali.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { publicLook } from '../look.ts';
import { fairLines } from './show.ts';

/** How long a fair stays on show after its last day: its seed can be reckoned again. */
const shownAfter = 90;

/** An application as everybody sees it after the draw: its code, and nobody's name. */
export type DrawnApplication = {
  readonly code: string;
  readonly stall: number;
  readonly points: number;
  /** The number of its stall; null where it waits. */
  readonly place: number | null;
};

/** A fair as everybody sees it, with the order of its draw once there was one. */
export type ShownFair = Awaited<ReturnType<typeof fairLines>>[number] & {
  readonly drawn: readonly DrawnApplication[];
};

/** Fairs of a province that are to come, are on, or were not long ago; the newest first. */
export async function listShownFairs(
  database: Database,
  reference: Reference,
  { provinceId, today }: { readonly provinceId: number; readonly today: IsoDate },
): Promise<ShownFair[]> {
  const since = addDays(today, -shownAfter);
  const which = sql<boolean>`f.ends_on >= ${since}::date`;
  return database.transaction(publicLook, async (tx) => {
    const fairs = await fairLines(tx, reference, provinceId, which);
    const drawn = await drawnOf(
      tx,
      provinceId,
      fairs.filter(({ seed }) => seed !== null).map(({ id }) => id),
    );
    return fairs.map((fair) => ({ ...fair, drawn: drawn.get(fair.id) ?? [] }));
  });
}

async function drawnOf(tx: Tx, provinceId: number, fairIds: readonly string[]) {
  const rows = await tx
    .selectFrom('stall_applications')
    .select(['fair_id', 'id', 'stall', 'points', 'place'])
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`fair_id = any(${fairIds}::uuid[])`)
    .where('rank', 'is not', null)
    .orderBy('stall')
    .orderBy('rank')
    .execute();
  const lines = rows.map(({ fair_id: fairId, id, points, ...row }) => {
    return { fairId, code: encodeCode(provinceId, id), points: points ?? 0, ...row };
  });
  return Map.groupBy(lines, ({ fairId }) => fairId);
}
