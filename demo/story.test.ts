import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkPermitNumber } from '../src/kit/identifiers.ts';
import { daysBetween, isoDate, isoToJalali, weekday } from '../src/kit/jalali.ts';
import { nextState } from '../src/kit/steps.ts';
import { isUuid } from '../src/kit/uuid7.ts';
import {
  type PermitState,
  type PermitVerb,
  permitStates,
  permitSteps,
} from '../src/permits/rules.ts';
import { type CaseStory, eventsOf } from './case-story.ts';
import {
  AGENCIES,
  COVERED_PERMITS,
  FATE_TARGETS,
  PAID_MILLION_TOMAN,
  PUBLISHED,
  STAGE_TARGETS,
  splitByAgency,
  WINDOW,
} from './plan-targets.ts';
import { readDemoRows, readProductRows } from './reference.ts';
import { tellStory } from './story.ts';
import { totalsOf } from './totals.ts';

const RIAL_PER_MILLION_TOMAN = 10_000_000n;
const cases = tellStory();
const LAST_DAY = isoDate(WINDOW.to);
const allEvents = cases.flatMap((story) => story.events);

/** Which state a plan's verb starts from and where it leads; a permit's are in the product's table. */
const PLAN_STEPS: Readonly<Record<string, [string[], string]>> = {
  'financing.refer': [['none'], 'referred'],
  'financing.returnPlan': [['referred'], 'returned'],
  'financing.openFile': [['referred'], 'file_opened'],
  'financing.contract': [['file_opened'], 'contracted'],
  'financing.refusePlan': [['file_opened'], 'plan_refused'],
  'financing.withdrawPlan': [['file_opened'], 'plan_withdrawn'],
  'financing.pay': [['referred', 'file_opened', 'contracted', 'paying'], 'paying'],
  'financing.repay': [['paying'], 'paying'],
};

/** Where a case ends: at the bank once there is a plan, else with the permit. */
function lastState(story: CaseStory): string {
  let [permit, plan]: [PermitState | null, string] = [null, 'none'];
  for (const { verb } of story.events) {
    if (verb.startsWith('supervision.')) continue;
    if (verb === 'employment.register') {
      expect(plan).toBe('paying');
      continue;
    }
    const step = PLAN_STEPS[verb];
    if (!step) {
      permit = nextState(permitSteps, verb as PermitVerb, permit);
      continue;
    }
    if (verb === 'financing.refer') expect(permit).toBe('issued');
    expect(step[0], `${story.caseId}: ${verb}`).toContain(plan);
    plan = step[1];
  }
  return plan === 'none' ? String(permit) : plan;
}

describe('the published account', () => {
  it('comes out to the digit', () => {
    const totals = totalsOf(cases);
    expect(totals.permitsIssued).toBe(PUBLISHED.permitsIssued);
    expect(totals.plansReferred).toBe(PUBLISHED.plansReferred);
    expect(totals.plansFunded).toBe(PUBLISHED.plansFunded);
    expect(totals.jobsRegistered).toBe(PUBLISHED.jobsRegistered);
    expect(totals.rialPaid).toBeGreaterThan(40_000n * RIAL_PER_MILLION_TOMAN);
  });

  it.each(AGENCIES)('comes out for %s', (agency) => {
    const totals = totalsOf(cases.filter((story) => story.agencyId === agency));
    expect(totals.plansFunded).toBe(PUBLISHED.plansFundedByAgency[agency]);
    expect(totals.rialPaid).toBe(BigInt(PAID_MILLION_TOMAN[agency]) * RIAL_PER_MILLION_TOMAN);
  });

  it('is exact where it was published so, and near where it says «about»', () => {
    expect(PAID_MILLION_TOMAN.SMT).toBe(26_000);
    expect(PAID_MILLION_TOMAN.AGRI).toBe(5_000);
    expect(Math.abs(PAID_MILLION_TOMAN.CULTURE - 2_950)).toBeLessThanOrEqual(50);
    expect(Math.abs(PAID_MILLION_TOMAN.HERITAGE - 6_950)).toBeLessThanOrEqual(50);
  });

  it('has every case it planned, each at its fate', () => {
    for (const { fate, total } of [...FATE_TARGETS, ...STAGE_TARGETS]) {
      const covered = fate === 'issued' ? COVERED_PERMITS : 0;
      const found = cases.filter((story) => story.fate === fate).length;
      expect(found, fate).toBe(total + covered);
    }
  });

  it('splits any number by agency without losing one', () => {
    for (let total = 0; total < 300; total += 1) {
      const parts = Object.values(splitByAgency(total));
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
    }
  });
});

