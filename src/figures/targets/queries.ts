import { sql } from 'kysely';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';

/** Of what a target is; null where its level names nobody. */
export type TargetKey = {
  readonly fiscalYear: number;
  readonly measure: string;
  readonly level: string;
  readonly agencyId: string | null;
  readonly countyId: number | null;
};

/** The target of a key, made when it is not there; locked until the transaction ends. */
export async function targetForUpdate(tx: Tx, act: Act, key: TargetKey): Promise<string> {
  await tx
    .insertInto('targets')
    .values({
      province_id: act.provinceId,
      id: uuid7(act.now.getTime()),
      fiscal_year: key.fiscalYear,
      measure: key.measure,
      level: key.level,
      agency_id: key.agencyId,
      county_id: key.countyId,
      recorded_at: act.now,
    })
    .onConflict((conflict) => conflict.constraint('targets_once').doNothing())
    .execute();
  const row = await tx
    .selectFrom('targets')
    .select('id')
    .where('province_id', '=', act.provinceId)
    .where('fiscal_year', '=', key.fiscalYear)
    .where('measure', '=', key.measure)
    .where('level', '=', key.level)
    .where(sql<boolean>`agency_id is not distinct from ${key.agencyId}`)
    .where(sql<boolean>`county_id is not distinct from ${key.countyId}::integer`)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return row.id;
}

/** How many versions a target has, and whether one of them waits for a second person. */
export async function versionsOf(tx: Tx, provinceId: number, targetId: string) {
  const { rows } = await sql<{ versions: bigint; open: boolean }>`
    select count(*) as versions, coalesce(bool_or(d.version_id is null), false) as open
    from target_versions v left join target_decisions d
      on d.province_id = ${provinceId} and d.version_id = v.id
    where v.province_id = ${provinceId} and v.target_id = ${targetId}`.execute(tx);
  return { versions: Number(rows[0]?.versions ?? 0n), open: rows[0]?.open ?? false };
}

type NewVersion = {
  readonly targetId: string;
  readonly number: number;
  readonly goal: number;
  readonly dueOn: string;
  readonly reason: string;
  readonly letter: string | null;
};

/** Adds a version; gives its id. */
export async function insertVersion(tx: Tx, act: Act, version: NewVersion): Promise<string> {
  const id = uuid7(act.now.getTime());
  await sql`insert into target_versions (province_id, id, target_id, number, goal, due_on, reason, letter,
      asked_by, asked_at)
    values (${act.provinceId}, ${id}, ${version.targetId}, ${version.number}, ${version.goal},
      ${version.dueOn}::date, ${version.reason}, ${version.letter}, ${act.actorId}, ${act.now})`.execute(
    tx,
  );
  return id;
}

/** A version with its target, which is locked; undefined when there is none. */
export async function findVersionForUpdate(tx: Tx, provinceId: number, id: string) {
  const { rows } = await sql<{ asked_by: string; level: string; decided: boolean }>`
    select v.asked_by, t.level, exists (select 1 from target_decisions d
      where d.province_id = ${provinceId} and d.version_id = v.id) as decided
    from target_versions v join targets t on t.province_id = ${provinceId} and t.id = v.target_id
    where v.province_id = ${provinceId} and v.id = ${id}
    for update of t`.execute(tx);
  return rows[0];
}

/** Writes what a second person said to a version. */
export async function insertDecision(
  tx: Tx,
  act: Act,
  decision: { versionId: string; askedBy: string; agreed: boolean; note: string | null },
): Promise<void> {
  await sql`insert into target_decisions (province_id, version_id, asked_by, agreed, note, decided_by,
      decided_at)
    values (${act.provinceId}, ${decision.versionId}, ${decision.askedBy}, ${decision.agreed},
      ${decision.note}, ${act.actorId}, ${act.now})`.execute(tx);
}

export type VersionRow = {
  target_id: string;
  measure: string;
  level: string;
  agency_id: string | null;
  county_id: number | null;
  id: string;
  number: number;
  goal: number;
  due_on: string;
  reason: string;
  letter: string | null;
  asked_by: string;
  asked_at: Date;
  asker_fa: string;
  asker_en: string;
  agreed: boolean | null;
  note: string | null;
  decided_at: Date | null;
  decider_fa: string | null;
  decider_en: string | null;
};

/** All versions of a year's targets, each target's newest first. */
export async function versionRows(tx: Tx, provinceId: number, year: number): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select t.id as target_id, t.measure, t.level, t.agency_id, t.county_id, v.id, v.number, v.goal,
      v.due_on::text as due_on, v.reason, v.letter, v.asked_by, v.asked_at, a.name_fa as asker_fa,
      a.name_en as asker_en, d.agreed, d.note, d.decided_at, b.name_fa as decider_fa,
      b.name_en as decider_en
    from targets t
    join target_versions v on v.province_id = ${provinceId} and v.target_id = t.id
    join accounts a on a.province_id = ${provinceId} and a.id = v.asked_by
    left join target_decisions d on d.province_id = ${provinceId} and d.version_id = v.id
    left join accounts b on b.province_id = ${provinceId} and b.id = d.decided_by
    where t.province_id = ${provinceId} and t.fiscal_year = ${year}
    order by array_position(array['country', 'province', 'agency', 'county'], t.level), t.agency_id,
      t.county_id, t.measure, v.number desc`.execute(tx);
  return rows;
}

/** The years that have a target, the newest first. */
export async function targetYears(tx: Tx, provinceId: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('targets')
    .select('fiscal_year')
    .distinct()
    .where('province_id', '=', provinceId)
    .orderBy('fiscal_year', 'desc')
    .execute();
  return rows.map(({ fiscal_year }) => fiscal_year);
}
