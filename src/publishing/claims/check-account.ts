import type { Language, Say } from '../../platform/language.ts';
import { formatsOf } from '../format.ts';
import { checkChanges } from './checks/changes.ts';
import type { Checked, Finding } from './checks/finding.ts';
import { checkFunnel } from './checks/funnel.ts';
import { checkLoans } from './checks/loans.ts';
import { checkReadings } from './checks/readings.ts';
import { checkShares } from './checks/shares.ts';
import { checkSums } from './checks/sums.ts';
import type { Account, ClaimCheck } from './contract.ts';
import type { Fact } from './facts.ts';
import { type ReadAccount, readAccount } from './find-claims.ts';
import type { Knowledge } from './knowledge.ts';

/** In which language notes are written, and with whose words. */
export type Telling = { readonly language: Language; readonly say: Say };

/** Takes a text apart and does the sums that it implies. Pure: the same text gives the same answer. */
export function checkAccount(given: string, knowledge: Knowledge, telling: Telling): Account {
  return answerOf(readAccount(given, knowledge), knowledge, telling);
}

/** The answer for a text that was read already; `more` are findings from elsewhere, such as the record. */
export function answerOf(
  read: ReadAccount,
  knowledge: Knowledge,
  telling: Telling,
  more: readonly Finding[] = [],
): Account {
  const found = [...findingsOf({ ...read, knowledge }), ...more];
  return { claims: [...read.claims], checks: found.map((finding) => told(finding, telling)) };
}

/** No article has more; what comes after them is read and not reckoned with. */
const mostChecked = 300;

function findingsOf({ facts: all, ...around }: Checked): Finding[] {
  const checked = { ...around, facts: all.slice(0, mostChecked) };
  const changes = checkChanges(checked);
  const readings = checkReadings(checked);
  const explained = [...changes.filter(({ kind }) => kind === 'difference'), ...readings];
  // What is a growth, or a slip in a sum, is no sum that holds or fails besides.
  const sums = checkSums(checked).filter((sum) => !explained.some((one) => covers(one, sum)));
  return [
    ...sums,
    ...checkShares(checked),
    ...changes,
    ...checkLoans(checked),
    ...readings,
    ...checkFunnel(checked),
  ];
}

function covers(one: Finding, other: Finding): boolean {
  const facts = new Set(one.facts.map(({ index }) => index));
  return one.facts.length > 1 && other.facts.every(({ index }) => facts.has(index));
}

/** Notes whose values are amounts of what the first claim counts; all others are plain numbers. */
const ofAmounts = /^(?:sum|difference|average|mean|slip|cap|flipped|subset|stage|repeat|record)/;

function told(finding: Finding, telling: Telling): ClaimCheck {
  const { kind, facts, verdict, note } = finding;
  const [first] = facts;
  const entries = Object.entries(finding.values ?? {}).map(([name, value]) => {
    const amount = first && ofAmounts.test(note) && typeof value === 'number';
    return [name, amount ? amountText(value, first, telling) : value] as const;
  });
  const claims = facts.map(({ index }) => index);
  return {
    kind,
    claims,
    verdict,
    note: telling.say(`claims.notes.${note}`, Object.fromEntries(entries)),
  };
}

/** Below a million toman an amount is said to the rial. */
const leastToman = 10_000_000;

/** «۴۱ میلیارد تومان», «۸۵۳». */
function amountText(value: number, like: Fact, { language, say }: Telling): string {
  const formats = formatsOf(language);
  if (like.class !== 'money') return formats.count(value);
  if (value < leastToman) return formats.rial(BigInt(Math.round(value)).toString());
  const { number, unit } = formats.roundToman(BigInt(Math.round(value)).toString());
  return `${number} ${say(`publishing.units.${unit}`)}`;
}
