import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { makeRandom, type Random } from '../demo/random.ts';
import { referenceOf } from '../src/accounts/index.ts';
import { checkProvince } from '../src/figures/index.ts';
import { decodeCode } from '../src/kit/code.ts';
import { addDays, type IsoDate, isoDate } from '../src/kit/jalali.ts';
import { isProblem } from '../src/kit/problem.ts';
import { basisPoints, rial } from '../src/kit/rial.ts';
import type { OrderVerb } from '../src/market/order-rules.ts';
import { receivePayment, recordRefund } from '../src/market/orders/payment-outcome.ts';
import {
  beginPayment,
  livePayment,
  lockPayment,
  setPayment,
} from '../src/market/orders/payments.ts';
import { placeOrder } from '../src/market/orders/place.ts';
import { getOrderForUpdate, type OrderRow } from '../src/market/orders/queries.ts';
import { acceptReturn, askReturn } from '../src/market/orders/returns.ts';
import { payOut, statementOf } from '../src/market/orders/statements.ts';
import { stepOrder } from '../src/market/orders/steps.ts';
import type { Tx } from '../src/platform/database.ts';
import type { Act } from '../src/platform/history.ts';
import { type Principal, provinceContext } from '../src/platform/policy.ts';
import { type TestHouse, testHouse } from './house.ts';
import { aProduct, makeMaker } from './maker.ts';

const provinceId = 4;
const began = isoDate('2022-06-22');

type Stall = { readonly id: string; readonly product: string };
type World = {
  readonly house: TestHouse;
  readonly random: Random;
  readonly stalls: readonly Stall[];
  readonly buyer: Principal;
  readonly officer: string;
  readonly orders: string[];
  today: IsoDate;
  /** How often days go by: all of it lies within a permit's time, however many steps there are. */
  readonly newDays: number;
};

function actOf({ today, buyer }: World): Act {
  const now = new Date(`${today}T08:00:00Z`);
  return {
    ...{ provinceId, actorId: buyer.accountId, organisationId: null },
    ...{ now, today, opId: randomUUID() },
  };
}

async function order(world: World, tx: Tx, act: Act): Promise<void> {
  const { random, stalls, house, buyer } = world;
  const stall = random.pick(stalls);
  const pays = random.pick(['online', 'on_delivery'] as const);
  const lines = [{ product: stall.product, quantity: random.int(1, 4) }];
  const to = { name: 'خریدار', mobile: '09121234567', toProvince: 7, address: 'شیراز' };
  const given = { ...to, stallId: stall.id, lines, pays };
  const id = await placeOrder(tx, act, await referenceOf(house.database), buyer, given);
  world.orders.push(id);
  if (pays === 'online') await beginPayment(tx, act, await getOrderForUpdate(tx, provinceId, id));
}

/** What may come next for an order, by its state and its payment; each is taken or left by chance. */
async function goOn(world: World, tx: Tx, act: Act): Promise<void> {
  const { random, orders } = world;
  if (orders.length === 0) return;
  // Of the newest: older ones are over, mostly.
  const it = await getOrderForUpdate(tx, provinceId, random.pick(orders.slice(-12)));
  const payment = await livePayment(tx, provinceId, it.id);
  if (payment && it.pays === 'online') await movePayment(random, tx, act, payment.id);
  const fresh = await getOrderForUpdate(tx, provinceId, it.id);
  await moveOrder(world, tx, act, fresh);
}

async function movePayment(random: Random, tx: Tx, act: Act, id: string): Promise<void> {
  const locked = await lockPayment(tx, provinceId, id);
  if (!locked) return;
  const { payment } = locked;
  if (payment.state === 'asked') await setPayment(tx, payment, { state: 'ready', authority: id });
  if (payment.state === 'ready') {
    if (random.chance(0.8)) await receivePayment(tx, act, locked, `R${id.slice(-8)}`);
    else await setPayment(tx, payment, { state: 'failed' });
  }
  if (payment.state === 'refunding') await recordRefund(tx, act, locked);
}

const next: Readonly<Record<string, readonly OrderVerb[]>> = {
  unpaid: ['market.cancelOrder', 'market.lapse'],
  placed: ['market.acceptOrder', 'market.acceptOrder', 'market.declineOrder', 'market.cancelOrder'],
  accepted: ['market.sendOrder', 'market.sendOrder', 'market.declineOrder'],
  sent: ['market.deliverOrder'],
};

async function moveOrder(world: World, tx: Tx, act: Act, it: OrderRow): Promise<void> {
  const { random, house } = world;
  const verbs = next[it.state];
  if (verbs) {
    // One that waits for its money is mostly left alone.
    if (it.state === 'unpaid' && random.chance(0.9)) return;
    return stepOrder(tx, act, it, { verb: random.pick(verbs), party: 'maker', note: 'x' });
  }
  if (it.state === 'delivered' && random.chance(0.4)) {
    const lines = [{ place: 1, quantity: 1 }];
    const reference = await referenceOf(house.database);
    return askReturn(tx, act, reference, it, { lines, reason: 'x' });
  }
  if (it.state === 'return_asked') {
    await acceptReturn(tx, act, it, { party: 'maker', onHandAgain: random.chance(0.5) });
  }
}

