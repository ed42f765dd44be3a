import { sql } from 'kysely';
import { holidaysOf, limitOn, type Reference, settingOn } from '../accounts/index.ts';
import { endOfLimit } from '../kit/working-days.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { type StepInput, takeStep } from './actions.ts';
import type { PermitVerb } from './rules.ts';
import { tellApplicants } from './tell.ts';

/** The limit of the whole decision, both signatures together (qazvin.mcls.gov.ir service card). */
const limitKey = 'permits.decision_limit';

/** Steps that put a case into the authorities' hands: the applicant's own time does not count. */
const beginnings: readonly PermitVerb[] = ['permits.submit', 'permits.correct', 'permits.overturn'];

/** A case that waits for the authorities, and the day on which it came into their hands. */
export type Waiting = { readonly id: string; readonly since: string };

/**
 * Cases that could be issued by silence, locked, in the order of their ids from `after` on. Left out are
 * occupations that need a clearance (silence is no health check) and whatever came in before the clock
 * was watched: decision 0021.
 */
export async function waitingCases(
  tx: Tx,
  reference: Reference,
  provinceId: number,
  from: { readonly watchedSince: Date; readonly after: string; readonly limit: number },
): Promise<Waiting[]> {
  const plain = [...reference.occupations.values()].filter(({ starred }) => !starred);
  const { rows } = await sql<{ id: string; since: unknown }>`
    select c.id, b.happened_on as since
    from cases c cross join lateral (
      select h.happened_on, h.recorded_at from history h
      where h.province_id = ${provinceId}::integer and h.case_id = c.id and h.sign = 1
        and h.verb = any(${[...beginnings]}::text[])
        and not exists (select 1 from history r
          where r.province_id = ${provinceId}::integer and r.reverses = h.id)
      order by h.seq desc limit 1) b
    where c.province_id = ${provinceId}::integer and c.state in ('submitted', 'agency_signed')
      and c.id > ${from.after}::uuid and b.recorded_at >= ${from.watchedSince}::timestamptz
      and c.occupation_id = any(${plain.map(({ id }) => id)}::text[])
    order by c.id limit ${from.limit} for update of c skip locked`.execute(tx);
  return rows.map(({ id, since }) => ({ id, since: String(since) }));
}

/** The step that silence takes on a case, or undefined while its limit runs or where silence says nothing. */
export function silenceOf(
  reference: Reference,
  provinceId: number,
  today: string,
  { id, since }: Waiting,
): StepInput | undefined {
  const limit = limitOn(reference, limitKey, provinceId, since);
  const lastDay = endOfLimit(since, limit, holidaysOf(reference, provinceId, since));
  if (today <= lastDay) return undefined;
  const grants = settingOn(reference, 'permits.silence_grants', provinceId, lastDay);
  if (grants !== 'true') return undefined;
  const facts = {
    basis: 'silence',
    since,
    limit: String(limit.value),
    unit: limit.unit,
    last_day: lastDay,
    setting: limitKey,
  };
  return { caseId: id, happenedOn: today, facts };
}

/** Issues permits by silence: nobody's act, marked for life by its verb and facts. */
export async function grantBySilence(
  tx: Tx,
  act: Act,
  reference: Reference,
  inputs: readonly StepInput[],
): Promise<void> {
  await takeStep(tx, act, reference, 'permits.grantBySilence', inputs);
  const ids = inputs.map(({ caseId }) => caseId);
  await tellApplicants(tx, act, reference, 'permits.grantBySilence', ids);
}
