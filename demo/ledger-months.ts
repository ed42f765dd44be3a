import { addDays, addJalaliMonths, isoDate, isoToJalali } from '../src/kit/jalali.ts';
import type { Act } from '../src/platform/history.ts';
import {
  closeMonths,
  doClusterStep,
  type EntryInput,
  enterLedger,
  grainsOf,
  joinCluster,
  openCluster,
  payPeople,
  toGrains,
} from '../src/supporters/index.ts';
import type { CaseStory, Day } from './case-story.ts';
import { shownSupporter } from './cast.ts';
import { words } from './goods.ts';
import { answerPayments, declareDefaults, offerMore } from './ledger-ends.ts';
import {
  askForMore,
  enterNewContracts,
  LEDGER_FROM,
  LEDGER_MONTHS,
  openLedgers,
  supportersAtWork,
  type Worker,
  workersOf,
} from './ledgers.ts';
import { PROVINCE_ID } from './plan-targets.ts';
import type { Scene } from './scene.ts';
import { toldUrl } from './told-url.ts';

/** Every so many supporters one that buys too little and pays late. */
const BAD = 33;
const LATE = 12;

const lastDay = (first: Day): Day => addDays(addJalaliMonths(first, 1), -1);
const monthKey = (first: Day): number => {
  const { year, month } = isoToJalali(first);
  return year * 100 + month;
};

/** The operations of supporters' ledgers, each on the day from which on it may be told. */
export const LEDGER_OPERATIONS: readonly { readonly name: string; readonly day: Day }[] =
  LEDGER_MONTHS.map((first) => ({ name: `ledgers ${first}`, day: lastDay(first) }));

type Books = { readonly bad: ReadonlySet<string>; readonly late: ReadonlySet<string> };

function booksOf(cases: readonly CaseStory[]): Books {
  const ids = supportersAtWork(cases).map(({ caseId }) => caseId);
  const every = (n: number) => new Set(ids.filter((_, at) => at % n === n - 1));
  return { bad: every(BAD), late: every(LATE) };
}

/** A day of the month after the person's start, a little apart for each. */
function dayIn(first: Day, { startedOn, nth }: Worker, from: number): Day {
  const [end, start] = [lastDay(first), startedOn > first ? startedOn : first];
  const day = addDays(start, from + (nth % 5));
  if (day > end) return end;
  return day;
}

/** What was sent to a person and what came of it in a month. */
function entriesOf(worker: Worker, first: Day, { bad }: Books): EntryInput[] {
  const { coverId, productId, materialId, good, startedOn, nth, caseId } = worker;
  if (addDays(startedOn, 12) > lastDay(first)) return [];
  const part = bad.has(caseId) ? 4n : startedOn > first ? 2n : 1n;
  const unit = grainsOf(good.unit);
  const made = roundDown(good.monthGrains / part, unit);
  const rejected = nth % 17 === 0 && made > 2n * unit ? unit : 0n;
  const oneNeeds = toGrains(good.net, good.kept) + toGrains(good.waste, good.kept);
  const sent = (oneNeeds * made) / unit + grainsOf(good.kept);
  const of = { coverId, materialId };
  const entries: EntryInput[] = [
    { ...of, verb: 'supporters.issue', grains: sent, happenedOn: dayIn(first, worker, 0) },
    {
      ...{ verb: 'supporters.receive', coverId, productId, happenedOn: dayIn(first, worker, 22) },
      ...{ acceptedGrains: made - rejected, rejectedGrains: rejected },
      quality: nth % 19 === 0 ? 'second' : 'first',
      ...(rejected > 0n || nth % 19 === 0 ? { note: words.rejected } : {}),
    },
  ];
  const rest = grainsOf(good.kept) / 2n;
  const happenedOn = dayIn(first, worker, 24);
  if (nth % 11 === 0 && rest > 0n) {
    entries.push({ ...of, verb: 'supporters.returnMaterial', grains: rest, happenedOn });
  } else if (nth % 23 === 0 && rest > 0n) {
    const reason = words.scrap;
    entries.push({ ...of, verb: 'supporters.scrap', grains: rest, happenedOn, reason });
  }
  return entries;
}

/** Whole units of what is counted in pieces; of what is measured, tenths are fine. */
function roundDown(grains: bigint, unit: bigint): bigint {
  const step = unit >= 10n ? unit / 10n : unit;
  const whole = (grains / step) * step;
  return whole === 0n ? step : whole;
}

/** What each person is owed of a month. */
async function owedOf({ tx }: Scene, month: number) {
  const rows = await tx
    .selectFrom('pay_months')
    .select(['cover_id', 'case_id', 'earned_rial', 'deducted_rial', 'paid_rial'])
    .where('province_id', '=', PROVINCE_ID)
    .where('month', '=', month)
    .orderBy('cover_id')
    .execute();
  return rows
    .map((row) => ({
      ...{ coverId: row.cover_id, caseId: row.case_id },
      owed: row.earned_rial - row.deducted_rial - row.paid_rial,
    }))
    .filter(({ owed }) => owed > 0n);
}

