import { sql } from 'kysely';
import {
  getOccupation,
  holidaysOf,
  limitOn,
  type Reference,
  settingOn,
} from '../accounts/index.ts';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { clearancesOf } from './clearance-queries.ts';
import { bodiesToAsk, checkAppeal, checkDeciders, neededBodies } from './decision-rules.ts';
import { type CaseRow, firstSigners } from './queries.ts';
import { checkSigners, dueOn, type StepVerb } from './rules.ts';

/** A step about to be taken, as far as the record has a say in it. */
type Doing = {
  readonly input: { readonly caseId: string; readonly happenedOn: string };
  readonly before: CaseRow;
};

/**
 * What a step demands of the record besides the case's state: two signatures by two people, an
 * objection in time and decided by somebody else, clearances before the agency's signature.
 * @throws Problem `permits.same_signer`, `permits.same_decider`, `permits.appeal_over`,
 *   `permits.clearance_missing`, `permits.not_provisional` (422)
 */
export async function demandOfRecord(
  tx: Tx,
  act: Act,
  reference: Reference,
  verb: StepVerb,
  doing: readonly Doing[],
  signers: Signers,
): Promise<void> {
  switch (verb) {
    case 'permits.grant':
      for (const { input } of doing) checkSigners(signers.get(input.caseId) ?? null, act.actorId);
      return;
    case 'permits.uphold':
    case 'permits.overturn':
      for (const { input } of doing) checkDeciders(signers.get(input.caseId) ?? null, act.actorId);
      return;
    case 'permits.sign':
      return demandClearances(tx, act, reference, doing);
    case 'permits.object':
      for (const { input, before } of doing) {
        checkAppeal(appealUntil(reference, act.provinceId, before.stateSince), input.happenedOn);
      }
      return;
    case 'permits.confirm':
      return demandProvisional(tx, act, doing);
    default:
  }
}

/** The last day to object to a refusal of a day, both ISO. */
export function appealUntil(reference: Reference, provinceId: number, refusedOn: string) {
  const limit = limitOn(reference, 'permits.appeal_limit', provinceId, refusedOn);
  return dueOn(refusedOn, limit, holidaysOf(reference, provinceId, refusedOn));
}

/** Who took the step before, by case, where a step has to be taken by somebody else. */
type Signers = ReadonlyMap<string, string | null>;

/** Whom the record names for {@link demandOfRecord}; asked with the lock on the cases, which keeps it so. */
export async function signersBefore(
  tx: Tx,
  provinceId: number,
  verb: StepVerb,
  caseIds: readonly string[],
): Promise<Signers> {
  if (verb === 'permits.grant') return firstSigners(tx, provinceId, caseIds, 'permits.sign');
  const decides = verb === 'permits.uphold' || verb === 'permits.overturn';
  return decides ? firstSigners(tx, provinceId, caseIds, 'permits.refuse') : new Map();
}

/** The bodies whose yes an agency's signature on that day needs: none before the setting's start. */
export function bodiesNeededOn(
  reference: Reference,
  provinceId: number,
  { occupationId, agencyId }: { occupationId: string; agencyId: string },
  day: string,
): string[] {
  const needed = neededBodies(getOccupation(reference, occupationId).clearance_ids, agencyId);
  if (needed.length === 0) return [];
  const asked = settingOn(reference, 'permits.clearance_recorded', provinceId, day) === 'true';
  return asked ? needed : [];
}

async function demandClearances(
  tx: Tx,
  act: Act,
  reference: Reference,
  doing: readonly Doing[],
): Promise<void> {
  const needing = doing.flatMap(({ input, before }) => {
    const needed = bodiesNeededOn(reference, act.provinceId, before.dims, input.happenedOn);
    return needed.length > 0 ? [{ id: before.id, needed }] : [];
  });
  const ids = needing.map(({ id }) => id);
  const told = await clearancesOf(tx, act.provinceId, ids);
  for (const { id, needed } of needing) {
    const missing = bodiesToAsk(needed, told.get(id) ?? []);
    if (missing.length > 0) throw new Problem('permits.clearance_missing');
  }
}

async function demandProvisional(tx: Tx, act: Act, doing: readonly Doing[]): Promise<void> {
  const ids = doing.map(({ input }) => input.caseId);
  const { rows } = await sql<{ case_id: string; verb: string }>`
    select distinct on (h.case_id) h.case_id, h.verb from history h
    where h.province_id = ${act.provinceId} and h.case_id = any(${ids}::uuid[]) and h.sign = 1
      and h.verb in ('permits.grantProvisionally', 'permits.confirm') and not exists (
        select 1 from history r where r.province_id = ${act.provinceId} and r.reverses = h.id)
    order by h.case_id, h.seq desc`.execute(tx);
  const provisional = rows.filter(({ verb }) => verb === 'permits.grantProvisionally');
  if (provisional.length < ids.length) throw new Problem('permits.not_provisional');
}
