import { type RawBuilder, sql } from 'kysely';
import { countyLabel, occupationLabel, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import { contactFor } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Principal } from '../../platform/policy.ts';
import { type Marks, stallFee, type Weights } from './rules.ts';

type FairLineRow = {
  id: string;
  kind: string;
  name: string;
  county_id: number;
  place: string;
  about: string;
  state: string;
  apply_until_on: string;
  starts_on: string;
  ends_on: string;
  weights: Weights;
  fingerprint: string;
  seed: string | null;
  applications: number;
};

/** Fairs with their stalls, the newest first. The seed is told once the stalls were drawn. */
export async function fairLines(
  tx: Tx,
  reference: Reference,
  provinceId: number,
  which: RawBuilder<boolean> = sql<boolean>`true`,
) {
  const { rows } = await sql<FairLineRow>`
    select f.id, f.kind, f.name, f.county_id, f.place, f.about, f.state, f.apply_until_on,
      f.starts_on, f.ends_on, f.weights, f.fingerprint,
      case when exists (select 1 from fair_steps s where s.province_id = ${provinceId}
        and s.fair_id = f.id and s.verb = 'market.drawStalls') then f.seed end as seed,
      (select count(*)::integer from stall_applications a where a.province_id = ${provinceId}
        and a.fair_id = f.id and a.state <> 'withdrawn') as applications
    from fairs f where f.province_id = ${provinceId} and ${which}
    order by f.starts_on desc, f.id desc limit 200`.execute(tx);
  const stalls = await stallsOfFairs(
    tx,
    provinceId,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    ...{ id: row.id, code: encodeCode(provinceId, row.id), kind: row.kind, name: row.name },
    ...{ county: countyLabel(reference, row.county_id), place: row.place, about: row.about },
    ...{ state: row.state, applyUntilOn: row.apply_until_on, startsOn: row.starts_on },
    ...{ endsOn: row.ends_on, weights: row.weights, fingerprint: row.fingerprint, seed: row.seed },
    ...{ stalls: stalls.get(row.id) ?? [], applications: row.applications },
  }));
}

async function stallsOfFairs(tx: Tx, provinceId: number, fairIds: readonly string[]) {
  const rows = await tx
    .selectFrom('fair_stalls')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`fair_id = any(${fairIds}::uuid[])`)
    .orderBy('number')
    .execute();
  const lines = rows.map((row) => ({
    ...{ fairId: row.fair_id, number: row.number, name: row.name, places: row.places },
    ...{ allotted: row.allotted, priceRial: String(row.price_rial) },
    discountBp: row.discount_bp,
    feeRial: String(stallFee(row.price_rial, row.discount_bp)),
  }));
  return Map.groupBy(lines, ({ fairId }) => fairId);
}

type ApplicationLineRow = {
  id: string;
  fair_id: string;
  stall: number;
  brings: string;
  state: string;
  marks: unknown;
  points: number | null;
  rank: number | null;
  place: number | null;
  fee_rial: bigint | null;
  sales_rial: bigint | null;
};

const text = (amount: bigint | null) => (amount === null ? null : String(amount));

/** An application as it goes over the wire. */
export function applicationLine(provinceId: number, row: ApplicationLineRow) {
  return {
    ...{ code: encodeCode(provinceId, row.id), stall: row.stall, brings: row.brings },
    ...{ state: row.state, marks: row.marks as Marks | null, points: row.points, rank: row.rank },
    ...{ place: row.place, feeRial: text(row.fee_rial), salesRial: text(row.sales_rial) },
  };
}

/** A fair with everybody who applied, for the office. @throws Problem `platform.not_found` (404) */
export async function showFair(
  tx: Tx,
  reference: Reference,
  principal: Principal,
  { provinceId, id }: { readonly provinceId: number; readonly id: string },
) {
  const which = sql<boolean>`f.id = ${id}::uuid`;
  const [line] = await fairLines(tx, reference, provinceId, which);
  if (!line) throw new Problem('platform.not_found');
  const rows = await tx
    .selectFrom('stall_applications as a')
    .innerJoin('people as e', (join) =>
      join.onRef('e.id', '=', 'a.person_id').on('e.province_id', '=', provinceId),
    )
    .innerJoin('cases as c', (join) =>
      join.onRef('c.id', '=', 'a.case_id').on('c.province_id', '=', provinceId),
    )
    .selectAll('a')
    .select(['e.first_name', 'e.last_name', 'e.mobile', 'c.occupation_id'])
    .where('a.province_id', '=', provinceId)
    .where('a.fair_id', '=', id)
    .orderBy('a.stall')
    .orderBy((eb) => eb.fn.coalesce('a.rank', eb.lit(9999)))
    .orderBy('a.id')
    .execute();
  const list = rows.map((row) => ({
    ...applicationLine(provinceId, row),
    ...{ name: `${row.first_name} ${row.last_name}`, mobile: contactFor(principal, row.mobile) },
    county: countyLabel(reference, row.county_id),
    occupation: occupationLabel(reference, row.occupation_id),
  }));
  return { ...line, list };
}
