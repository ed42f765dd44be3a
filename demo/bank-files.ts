import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { bookLines, orderPayments, readBankFile, sendBankFile } from '../src/financing/index.ts';
import { addDays, isoDate } from '../src/kit/jalali.ts';
import { uuid7 } from '../src/kit/uuid7.ts';
import type { Act } from '../src/platform/history.ts';
import { type CaseStory, type Day, type EventOf, findEvent } from './case-story.ts';
import { WINDOW } from './plan-targets.ts';
import { makeRandom } from './random.ts';
import type { Scene } from './scene.ts';
import { type Booking, statementXml } from './statement.ts';

/** From this day on the province orders payments and reads what banks send; before it, offices typed them in. */
export const FILES_FROM: Day = addDays(isoDate(WINDOW.to), -20);
/** How many plans with a contract have an order out when the story ends. */
const OUT = 6;

type Payment = { readonly story: CaseStory; readonly event: EventOf<'financing.pay'> };
type Ordered = { readonly story: CaseStory; readonly on: Day; readonly rial: bigint };

/** Whether a payment goes by an order and a bank's file: some banks told nothing before they paid. */
export function isOrdered({ story, event }: Payment): boolean {
  const contract = findEvent(story, 'financing.contract');
  return event.on >= FILES_FROM && contract !== undefined && contract.on < event.on;
}

const bankOf = (story: CaseStory) => findEvent(story, 'financing.refer')?.bankId ?? '';

/** Orders payments on their days, a batch for each bank; gives our reference by case. */
async function order({ tx }: Scene, act: Act, orders: readonly Ordered[]) {
  for (const [on, sameDay] of Map.groupBy(orders, (one) => one.on)) {
    const inputs = sameDay.map(({ story, rial }) => ({ caseId: story.caseId, amountRial: rial }));
    await orderPayments(tx, { ...act, today: on, now: new Date(`${on}T07:30:00Z`) }, inputs);
  }
  const caseIds = orders.map(({ story }) => story.caseId);
  const rows = await tx
    .selectFrom('payment_orders')
    .select(['case_id', 'reference'])
    .where('province_id', '=', act.provinceId)
    .where('case_id', 'in', caseIds)
    .where('state', '=', 'pending')
    .execute();
  return new Map(rows.map((row) => [row.case_id, row.reference]));
}

/** A bank's statement comes in, is read, and what is sure in it is booked: as the job does it. */
async function takeStatement(
  { tx, reference }: Scene,
  act: Act,
  bankId: string,
  bookings: readonly Booking[],
): Promise<void> {
  const [code = ''] = reference.organisations.get(bankId)?.sheba_codes ?? [];
  // A bank may send two of a day; each has an id of its own.
  const mark = bookings[0]?.bankReference ?? '';
  const messageId = `${bankId}-${act.today}-${createHash('sha256').update(mark).digest('hex').slice(0, 6)}`;
  const text = statementXml({ messageId, bankCode: code, day: act.today }, bookings);
  const bytes = Buffer.from(text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const key = uuid7(act.now.getTime(), makeRandom(`statement ${messageId}`).bytes);
  const name = `${messageId}.xml`;
  const id = await sendBankFile(tx, act, { bankId, sha256, name, key });
  const file = { provinceId: act.provinceId, bankId, id };
  const source = { name, stream: async () => Readable.from([bytes]), bytes: async () => bytes };
  await readBankFile(tx, reference, file, source, act.now);
  // The demonstration's people have no telephones: nobody is asked whether the money came.
  const counter = { tx, act, reference, say: (word: string) => word, publicUrl: null };
  while ((await bookLines(counter, file)) > 0);
}

/** The week's payments as orders and the banks' statements of them, one for each bank. */
export async function payThroughBanks(
  scene: Scene,
  act: Act,
  payments: readonly Payment[],
): Promise<void> {
  if (payments.length === 0) return;
  const orders = payments.map(({ story, event }) => {
    const contract = findEvent(story, 'financing.contract')?.on ?? event.on;
    const before = addDays(event.on, -1);
    return { story, on: before > contract ? before : event.on, rial: event.amountRial };
  });
  const references = await order(scene, act, orders);
  for (const [bankId, ofBank] of Map.groupBy(payments, ({ story }) => bankOf(story))) {
    const bookings = ofBank.map(({ story, event }) => ({
      reference: references.get(story.caseId) ?? '',
      ...{ rial: event.amountRial, bankReference: event.bankReference, day: event.on },
    }));
    await takeStatement(scene, act, bankId, bookings);
  }
}

/**
 * What is still open on the story's last day: orders of plans with a contract. One bank sends one of
 * them back; of another it tells without our reference, which a person has to settle. Nothing is paid.
 */
export async function leaveOpen(
  scene: Scene,
  act: Act,
  cases: readonly CaseStory[],
): Promise<void> {
  const contracted = cases.filter(({ fate, events }) => {
    // Nothing is ordered before its visit.
    const isSeen = events.some((it) => it.verb === 'supervision.pass' && it.stage === 'before');
    return fate === 'contracted' && isSeen && events.every(({ on }) => on <= act.today);
  });
  const [bank] = [...Map.groupBy(contracted, bankOf)].sort(([, a], [, b]) => b.length - a.length);
  if (!bank) return;
  const [bankId, plans] = bank;
  const orders = plans.slice(0, OUT).map((story) => {
    const contract = findEvent(story, 'financing.contract');
    const on = isoDate(act.today);
    return { story, on, rial: contract?.approvedRial ?? 0n };
  });
  const references = await order(scene, act, orders);
  const [back, unclear] = orders;
  const bookings: Booking[] = [];
  if (back) {
    const reference = references.get(back.story.caseId) ?? '';
    const known = { rial: back.rial, bankReference: `${bankId}-R1`, day: act.today };
    bookings.push({ ...known, reference, returned: 'AC04' });
  }
  if (unclear) {
    bookings.push({ rial: unclear.rial, bankReference: `${bankId}-U1`, day: act.today });
  }
  await takeStatement(scene, act, bankId, bookings);
}
