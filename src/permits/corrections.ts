import { sql } from 'kysely';
import {
  addHouseholds,
  correctPerson,
  getCounty,
  getOccupation,
  type HouseholdInput,
  type PersonCorrection,
  type Reference,
} from '../accounts/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { type StepInput, takeStep } from './actions.ts';
import type { CorrectionItem } from './decision-rules.ts';
import { checkAskedFields } from './decision-rules.ts';
import { type LifeChange, saveLifeChanges } from './life-queries.ts';
import { checkOccupationChange } from './life-rules.ts';
import { type CaseRow, getCasesForUpdate } from './queries.ts';
import type { Kind } from './rules.ts';

/** What the applicant puts in the place of fields that were named; what is absent stays. */
export type CorrectedFields = PersonCorrection & {
  readonly household?: HouseholdInput;
  readonly kind?: Kind;
  readonly occupationId?: string;
};

/** A correction: the step, and the fields that it changes. */
export type CorrectInput = StepInput & { readonly fields?: CorrectedFields };

/**
 * Takes `permits.correct` with the fields that the officer named in the newest return, and no others. The
 * record says which fields were corrected; place, kind and occupation come back if the step is taken back.
 * Needs a transaction that sees the whole province. All or none.
 * @throws Problem `permits.field_not_asked`, `permits.needs_new_application` (422),
 *   `accounts.needs_counter` (409) for what the civil registry has confirmed, and what every step may
 */
export async function correctApplications(
  tx: Tx,
  act: Act,
  reference: Reference,
  inputs: readonly CorrectInput[],
): Promise<void> {
  const ids = inputs.map(({ caseId }) => caseId);
  const cases = await getCasesForUpdate(tx, act.provinceId, ids);
  for (const { fields = {}, ...input } of inputs) {
    const it = cases.get(input.caseId) as CaseRow;
    checkAskedFields(fields, await itemsAsked(tx, act.provinceId, it.id));
    const { change, before } = await changed(tx, act, reference, it, fields);
    const corrected = Object.keys(fields);
    const facts = corrected.length > 0 ? { corrected, before } : {};
    await takeStep(tx, act, reference, 'permits.correct', [{ ...input, facts }]);
    await saveLifeChanges(tx, act.provinceId, [change]);
    const { household: _place, kind: _kind, occupationId: _occupation, ...person } = fields;
    await correctPerson(tx, act, it.personId, person);
  }
}

/** The items of the newest return that stands. */
async function itemsAsked(tx: Tx, provinceId: number, caseId: string): Promise<CorrectionItem[]> {
  const { rows } = await sql<{ items: CorrectionItem[] | null }>`
    select h.facts -> 'items' as items from history h
    where h.province_id = ${provinceId}::integer and h.case_id = ${caseId}::uuid and h.sign = 1
      and h.verb = 'permits.returnForCorrection' and not exists (select 1 from history r
        where r.province_id = ${provinceId}::integer and r.reverses = h.id)
    order by h.seq desc limit 1`.execute(tx);
  return rows[0]?.items ?? [];
}

type Changed = { readonly change: LifeChange; readonly before: Record<string, unknown> };

/** What the fields change of the case, and what taking the step back restores. */
async function changed(
  tx: Tx,
  act: Act,
  reference: Reference,
  { id, personId, dims }: CaseRow,
  { household, kind, occupationId }: CorrectedFields,
): Promise<Changed> {
  let change: LifeChange = { caseId: id };
  const before: Record<string, unknown> = {};
  if (household) {
    getCounty(reference, household.countyId, act.provinceId);
    const owners = { people: personId, organisations: dims.agencyId };
    const [householdId = ''] = await addHouseholds(tx, act, owners, [household]);
    const { countyId, area } = household;
    change = { ...change, householdId, countyId, area };
    Object.assign(before, { household_id: await householdOf(tx, act.provinceId, id) });
    Object.assign(before, { county_id: dims.countyId, area: dims.area });
  }
  if (occupationId && occupationId !== dims.occupationId) {
    const after = getOccupation(reference, occupationId);
    checkOccupationChange(getOccupation(reference, dims.occupationId), after);
    change = { ...change, occupationId };
    before.occupation_id = dims.occupationId;
  }
  if (kind && kind !== dims.kind) {
    change = { ...change, kind };
    before.kind = dims.kind;
  }
  return { change, before };
}

async function householdOf(tx: Tx, provinceId: number, caseId: string): Promise<string> {
  const row = await tx
    .selectFrom('cases')
    .select('household_id')
    .where('province_id', '=', provinceId)
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  return row.household_id;
}
