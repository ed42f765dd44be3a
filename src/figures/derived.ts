import { sql } from 'kysely';
import { sellingStates } from '../market/index.ts';
import type { Tx } from '../platform/database.ts';
import { type Period, readCells } from './cube.ts';
import { keptPercent } from './derived-rules.ts';
import type { Scope } from './dimensions.ts';

/**
 * What follows from measures or from how things stand now, and is no sum over steps: it has no list behind it and
 * is added up with nothing. The slice is the one whose words explain it.
 */
export const derivedMeasures = [
  { name: 'businesses_selling', unit: 'count', slice: 'market' },
  { name: 'buyback_kept', unit: 'percent', slice: 'supporters' },
] as const;

type Asked = {
  readonly provinceId: number;
  readonly period: Period;
  /** By county, occupation or agency. */
  readonly scope: Pick<Scope, 'county' | 'occupation' | 'agency'>;
  /** The day of the house, ISO. */
  readonly today: string;
};
type Values = Readonly<Record<(typeof derivedMeasures)[number]['name'], string | null>>;

/** The derived measures: of the period where they are of measures, of this moment where they are a stand. */
export async function readDerived(tx: Tx, asked: Asked): Promise<Values> {
  const cells = await readCells(tx, asked);
  const sumOf = (name: string) =>
    cells.reduce((sum, { measure, value }) => (measure === name ? sum + value : sum), 0n);
  const kept = keptPercent(sumOf('buyback_taken_rial'), sumOf('buyback_promised_rial'));
  return {
    businesses_selling: String(await countSelling(tx, asked)),
    buyback_kept: kept === null ? null : String(kept),
  };
}

/** Open stalls whose permit is good today: it falls when a stall closes and when a permit ends, at once. */
async function countSelling(tx: Tx, { provinceId, scope, today }: Asked): Promise<number> {
  const { county = null, occupation = null, agency = null } = scope;
  const province = sql`${provinceId}::integer`;
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from stalls s
    join cases c on c.province_id = ${province} and c.id = s.case_id
      and c.state = any(${[...sellingStates]}::text[])
    join permits t on t.province_id = ${province} and t.case_id = s.case_id
      and t.taken_back_at is null and t.valid_until >= ${today}::date
    where s.province_id = ${province} and s.state = 'open'
      and (${county}::integer is null or c.county_id = ${county}::integer)
      and (${occupation}::text is null or c.occupation_id = ${occupation}::text)
      and (${agency}::text is null or c.agency_id = ${agency}::text)`.execute(tx);
  return rows[0]?.count ?? 0;
}
