import { sql } from 'kysely';
import { encodeCode } from '../src/kit/code.ts';
import { addPhoto, addProduct, getOwnStall, openStall } from '../src/market/index.ts';
import type { Act } from '../src/platform/history.ts';
import type { CaseStory } from './case-story.ts';
import { makeCast } from './cast.ts';
import { type DemoProduct, marketData } from './market-data.ts';
import { pictureOf } from './market-pictures.ts';
import type { MarketScene } from './market-scene.ts';
import { PROVINCE_ID } from './plan-targets.ts';
import { makeRandom } from './random.ts';

const { goods, words } = marketData;
/** A permit that lasts beyond the first months in which somebody may look at the demonstration. */
const LASTS_UNTIL = '2022-10-01';
/** In the second and the third round only every so many occupations get another stall. */
const every = [1, 2, 4];

type Holder = { case_id: string; person_id: string; occupation_id: string; last_name: string };

/** The cases of those with a paid plan whom one can sign in as: theirs are renewed in time. */
export function shownMakers(cases: readonly CaseStory[]): string[] {
  return makeCast(cases).flatMap((member) =>
    member.role === 'citizen' && member.fate === 'paid' ? [member.caseId] : [],
  );
}

/** The next permit holders of each occupation that have no stall; the one who can be signed in as first. */
async function holders({ tx, cases }: MarketScene): Promise<Holder[]> {
  const shown = shownMakers(cases);
  const { rows } = await sql<Holder>`
    select distinct on (c.occupation_id) c.id as case_id, c.person_id, c.occupation_id, e.last_name
    from cases c
    join people e on e.province_id = ${PROVINCE_ID} and e.id = c.person_id
    join permits t on t.province_id = ${PROVINCE_ID} and t.case_id = c.id
      and t.taken_back_at is null and (t.valid_until > ${LASTS_UNTIL}::date
        or c.id = any(${shown}::uuid[]))
    where c.province_id = ${PROVINCE_ID} and c.state = 'issued' and c.kind <> 'supporter'
      and c.occupation_id = any(${Object.keys(goods)}::text[])
      and not exists (select 1 from stalls s where s.province_id = ${PROVINCE_ID}
        and s.case_id = c.id)
    order by c.occupation_id, c.id <> all(${shown}::uuid[]), c.id`.execute(tx);
  return rows;
}

/** Opens stalls of a round, one an occupation, and fills them. */
export function openStalls(round: number) {
  return async (scene: MarketScene, act: Act): Promise<void> => {
    const all = await holders(scene);
    const some = all.filter((_, at) => at % (every[round - 1] ?? 1) === 0);
    for (const [at, holder] of some.entries()) await openOne(scene, act, holder, at + round);
  };
}

async function openOne(scene: MarketScene, act: Act, holder: Holder, nth: number): Promise<void> {
  const { tx } = scene;
  const good = goods[holder.occupation_id];
  if (!good) return;
  const trade = good.stall;
  const name = words.stallName.replace('{trade}', trade).replace('{holder}', holder.last_name);
  const caseCode = encodeCode(PROVINCE_ID, holder.case_id);
  const owner = { personId: holder.person_id };
  const id = await openStall(tx, act, owner, { caseCode, name, about: words.stallAbout });
  for (const item of good.items) await sell(scene, act, id, item, nth);
}

/** What lasts two days is not sent out of its county, and what else is fresh not out of the province. */
function reachOf({ kind, lead, keeps }: DemoProduct): 'country' | 'province' | 'county' {
  if (lead !== 1 || kind !== 'ready') return 'country';
  return keeps !== undefined && keeps <= 2 ? 'county' : 'province';
}

/** Puts one thing into a stall, at a price of its own, with its drawing. */
async function sell(
  { tx, reference, pictures }: MarketScene,
  act: Act,
  stallId: string,
  item: DemoProduct,
  nth: number,
): Promise<void> {
  const stall = await getOwnStall(tx, PROVINCE_ID, stallId);
  const random = makeRandom(`${item.title} ${nth}`);
  const step = item.toman > 1_000_000 ? 50_000 : 1_000;
  const toman = Math.round((item.toman * (0.92 + random.next() * 0.16)) / step) * step;
  const { title, kind, unit, about, lead: leadDays, keeps, ingredients, allergens = [] } = item;
  const health = words.health.replace('{number}', `57/${10_000 + random.int(1, 89_999)}`);
  const food = { allergens, healthNumber: health };
  const { id: productId } = await addProduct(tx, act, reference, stall, {
    ...{ title, kind, unit, about, leadDays, priceRial: String(Math.max(toman, step) * 10) },
    sendsTo: reachOf(item),
    ...(ingredients === undefined ? {} : { ...food, ingredients }),
    ...(keeps === undefined ? {} : { keepsDays: keeps }),
    onHand: kind === 'ready' ? random.int(6, 40) : random.int(3, 8),
  });
  const picture = pictures.get(pictureOf(item));
  if (!picture) return;
  const { photo, thumb } = picture;
  const mediaType = 'image/png';
  await addPhoto(tx, act, productId, { ...photo, mediaType, thumbOf: null });
  await addPhoto(tx, act, productId, { ...thumb, mediaType, thumbOf: photo.sha256 });
}
