import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { aProduct, type Maker, makeMaker } from '../../test/maker.ts';
import { pngBytes } from '../../test/picture-bytes.ts';
import { checkProvince } from '../figures/index.ts';
import { silentLog } from '../platform/telemetry.ts';
import { marketPhotoJobs } from './photos.ts';

let house: TestHouse;
let director: Caller;
let maker: Maker;
let product: string;

beforeAll(async () => {
  house = await testHouse();
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  maker = await makeMaker(house, { stall: 'غرفهٔ لیلا' });
  product = (await maker.caller.post(`/api/stalls/${maker.stall}/products`, aProduct)).body.code;
});
afterAll(() => house.close());

const page = async (url: string) => house.nobody.get(url, { accept: 'text/html' });
const search = async (q: string) =>
  (await house.nobody.get(`/market.json?q=${encodeURIComponent(q)}`)).body.items.length;

/** How many sell in the market at this moment. */
async function selling(): Promise<number> {
  const { items } = (await house.nobody.get('/api/figures/derived?province=04')).body;
  return Number(items.find((one: { name: string }) => one.name === 'businesses_selling').value);
}

describe('a stall', () => {
  test('is one for a permit, and its owner’s alone', async () => {
    const again = await maker.caller.post('/api/stalls', { caseCode: maker.caseCode, name: 'دو' });
    expect(again.body.code).toBe('market.stall_open_already');
    const other = await makeMaker(house);
    const foreign = await other.caller.post(`/api/stalls/${maker.stall}/products`, aProduct);
    expect(foreign.status).toBe(404);
    expect((await other.caller.get(`/api/my-stalls/${maker.stall}`)).status).toBe(404);
    const mine = (await maker.caller.get('/api/my-stalls')).body.items;
    expect(mine).toMatchObject([{ code: maker.stall, permit: { standing: 'valid' } }]);
  });

  test('counts once as a business linked to the market', async () => {
    const { body } = await house.nobody.get('/api/figures?from=1401-01-01&to=1401-04-01');
    expect(body.measures.businesses_in_market).toBe(2);
  });
});

describe('the catalogue', () => {
  test('finds by beginnings, by what people mean and past a slip of the finger', async () => {
    for (const q of ['مانتو', 'كتان', 'مانتوی دست دوز', 'خیاطی', 'مانطو', 'coat', 'tailor']) {
      const found = await search(q);
      expect([q, found > 0]).toEqual([q, q !== 'coat']);
    }
    expect(await search('فرش')).toBe(0);
  });

  test('is a whole page with a canonical address, and says the price for machines too', async () => {
    const list = await page('/market');
    expect(list.body).toContain(`/market/products/${product}`);
    const { body } = await page(`/market/products/${product}`);
    const [, json] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body) ?? [];
    expect(JSON.parse(json ?? '')).toMatchObject({
      '@type': 'Product',
      offers: { price: '12000000', priceCurrency: 'IRR' },
    });
    expect(body).toContain('۱٬۲۰۰٬۰۰۰ تومان');
    expect((await page('/market?province=99&kind=none&after=x')).status).toBe(200);
    const csv = (await house.nobody.get('/market.csv')).body;
    expect(csv.split('\r\n')[1]).toContain(product);
  });

  test('follows the permit at once: suspended says why, revoked is gone', async () => {
    const { caseCode } = maker;
    await director.post(`/api/permits/${caseCode}/suspend`, { reason: 'شکایت همسایه' });
    expect(await search('مانتو')).toBe(0);
    expect((await page(`/market/products/${product}`)).body).toContain('شکایت همسایه');
    await director.post(`/api/permits/${caseCode}/reinstate`, { reason: 'رفع شد' });
    expect(await search('مانتو')).toBeGreaterThan(0);
    const revoked = await makeMaker(house, { stall: 'غرفهٔ دوم' });
    const sold = { ...aProduct, title: 'کیف چرمی' };
    const { body } = await revoked.caller.post(`/api/stalls/${revoked.stall}/products`, sold);
    expect(await search('کیف چرمی')).toBe(1);
    expect(await selling()).toBe(3);
    await director.post(`/api/permits/${revoked.caseCode}/revoke`, { reason: 'x' });
    expect(await search('کیف چرمی')).toBe(0);
    expect(await selling()).toBe(2);
    const shut = { name: 'غرفهٔ لیلا', state: 'closed' };
    await maker.caller.post(`/api/stalls/${maker.stall}`, shut);
    expect(await selling()).toBe(1);
    await maker.caller.post(`/api/stalls/${maker.stall}`, { ...shut, state: 'open' });
    expect((await page(`/market/products/${body.code}`)).status).toBe(404);
    expect((await page(`/market/stalls/${revoked.stall}`)).status).toBe(404);
  });
});

const { onHand: _made, ...changing } = aProduct;

/** A photo is for everybody while its product is on show, and for its maker always. */
async function goesWithItsProduct(photo: string): Promise<void> {
  const seen = async () => (await house.nobody.get(`/market/photos/${photo}`)).status;
  const shown = { name: 'غرفهٔ آزمون', state: 'open' };
  const state = (body: object) => maker.caller.post(`/api/stalls/${maker.stall}`, body);
  await state({ ...shown, state: 'closed' });
  expect(await seen()).toBe(404);
  const own = `/api/products/${product}/photos/${photo}`;
  expect((await maker.caller.get(own)).status).toBe(200);
  const stranger = await house.signIn({ role: 'citizen' });
  expect((await stranger.get(own)).status).toBe(404);
  await state(shown);
  expect(await seen()).toBe(200);
  const permit = (path: string) =>
    director.post(`/api/permits/${maker.caseCode}/${path}`, { reason: 'x' });
  await permit('suspend');
  expect(await seen()).toBe(200);
  await permit('reinstate');
  const feed = (await house.nobody.get(`/market.json?stall=${maker.stall}`)).body;
  expect(feed.items[0]).toMatchObject({ image_link: expect.stringContaining(photo) });
  const hidden = { ...changing, state: 'hidden' };
  await maker.caller.post(`/api/products/${product}`, hidden);
  expect(await seen()).toBe(404);
  await maker.caller.post(`/api/products/${product}`, changing);
  expect(await seen()).toBe(200);
}

