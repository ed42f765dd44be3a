import { type Reference, settingOn } from '../../accounts/index.ts';
import {
  findPlansForUpdate,
  type JudgedReferral,
  judgeReferral,
  type KnownPlan,
  openRooms,
  type Rooms,
  writeReferrals,
} from '../../financing/index.ts';
import { compactKey } from '../../kit/persian-text.ts';
import type { CaseRow } from '../../permits/index.ts';
import { type HeldCases, holdCases, withoutCase } from './held-cases.ts';
import {
  batchesThrough,
  batchThrough,
  type Desk,
  type Importer,
  type Judgement,
} from './importer.ts';
import { differs } from './match.ts';
import type { ReferralRecord } from './records.ts';
import type { Fault } from './verdict.ts';

type Held = HeldCases & { readonly plans: Map<string, KnownPlan[]>; readonly rooms: Rooms };

/** A register of referrals: each row sends a case's plan to a bank (`financing.refer`). */
const referrals: Importer<'referrals', Held, JudgedReferral> = {
  async load(desk, records) {
    const held = await holdCases(desk, 'referrals', records);
    const ids = [...held.cases.keys()];
    const plans = await findPlansForUpdate(desk.tx, desk.act.provinceId, ids);
    return { ...held, plans, rooms: await roomsFor(desk, records) };
  },
  judge: judgeRow,
  write: ({ tx, act, reference }, writes) => writeReferrals(tx, act, reference, writes),
};

export const takeReferrals = batchesThrough(referrals);
export const takeOneReferral = batchThrough(referrals);

function judgeRow(desk: Desk, held: Held, record: ReferralRecord): Judgement<JudgedReferral> {
  const match = held.matches.get(record);
  const unsure = withoutCase(match);
  if (unsure) return unsure;
  const it = held.cases.get(match?.kind === 'sure' ? match.it.id : '') as CaseRow;
  const plans = held.plans.get(it.id) ?? [];
  if (plans.some((plan) => compare(plan, record).length === 0)) return { verdict: 'unchanged' };
  const standing = plans.find(({ state }) => !ended.includes(state));
  if (standing) return { verdict: 'rejected', faults: compare(standing, record) };
  if (record.people === undefined && it.dims.kind === 'supporter') {
    return {
      verdict: 'rejected',
      faults: [{ code: 'people_missing', field: 'people', details: {} }],
    };
  }
  const { warnings, ...input } = toInput(desk, it, record);
  const write = judgeReferral(desk.act, held.rooms, it, input);
  note(held, write);
  return { verdict: 'accepted', write, warnings };
}

/** The allocations that the rows may take from. */
function roomsFor({ tx, act, reference }: Desk, records: readonly ReferralRecord[]) {
  const lines = records.map((record) => lineOf(reference, act.provinceId, record.referredOn));
  return openRooms(tx, act.provinceId, reference, { lines });
}

const lineOf = (reference: Reference, provinceId: number, day: string) =>
  settingOn(reference, 'financing.default_credit_line', provinceId, day);

/** States in which a plan leaves its case free to be referred again. */
const ended: readonly string[] = ['returned', 'refused', 'withdrawn', 'void'];

function compare(plan: KnownPlan, record: ReferralRecord): Fault[] {
  return [
    ...differs('bank', plan.bankId, record.bankId),
    ...differs('referred_on', plan.referredOn, record.referredOn),
    ...differs('requested_amount', plan.requestedRial, record.requestedRial),
    ...differs('people', plan.people, record.people),
  ];
}

/**
 * A register names no credit line: a dated setting does. A plan of one's own that promises no number
 * of jobs promises its holder's; both are said, the second with a warning.
 */
function toInput(desk: Desk, it: CaseRow, record: ReferralRecord) {
  const { act, reference } = desk;
  const { bankId, requestedRial, referredOn, letterNumber } = record;
  const line = lineOf(reference, act.provinceId, referredOn);
  const branch = findBranch(desk, record);
  const warnings: Fault[] = [];
  if (record.branch !== undefined && branch === undefined) {
    warnings.push({ code: 'branch_unknown', field: 'branch', details: {} });
  }
  if (record.people === undefined) {
    warnings.push({ code: 'people_assumed', field: 'people', details: {} });
  }
  return {
    caseId: it.id,
    bankId,
    branchId: branch ?? null,
    creditLineId: line,
    requestedRial,
    people: record.people ?? 1,
    letter: letterNumber ?? null,
    happenedOn: referredOn,
    warnings,
  };
}

const branchIndexes = new WeakMap<Reference, Map<string, string[]>>();

/** Ids of branches by province, bank and name. */
function branchIndex(reference: Reference): Map<string, string[]> {
  const known = branchIndexes.get(reference);
  if (known) return known;
  const index = new Map<string, string[]>();
  for (const one of reference.branches.values()) {
    for (const name of new Set([one.name_fa, one.name_en].map(compactKey))) {
      const key = [one.province_id, one.bank_id, name].join(' ');
      index.set(key, [...(index.get(key) ?? []), one.id]);
    }
  }
  branchIndexes.set(reference, index);
  return index;
}

function findBranch({ act, reference }: Desk, { bankId, branch }: ReferralRecord) {
  if (branch === undefined) return undefined;
  const key = [act.provinceId, bankId, compactKey(branch)].join(' ');
  const [id, ...others] = branchIndex(reference).get(key) ?? [];
  return others.length === 0 ? id : undefined;
}

/** Lets rows further on see that the case is with a bank now. */
function note(held: Held, { plan, it }: JudgedReferral): void {
  held.cases.set(it.id, { ...it, planState: 'referred' });
  const { id, caseId, personId, bankId, agencyId, countyId, allocationId } = plan;
  const { requestedRial, people, referredOn } = plan;
  const known: KnownPlan = {
    ...{ id, caseId, personId, bankId, agencyId, countyId, allocationId },
    ...{ requestedRial, people, referredOn },
    state: 'referred',
    stateSince: referredOn,
    approvedRial: null,
    paidRial: 0n,
    loanEnded: false,
    tranches: [],
  };
  held.plans.set(caseId, [...(held.plans.get(caseId) ?? []), known]);
}
