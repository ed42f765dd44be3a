import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { checkProvince } from '../src/figures/index.ts';
import { addDays, isoDate, isoToday } from '../src/kit/jalali.ts';
import { isProblem } from '../src/kit/problem.ts';
import { provinceContext } from '../src/platform/policy.ts';
import { closeMonths, type EntryInput, enterLedger } from '../src/supporters/index.ts';
import { takeBackEntry } from '../src/supporters/ledger/take-back.ts';
import type { TestHouse } from './house.ts';
import type { SupporterBooks } from './supporter-books.ts';

/** What rules may refuse a random operation with; anything else is a defect. */
const refusals = new Set([
  'supporters.material_short',
  'supporters.over_due',
  'supporters.over_limit',
  'supporters.no_month',
  'supporters.taken_back',
]);

/** A repeatable stream of whole numbers below a bound. */
export type Draw = (below: number) => number;

type Made = { readonly coverId: string; readonly stepId: string };

/** A random entry, on any day of the contract's three months. */
function randomEntry(books: SupporterBooks, draw: Draw): EntryInput {
  const weaver = books.weavers[draw(books.weavers.length)] ?? books.weavers[0];
  const coverId = weaver?.id ?? '';
  const happenedOn = addDays(isoDate('2022-03-21'), draw(92));
  const material = { coverId, happenedOn, materialId: books.yarn };
  const pay = { coverId, happenedOn, month: 140101 + draw(3) };
  const kind = draw(20);
  if (kind < 7) {
    return { ...material, verb: 'supporters.issue', grains: BigInt(1 + draw(20_000_000)) };
  }
  if (kind < 12) {
    // Tenths of a square metre, so that the recipe comes to whole grains.
    const grains = { acceptedGrains: BigInt(draw(30)) * 100_000n, rejectedGrains: 100_000n };
    const goods = { coverId, happenedOn, productId: books.rug, quality: 'first' } as const;
    return { ...goods, ...grains, verb: 'supporters.receive' };
  }
  const verb = draw(2) ? 'supporters.returnMaterial' : 'supporters.scrap';
  if (kind < 15) return { ...material, verb, grains: BigInt(1 + draw(3_000_000)), reason: 'x' };
  const amountRial = BigInt(1 + draw(9_000_000));
  if (kind < 17)
    return { ...pay, verb: 'supporters.deduct', label: 'advance', reason: 'x', amountRial };
  return { ...pay, verb: 'supporters.pay', label: 'x', amountRial };
}

/** Tries random entries and reversals, so many at once, in any order of days; counts what was let. */
export async function randomOperations(
  house: TestHouse,
  books: SupporterBooks,
  draw: Draw,
  { operations, atOnce }: { operations: number; atOnce: number },
): Promise<number> {
  const made: Made[] = [];
  let let_ = 0;
  for (let at = 0; at < operations; at += atOnce) {
    const size = Math.min(atOnce, operations - at);
    const tried = Array.from({ length: size }, async () => {
      const before = draw(8) === 0 ? made[draw(made.length || 1)] : undefined;
      const entry = randomEntry(books, draw);
      try {
        const stepId = await operate(house, before, entry);
        if (stepId) made.push({ coverId: entry.coverId, stepId });
        return 1;
      } catch (error) {
        if (!isProblem(error) || !refusals.has(error.code)) throw error;
        return 0;
      }
    });
    let_ += (await Promise.all(tried)).reduce<number>((sum, one) => sum + one, 0);
  }
  return let_;
}

async function operate(house: TestHouse, before: Made | undefined, entry: EntryInput) {
  const now = house.clock.now();
  const today = isoToday(now.getTime());
  const act = { provinceId: 4, actorId: null, organisationId: null, now, today };
  return house.database.transaction(provinceContext(4), async (tx) => {
    const of = { ...act, opId: randomUUID() };
    if (before) await takeBackEntry(tx, of, { ...before, reason: 'x' });
    else return (await enterLedger(tx, of, [entry]))[0];
    return undefined;
  });
}

/** What the books come to in the end, recomputed from nothing but movements and lines. */
export async function booksAgree(house: TestHouse): Promise<string[]> {
  const now = house.clock.now();
  const act = { provinceId: 4, actorId: null, organisationId: null, now, opId: randomUUID() };
  await house.database.transaction(provinceContext(4), (tx) =>
    closeMonths(tx, { ...act, today: isoToday(now.getTime()) }),
  );
  const { checks } = await checkProvince(house.database, 4);
  const wrong = checks.filter((one) => one.differences.length > 0).map(({ name }) => name);
  const { rows } = await house.database.migratorTransaction((tx) =>
    sql<{ cover_id: string }>`
      select cover_id from material_balances
      where sent_grains <> consumed_grains + returned_grains + scrap_grains + on_hand_grains
      union all select cover_id from pay_months
      where stated_due_rial <> earned_rial - deducted_rial`.execute(tx),
  );
  return [...wrong, ...rows.map(({ cover_id }) => cover_id)];
}
