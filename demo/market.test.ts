import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkProvince } from '../src/figures/index.ts';
import { publicLook } from '../src/market/index.ts';
import { provinceContext } from '../src/platform/policy.ts';
import type { TestDatabase } from '../test/database.ts';
import { demonstrationDatabase } from '../test/demonstration.ts';
import { memoryFiles } from '../test/files.ts';
import { marketData } from './market-data.ts';
import { makePictures, pictureOf } from './market-pictures.ts';
import { shownMakers } from './market-stalls.ts';
import { drawable, drawPicture, HEIGHT, WIDTH } from './pictures/draw.ts';
import { PROVINCE_ID } from './plan-targets.ts';
import { tellStory } from './story.ts';

const items = Object.values(marketData.goods).flatMap((good) => good.items);

describe('the pictures', () => {
  test('are drawn as PNG files, the same every time, another for each palette', () => {
    const { photo, thumb } = drawPicture('carpet', 0);
    for (const [png, part] of [
      [photo, 1],
      [thumb, 2],
    ] as const) {
      expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([WIDTH / part, HEIGHT / part]);
    }
    expect(hash('sha256', drawPicture('carpet', 0).photo)).toBe(hash('sha256', photo));
    expect(hash('sha256', drawPicture('carpet', 1).photo)).not.toBe(hash('sha256', photo));
    expect(() => drawPicture('car', 0)).toThrow(RangeError);
  });

  test('show everything that is sold, and are small enough for a phone', async () => {
    const files = memoryFiles();
    const pictures = await makePictures(files);
    for (const item of items) {
      expect(drawable, item.title).toContain(item.drawing);
      expect(pictures.get(pictureOf(item))?.photo.bytes).toBeLessThan(30_000);
      expect(pictures.get(pictureOf(item))?.thumb.bytes).toBeLessThan(12_000);
    }
    expect((await makePictures(undefined)).size).toBe(0);
  });
});

describe('the market of the demonstration', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await demonstrationDatabase();
  }, 300_000);
  afterAll(() => database.close());

  const countBy = async (table: string): Promise<Record<string, number>> => {
    const { rows } = await database.transaction(provinceContext(PROVINCE_ID), (tx) =>
      sql<{ state: string; n: number }>`
        select state, count(*)::integer as n from ${sql.table(table)} group by 1`.execute(tx),
    );
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  };

  test('is worth browsing: stalls of many trades, and all their things are told to be invented', async () => {
    const { rows } = await database.transaction(publicLook, (tx) =>
      sql<{ stalls: number; trades: number; invented: boolean }>`
        select count(distinct s.id)::integer as stalls,
          count(distinct s.occupation_id)::integer as trades, bool_and(p.demonstration) as invented
        from stalls s join people p on p.province_id = s.province_id and p.id = s.person_id`.execute(
        tx,
      ),
    );
    expect(rows[0]?.stalls).toBeGreaterThan(60);
    expect(rows[0]).toMatchObject({ invented: true });
    expect(rows[0]?.trades).toBeGreaterThan(40);
    expect((await countBy('products')).listed).toBeGreaterThan(110);
  });

  test('has orders that were paid for online, of which some money went back', async () => {
    const { rows } = await database.transaction(provinceContext(PROVINCE_ID), (tx) =>
      sql<{ pays: string; state: string; payment: string | null; n: number; whole: boolean }>`
        select o.pays, o.state, p.state as payment, count(*)::integer as n,
          bool_and(p.refund_rial = p.rial) as whole
        from orders o
        left join order_payments p on p.province_id = ${PROVINCE_ID} and p.order_id = o.id
        where o.province_id = ${PROVINCE_ID} group by 1, 2, 3`.execute(tx),
    );
    const sum = (of: (row: (typeof rows)[number]) => boolean) =>
      rows.filter(of).reduce((all, { n }) => all + n, 0);
    expect(sum(({ pays }) => pays === 'online')).toBeGreaterThan(20);
    expect(sum(({ pays }) => pays === 'on_delivery')).toBeGreaterThan(10);
    expect(sum(({ pays, payment }) => (pays === 'online') !== (payment !== null))).toBe(0);
    expect(
      sum(({ state, payment }) => state === 'delivered' && payment === 'paid'),
    ).toBeGreaterThan(5);
    // Reversed, since the maker had to decline; and given back in part, since something came back.
    const back = rows.filter(({ payment }) => payment === 'refunded');
    expect(back.find(({ state }) => state === 'cancelled')?.whole).toBe(true);
    expect(back.find(({ state }) => state === 'returned')?.n).toBeGreaterThan(0);
    const waiting = ['asked', 'ready', 'refunding'];
    expect(sum(({ payment }) => payment !== null && waiting.includes(payment))).toBe(0);
  });

  test('keeps its books: what is held and owed is what the record says', async () => {
    const { checks } = await checkProvince(database, PROVINCE_ID);
    expect(checks.flatMap(({ differences }) => differences)).toEqual([]);
  });

  test('has a supporter among the suppliers, whose offer is beside those of others', async () => {
    const { rows } = await database.transaction(provinceContext(PROVINCE_ID), (tx) =>
      sql<{ kinds: string[]; named: boolean }>`
        select array_agg(distinct s.kind order by s.kind) as kinds,
          bool_and((s.kind = 'supporter') = (s.supporter_case_id is not null)) as named
        from offers o join suppliers s on s.province_id = ${PROVINCE_ID} and s.id = o.supplier_id
        where o.province_id = ${PROVINCE_ID}`.execute(tx),
    );
    expect(rows).toEqual([{ kinds: ['cooperative', 'shop', 'supporter'], named: true }]);
  });

  test('has orders in every state, purchases and fairs over and ahead', async () => {
    const orders = await countBy('orders');
    for (const state of ['placed', 'accepted', 'sent', 'delivered', 'returned', 'cancelled']) {
      expect(orders[state], state).toBeGreaterThan(0);
    }
    expect(await countBy('purchases')).toMatchObject({ delivered: 1, open: 1 });
    expect(await countBy('fairs')).toEqual({ held: 1, announced: 2 });
    expect(await countBy('requests')).toEqual({ filled: 1, open: 2 });
    const applications = await countBy('stall_applications');
    for (const state of ['reported', 'waiting', 'scored', 'applied']) {
      expect(applications[state], state).toBeGreaterThan(0);
    }
  });

  test('has a stall of somebody one can sign in as, and two who buy', async () => {
    const cast = shownMakers(tellStory());
    await database.transaction(provinceContext(PROVINCE_ID), async (tx) => {
      const stalls = tx.selectFrom('orders').select('stall_id').where('case_id', 'in', cast);
      expect(await stalls.distinct().execute()).toHaveLength(1);
      const mobiles = marketData.buyers.map(({ mobile }) => mobile);
      const people = tx.selectFrom('people').select('id').where('mobile', 'in', mobiles);
      expect(await people.execute()).toEqual([]);
      const accounts = tx.selectFrom('accounts').select('role').where('username', 'in', mobiles);
      expect(await accounts.execute()).toEqual([{ role: 'citizen' }, { role: 'citizen' }]);
    });
  });
});
