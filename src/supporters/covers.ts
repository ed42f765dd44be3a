import { sql } from 'kysely';
import {
  checkPerson,
  cleanPerson,
  findByNationalId,
  knowPeople,
  type PersonInput,
  type Reference,
} from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import { getCasesForUpdate } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps, type Step } from '../platform/history.ts';
import { beside } from '../platform/standing.ts';
import { capacityRule } from './apply.ts';
import { supporterCounts } from './counts.ts';
import {
  type CoverRow,
  lockCover,
  lockSupporter,
  type SupporterRow,
  supporterStep,
} from './ledger/lock.ts';
import { type CoverState, coverSteps } from './rules.ts';

/** States in which a person takes one of the supporter's places. */
const taking = ['named', 'covered', 'seeking'];

/**
 * Names a person under a supporter: one of its places, as many as its capacity has.
 * @returns the cover's id
 * @throws Problem `platform.not_found`, `accounts.person_differs`, `supporters.no_place` (409),
 * `supporters.themselves` (422), `supporters.covered_elsewhere` (409), `supporters.in_default` (409)
 */
export async function namePerson(
  tx: Tx,
  act: Act,
  reference: Reference,
  { caseId, person }: { caseId: string; person: PersonInput },
): Promise<string> {
  const supporter = await lockSupporter(tx, act.provinceId, caseId);
  await demandPlace(tx, act, reference, supporter);
  const clean = cleanPerson(person);
  const known = await findByNationalId(tx, act.provinceId, [clean.nationalId]);
  checkPerson(known.get(clean.nationalId), clean);
  const [one] = await knowPeople(tx, act, supporter.agencyId, [clean]);
  if (!one || one.id === supporter.personId) throw new Problem('supporters.themselves');
  return addCover(tx, act, supporter, { personId: one.id });
}

/** Adds a cover of a person who is known, with its step. */
export async function addCover(
  tx: Tx,
  act: Act,
  supporter: SupporterRow,
  { personId, movedFrom }: { personId: string; movedFrom?: string },
): Promise<string> {
  const id = uuid7(act.now.getTime());
  const cover: CoverRow = {
    ...{ id, caseId: supporter.caseId, personId, ownCaseId: null, agencyId: supporter.agencyId },
    ...{ state: 'named', since: act.today },
  };
  await sql`
    insert into covers (province_id, id, case_id, person_id, own_case_id, agency_id, state, state_since,
      since, moved_from, recorded_at)
    select ${act.provinceId}::integer, ${id}::uuid, ${supporter.caseId}::uuid, ${personId}::uuid,
      (select c.id from cases c where c.province_id = ${act.provinceId}::integer
        and c.person_id = ${personId}::uuid and c.kind = 'covered'
        order by c.submitted_on desc nulls last, c.id desc limit 1),
      ${supporter.agencyId}::text, 'named', ${act.today}::date, ${act.today}::date,
      ${movedFrom ?? null}::uuid, ${act.now}::timestamptz`.execute(tx);
  const step = { verb: 'supporters.name', from: null, to: 'named', happenedOn: act.today };
  await recordSteps(tx, act, supporterCounts, [supporterStep(supporter, step, cover)]);
  return id;
}

/** @throws Problem `supporters.in_default`, `supporters.no_place` (409) */
export async function demandPlace(
  tx: Tx,
  act: Act,
  reference: Reference,
  supporter: SupporterRow,
): Promise<void> {
  if (supporter.state === 'in_default') throw new Problem('supporters.in_default');
  const rule = capacityRule(reference, act.provinceId, act.today);
  const places = supporter.capacity ?? rule.mostPeople;
  const { taken } = await tx
    .selectFrom('covers')
    .select((eb) => eb.fn.countAll<bigint>().as('taken'))
    .where('province_id', '=', act.provinceId)
    .where('case_id', '=', supporter.caseId)
    .where('state', 'in', taking)
    .executeTakeFirstOrThrow();
  if (Number(taken) >= places) throw new Problem('supporters.no_place', { limit: places });
}

type CoverVerb = keyof typeof coverSteps.steps;

/** Moves covers of one supporter a step on, all recorded together. */
export async function moveCovers(
  tx: Tx,
  act: Act,
  verb: CoverVerb,
  supporter: SupporterRow,
  moving: readonly { readonly cover: CoverRow; readonly reason?: string | undefined }[],
): Promise<void> {
  if (moving.length === 0) return;
  const moved = moving.map(({ cover, reason }) => {
    return { cover, reason: reason ?? null, to: nextState(coverSteps, verb, cover.state) };
  });
  await sql`
    update covers v set state = i.state, state_since = ${act.today}::date
    from unnest(${moved.map(({ cover }) => cover.id)}::uuid[], ${moved.map(({ to }) => to)}::text[])
      as i(id, state)
    where v.province_id = ${act.provinceId} and v.id = i.id`.execute(tx);
  const steps = moved.map(({ cover, reason, to }) =>
    supporterStep(supporter, { verb, from: cover.state, to, happenedOn: act.today, reason }, cover),
  );
  await recordSteps(tx, act, supporterCounts, steps);
  await recordAtHome(tx, act, verb, moved);
}

type Moved = { readonly cover: CoverRow; readonly reason: string | null; readonly to: CoverState };

/**
 * The same moves in the people's own cases, beside the states of those: who opens a person's case sees
 * that the supporter is in default. They add to no measure, and name no cover, whose steps are the
 * supporter's.
 */
async function recordAtHome(
  tx: Tx,
  act: Act,
  verb: CoverVerb,
  moved: readonly Moved[],
): Promise<void> {
  const owners = moved.filter(({ cover }) => cover.ownCaseId !== null);
  const ids = owners.map(({ cover }) => cover.ownCaseId as string);
  if (ids.length === 0) return;
  const cases = await getCasesForUpdate(tx, act.provinceId, ids);
  const steps = owners.flatMap(({ cover, reason, to }): Step[] => {
    const own = cases.get(cover.ownCaseId as string);
    if (!own) return [];
    const said = { verb, from: cover.state, to, happenedOn: act.today, reason };
    const facts = { ...beside, supporter: cover.caseId };
    return [{ ...said, caseId: own.id, personId: own.personId, dims: own.dims, facts }];
  });
  await recordSteps(tx, act, [], steps);
}

/** Ends a cover, with the reason. @throws Problem `platform.not_found`, `platform.wrong_state`, `supporters.reason_missing` */
export async function endCover(
  tx: Tx,
  act: Act,
  { coverId, reason }: { coverId: string; reason: string },
): Promise<void> {
  if (!reason.trim()) throw new Problem('supporters.reason_missing');
  const { supporter, cover } = await lockCover(tx, act.provinceId, coverId);
  const words = normaliseText(reason);
  await moveCovers(tx, act, 'supporters.endCover', supporter, [{ cover, reason: words }]);
}

/** The covers of a supporter in these states. */
export async function coversOf(
  tx: Tx,
  provinceId: number,
  caseId: string,
  states: readonly CoverRow['state'][],
): Promise<CoverRow[]> {
  const rows = await tx
    .selectFrom('covers')
    .select(['id', 'case_id', 'person_id', 'own_case_id', 'agency_id', 'state', 'since'])
    .where('province_id', '=', provinceId)
    .where('case_id', '=', caseId)
    .where('state', 'in', [...states])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, caseId: row.case_id, personId: row.person_id, ownCaseId: row.own_case_id },
    ...{ agencyId: row.agency_id, since: String(row.since) },
    state: row.state as CoverRow['state'],
  }));
}