async function pay(world: World, tx: Tx, act: Act): Promise<void> {
  const { random, stalls, officer } = world;
  const { id } = random.pick(stalls);
  const rows = tx.selectFrom('stalls').select('due_rial').where('province_id', '=', provinceId);
  const { due_rial: due } = await rows.where('id', '=', id).executeTakeFirstOrThrow();
  if (due <= 0n) return;
  const amountRial = random.chance(0.5) ? due : (due + 1n) / 2n;
  await payOut(tx, act, id, { amountRial, bankReference: randomUUID(), accountId: officer });
}

/** Takes one random step; false where the rules refused it, which leaves nothing behind. */
async function step(world: World): Promise<boolean> {
  const { random, house } = world;
  if (random.chance(world.newDays)) world.today = addDays(world.today, random.int(1, 4));
  const known = world.orders.length;
  const act = actOf(world);
  const chance = random.next();
  const work = chance < 0.18 ? order : chance < 0.95 ? goOn : pay;
  try {
    await house.database.transaction(provinceContext(provinceId), (tx) => work(world, tx, act));
    await chargeSome(world, known);
    return true;
  } catch (error) {
    if (!isProblem(error)) throw error;
    world.orders.length = known;
    return false;
  }
}

/** The commission is that of an order's day; here every order has one of its own. */
async function chargeSome({ house, random, orders }: World, known: number): Promise<void> {
  for (const id of orders.slice(known)) {
    const sql = 'update orders set commission_bp = $1 where province_id = $2 and id = $3';
    const bp = random.pick([0, 0, 150, 333, 1999]);
    await house.database.pools.migrator.query(sql, [bp, provinceId, id]);
  }
}

/** What a stall is owed, by its orders and payouts alone, without looking at any transfer. */
async function owedTo(tx: Tx, stallId: string): Promise<bigint> {
  const orders = tx.selectFrom('orders').selectAll().where('province_id', '=', provinceId);
  const sold = await orders
    .where('stall_id', '=', stallId)
    .where('state', 'in', ['delivered', 'return_asked', 'returned'])
    .execute();
  const earned = sold.reduce((sum, one) => {
    const kept = one.goods_rial - one.returned_rial;
    const commission = basisPoints(rial(kept), one.commission_bp);
    return sum + (one.pays === 'online' ? kept : 0n) - commission;
  }, 0n);
  const paid = await tx
    .selectFrom('payouts')
    .select('amount_rial')
    .where('province_id', '=', provinceId)
    .where('stall_id', '=', stallId)
    .execute();
  return paid.reduce((sum, { amount_rial }) => sum - amount_rial, earned);
}

/** The statements of a stall, ten days each: one begins where the one before ended, and the last ends at what is owed. */
async function expectStatements(world: World, { id }: Stall): Promise<number> {
  return world.house.database.transaction(provinceContext(provinceId), async (tx) => {
    let [carried, lines] = [0n, 0];
    for (let from = began; from <= world.today; from = addDays(from, 10)) {
      const it = await statementOf(tx, provinceId, id, { from, to: addDays(from, 9) });
      expect(it.openingRial).toBe(carried);
      expect(it.entries.reduce((sum, one) => sum + one.rial, carried)).toBe(it.closingRial);
      [carried, lines] = [it.closingRial, lines + it.entries.length];
    }
    const stall = tx.selectFrom('stalls').select('due_rial').where('province_id', '=', provinceId);
    const { due_rial: due } = await stall.where('id', '=', id).executeTakeFirstOrThrow();
    expect([carried, due]).toEqual([await owedTo(tx, id), carried]);
    return lines;
  });
}

async function worldOf(house: TestHouse, operations: number): Promise<World> {
  const stalls: Stall[] = [];
  for (let nth = 0; nth < 2; nth += 1) {
    const maker = await makeMaker(house);
    const body = { ...aProduct, onHand: 100_000, priceRial: String(1_234_567 + nth * 890_123) };
    const made = await maker.caller.post(`/api/stalls/${maker.stall}/products`, body);
    stalls.push({ id: decodeCode(maker.stall)?.id ?? '', product: made.body.code });
  }
  await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE', username: 'cashier' });
  const accounts = await house.database.pools.migrator.query(
    "select id from accounts where username = 'cashier'",
  );
  const officer: string = accounts.rows[0].id;
  const nobody = { sessionId: '', organisationId: null, personId: null };
  const buyer = { ...nobody, accountId: randomUUID(), role: 'citizen' as const, provinceId: 7 };
  const newDays = Math.min(0.1, 120 / operations);
  const random = makeRandom(`orders ${operations}`);
  return { house, random, stalls, buyer, officer, orders: [], today: began, newDays };
}

/**
 * Orders, payments, refunds, returns and payouts, so many of them at random over some months, with commissions that
 * need rounding: what the statements add up to is what the ledger holds, and what orders and payouts say without it.
 */
export async function expectStatementsHold(operations: number): Promise<void> {
  const house = await testHouse();
  try {
    const world = await worldOf(house, operations);
    let refused = 0;
    for (let nth = 0; nth < operations; nth += 1) if (!(await step(world))) refused += 1;
    for (const stall of world.stalls) {
      expect(await expectStatements(world, stall)).toBeGreaterThan(operations / 40);
    }
    expect(refused).toBeLessThan(operations / 2);
    expect((await checkProvince(house.database, provinceId)).differences).toBe(0);
  } finally {
    await house.close();
  }
}
