import { sql } from 'kysely';
import type { Static } from 'typebox';
import { countyLabel, occupationLabel, type Reference } from '../accounts/index.ts';
import { decodeCode } from '../kit/code.ts';
import { isProblem, Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Principal } from '../platform/policy.ts';
import { takeStep } from './actions.ts';
import { claimedByOthers } from './claims.ts';
import { mayAct, visibleTo } from './policy.ts';
import type { BatchAnswer, BatchBody, BatchLine } from './queue-contract.ts';
import type { CaseVerb } from './rules.ts';
import { tellApplicants } from './tell.ts';

/** Steps that like cases can take together. */
export const batchVerbs = [
  'permits.sign',
  'permits.grant',
  'permits.returnForCorrection',
] as const satisfies readonly CaseVerb[];
export type BatchVerb = (typeof batchVerbs)[number];

type Asked = {
  readonly act: Act;
  readonly reference: Reference;
  readonly principal: Principal;
  readonly verb: BatchVerb;
  readonly reason: string | undefined;
};

/**
 * Takes one step on many cases, or with `preview` says of each what would happen. The preview takes the
 * step itself and gives it up again, so it can promise nothing that the act would not do. The act is for
 * exactly the cases that were asked for: if one of them does not pass, none is done.
 * @throws Problem `permits.batch_blocked` (409)
 */
export async function takeBatch(
  tx: Tx,
  asked: Omit<Asked, 'reason'>,
  body: Static<typeof BatchBody>,
): Promise<Static<typeof BatchAnswer>> {
  const whole: Asked = { ...asked, reason: body.reason };
  const rows = await findCases(tx, whole, body.codes);
  const barred = await barredBefore(tx, whole, rows);
  const faults = await judge(tx, whole, rows, barred);
  const items = rows.map((row) => toLine(asked.reference, row, faults.get(row.code) ?? null));
  const passing = items.filter((item) => item.passes).length;
  if (body.preview) return { done: false, passing, items };
  if (passing < items.length) {
    throw new Problem('permits.batch_blocked', { blocked: String(items.length - passing) });
  }
  await step(tx, whole, rows);
  const ids = rows.map(({ id }) => id);
  await tellApplicants(tx, whole.act, whole.reference, whole.verb, ids);
  return { done: true, passing, items };
}

type Row = {
  readonly code: string;
  readonly id: string;
  readonly found: Found | undefined;
};
type Found = {
  id: string;
  agency_id: string;
  bank_id: string | null;
  person_id: string;
  occupation_id: string;
  county_id: number;
  first_name: string;
  last_name: string;
};

/** The cases in the order of their codes; one that is not the caller's to see is as good as none. */
async function findCases(tx: Tx, { act, principal }: Asked, codes: readonly string[]) {
  const keys = codes.map((code) => ({ code, key: decodeCode(code) }));
  const ids = keys.flatMap(({ key }) => (key?.provinceId === act.provinceId ? [key.id] : []));
  const rows: Found[] = await tx
    .selectFrom('cases')
    .innerJoin('people', (join) =>
      join.onRef('people.id', '=', 'cases.person_id').on('people.province_id', '=', act.provinceId),
    )
    .select(['cases.id', 'cases.agency_id', 'cases.bank_id', 'cases.person_id'])
    .select(['cases.occupation_id', 'cases.county_id', 'people.first_name', 'people.last_name'])
    .where('cases.province_id', '=', act.provinceId)
    .where(sql<boolean>`cases.id = any(${ids}::uuid[])`)
    .where(visibleTo(principal))
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return keys.map(
    ({ code, key }): Row => ({ code, id: key?.id ?? '', found: byId.get(key?.id ?? '') }),
  );
}

/** What bars a case before its step is looked at: not visible, not the caller's, in a colleague's hands. */
async function barredBefore(tx: Tx, asked: Asked, rows: readonly Row[]) {
  const { act, principal, verb } = asked;
  const ids = rows.flatMap(({ found }) => found?.id ?? []);
  const taken = await claimedByOthers(tx, act, principal, ids);
  const barred = new Map<string, string>();
  for (const { code, found } of rows) {
    if (!found) barred.set(code, 'platform.not_found');
    else if (!mayAct(principal, verb, policyCase(act, found)))
      barred.set(code, 'platform.forbidden');
    else if (taken.has(found.id)) barred.set(code, 'permits.claimed');
  }
  return barred;
}

function policyCase(act: Act, found: Found) {
  return {
    provinceId: act.provinceId,
    agencyId: found.agency_id,
    bankId: found.bank_id,
    personId: found.person_id,
  };
}

/** The problem code of each case that does not pass: all together first, one by one if that fails. */
async function judge(tx: Tx, asked: Asked, rows: readonly Row[], barred: Map<string, string>) {
  const open = rows.filter(({ code }) => !barred.has(code));
  if (open.length === 0 || (await attempt(tx, asked, open)) === null) return barred;
  for (const row of open) {
    const fault = await attempt(tx, asked, [row]);
    if (fault !== null) barred.set(row.code, fault);
  }
  return barred;
}

/** Takes the step and gives it up again. @returns the code of the problem it met, or null */
async function attempt(tx: Tx, asked: Asked, rows: readonly Row[]): Promise<string | null> {
  await sql`savepoint attempt`.execute(tx);
  try {
    await step(tx, asked, rows);
    return null;
  } catch (error) {
    if (!isProblem(error)) throw error;
    return error.code;
  } finally {
    await sql`rollback to savepoint attempt`.execute(tx);
    await sql`release savepoint attempt`.execute(tx);
  }
}

async function step(tx: Tx, asked: Asked, rows: readonly Row[]): Promise<void> {
  const { act, reference, verb, reason = null } = asked;
  const inputs = rows.map(({ id }) => ({ caseId: id, happenedOn: act.today, reason }));
  await takeStep(tx, act, reference, verb, inputs);
}

function toLine(reference: Reference, row: Row, why: string | null): Static<typeof BatchLine> {
  const { code, found } = row;
  return {
    code,
    name: found ? `${found.first_name} ${found.last_name}` : null,
    occupation: found ? occupationLabel(reference, found.occupation_id) : null,
    county: found ? countyLabel(reference, found.county_id) : null,
    passes: why === null,
    why,
  };
}
