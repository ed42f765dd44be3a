import type { Static } from 'typebox';
import {
  countyLabel,
  occupationLabel,
  organisationLabel,
  type Reference,
} from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { Problem } from '../kit/problem.ts';
import { isLegal } from '../kit/steps.ts';
import type { Tx } from '../platform/database.ts';
import { historyOfCase, type StoredRow, toStoredRow } from '../platform/history-row.ts';
import type { Principal } from '../platform/policy.ts';
import { type ActScene, blockOf, bodiesUnasked, isOffered } from './act-blocks.ts';
import { clearancesOf } from './clearance-queries.ts';
import type { CaseAnswer, HistoryLine } from './contract.ts';
import { clearanceLines, decisionLine } from './decision-answer.ts';
import { contactFor, maskedId } from './masks.ts';
import { permitPanel } from './permit-panel.ts';
import { mayAct, visibleTo } from './policy.ts';
import { caseVerbs, type Holder, lifeActs, type PermitState, permitSteps } from './rules.ts';

/**
 * The whole case as a principal sees it.
 * @throws Problem `platform.not_found` (404) when it is not there or not theirs to see
 */
export async function getCase(
  tx: Tx,
  reference: Reference,
  principal: Principal,
  today: string,
  key: { provinceId: number; id: string },
): Promise<Static<typeof CaseAnswer>> {
  const { row, steps, told } = await readCase(tx, principal, key);
  const around = { reference, principal, provinceId: key.provinceId, today, told };
  const scene = sceneOf(around, row, steps);
  const [permit, names] = await Promise.all([
    permitOf(tx, scene, row),
    actorNames(tx, key.provinceId, steps),
  ]);
  return {
    code: encodeCode(key.provinceId, key.id),
    state: row.state,
    planState: row.plan_state,
    kind: row.kind,
    where: whereOf(scene, row),
    person: personOf(principal, row),
    household: {
      county: countyLabel(reference, row.county_id),
      area: row.area,
      address: contactFor(principal, row.address),
      postalCode: contactFor(principal, row.postal_code),
    },
    occupation: occupationLabel(reference, row.occupation_id),
    agency: organisationLabel(reference, row.agency_id),
    submittedOn: row.submitted_on === null ? null : String(row.submitted_on),
    permit,
    clearances: clearanceLines(reference, scene.told, bodiesUnasked(scene), today),
    history: steps.map((step) => historyLine(reference, names, steps, step)),
    acts: actsOf(scene, row, steps),
  };
}

/** What the page reads at once. @throws Problem `platform.not_found` */
async function readCase(tx: Tx, principal: Principal, key: { provinceId: number; id: string }) {
  const [row, record, clearances] = await Promise.all([
    selectCase(tx, principal, key),
    historyOfCase(tx, key.provinceId, key.id),
    clearancesOf(tx, key.provinceId, [key.id]),
  ]);
  if (!row) throw new Problem('platform.not_found');
  // A supporter's ledger has hundreds of steps in its case, and a page of its own.
  const steps = record.map(toStoredRow).filter(({ facts }) => facts.ledger !== true);
  return { row, steps, told: clearances.get(key.id) ?? [] };
}

/** Where the case is, who holds it, since when, until when, and what unlocks it. */
function whereOf(scene: ActScene, row: CaseRecord) {
  const dueOn = row.due_on === null ? null : String(row.due_on);
  const state = row.state as PermitState;
  return {
    holder: row.holder,
    holderLabel: holderLabel(scene, row.holder as Holder, row),
    since: String(row.holder_since),
    dueOn,
    late: dueOn !== null && dueOn < scene.today,
    unlockedBy: caseVerbs.filter(
      (verb) => isLegal(permitSteps, verb, state) && isOffered(scene, verb),
    ),
  };
}

type CaseRecord = NonNullable<Awaited<ReturnType<typeof selectCase>>>;

/** What a case's page needs of the rows beside the case. */
const besideCase = [
  'people.first_name',
  'people.last_name',
  'people.father_name',
  'people.national_id',
  'people.birth_on',
  'people.mobile',
  'people.demonstration',
  'households.address',
  'households.postal_code',
  'permits.number',
  'permits.issued_on',
  'permits.valid_until',
  'permits.revoked_on',
] as const;

function selectCase(tx: Tx, principal: Principal, key: { provinceId: number; id: string }) {
  return (
    tx
      .selectFrom('cases')
      .innerJoin('people', (join) =>
        join
          .onRef('people.id', '=', 'cases.person_id')
          .on('people.province_id', '=', key.provinceId),
      )
      // Whoever may see a case without its dwelling (a bank) has the case, not the address.
      .leftJoin('households', (join) =>
        join
          .onRef('households.id', '=', 'cases.household_id')
          .on('households.province_id', '=', key.provinceId),
      )
      .leftJoin('permits', (join) =>
        join
          .onRef('permits.id', '=', 'cases.permit_id')
          .on('permits.province_id', '=', key.provinceId),
      )
      .selectAll('cases')
      .select(besideCase)
      .where('cases.province_id', '=', key.provinceId)
      .where('cases.id', '=', key.id)
      .where(visibleTo(principal))
      .executeTakeFirst()
  );
}

