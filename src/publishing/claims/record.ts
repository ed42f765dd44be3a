import type { Static } from 'typebox';
import { referenceOf } from '../../accounts/index.ts';
import { answerFigures, type FiguresAnswer, readPeriod } from '../../figures/index.ts';
import type { Database } from '../../platform/database.ts';
import type { Language, Say } from '../../platform/language.ts';
import { provinceContext } from '../../platform/policy.ts';
import { boundsOf } from './checks/bounds.ts';
import type { Finding } from './checks/finding.ts';
import type { Fact } from './facts.ts';

type Figures = Static<typeof FiguresAnswer>;

/** Which record a text is held against: a province's, for a period in Jalali dates of any script. */
export type RecordQuestion = {
  readonly provinceId: number;
  readonly period: { readonly from?: string; readonly to?: string };
  readonly today: string;
  readonly now: Date;
};

/**
 * What the record has for a period, in all and by agency: totals only, no person.
 * @throws Problem `figures.bad_period` (422)
 */
export async function readRecord(
  database: Database,
  sayers: Readonly<Record<Language, Say>>,
  { provinceId, period, today, now }: RecordQuestion,
): Promise<Figures> {
  const reference = await referenceOf(database);
  const context = { ...provinceContext(provinceId), pool: 'reports' } as const;
  const asked = {
    provinceId,
    period: readPeriod(period, today),
    scope: {},
    by: 'agency',
    cohort: false,
  } as const;
  return database.transaction(context, (tx) => answerFigures(tx, reference, sayers, asked, now));
}

const compared = [
  'permits_issued',
  'plans_referred',
  'plans_funded',
  'rial_paid',
  'jobs_registered',
] as const;

/** Claims about what the record counts, beside what it has; a part by county or kind is not looked up. */
export function compareWithRecord(
  facts: readonly Fact[],
  figures: Figures,
  provinceId: number,
): Finding[] {
  return facts.flatMap((fact): Finding[] => {
    const recorded = recordedFor(fact, figures, provinceId);
    if (recorded === undefined) return [];
    const values = { found: recorded, said: fact.size };
    const { low, high } = boundsOf(fact);
    if (recorded >= low && recorded <= high) {
      return [{ kind: 'record', facts: [fact], verdict: 'holds', note: 'recordHolds', values }];
    }
    // Another period or another scope may be meant, unless the text says this thing once and plainly.
    const alike = facts.filter(
      ({ measure, agency }) => measure === fact.measure && agency === fact.agency,
    );
    const plain = alike.length === 1 && fact.hedge === 'exact' && fact.period === undefined;
    const verdict = plain ? 'fails' : 'unsure';
    const note = plain ? 'recordFails' : 'recordUnsure';
    return [{ kind: 'record', facts: [fact], verdict, note, values }];
  });
}

function recordedFor(fact: Fact, figures: Figures, provinceId: number): number | undefined {
  const measure = compared.find((name) => name === fact.measure);
  const money = measure === 'rial_paid';
  if (measure === undefined || money !== (fact.class === 'money')) return undefined;
  if (fact.kind !== undefined) return undefined;
  if (fact.place !== undefined && Number(fact.place) !== provinceId) return undefined;
  const of =
    fact.agency === undefined ? figures : figures.by.find(({ key }) => key === fact.agency);
  return of && Number(of.measures[measure]);
}
