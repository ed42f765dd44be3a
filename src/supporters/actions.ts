import { sql } from 'kysely';
import {
  checkPerson,
  cleanPerson,
  findByNationalId,
  type KnownPerson,
  knowPeople,
  type PersonInput,
} from '../accounts/index.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { coverMembers } from './cover-members.ts';

/** A person named under a supporter's plan. */
export type CoverInput = {
  readonly planId: string;
  readonly agencyId: string;
  readonly person: PersonInput;
  /** The covered person's own permit case, where they hold one. */
  readonly coveredCaseId?: string | null;
  readonly since: string;
};

/** Who is known, and who is named under which plan already (`plan national-id`), growing with each. */
export type MembersHeld = {
  readonly people: Map<string, KnownPerson>;
  readonly members: Set<string>;
};

/**
 * Names people under supporters' plans: the supporter has to name them when registering (Birjand,
 * and Tehran's document list). Needs a transaction that sees the whole province.
 * @throws Problem `accounts.person_differs`, `supporters.already_covered`
 */
export async function coverPeople(tx: Tx, act: Act, inputs: readonly CoverInput[]): Promise<void> {
  const asked = inputs.map((input) => ({ ...input, person: cleanPerson(input.person) }));
  const nationalIds = asked.map(({ person }) => person.nationalId);
  const people = await findByNationalId(tx, act.provinceId, nationalIds);
  const held = { people, members: await findMembers(tx, act.provinceId, nationalIds) };
  for (const input of asked) judgeCover(held, input);
  await writeMembers(tx, act, asked);
}

/**
 * Judges the naming of one person, and lets those judged after it see it.
 * @throws Problem as {@link coverPeople}
 */
function judgeCover(held: MembersHeld, { planId, person }: CoverInput): void {
  checkPerson(held.people.get(person.nationalId), person);
  const key = memberKey(planId, person.nationalId);
  if (held.members.has(key)) throw new Problem('supporters.already_covered');
  held.members.add(key);
}

/** Under which key {@link MembersHeld} knows that a person is named under a plan. */
export function memberKey(planId: string, nationalId: string): string {
  return `${planId} ${nationalId}`;
}

/** The plans that these people are named under, as {@link memberKey}s. */
export async function findMembers(
  tx: Tx,
  provinceId: number,
  nationalIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ plan_id: string; national_id: string }>`
    select m.plan_id, p.national_id from people p
    join memberships m on m.province_id = ${provinceId} and m.person_id = p.id
    where p.province_id = ${provinceId}
      and p.national_id = any(${nationalIds}::text[])`.execute(tx);
  return new Set(rows.map((row) => memberKey(row.plan_id, row.national_id)));
}

/** Writes members whose naming was judged; their persons are clean. */
export async function writeMembers(tx: Tx, act: Act, inputs: readonly CoverInput[]): Promise<void> {
  for (const [agencyId, group] of Map.groupBy(inputs, (input) => input.agencyId)) {
    const persons = group.map(({ person }) => person);
    const people = await knowPeople(tx, act, agencyId, persons);
    const ids = people.map(({ id }) => id);
    await insertMembers(tx, act, agencyId, group, ids);
    await coverMembers(tx, act, group, ids);
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
    insert into memberships (province_id, id, plan_id, holder_id, person_id, covered_case_id,
      agency_id, since)
    select ${act.provinceId}::integer, i.id, i.plan_id, l.person_id, i.person_id, i.covered_case_id,
      ${agencyId}::text, i.since
    from unnest(${inputs.map(() => uuid7(act.now.getTime()))}::uuid[],
      ${inputs.map((i) => i.planId)}::uuid[], ${personIds}::uuid[],
      ${inputs.map((i) => i.coveredCaseId ?? null)}::uuid[], ${inputs.map((i) => i.since)}::date[])
      as i(id, plan_id, person_id, covered_case_id, since)
    join plans l on l.province_id = ${act.provinceId}::integer and l.id = i.plan_id`.execute(tx);
}
