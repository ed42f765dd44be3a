import { expect, test } from 'vitest';
import employmentEn from '../src/employment/en.ts';
import employmentFa from '../src/employment/fa.ts';
import registersEn from '../src/figures/registers/en.ts';
import registersFa from '../src/figures/registers/fa.ts';
import figurePagesEn from '../src/figures/web/en.ts';
import figurePagesFa from '../src/figures/web/fa.ts';
import financingEn from '../src/financing/en.ts';
import financingFa from '../src/financing/fa.ts';
import pagesEn from '../src/permits/web/en.ts';
import pagesFa from '../src/permits/web/fa.ts';
import visitsEn from '../src/permits/web/supervision/en.ts';
import visitsFa from '../src/permits/web/supervision/fa.ts';
import supporterEn from '../src/permits/web/supporters/en.ts';
import supporterFa from '../src/permits/web/supporters/fa.ts';
import supervisionEn from '../src/supervision/en.ts';
import supervisionFa from '../src/supervision/fa.ts';
import supportersEn from '../src/supporters/en.ts';
import supportersFa from '../src/supporters/fa.ts';

// The case page shows the whole chain, but its slice may not import the slices to its right.
test.each([
  ['Persian', pagesFa, financingFa, employmentFa],
  ['English', pagesEn, financingEn, employmentEn],
])(
  'states and verbs of later slices have the same %s name on the case page',
  (_, page, plans, jobs) => {
    expect(plans.states).toMatchObject(page.planState);
    expect(page.verb.financing).toEqual(plans.verbs);
    expect(page.relation).toEqual(jobs.relations);
  },
);

test.each([
  ['Persian', figurePagesFa, registersFa],
  ['English', figurePagesEn, registersEn],
])(
  'kinds and units of registers have the same %s name on the page as in the reader',
  (_, page, registers) => {
    // In a list of choices a name begins with a capital; in a sentence it does not.
    const plain = (words: object) => JSON.parse(JSON.stringify(words).toLowerCase()) as unknown;
    expect(plain(page.import.kinds)).toEqual(plain(registers.kinds));
    expect(plain(page.import.units)).toEqual(plain(registers.units));
  },
);

test.each([
  ['Persian', visitsFa, supervisionFa, employmentFa],
  ['English', visitsEn, supervisionEn, employmentEn],
])('verbs of visits and jobs have the same %s name on the case page', (_, page, said, jobs) => {
  expect(page.visitVerb).toEqual(said.verbs);
  expect(page.jobVerb).toEqual(jobs.verbs);
});

test('steps of supporters have the same name on the case page as in their slice', () => {
  expect(supportersFa.verbs).toMatchObject(supporterFa.supporterVerb);
  expect(supportersEn.verbs).toMatchObject(supporterEn.supporterVerb);
});