/** Takes back from some what they got in advance at the month's beginning: a tenth of what they earned. */
async function deduct(scene: Scene, act: Act, first: Day): Promise<void> {
  const month = monthKey(first);
  const owed = await owedOf(scene, month);
  const entries = owed
    .filter((_, at) => at % 13 === 0)
    .map(({ coverId, owed: earned }): EntryInput => {
      const said = { label: 'advance', reason: words.advance, happenedOn: lastDay(first) };
      return { verb: 'supporters.deduct', coverId, month, amountRial: earned / 10n, ...said };
    });
  await enterLedger(scene.tx, act, entries);
}

/** Pays a month, in time by most supporters, a month late by some, by the bad ones never. */
async function pay(
  scene: Scene,
  act: Act,
  first: Day,
  at: { late: boolean; books: Books },
): Promise<void> {
  const { bad, late } = at.books;
  const month = monthKey(first);
  const after = addDays(lastDay(first), at.late ? 34 : 6);
  const owed = await owedOf(scene, month);
  const paying = owed.filter(({ caseId }) => !bad.has(caseId) && late.has(caseId) === at.late);
  const entries = paying.map(({ coverId, owed: amountRial }): EntryInput => {
    const label = `${words.transfer} ${month}`;
    return { verb: 'supporters.pay', coverId, month, amountRial, label, happenedOn: after };
  });
  await enterLedger(scene.tx, act, entries);
}

/** Tells one month of every supporter's ledger: contracts, materials, goods, and the pay of earlier months. */
export async function tellLedgerMonth(
  scene: Scene,
  act: Act,
  first: Day,
  cases: readonly CaseStory[],
): Promise<null> {
  const books = booksOf(cases);
  const bad = cases.filter(({ caseId }) => books.bad.has(caseId));
  const good = cases.filter(({ caseId }) => !books.bad.has(caseId));
  const isEarly = first < LEDGER_FROM;
  const [until, dayBefore] = [lastDay(first), addDays(first, -1)];
  await openLedgers(scene, act, bad, { after: isEarly ? undefined : dayBefore, until });
  if (!isEarly) {
    const after = first === LEDGER_FROM ? undefined : dayBefore;
    await openLedgers(scene, act, good, { after, until });
  }
  const workers = await workersOf(scene.tx, isEarly ? bad : cases, until);
  const from = isEarly ? first : LEDGER_FROM;
  await enterNewContracts(scene, act, { workers, from });
  await enterLedger(
    scene.tx,
    act,
    workers.flatMap((worker) => entriesOf(worker, first, books)),
  );
  await deduct(scene, act, first);
  const before = addJalaliMonths(first, -1);
  if (before >= LEDGER_FROM) await pay(scene, act, before, { late: false, books });
  const earlier = addJalaliMonths(first, -2);
  if (earlier >= LEDGER_FROM) await pay(scene, act, earlier, { late: true, books });
  return null;
}

/**
 * What the story leaves open: orders, payments of which some were answered and one is disputed, a new
 * version of a contract, supporters in default, a cluster on its way.
 */
export async function leaveLedgersOpen(
  scene: Scene,
  { act, director }: { act: Act; director: Act },
  cases: readonly CaseStory[],
): Promise<void> {
  const shown = shownSupporter(cases)?.caseId;
  const last = LEDGER_MONTHS.at(-1) ?? LEDGER_FROM;
  await closeMonths(scene.tx, act);
  const workers = await workersOf(scene.tx, cases, lastDay(last));
  const ours = workers.filter(({ caseId }) => caseId === shown);
  await askForMore(scene, act, ours);
  await offerMore(scene, act, ours);
  const owed = await owedOf(scene, monthKey(last));
  const payments = owed
    .filter(({ caseId }) => caseId === shown)
    .map(({ coverId, owed: whole }) => ({
      ...{ coverId, month: monthKey(last), amountRial: whole / 2n },
      ...{ reference: words.transfer, happenedOn: act.today },
    }));
  await payPeople(scene.tx, act, { publicUrl: toldUrl, bySms: true }, payments);
  await answerPayments(scene, act);
  await declareDefaults(scene, director, booksOf(cases).bad);
  await beginCluster(scene, act, cases);
}

async function beginCluster(scene: Scene, act: Act, cases: readonly CaseStory[]): Promise<void> {
  const { tx, reference } = scene;
  const tailors = supportersAtWork(cases).filter((one) => one.occupationId === 'tailoring');
  const place = { countyId: 401, occupationId: 'tailoring' };
  const clusterId = await openCluster(tx, act, reference, { name: words.cluster, ...place });
  for (const { caseId } of tailors.slice(0, 3)) await joinCluster(tx, act, { clusterId, caseId });
  for (const [at, note] of words.notes.entries()) {
    const doneOn = addDays(isoDate(act.today), 7 * (at - words.notes.length));
    await doClusterStep(tx, act, { clusterId, step: at + 1, doneOn, note });
  }
}