describe('steps', () => {
  it('are legal, and end where the fate says', () => {
    const ends: Readonly<Record<string, string>> = {
      paid: 'paying',
      at_bank: 'referred',
      returned_by_bank: 'returned',
      refused_by_bank: 'plan_refused',
      waiting: 'submitted',
      at_counter: 'submitted',
      clearance_denied: 'submitted',
      // The last body's yes sends the case back by itself; the story has no event for that.
      cleared: 'clearance',
      overturned: 'agency_signed',
    };
    for (const story of cases) {
      expect(lastState(story)).toBe(story.stage ?? ends[story.fate] ?? story.fate);
    }
  });

  it('leave somebody in every state that a case can be in', () => {
    const states = new Set(cases.map(lastState));
    for (const state of permitStates) if (state !== 'void') expect(states).toContain(state);
  });

  it('are in order, inside the window, on working days', () => {
    for (const { events } of cases) {
      const days = events.map((event) => event.on);
      expect(days).toEqual([...days].sort());
    }
    for (const { verb, on } of allEvents) {
      // A permit ends on the day after its last, be that a Friday.
      if (verb === 'permits.expire') continue;
      expect(on >= WINDOW.from && on <= WINDOW.to).toBe(true);
      expect(weekday(on)).not.toBe(6);
      const { month, day } = isoToJalali(on);
      expect(['1/1', '1/2', '1/3', '1/4', '1/13', '3/14', '3/15', '11/22']).not.toContain(
        `${month}/${day}`,
      );
    }
  });

  it('number tranches from one, and pay later ones at least three weeks apart', () => {
    for (const story of cases) {
      const pays = eventsOf(story, 'financing.pay');
      expect(pays.map((pay) => pay.trancheNumber)).toEqual(pays.map((_, i) => i + 1));
      for (const [i, pay] of pays.slice(1).entries()) {
        const before = pays[i];
        expect(before && daysBetween(before.on, pay.on)).toBeGreaterThanOrEqual(21);
      }
    }
    expect(cases.some((story) => eventsOf(story, 'financing.pay').length === 3)).toBe(true);
  });

  it('give a reason whenever someone is told no', () => {
    const conditions = new Set(readProductRows('refusal_conditions').map((row) => row.number));
    for (const event of allEvents) {
      if ('reason' in event) expect(event.reason.length).toBeGreaterThan(5);
      if (event.verb === 'permits.refuse') {
        expect(conditions.has(String(event.conditionNumber))).toBe(true);
      }
    }
  });

  it('leave late ones in every queue', () => {
    const lateIn = (fate: string, days: number) =>
      cases.filter((story) => {
        const last = story.events.at(-1);
        return story.fate === fate && last && daysBetween(last.on, LAST_DAY) > days;
      }).length;
    expect(lateIn('waiting', 14)).toBeGreaterThan(20);
    expect(lateIn('agency_signed', 7)).toBeGreaterThan(5);
    expect(lateIn('at_bank', 30)).toBeGreaterThan(20);
  });
});

describe('the telling', () => {
  const hash = (told: readonly CaseStory[]) =>
    createHash('sha256')
      .update(JSON.stringify(told, (_, value) => (typeof value === 'bigint' ? `${value}` : value)))
      .digest('hex');

  it('is the same every time, and another one from another seed', () => {
    expect(hash(tellStory())).toBe(hash(cases));
    const other = tellStory('another province');
    expect(hash(other)).not.toBe(hash(cases));
    expect(totalsOf(other).plansFunded).toBe(PUBLISHED.plansFunded);
    expect(totalsOf(other).rialPaid).toBe(totalsOf(cases).rialPaid);
  });

  it('gives every case, plan, permit and payment an id of its own, in order of submission', () => {
    const ids = cases.map((story) => story.caseId);
    expect(ids.every(isUuid)).toBe(true);
    expect(ids).toEqual([...ids].sort());
    const plans = allEvents.flatMap((event) => ('planId' in event ? event.planId : []));
    expect(new Set([...ids, ...plans]).size).toBe(ids.length + plans.length);
    const permits = allEvents.flatMap((event) =>
      'permitNumber' in event ? event.permitNumber : [],
    );
    expect(new Set(permits).size).toBe(PUBLISHED.permitsIssued);
    expect(permits.every((number) => checkPermitNumber(number).ok)).toBe(true);
    const slips = allEvents.flatMap((event) =>
      'bankReference' in event ? event.bankReference : [],
    );
    expect(new Set(slips).size).toBe(slips.length);
  });

  it('asks only for occupations that exist, each with its own agency', () => {
    const agencies = new Map(readProductRows('occupations').map((row) => [row.id, row.agency_id]));
    for (const story of cases) expect(agencies.get(story.occupationId)).toBe(story.agencyId);
    for (const row of readDemoRows('occupation-demand')) {
      if (row.id !== '') expect(agencies.get(row.id)).toBe(row.agency_id);
    }
  });
});
