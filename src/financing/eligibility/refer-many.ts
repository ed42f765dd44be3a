import type { Reference } from '../../accounts/index.ts';
import { isProblem, Problem } from '../../kit/problem.ts';
import { type CaseRow, findCases, getCasesForUpdate } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { writeReferrals } from '../actions.ts';
import { openRooms, type Rooms } from '../allocations/rooms.ts';
import { type Standing, unmetCommittees } from '../committee/rules.ts';
import { standingOf } from '../committee/sittings.ts';
import {
  type JudgedReferral,
  judgeReferral,
  type ReferInput,
  referralProblems,
} from '../judge-referral.ts';
import { committeesOn, exclusionsOn, isAgentBank, type LoansHeld, loansOf } from './facts.ts';
import { type Declared, type EligibilityFacts, unmetExclusions } from './rules.ts';

/** A referral that an officer asks for. */
export type ReferWish = Omit<ReferInput, 'happenedOn' | 'eligibility' | 'planId'> & {
  readonly declared: Declared | null;
};

/** What would become of one referral: every condition that is not met. */
export type ReferVerdict = {
  readonly caseId: string;
  readonly name: string;
  readonly unmet: readonly Problem[];
};

type Knowledge = {
  readonly act: Act;
  readonly rooms: Rooms;
  readonly people: ReadonlyMap<string, { nationalId: string; name: string }>;
  readonly loans: LoansHeld;
  readonly standing: ReadonlyMap<string, Standing[]>;
};

/**
 * Refers many cases at once, or with `preview` says of each which conditions it does not meet. What the
 * decision looked at is frozen on the step. All or none: ceilings are judged for them together.
 * @throws Problem `platform.not_found`, `financing.refer_blocked` (409)
 */
export async function referMany(
  tx: Tx,
  act: Act,
  reference: Reference,
  wishes: readonly ReferWish[],
  preview: boolean,
): Promise<ReferVerdict[]> {
  const ids = wishes.map(({ caseId }) => caseId);
  const cases = await getCasesForUpdate(tx, act.provinceId, ids);
  const lines = wishes.map(({ creditLineId }) => creditLineId);
  const people = await peopleOf(tx, act.provinceId, ids);
  const rooms = await openRooms(tx, act.provinceId, reference, { lines });
  const loans = await loansOf(
    tx,
    act.provinceId,
    [...cases.values()].map(({ id, personId }) => ({
      personId,
      nationalId: people.get(id)?.nationalId ?? '',
    })),
  );
  const standing = await standingOf(tx, act.provinceId, ids);
  const known = { act, rooms, people, loans, standing };
  const judged = wishes.map((wish) => judgeWish(known, cases.get(wish.caseId) as CaseRow, wish));
  const blocked = judged.filter(({ verdict }) => verdict.unmet.length > 0).length;
  if (!preview) {
    if (blocked > 0) throw new Problem('financing.refer_blocked', { blocked });
    const writes = judged.flatMap(({ write }) => write ?? []);
    await writeReferrals(tx, act, reference, writes);
  }
  return judged.map(({ verdict }) => verdict);
}

async function peopleOf(tx: Tx, provinceId: number, ids: readonly string[]) {
  const book = await findCases(tx, provinceId, { ids });
  return new Map(
    ids.map((id) => {
      const person = book.byId(id)?.person;
      const name = person ? `${person.firstName} ${person.lastName}` : '';
      return [id, { nationalId: person?.nationalId ?? '', name }];
    }),
  );
}

function judgeWish(
  { act, rooms, people, loans, standing }: Knowledge,
  it: CaseRow,
  { declared, ...wish }: ReferWish,
): { verdict: ReferVerdict; write?: JudgedReferral } {
  const person = people.get(it.id) ?? { nationalId: '', name: '' };
  const day = act.today;
  const { reference, provinceId } = rooms;
  const facts: EligibilityFacts = {
    ...{ occupationId: it.dims.occupationId, bankId: wish.bankId, day, declared },
    openLoan: loans.open.has(person.nationalId),
    earlier: loans.earlier.get(it.personId) ?? null,
    barredUntil: loans.barred.get(it.personId) ?? null,
    bankIsAgent: isAgentBank(reference, provinceId, wish.bankId, day),
  };
  const rules = exclusionsOn(reference, provinceId, day);
  const required = committeesOn(reference, provinceId, day);
  const decided = standing.get(it.id) ?? [];
  const eligibility = { rules, facts, committees: { required, decided } };
  const secondLoan = facts.earlier !== null;
  const input: ReferInput = { ...wish, happenedOn: day, secondLoan, eligibility };
  const unmet = [
    ...referralProblems(reference, provinceId, it, input),
    ...unmetExclusions(rules, facts),
    ...unmetCommittees(required, decided),
  ];
  const verdict = { caseId: it.id, name: person.name, unmet };
  if (unmet.length > 0) return { verdict };
  try {
    return { verdict, write: judgeReferral(act, rooms, it, input) };
  } catch (error) {
    if (!isProblem(error)) throw error;
    return { verdict: { ...verdict, unmet: [error] } };
  }
}
