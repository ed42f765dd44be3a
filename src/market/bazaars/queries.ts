import { sql } from 'kysely';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { ApplicationState, FairState, Marks, Weights } from './rules.ts';

/** A fair as its rules need it. */
export type FairRow = {
  readonly id: string;
  readonly name: string;
  readonly state: FairState;
  readonly applyUntilOn: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly weights: Weights;
  readonly seed: string;
};

/** The fair, locked. @throws Problem `platform.not_found` (404) */
export async function getFairForUpdate(tx: Tx, provinceId: number, id: string): Promise<FairRow> {
  const row = await tx
    .selectFrom('fairs')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return {
    ...{ id: row.id, name: row.name, state: row.state as FairState, seed: row.seed },
    ...{ applyUntilOn: String(row.apply_until_on), startsOn: String(row.starts_on) },
    ...{ endsOn: String(row.ends_on), weights: row.weights as Weights },
  };
}

/** Kinds of stall of a fair, in their order. */
export function stallsOf(tx: Tx, provinceId: number, fairId: string) {
  return tx
    .selectFrom('fair_stalls')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('fair_id', '=', fairId)
    .orderBy('number')
    .execute();
}

/** An application for a stall. */
export type ApplicationRow = {
  readonly id: string;
  readonly fairId: string;
  readonly caseId: string;
  readonly personId: string;
  readonly stall: number;
  readonly state: ApplicationState;
  readonly marks: Marks | null;
  readonly points: number | null;
  readonly rank: number | null;
  readonly place: number | null;
  readonly feeRial: bigint | null;
  readonly salesRial: bigint | null;
};

/** Applications by id or of a fair, locked in the order of their ids. */
export async function applicationsForUpdate(
  tx: Tx,
  provinceId: number,
  which: { readonly id: string } | { readonly fairId: string },
): Promise<ApplicationRow[]> {
  const rows = await tx
    .selectFrom('stall_applications')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id' in which ? 'id' : 'fair_id', '=', 'id' in which ? which.id : which.fairId)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, fairId: row.fair_id, caseId: row.case_id, personId: row.person_id },
    ...{ stall: row.stall, state: row.state as ApplicationState, marks: row.marks as Marks | null },
    ...{ points: row.points, rank: row.rank, place: row.place },
    ...{ feeRial: row.fee_rial, salesRial: row.sales_rial },
  }));
}

/** Writes applications as steps left them. */
export async function saveApplications(
  tx: Tx,
  act: Act,
  rows: readonly ApplicationRow[],
): Promise<void> {
  const of = <T>(pick: (one: ApplicationRow) => T) => rows.map(pick);
  const text = (amount: bigint | null) => (amount === null ? null : String(amount));
  await sql`
    update stall_applications a set state = i.state, state_since = ${act.today}::date,
      marks = i.marks, points = i.points, rank = i.rank, place = i.place, fee_rial = i.fee_rial,
      sales_rial = i.sales_rial
    from unnest(${of((a) => a.id)}::uuid[], ${of((a) => a.state)}::text[],
      ${of((a) => (a.marks === null ? null : JSON.stringify(a.marks)))}::jsonb[],
      ${of((a) => a.points)}::integer[], ${of((a) => a.rank)}::integer[],
      ${of((a) => a.place)}::integer[], ${of((a) => text(a.feeRial))}::bigint[],
      ${of((a) => text(a.salesRial))}::bigint[])
      as i(id, state, marks, points, rank, place, fee_rial, sales_rial)
    where a.province_id = ${act.provinceId}::integer and a.id = i.id`.execute(tx);
}

/** Writes how many places of each kind of stall are given. */
export async function countAllotted(tx: Tx, { provinceId }: Act, fairId: string): Promise<void> {
  await sql`
    update fair_stalls s set allotted = (select count(*)::integer from stall_applications a
      where a.province_id = ${provinceId} and a.fair_id = ${fairId}::uuid
        and a.stall = s.number and a.place is not null)
    where s.province_id = ${provinceId} and s.fair_id = ${fairId}::uuid`.execute(tx);
}
