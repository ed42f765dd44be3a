import { makePermitNumber } from '../src/kit/identifiers.ts';
import { isoToJalali } from '../src/kit/jalali.ts';
import { uuid7 } from '../src/kit/uuid7.ts';
import { dayAt } from './calendar.ts';
import type { CaseStory, CoveredMember, Day, StoryEvent } from './case-story.ts';
import { drawCovered } from './covered.ts';
import { type Draft, type DraftMaker, listSeats, makeDraftMaker } from './drafts.ts';
import { drawJobs, type PlanJobs } from './jobs.ts';
import { tellLives } from './lives.ts';
import { drawLoans, type Loan } from './loans.ts';
import { makePeople } from './people.ts';
import {
  type ChainTools,
  grantDay,
  grantedChain,
  reasonFor,
  revokedChain,
  ungrantedChain,
} from './permit-chain.ts';
import { type PlanDays, planDays } from './plan-days.ts';
import { type Fate, PROVINCE_ID } from './plan-targets.ts';
import { makeRandom, type Random } from './random.ts';
import { type DemoReference, readReference } from './reference.ts';
import { withRepayments } from './repayments.ts';
import { tellStages } from './stages.ts';
import { withVisits } from './visits.ts';

/** The seed of the demonstration that is shipped; another one tells another province. */
export const SEED = 'karkhaneh 1400';

const NOT_GRANTED: ReadonlySet<Fate> = new Set([
  'waiting',
  'needs_correction',
  'refused',
  'withdrawn',
  'agency_signed',
]);
const NOT_REFERRED: ReadonlySet<Fate> = new Set([...NOT_GRANTED, 'issued', 'revoked']);

/** A case with the events of its permit, before its plan is known. */
interface PermitCase {
  readonly draft: Draft;
  readonly caseId: string;
  readonly events: readonly StoryEvent[];
  readonly grant: number;
}

/** A referred case with the days of its plan and the people named under it. */
interface PlanCase extends PermitCase {
  readonly days: PlanDays;
  readonly members: readonly CoveredMember[];
}

interface Teller extends ChainTools {
  readonly planReference: (day: Day) => string;
}

interface Aside extends Teller {
  readonly root: Random;
  readonly makers: DraftMaker;
}

/** An id that sorts by the day: a moment of that day's office hours, Tehran time. */
function idOn(random: Random, day: Day): string {
  const opening = Date.parse(`${day}T04:30:00Z`);
  return uuid7(opening + random.int(0, 7 * 3_600_000), random.bytes);
}

function unrepeated<T>(make: () => T): () => T {
  const used = new Set<T>();
  return () => {
    for (;;) {
      const made = make();
      if (used.has(made)) continue;
      used.add(made);
      return made;
    }
  };
}

function makeTeller(random: Random, reference: DemoReference): Teller {
  const serial = unrepeated(() => String(random.int(100_000, 999_999)));
  return {
    random,
    reference,
    permitNumber: unrepeated(() => makePermitNumber(PROVINCE_ID, random.bytes)),
    planReference: (day) => {
      const { year, month } = isoToJalali(day);
      return `${year}${String(month).padStart(2, '0')}${serial()}`;
    },
  };
}

function permitCase(teller: Teller, draft: Draft, grant: number): PermitCase {
  const { fate, kind } = draft;
  const events = NOT_GRANTED.has(fate)
    ? ungrantedChain(teller, fate, kind)
    : fate === 'revoked'
      ? revokedChain(teller, grant)
      : grantedChain(teller, grant);
  const submitted = events[0]?.on ?? dayAt(0);
  return { draft, caseId: idOn(teller.random, submitted), events, grant };
}

function referral(teller: Teller, plan: PlanCase, loan: Loan, people: number): StoryEvent {
  const { random, reference } = teller;
  const { county } = plan.draft;
  const here = reference.banks.filter((bank) => bank.branches.has(county.id));
  const bank = random.weighted(here.length > 0 ? here : reference.banks, (one) => one.weight);
  const branches = bank.branches.get(county.id);
  const on = dayAt(plan.days.refer);
  return {
    verb: 'financing.refer',
    on,
    planId: idOn(random, on),
    bankId: bank.id,
    ...(branches ? { branchId: random.pick(branches) } : {}),
    creditLineId: reference.creditLineId,
    requestedRial: loan.requested,
    people,
    covered: plan.members,
  };
}

function closing(teller: Teller, plan: PlanCase): StoryEvent[] {
  if (plan.days.close === undefined) return [];
  const verb = (
    {
      returned_by_bank: 'financing.returnPlan',
      refused_by_bank: 'financing.refusePlan',
      plan_withdrawn: 'financing.withdrawPlan',
    } as const
  )[plan.draft.fate as 'returned_by_bank' | 'refused_by_bank' | 'plan_withdrawn'];
  return [{ verb, on: dayAt(plan.days.close), reason: reasonFor(teller, verb) }];
}

