import { sql } from 'kysely';
import {
  announceFair,
  applyForStall,
  closeFair,
  drawStalls,
  recordAttendance,
  reportSales,
  scoreApplication,
} from '../src/market/index.ts';
import type { Act } from '../src/platform/history.ts';
import { atCastDesk } from './carry-out.ts';
import { type DemoFair, marketData } from './market-data.ts';
import type { MarketScene } from './market-scene.ts';
import { PROVINCE_ID } from './plan-targets.ts';
import { makeRandom } from './random.ts';

const { fairs, brings } = marketData;
const office = (scene: MarketScene, act: Act) => atCastDesk(scene, act, 'officer');

/** The days of the three fairs: the first is over, two are ahead when the demonstration's clock begins. */
const days = [
  { applyUntilOn: '2022-04-27', startsOn: '2022-05-03', endsOn: '2022-05-07' },
  { applyUntilOn: '2022-07-04', startsOn: '2022-07-14', endsOn: '2022-07-18' },
  { applyUntilOn: '2022-06-28', startsOn: '2022-06-30', endsOn: '2022-09-15' },
];

async function announce(scene: MarketScene, act: Act, nth: number): Promise<string> {
  const fair = fairs[nth] as DemoFair;
  const { kind, name, county: countyId, place, about, weights } = fair;
  const stalls = fair.stalls.map(([stall, places, toman, discountBp]) => ({
    ...{ name: stall, places, priceRial: BigInt(toman) * 10n, discountBp },
  }));
  const seed = Buffer.from(makeRandom(`fair ${nth}`).bytes(16)).toString('hex');
  const when = days[nth] as (typeof days)[number];
  return announceFair(scene.tx, office(scene, act), {
    ...{ kind, name, countyId, place, about, weights, stalls, seed, ...when },
  });
}

/** Makers with a stall in the market, from some place on. */
async function makers({ tx }: MarketScene, from: number, most: number) {
  const { rows } = await sql<{ case_id: string }>`
    select case_id from stalls where province_id = ${PROVINCE_ID}
    order by md5(case_id::text) offset ${from} limit ${most}`.execute(tx);
  return rows.map((row) => row.case_id);
}

async function fairOf({ tx }: MarketScene, nth: number): Promise<string | undefined> {
  const row = await tx
    .selectFrom('fairs')
    .select('id')
    .where('province_id', '=', PROVINCE_ID)
    .where('name', '=', fairs[nth]?.name ?? '')
    .executeTakeFirst();
  return row?.id;
}

async function apply(scene: MarketScene, act: Act, fairId: string, caseIds: readonly string[]) {
  const made: string[] = [];
  for (const [nth, caseId] of caseIds.entries()) {
    const input = { fairId, caseId, stall: nth % 4 === 3 ? 2 : 1 };
    const bring = brings[nth % brings.length] ?? '';
    made.push(await applyForStall(scene.tx, act, { ...input, brings: bring }));
  }
  return made;
}

async function score(scene: MarketScene, act: Act, nth: number, ids: readonly string[]) {
  const random = makeRandom(`marks ${nth}`);
  const asked = Object.keys(fairs[nth]?.weights ?? {});
  for (const id of ids) {
    const marks = Object.fromEntries(asked.map((criterion) => [criterion, random.int(5, 10)]));
    await scoreApplication(scene.tx, office(scene, act), id, marks);
  }
}

async function applicationsOf({ tx }: MarketScene, fairId: string) {
  return tx
    .selectFrom('stall_applications')
    .select(['id', 'state'])
    .where('province_id', '=', PROVINCE_ID)
    .where('fair_id', '=', fairId)
    .orderBy('id')
    .execute();
}

/** The spring bazaar is announced. */
export async function announceBazaar(scene: MarketScene, act: Act): Promise<void> {
  await announce(scene, act, 0);
}

/** More apply for it than it has stalls. */
export async function applyToBazaar(scene: MarketScene, act: Act): Promise<void> {
  const fairId = await fairOf(scene, 0);
  if (fairId) await apply(scene, act, fairId, await makers(scene, 0, 20));
}

/** Its stalls are allotted by points, between equals by the seed. */
export async function drawBazaar(scene: MarketScene, act: Act): Promise<void> {
  const fairId = await fairOf(scene, 0);
  if (!fairId) return;
  const all = await applicationsOf(scene, fairId);
  await score(
    scene,
    act,
    0,
    all.map(({ id }) => id),
  );
  await drawStalls(scene.tx, office(scene, act), fairId);
}

/** It was held: who came, what they sold. */
export async function endBazaar(scene: MarketScene, act: Act): Promise<void> {
  const fairId = await fairOf(scene, 0);
  if (!fairId) return;
  const random = makeRandom('sales of the bazaar');
  const desk = office(scene, act);
  const with_ = (await applicationsOf(scene, fairId)).filter(({ state }) => state === 'allotted');
  for (const [nth, { id }] of with_.entries()) {
    const came = nth % 9 !== 8;
    await recordAttendance(scene.tx, desk, id, came ? 'market.attendFair' : 'market.missFair');
    if (came && nth % 7 !== 6) {
      await reportSales(scene.tx, act, id, BigInt(random.int(18, 240)) * 500_000n);
    }
  }
  await closeFair(scene.tx, desk, fairId);
}

/** Two that are ahead: one half scored, one that has just been announced. */
export async function leaveFairOpen(scene: MarketScene, act: Act): Promise<void> {
  const fairId = await announce(scene, act, 1);
  const ids = await apply(scene, act, fairId, await makers(scene, 12, 14));
  await score(scene, act, 1, ids.slice(0, 6));
  await announce(scene, act, 2);
}
