import { sql } from 'kysely';
import { knowPeople, type PersonInput } from '../accounts/index.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';

/** A person named under a supporter's plan. */
export type CoverInput = {
  readonly planId: string;
  readonly agencyId: string;
  readonly person: PersonInput;
  /** The covered person's own permit case, where they hold one. */
  readonly coveredCaseId?: string | null;
  readonly since: string;
};

/**
 * Names people under supporters' plans: the supporter has to name them when registering (Birjand,
 * and Tehran's document list). Needs a transaction that sees the whole province.
 * @throws Problem `accounts.person_differs`, `supporters.already_covered`
 */
export async function coverPeople(tx: Tx, act: Act, inputs: readonly CoverInput[]): Promise<void> {
  for (const [agencyId, group] of Map.groupBy(inputs, (input) => input.agencyId)) {
    const { people, differences } = await knowPeople(
      tx,
      act,
      agencyId,
      group.map((i) => i.person),
    );
    const [difference] = differences;
    if (difference) throw new Problem('accounts.person_differs', { ...difference });
    await insertMembers(
      tx,
      act,
      agencyId,
      group,
      people.map(({ id }) => id),
    );
  }
}

async function insertMembers(
  tx: Tx,
  act: Act,
  agencyId: string,
  inputs: readonly CoverInput[],
  personIds: readonly string[],
): Promise<void> {
  await sql`
    insert into memberships (province_id, id, plan_id, person_id, covered_case_id, agency_id, since)
    select ${act.provinceId}::integer, i.id, i.plan_id, i.person_id, i.covered_case_id,
      ${agencyId}::text, i.since
    from unnest(${inputs.map(() => uuid7(act.now.getTime()))}::uuid[],
      ${inputs.map((i) => i.planId)}::uuid[], ${personIds}::uuid[],
      ${inputs.map((i) => i.coveredCaseId ?? null)}::uuid[], ${inputs.map((i) => i.since)}::date[])
      as i(id, plan_id, person_id, covered_case_id, since)`.execute(tx);
}
