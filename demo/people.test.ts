import { describe, expect, it } from 'vitest';
import { checkNationalId, normaliseMobile } from '../src/kit/identifiers.ts';
import { eventsOf, findEvent } from './case-story.ts';
import { readReference } from './reference.ts';
import { tellStory } from './story.ts';

const cases = tellStory();

describe('people', () => {
  const applicants = cases.map((story) => story.person);
  const workers = cases.flatMap((story) => eventsOf(story, 'employment.register'));
  const members = cases.flatMap((story) => findEvent(story, 'financing.refer')?.covered ?? []);
  const everyone = new Set([
    ...applicants,
    ...workers.map((job) => job.person),
    ...members.map((member) => member.person),
  ]);

  it('have a valid national ID of the province each, and nobody two', () => {
    const prefixes = new Set(readReference().counties.flatMap((county) => county.idPrefixes));
    for (const person of everyone) {
      expect(checkNationalId(person.nationalId).ok).toBe(true);
      expect(prefixes.has(person.nationalId.slice(0, 3))).toBe(true);
      expect(person.nationalId.slice(3, 5)).toBe('99');
      expect(person.demonstration).toBe(true);
      expect(person.birthOn < '2004-03-20').toBe(true);
    }
    expect(new Set([...everyone].map((person) => person.nationalId)).size).toBe(everyone.size);
  });

  it('apply once each, with a mobile of their own', () => {
    expect(new Set(applicants).size).toBe(cases.length);
    const mobiles = applicants.map((person) => person.mobile ?? '');
    expect(new Set(mobiles).size).toBe(cases.length);
    expect(mobiles.every((mobile) => normaliseMobile(mobile) === mobile)).toBe(true);
  });

  it('hold one job each, begun after the first payment and before it was registered', () => {
    expect(new Set(workers.map((job) => job.person.nationalId)).size).toBe(workers.length);
    for (const story of cases) {
      const pay = findEvent(story, 'financing.pay');
      for (const job of eventsOf(story, 'employment.register')) {
        expect(pay && job.startedOn >= pay.on && job.startedOn <= job.on).toBe(true);
        if (job.relation === 'holder') expect(job.person).toBe(story.person);
      }
    }
  });

  it('are promised in at least the number that is registered', () => {
    for (const story of cases) {
      const promised = findEvent(story, 'financing.refer')?.people ?? 0;
      expect(eventsOf(story, 'employment.register').length).toBeLessThanOrEqual(promised);
    }
  });

  it('are spread as the province is', () => {
    const women = applicants.filter((person) => person.sex === 'female').length;
    expect(women / applicants.length).toBeGreaterThan(0.66);
    expect(women / applicants.length).toBeLessThan(0.74);
    const counties = new Map<number, number>();
    for (const { household } of cases) {
      counties.set(household.countyId, (counties.get(household.countyId) ?? 0) + 1);
    }
    expect(counties.size).toBe(17);
    expect(Math.max(...counties.values())).toBe(counties.get(401));
  });
});