describe('a product', () => {
  test('shows its photo once it was looked into, and no page in disguise', async () => {
    const send = async (bytes: Uint8Array) => {
      const form = new FormData();
      form.set('product', product);
      form.set('type', 'image/png');
      form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'a.png');
      return (await maker.caller.upload('/api/product-photos', form)).body.sha256 as string;
    };
    const [good, bad] = [await send(pngBytes(3, 3)), await send(Buffer.from('<html>'))];
    expect((await house.nobody.get(`/market/photos/${good}`)).status).toBe(404);
    const keep = marketPhotoJobs(house.files, undefined)['market.keepPhoto'];
    const around = { database: house.database, clock: house.clock, log: silentLog };
    const productId = (await house.database.pools.migrator.query('select id from products')).rows;
    for (const sha256 of [good, bad]) {
      for (const { id } of productId)
        await keep?.({ provinceId: 4, productId: id, sha256 }, around);
    }
    const shown = await house.nobody.get(`/market/photos/${good}`);
    expect([shown.status, shown.headers['content-type']]).toEqual([200, 'image/png']);
    expect(shown.headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
    expect(shown.headers).not.toHaveProperty('content-security-policy');
    expect((await house.nobody.get(`/market/photos/${bad}`)).status).toBe(404);
    await goesWithItsProduct(good);
    const mine = (await maker.caller.get(`/api/my-stalls/${maker.stall}`)).body.products[0];
    expect(mine.photos.map(({ state }: { state: string }) => state)).toEqual(['kept', 'refused']);
  });

  test('has the stock that its moves make, whoever counts meanwhile', async () => {
    const stock = (body: object) => maker.caller.post(`/api/products/${product}/stock`, body);
    expect((await stock({ was: 5, onHand: 8 })).status).toBe(200);
    // Seen before the three were added: one more is one more.
    expect((await stock({ was: 5, onHand: 6 })).status).toBe(200);
    const mine = (await maker.caller.get(`/api/my-stalls/${maker.stall}`)).body.products[0];
    expect(mine.onHand).toBe(9);
    expect((await stock({ was: 20, onHand: 0 })).body.code).toBe('market.sold_out');
  });

  test('that is food says what is in it, and prints its label', async () => {
    const sweets = await makeMaker(house, { occupationId: 'jam-making', agency: 'AGRI' });
    const jam = { ...aProduct, title: 'مربای گل محمدی', unit: 'شیشه' };
    const add = (body: object) => sweets.caller.post(`/api/stalls/${sweets.stall}/products`, body);
    expect((await add(jam)).body.code).toBe('market.ingredients_missing');
    const said = { ...jam, ingredients: 'گل محمدی، شکر' };
    expect((await add(said)).body.code).toBe('market.health_number_missing');
    const whole = { ...said, healthNumber: '57/123', keepsDays: 180, allergens: ['nuts'] };
    const { code } = (await add(whole)).body;
    const label = await sweets.caller.get(`/api/products/${code}/label?weight=300`);
    expect([label.status, label.bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    const cloth = await maker.caller.get(`/api/products/${product}/label`);
    expect(cloth.body.code).toBe('market.no_label');
  });
});

describe('what other marketplaces take', () => {
  test('is one stall’s alone where it is asked for, with words and photos', async () => {
    const other = await makeMaker(house, { stall: 'غرفهٔ دیگر' });
    const sold = { ...aProduct, title: 'دستکش پشمی', about: 'گرم و نرم' };
    await other.caller.post(`/api/stalls/${other.stall}/products`, sold);
    const feed = await house.nobody.get(`/market.json?stall=${other.stall}`);
    expect(feed.body.items).toMatchObject([
      { title: 'دستکش پشمی', description: 'گرم و نرم', image_link: '', additional_image_link: [] },
    ]);
    expect(feed.headers.link).toBeUndefined();
    const csv = (await house.nobody.get(`/market.csv?stall=${other.stall}`)).body;
    expect(csv.trim().split('\r\n')).toHaveLength(2);
    expect((await house.nobody.get('/market.csv?stall=none')).status).toBe(404);
  });

  test('goes on where the page before ended, by a header that says so', async () => {
    await house.database.pools.migrator.query(`
      create temp table copies as select p.* from products p, generate_series(1, 1000)
        where p.title = 'دستکش پشمی';
      update copies set id = gen_random_uuid(), on_hand = 0;
      insert into products select * from copies`);
    const first = await house.nobody.get('/market.csv?q=دستکش');
    const [, next = ''] =
      /^<http:\/\/localhost:8080(.*)>; rel="next"$/.exec(String(first.headers.link)) ?? [];
    expect(first.body.trim().split('\r\n')).toHaveLength(1001);
    const second = await house.nobody.get(next);
    expect(second.body.trim().split('\r\n')).toHaveLength(2);
    expect(second.headers.link).toBeUndefined();
  });
});

test('everything that is kept agrees with its record', async () => {
  expect((await checkProvince(house.database, 4)).differences).toBe(0);
});
