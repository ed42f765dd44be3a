import { sql } from 'kysely';
import type { Reference } from '../../accounts/index.ts';
import { addDays, type IsoDate } from '../../kit/jalali.ts';
import type { Database } from '../../platform/database.ts';
import { publicLook } from '../catalogue.ts';
import { fairLines } from './show.ts';

/** How long a fair stays on show after its last day: its seed can be reckoned again. */
const shownAfter = 90;

/** A fair as everybody sees it. */
export type ShownFair = Awaited<ReturnType<typeof fairLines>>[number];

/** Fairs of a province that are to come, are on, or were not long ago; the newest first. */
export async function listShownFairs(
  database: Database,
  reference: Reference,
  { provinceId, today }: { readonly provinceId: number; readonly today: IsoDate },
): Promise<ShownFair[]> {
  const since = addDays(today, -shownAfter);
  const which = sql<boolean>`f.ends_on >= ${since}::date`;
  return database.transaction(publicLook, (tx) => fairLines(tx, reference, provinceId, which));
}
