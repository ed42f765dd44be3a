import { sql } from 'kysely';
import { addDays, addJalaliMonths, isoDate } from '../src/kit/jalali.ts';
import type { Tx } from '../src/platform/database.ts';
import type { Act } from '../src/platform/history.ts';
import {
  addProduct,
  addTradeRecords,
  assessSupporter,
  enterContracts,
  giveOrder,
  keepMaterial,
  recordTraining,
} from '../src/supporters/index.ts';
import { deskKey } from './carry-out.ts';
import { type CaseStory, type Day, eventsOf } from './case-story.ts';
import { type Good, goodsOf, words } from './goods.ts';
import { PROVINCE_ID } from './plan-targets.ts';
import type { Scene } from './scene.ts';

/** The supporters' ledgers begin with the year 1401; before it they were kept on paper. */
export const LEDGER_FROM: Day = isoDate('2022-03-21');
/**
 * Each month's own first day, up to the end of the story. Those who will be in default kept theirs a month
 * longer: the rule asks for three months that are over.
 */
export const LEDGER_MONTHS: readonly Day[] = [-1, 0, 1, 2].map((n) =>
  addJalaliMonths(LEDGER_FROM, n),
);

/** One covered person at work, as their supporter's books know them. */
export interface Worker {
  readonly coverId: string;
  readonly caseId: string;
  readonly productId: string;
  readonly materialId: string;
  readonly good: Good;
  readonly startedOn: Day;
  /** Place among all, for what is drawn without chance. */
  readonly nth: number;
}

/** Supporters with people at work, in the order of the story. */
export function supportersAtWork(cases: readonly CaseStory[]): CaseStory[] {
  return cases.filter((story) => {
    return story.kind === 'supporter' && eventsOf(story, 'employment.register').length > 0;
  });
}

/** An act at the desk of an agency's expert. */
function atAgency(scene: Scene, act: Act, agencyId: string): Act {
  const desk = { role: 'expert', organisationId: agencyId } as const;
  return { ...act, actorId: scene.accounts[deskKey(desk)] ?? null, organisationId: agencyId };
}

/** Orders and invoices of the years before that carry the people whom the supporter has, and one more. */
function tradeOf(people: number) {
  const years = ['2018-06-10', '2019-06-10', '2020-06-10', '2021-06-10'];
  return years.flatMap((datedOn, at) =>
    (['order', 'invoice'] as const).map((kind) => ({
      ...{ kind, datedOn, number: String(101 + at), buyer: words.buyers[at % 3] ?? '' },
      amountRial: 310_000_000n * BigInt(Math.max(people, 5) + 1),
    })),
  );
}

/** Books of one supporter: its record, capacity, material, product and a course. */
async function openBooks(scene: Scene, act: Act, story: CaseStory): Promise<void> {
  const { tx, reference } = scene;
  const { caseId, agencyId, occupationId } = story;
  const people = eventsOf(story, 'financing.refer')[0]?.covered.length ?? 5;
  await addTradeRecords(tx, act, caseId, tradeOf(people));
  await assessSupporter(tx, atAgency(scene, act, agencyId), reference, caseId);
  const good = goodsOf(occupationId, agencyId);
  const { kept: unit, price, material, product } = good;
  const priceRial = BigInt(price);
  const materialId = await keepMaterial(tx, act, { caseId, name: material, unit, priceRial });
  const recipe = [{ materialId, net: good.net, waste: good.waste, unit }];
  await addProduct(tx, act, { caseId, name: product, unit: good.unit, recipe });
}

/** Everyone at work under supporters by a day, with what they work on. */
export async function workersOf(
  tx: Tx,
  cases: readonly CaseStory[],
  until: Day,
): Promise<Worker[]> {
  const started = new Map(
    supportersAtWork(cases).flatMap((story) =>
      eventsOf(story, 'employment.register').map(
        ({ person, startedOn }) => [person.nationalId, startedOn] as const,
      ),
    ),
  );
  const stories = new Map(cases.map((story) => [story.caseId, story]));
  const { rows } = await sql<Raw>`
    select v.id as cover_id, v.case_id, p.national_id, t.id as product_id, m.id as material_id
    from covers v
    join people p on p.province_id = ${PROVINCE_ID} and p.id = v.person_id
    join work_products t on t.province_id = ${PROVINCE_ID} and t.case_id = v.case_id
    join materials m on m.province_id = ${PROVINCE_ID} and m.case_id = v.case_id
    where v.province_id = ${PROVINCE_ID} order by v.case_id, p.national_id`.execute(tx);
  return rows.flatMap((row, nth) => {
    const startedOn = started.get(row.national_id);
    const story = stories.get(row.case_id);
    if (!story || startedOn === undefined || startedOn > until) return [];
    const { cover_id: coverId, case_id: caseId } = row;
    const of = { coverId, caseId, productId: row.product_id, materialId: row.material_id, nth };
    return [{ ...of, startedOn, good: goodsOf(story.occupationId, story.agencyId) }];
  });
}

type Raw = {
  cover_id: string;
  case_id: string;
  national_id: string;
  product_id: string;
  material_id: string;
};

/** Opens the books of supporters whose first people came to work after one day and up to another. */
export async function openLedgers(
  scene: Scene,
  act: Act,
  cases: readonly CaseStory[],
  { after, until }: { after: Day | undefined; until: Day },
): Promise<void> {
  for (const story of supportersAtWork(cases)) {
    const [first = until] = eventsOf(story, 'employment.register').map(({ on }) => on);
    if ((after === undefined || first > after) && first <= until) {
      await openBooks(scene, act, story);
    }
  }
}

/** Enters the contracts of those who came to work and have none. */
export async function enterNewContracts(
  { tx }: Scene,
  act: Act,
  { workers, from }: { workers: readonly Worker[]; from: Day },
): Promise<void> {
  const named = await tx
    .selectFrom('covers')
    .select('id')
    .where('province_id', '=', PROVINCE_ID)
    .where('state', '=', 'named')
    .execute();
  const waiting = new Set(named.map(({ id }) => id));
  const contracts = workers
    .filter(({ coverId }) => waiting.has(coverId))
    .map(({ coverId, productId, startedOn, good }) => ({
      ...{ coverId, productId, fromOn: startedOn > from ? startedOn : from },
      ...{ payWithinDays: 10, deductions: ['advance'], deductionLimitBp: 2000 },
      ...{ rateRial: BigInt(good.rate), promisedGrains: good.monthGrains },
    }));
  await enterContracts(tx, act, contracts);
}

/** What the people of one supporter were asked to make next, and the course they went to. */
export async function askForMore(
  { tx }: Scene,
  act: Act,
  workers: readonly Worker[],
): Promise<void> {
  const [first] = workers;
  if (!first) return;
  for (const { coverId, productId, good } of workers) {
    const dueOn = addDays(isoDate(act.today), 20);
    const order = { coverId, productId, grains: good.monthGrains, dueOn };
    await giveOrder(tx, act, { ...order, deliverTo: words.deliver });
  }
  await recordTraining(tx, act, {
    ...{ caseId: first.caseId, topic: words.topic, place: words.place, minutes: 240 },
    ...{ heldOn: addDays(LEDGER_FROM, 20), coverIds: workers.map(({ coverId }) => coverId) },
  });
}
