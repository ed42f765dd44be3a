import { sql } from 'kysely';
import { expect } from 'vitest';
import { makeRandom } from '../demo/random.ts';
import { checkProvince } from '../src/figures/index.ts';
import { decodeCode } from '../src/kit/code.ts';
import { type Move, type MoveKind, moveStock } from '../src/market/stock.ts';

import { provinceContext } from '../src/platform/policy.ts';
import { type TestHouse, testHouse } from './house.ts';
import { aProduct, makeMaker } from './maker.ts';

const kinds: readonly MoveKind[] = ['made', 'counted', 'promised', 'freed', 'returned'];
const atOnce = 16;
const products = 6;

/** Random moves of one or a few products. */
function randomTasks(ids: readonly string[], operations: number): Move[][] {
  const random = makeRandom(`stock ${operations}`);
  return Array.from({ length: operations }, (): Move[] =>
    Array.from({ length: random.int(1, 3) }, () => ({
      productId: random.pick(ids),
      kind: random.pick(kinds),
      quantity: random.pick([-3, -2, -1, -1, 1, 2]),
    })),
  );
}

/** A stall with a few products; gives their ids. */
async function stallWith(house: TestHouse, count: number): Promise<string[]> {
  const maker = await makeMaker(house);
  const ids: string[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const reply = await maker.caller.post(`/api/stalls/${maker.stall}/products`, aProduct);
    ids.push(decodeCode(reply.body.code)?.id ?? '');
  }
  return ids;
}

/** Does the moves in one transaction; false where the table refused them. */
async function tryMoves(house: TestHouse, moves: readonly Move[]): Promise<boolean> {
  const act = { provinceId: 4, now: house.clock.now() };
  try {
    await house.database.transaction(provinceContext(4), (tx) => moveStock(tx, act, moves));
    return true;
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'products_not_oversold') throw error;
    return false;
  }
}

/**
 * Moves the stocks of a few products so many times at random, sixteen transactions at once, some of several products:
 * each is done whole or refused whole, nothing falls below nought, and what is on hand is the sum of what was done.
 */
export async function expectStockHolds(operations: number): Promise<void> {
  const house = await testHouse();
  try {
    const ids = await stallWith(house, products);
    const sums = new Map(ids.map((id) => [id, aProduct.onHand as number]));
    const tasks = randomTasks(ids, operations);
    let refused = 0;
    const worker = async () => {
      for (let moves = tasks.pop(); moves !== undefined; moves = tasks.pop()) {
        if (!(await tryMoves(house, moves))) refused += 1;
        else
          for (const one of moves)
            sums.set(one.productId, (sums.get(one.productId) ?? 0) + one.quantity);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    const { rows } = await house.database.migratorTransaction((tx) =>
      sql<{ id: string; on_hand: number }>`select id, on_hand from products`.execute(tx),
    );
    expect(new Map(rows.map((row) => [row.id, row.on_hand]))).toEqual(sums);
    expect(rows.every((row) => row.on_hand >= 0)).toBe(true);
    expect(refused).toBeGreaterThan(0);
    expect((await checkProvince(house.database, 4)).differences).toBe(0);
  } finally {
    await house.close();
  }
}
