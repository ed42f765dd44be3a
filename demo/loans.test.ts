import { describe, expect, it } from 'vitest';
import { type CaseStory, eventsOf, findEvent } from './case-story.ts';
import { loanCap } from './loans.ts';
import { COVERED_PERMITS, TERMS } from './plan-targets.ts';
import { readProductRows, readReference } from './reference.ts';
import { tellStory } from './story.ts';

const RIAL_PER_MILLION_TOMAN = 10_000_000n;
const cases = tellStory();
const byId = new Map(cases.map((story) => [story.caseId, story]));

function paidBy(story: CaseStory): bigint {
  return eventsOf(story, 'financing.pay').reduce((sum, pay) => sum + pay.amountRial, 0n);
}

describe('loans', () => {
  it('stay within the terms of the time', () => {
    for (const story of cases) {
      const refer = findEvent(story, 'financing.refer');
      if (!refer) continue;
      const kind = story.kind;
      const cap = BigInt(loanCap({ kind, people: refer.people })) * RIAL_PER_MILLION_TOMAN;
      const approved = findEvent(story, 'financing.contract')?.approvedRial ?? refer.requestedRial;
      expect(refer.requestedRial).toBeLessThanOrEqual(cap);
      expect(approved).toBeLessThanOrEqual(refer.requestedRial);
      expect(paidBy(story)).toBeLessThanOrEqual(approved);
    }
  });

  it('are in whole millions of toman, nearly all in round fives', () => {
    const paid = cases.filter((story) => story.fate === 'paid').map(paidBy);
    expect(paid.every((amount) => amount % RIAL_PER_MILLION_TOMAN === 0n)).toBe(true);
    const odd = paid.filter((amount) => amount % (5n * RIAL_PER_MILLION_TOMAN) !== 0n);
    expect(odd.length).toBeLessThan(5);
  });

  it('come through agent banks of the window, at their own branches', () => {
    const branches = new Map(readProductRows('branches').map((row) => [row.id, row]));
    const banks = new Set(readReference().banks.map((bank) => bank.id));
    for (const story of cases) {
      const refer = findEvent(story, 'financing.refer');
      if (!refer) continue;
      expect(banks.has(refer.bankId)).toBe(true);
      const branch = branches.get(refer.branchId);
      expect(branch?.bank_id).toBe(refer.bankId);
      expect(Number(branch?.county_id)).toBe(story.household.countyId);
    }
  });
});

describe('supporters', () => {
  const supporters = cases.filter((story) => story.kind === 'supporter');

  it('name five to twenty people, each once, before any of them works', () => {
    const named = new Set<string>();
    for (const story of supporters) {
      const refer = findEvent(story, 'financing.refer');
      if (!refer) continue;
      expect(refer.covered).toHaveLength(refer.people);
      expect(refer.people).toBeGreaterThanOrEqual(TERMS.supporterPeople.least);
      expect(refer.people).toBeLessThanOrEqual(TERMS.supporterPeople.most);
      for (const { person } of refer.covered) {
        expect(named.has(person.nationalId)).toBe(false);
        named.add(person.nationalId);
      }
      const own = new Set(refer.covered.map(({ person }) => person.nationalId));
      for (const job of eventsOf(story, 'employment.register')) {
        expect(job.relation).toBe('covered');
        expect(own.has(job.person.nationalId)).toBe(true);
      }
    }
  });

  it('cover people whose permits were granted first and are not referred', () => {
    const members = supporters.flatMap(
      (story) => findEvent(story, 'financing.refer')?.covered ?? [],
    );
    const withPermit = members.filter((member) => member.caseId !== undefined);
    expect(withPermit).toHaveLength(COVERED_PERMITS);
    for (const { caseId, person, since } of withPermit) {
      const own = byId.get(caseId ?? '');
      expect(own?.person).toBe(person);
      expect(own?.kind).toBe('covered');
      expect(own && findEvent(own, 'financing.refer')).toBeUndefined();
      const grant = own && findEvent(own, 'permits.grant');
      expect(grant && grant.on <= since).toBe(true);
    }
  });

  it('are about a hundred among the funded, most of them where work is given out', () => {
    const funded = supporters.filter((story) => story.fate === 'paid');
    const of = (agency: string) => funded.filter((story) => story.agencyId === agency).length;
    expect(funded).toHaveLength(105);
    expect(of('SMT') + of('HERITAGE')).toBeGreaterThan(of('AGRI') + of('CULTURE'));
  });
});
