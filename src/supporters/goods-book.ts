import { sql } from 'kysely';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { openBook } from './ledger/book.ts';
import { checkDay, getCovers, lockCover, lockSupporter } from './ledger/lock.ts';
import { toGrains, type Unit } from './quantity-rules.ts';

/** Adds a material, or gives a known one today's price. @throws Problem `platform.not_found` */
export async function keepMaterial(
  tx: Tx,
  act: Act,
  input: { caseId: string; name: string; unit: Unit; priceRial: bigint },
): Promise<string> {
  await lockSupporter(tx, act.provinceId, input.caseId);
  const { rows } = await sql<{ id: string; unit: string }>`
    insert into materials (province_id, id, case_id, name, unit, price_rial, recorded_at)
    values (${act.provinceId}, ${uuid7(act.now.getTime())}::uuid, ${input.caseId}::uuid,
      ${normaliseText(input.name)}, ${input.unit}, ${input.priceRial.toString()}::bigint,
      ${act.now}::timestamptz)
    on conflict (province_id, case_id, name) do update set price_rial = excluded.price_rial
    returning id, unit`.execute(tx);
  const [row] = rows;
  if (row?.unit !== input.unit) throw new Problem('supporters.other_unit');
  return row.id;
}

/** A product with what one unit of it takes: amounts as exact decimals in a unit of the material's kind. */
export type ProductInput = {
  readonly caseId: string;
  readonly name: string;
  readonly unit: Unit;
  readonly recipe: readonly {
    readonly materialId: string;
    readonly net: string;
    readonly waste: string;
    readonly unit: Unit;
  }[];
};

/**
 * Adds a product with its recipe, for good: another recipe is another product.
 * @throws Problem `platform.not_found`, `supporters.wrong_amount`, `supporters.no_recipe` (422),
 * `supporters.product_twice` (409)
 */
export async function addProduct(tx: Tx, act: Act, input: ProductInput): Promise<string> {
  const supporter = await lockSupporter(tx, act.provinceId, input.caseId);
  const supporters = new Map([[supporter.caseId, supporter]]);
  const { materials } = await openBook(tx, act.provinceId, supporters, new Map());
  if (input.recipe.length === 0) throw new Problem('supporters.no_recipe');
  const id = uuid7(act.now.getTime());
  const lines = input.recipe.map(({ materialId, net, waste, unit }) => {
    const material = materials.get(materialId);
    if (!material) throw new Problem('platform.not_found');
    const netGrains = toGrains(net, unit, material.unit);
    if (netGrains === 0n) throw new Problem('supporters.wrong_amount', { given: net, unit });
    return {
      ...{ province_id: act.provinceId, product_id: id, material_id: materialId },
      ...{ net_grains: netGrains, waste_grains: toGrains(waste, unit, material.unit) },
    };
  });
  const { caseId, unit } = input;
  const row = { province_id: act.provinceId, id, case_id: caseId, name: normaliseText(input.name) };
  await tx
    .insertInto('work_products')
    .values({ ...row, unit, recorded_at: act.now })
    .execute();
  await tx.insertInto('recipe_lines').values(lines).execute();
  return id;
}

/** What a supporter asks a person to make, until when, and where to bring it. */
export type OrderInput = {
  readonly coverId: string;
  readonly productId: string;
  readonly grains: bigint;
  readonly dueOn: string;
  readonly deliverTo: string;
  readonly number?: string | undefined;
};

/**
 * Gives a person an order. @returns its id
 * @throws Problem `platform.not_found`, `supporters.wrong_amount`, `supporters.due_before_today` (422)
 */
export async function giveOrder(tx: Tx, act: Act, input: OrderInput): Promise<string> {
  const { supporter, cover } = await lockCover(tx, act.provinceId, input.coverId);
  const supporters = new Map([[supporter.caseId, supporter]]);
  const { products } = await openBook(tx, act.provinceId, supporters, new Map());
  if (!products.has(input.productId)) throw new Problem('platform.not_found');
  if (input.grains <= 0n) throw new Problem('supporters.wrong_amount', { given: '0' });
  if (input.dueOn < act.today) throw new Problem('supporters.due_before_today');
  const id = uuid7(act.now.getTime());
  const row = { province_id: act.provinceId, id, case_id: cover.caseId, cover_id: cover.id };
  await tx
    .insertInto('work_orders')
    .values({
      ...{ ...row, product_id: input.productId, ordered_grains: input.grains },
      ...{ ordered_on: act.today, due_on: input.dueOn, recorded_at: act.now },
      ...{ deliver_to: normaliseText(input.deliverTo), number: input.number ?? null },
    })
    .execute();
  return id;
}

/** Cancels an order of which nothing has come. @throws Problem `platform.not_found` (404) */
export async function cancelOrder(
  tx: Tx,
  act: Act,
  { coverId, orderId }: { coverId: string; orderId: string },
): Promise<void> {
  await lockCover(tx, act.provinceId, coverId);
  const { numUpdatedRows } = await tx
    .updateTable('work_orders')
    .set({ cancelled_at: act.now })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', orderId)
    .where('cover_id', '=', coverId)
    .where('cancelled_at', 'is', null)
    .where('received_grains', '=', 0n)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Problem('platform.not_found');
}

/** A course that a supporter held, and who of its people came. */
export type TrainingInput = {
  readonly caseId: string;
  readonly topic: string;
  readonly place: string;
  readonly heldOn: string;
  readonly minutes: number;
  readonly coverIds: readonly string[];
};

/** Records a course. @throws Problem `platform.not_found`, `supporters.future_day`, `supporters.too_long_ago` */
export async function recordTraining(tx: Tx, act: Act, input: TrainingInput): Promise<void> {
  checkDay(act.today, input.heldOn);
  const covers = await getCovers(tx, act.provinceId, input.coverIds);
  if ([...covers.values()].some(({ caseId }) => caseId !== input.caseId)) {
    throw new Problem('platform.not_found');
  }
  const id = uuid7(act.now.getTime());
  const row = { province_id: act.provinceId, id, case_id: input.caseId, held_on: input.heldOn };
  const said = { topic: normaliseText(input.topic), place: normaliseText(input.place) };
  await tx
    .insertInto('trainings')
    .values({ ...row, ...said, minutes: input.minutes, recorded_at: act.now })
    .execute();
  const came = [...covers.keys()].map((cover_id) => {
    return { province_id: act.provinceId, training_id: id, cover_id };
  });
  if (came.length > 0) await tx.insertInto('training_people').values(came).execute();
}
