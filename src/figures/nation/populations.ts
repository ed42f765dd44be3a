import { sql } from 'kysely';
import type { Static } from 'typebox';
import type { Reference } from '../../accounts/index.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Database, Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { type Principal, provinceContext } from '../../platform/policy.ts';
import { readProvince } from '../question.ts';
import type { PopulationBody } from './contract.ts';

/** How many people a province had on a day, by whom, and whether it is only assumed. */
export type Population = {
  readonly people: number;
  readonly countedOn: string;
  readonly source: string;
  readonly assumed: boolean;
};

/** The newest count of each province that was counted by a day (ISO), by province. */
export async function populationsOn(
  database: Database,
  homeProvince: number,
  day: string,
): Promise<Map<number, Population>> {
  const context = { ...provinceContext(homeProvince), pool: 'reports' } as const;
  const { rows } = await database.transaction(context, (tx) =>
    sql<Population & { province: number }>`
      select distinct on (of_province) of_province as province, people, counted_on::text as "countedOn",
        source, assumed
      from populations where province_id = ${homeProvince} and counted_on <= ${day}::date
      order by of_province, counted_on desc, recorded_at desc, id desc`.execute(tx),
  );
  return new Map(rows.map(({ province, ...count }) => [province, count]));
}

/**
 * Enters how many people a province has; nothing that was entered before is edited. @returns its id
 * @throws Problem `figures.unknown_province` (404), `figures.population_day` (422) for a day to come
 */
export async function enterPopulation(
  tx: Tx,
  act: Act,
  principal: Principal,
  reference: Reference,
  body: Static<typeof PopulationBody>,
): Promise<string> {
  const ofProvince = readProvince(reference, Number(body.province));
  if (body.countedOn > act.today) {
    throw new Problem('figures.population_day', { day: body.countedOn });
  }
  const id = uuid7(act.now.getTime());
  await tx
    .insertInto('populations')
    .values({
      province_id: act.provinceId,
      id,
      of_province: ofProvince,
      counted_on: body.countedOn,
      people: body.people,
      source: body.source.trim(),
      assumed: body.assumed,
      entered_by: principal.accountId,
      recorded_at: act.now,
    })
    .execute();
  return id;
}