function personOf(principal: Principal, row: CaseRecord) {
  const birthOn = row.birth_on === null ? null : String(row.birth_on);
  return {
    name: `${row.first_name} ${row.last_name}`,
    nationalId: maskedId(principal, row.national_id),
    fatherName: contactFor(principal, row.father_name),
    birthOn: contactFor(principal, birthOn),
    sex: row.sex,
    mobile: contactFor(principal, row.mobile),
    demonstration: row.demonstration,
  };
}

async function permitOf(
  tx: Tx,
  { reference, principal, provinceId, today }: ActScene,
  row: CaseRecord,
) {
  if (row.number === null || row.permit_id === null) return null;
  const permit = {
    id: row.permit_id,
    number: row.number,
    issuedOn: String(row.issued_on),
    validUntil: String(row.valid_until),
    revokedOn: row.revoked_on === null ? null : String(row.revoked_on),
  };
  const panel = await permitPanel(tx, reference, provinceId, permit, today);
  const versions = panel.versions.map((one) => {
    return { ...one, address: contactFor(principal, one.address) };
  });
  return { ...panel, versions };
}

function holderLabel({ reference, told }: ActScene, holder: Holder, row: CaseRecord) {
  if (holder === 'clearing') {
    const asked = told.filter(({ state }) => state === 'asked');
    const labels = asked.map(({ bodyId }) => organisationLabel(reference, bodyId).label);
    if (labels.length === 0) return null;
    const fa = labels.map((label) => label.fa).join('\u060c ');
    return { fa, en: labels.map((label) => label.en).join(', ') };
  }
  if (holder === 'agency') return organisationLabel(reference, row.agency_id).label;
  if (holder === 'directorate') return organisationLabel(reference, 'DIRECTORATE').label;
  if (holder === 'bank' && row.bank_id) return organisationLabel(reference, row.bank_id).label;
  return null;
}

function historyLine(
  reference: Reference,
  names: ReadonlyMap<string, { fa: string; en: string }>,
  steps: readonly StoredRow[],
  step: StoredRow,
): Static<typeof HistoryLine> {
  return {
    seq: step.seq,
    verb: step.verb,
    from: step.from,
    to: step.to,
    takenBack: steps.some(({ reverses }) => reverses === step.id),
    takesBack: step.sign === -1,
    happenedOn: step.happenedOn,
    recordedAt: step.recordedAt.toISOString(),
    actor: (step.actorId && names.get(step.actorId)) || null,
    organisation: step.organisationId ? organisationLabel(reference, step.organisationId) : null,
    reason: step.reason,
    ...decisionLine(reference, step.facts),
    rial: step.rial?.toString() ?? null,
    people: step.people,
    hash: step.hash.toString('hex'),
  };
}

async function actorNames(tx: Tx, provinceId: number, steps: readonly StoredRow[]) {
  const ids = [...new Set(steps.flatMap(({ actorId }) => actorId ?? []))];
  if (ids.length === 0) return new Map<string, { fa: string; en: string }>();
  const rows = await tx
    .selectFrom('accounts')
    .select(['id', 'name_fa', 'name_en'])
    .where('province_id', '=', provinceId)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, { fa: row.name_fa, en: row.name_en }]));
}

/** The verbs the principal holds on this case, each open now or with the reason why not. */
function actsOf(scene: ActScene, row: CaseRecord, steps: readonly StoredRow[]) {
  const { principal, provinceId } = scene;
  const it = {
    provinceId,
    agencyId: row.agency_id,
    bankId: row.bank_id,
    clearingIds: row.clearing_ids,
    personId: row.person_id,
  };
  const newest = standing(steps).at(-1);
  const acts = [...caseVerbs, ...(row.permit_id === null ? [] : lifeActs)]
    .filter((verb) => mayAct(principal, verb, it) && isOffered(scene, verb))
    .map((verb) => {
      const legal = isLegal(permitSteps, verb, row.state as PermitState);
      const same = signerOf(steps, verb) === principal.accountId;
      const block = same ? 'permits.same_signer' : blockOf(scene, verb);
      const why = legal ? block : 'platform.wrong_state';
      return { verb: verb as string, enabled: why === null, why };
    });
  if (mayAct(principal, 'permits.takeBack', it)) {
    const own = newest !== undefined && newest.verb in permitSteps.steps;
    acts.push({ verb: 'permits.takeBack', enabled: own, why: own ? null : 'platform.later_step' });
  }
  return acts;
}

function sceneOf(
  around: Pick<ActScene, 'reference' | 'principal' | 'provinceId' | 'today' | 'told'>,
  row: CaseRecord,
  steps: readonly StoredRow[],
): ActScene {
  return {
    ...around,
    state: row.state,
    stateSince: String(row.state_since),
    occupationId: row.occupation_id,
    agencyId: row.agency_id,
    steps: standing(steps),
  };
}

/** Who gave the first of two signatures, for the verbs that are the second. */
function signerOf(steps: readonly StoredRow[], second: string): string | null | undefined {
  const first = { 'permits.grant': 'permits.sign', 'permits.renew': 'permits.signRenewal' }[second];
  return first && steps.findLast(({ verb, sign }) => verb === first && sign === 1)?.actorId;
}

/** The steps that no later one took back. */
function standing(steps: readonly StoredRow[]): StoredRow[] {
  const gone = new Set(steps.flatMap(({ reverses }) => reverses ?? []));
  return steps.filter(({ sign, id }) => sign === 1 && !gone.has(id));
}
