import { expect, test } from 'vitest';
import employmentEn from '../src/employment/en.ts';
import employmentFa from '../src/employment/fa.ts';
import financingEn from '../src/financing/en.ts';
import financingFa from '../src/financing/fa.ts';
import pagesEn from '../src/permits/web/en.ts';
import pagesFa from '../src/permits/web/fa.ts';

// The case page shows the whole chain, but its slice may not import the slices to its right.
test.each([
  ['Persian', pagesFa, financingFa, employmentFa],
  ['English', pagesEn, financingEn, employmentEn],
])(
  'states and verbs of later slices have the same %s name on the case page',
  (_, page, plans, jobs) => {
    expect(page.planState).toEqual(plans.states);
    expect(page.verb.financing).toEqual(plans.verbs);
    expect(page.verb.employment).toEqual(jobs.verbs);
    expect(page.relation).toEqual(jobs.relations);
  },
);