function planEvents(teller: Teller, plan: PlanCase, loan: Loan, { jobs, people }: PlanJobs) {
  const { openFile, contract, pays } = plan.days;
  const events: StoryEvent[] = [referral(teller, plan, loan, people)];
  if (openFile !== undefined) events.push({ verb: 'financing.openFile', on: dayAt(openFile) });
  if (contract !== undefined) {
    const on = dayAt(contract);
    events.push({ verb: 'financing.contract', on, approvedRial: loan.approved });
  }
  events.push(...closing(teller, plan));
  for (const [i, pay] of pays.entries()) {
    const [on, amountRial] = [dayAt(pay), loan.paid[i]];
    if (amountRial === undefined) throw new RangeError('a payment without its amount');
    const bankReference = teller.planReference(on);
    events.push({ verb: 'financing.pay', on, trancheNumber: i + 1, amountRial, bankReference });
  }
  for (const { person, relation, started } of jobs) {
    const on = dayAt(started);
    const startedOn = on;
    events.push({ verb: 'employment.register', on, person, relation, startedOn });
  }
  return events;
}

function toStory(
  { draft, caseId }: Pick<PermitCase, 'draft' | 'caseId'>,
  events: readonly StoryEvent[],
): CaseStory {
  const { kind, person, household, occupation, agencyId, fate } = draft;
  const inOrder = [...events].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const occupationId = occupation.id;
  return { caseId, kind, person, household, occupationId, agencyId, fate, events: inOrder };
}

/** Names the people of each supporter's plan; those with a permit have it before the referral. */
function nameMembers(
  teller: Teller,
  referred: readonly Omit<PlanCase, 'members'>[],
  makers: ReturnType<typeof makeDraftMaker>,
): { plans: PlanCase[]; covered: PermitCase[] } {
  const supporters = referred.filter(({ draft }) => draft.kind === 'supporter');
  const groups = drawCovered(
    teller.random,
    makers,
    supporters.map(({ draft }) => draft),
  );
  const covered: PermitCase[] = [];
  const plans = referred.map((plan): PlanCase => {
    const group = groups[supporters.indexOf(plan)];
    const since = dayAt(plan.days.refer);
    const withPermit = (group?.withPermit ?? []).map((draft) => {
      const grant = Math.max(2, plan.days.refer - teller.random.int(1, 28));
      const own = permitCase(teller, draft, grant);
      covered.push(own);
      return { person: draft.person, caseId: own.caseId, since };
    });
    const nameOnly = (group?.nameOnly ?? []).map(({ person }) => ({ person, since }));
    return { ...plan, members: [...withPermit, ...nameOnly] };
  });
  return { plans, covered };
}

function tellPlans(teller: Teller, plans: readonly PlanCase[], jobs: readonly PlanJobs[]) {
  const shapes = plans.map(({ draft: { agencyId, kind }, days: { pays, tranches } }, i) => {
    return { agencyId, kind, people: jobs[i]?.people ?? 0, pays: pays.length, tranches };
  });
  const loans = drawLoans(teller.random.fork('loans'), shapes);
  return plans.map((plan, i) => {
    const [loan, planJobs] = [loans[i], jobs[i]];
    if (!loan || !planJobs) throw new RangeError('a plan without its loan or jobs');
    return toStory(plan, [...plan.events, ...planEvents(teller, plan, loan, planJobs)]);
  });
}

/** The cases that the published account says nothing of; their stream leaves it as it is. */
function tellAside({ root, makers, ...tools }: Aside): CaseStory[] {
  const random = root.fork('stages');
  return tellStages({ ...tools, random }, makers).map(({ draft, events }) => {
    const caseId = idOn(random, events[0]?.on ?? dayAt(0));
    return toStory({ draft, caseId }, events);
  });
}

/**
 * The whole demonstration province, case by case, in the order of their submission: the published
 * account of 1400/01/01 to 1401/03/31 to the digit. Pure: no clock, no database; the same seed and
 * reference data tell the same story.
 */
export function tellStory(
  seed: string = SEED,
  reference: DemoReference = readReference(),
): CaseStory[] {
  const root = makeRandom(seed);
  const people = makePeople(root.fork('people'));
  const makers = makeDraftMaker(root.fork('drafts'), people, reference);
  const teller = makeTeller(root.fork('events'), reference);
  const cases = listSeats().map((seat) =>
    permitCase(teller, makers.draft(seat), grantDay(teller.random, seat.fate)),
  );
  const referred = cases
    .filter(({ draft }) => !NOT_REFERRED.has(draft.fate))
    .map((one) => {
      const { fate, kind } = one.draft;
      return { ...one, days: planDays(teller.random, fate, kind, one.grant) };
    });
  const { plans, covered } = nameMembers(teller, referred, makers);
  const jobs = drawJobs(
    root.fork('jobs'),
    people,
    plans.map(({ draft, members, days }) => {
      const firstPay = days.pays[0];
      const { kind, person, county } = draft;
      return { kind, person, county, members, ...(firstPay === undefined ? {} : { firstPay }) };
    }),
  );
  const unreferred = cases.filter(({ draft }) => NOT_REFERRED.has(draft.fate));
  const repaying = root.fork('repayments');
  const { planReference } = makeTeller(repaying, reference);
  const account = [
    ...tellPlans(teller, plans, jobs).map((one) => withRepayments(repaying, one, planReference)),
    ...[...unreferred, ...covered].map((one) => toStory(one, one.events)),
  ];
  const aside = { ...teller, root, people, makers };
  const visiting = root.fork('visits');
  return [...tellLives({ ...aside, random: root.fork('lives') }, account), ...tellAside(aside)]
    .sort((a, b) => (a.caseId < b.caseId ? -1 : 1))
    .map((story) => withVisits(visiting, story));
}
