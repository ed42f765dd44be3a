import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const page = async (path: string) => {
  const { status, body } = await house.nobody.get(path, { accept: 'text/html' });
  return { status, text: String(body) };
};

/** What a page in English says besides the way to Persian. */
const withoutSwitch = (text: string) => text.replace(/<a [^>]*lang="fa"[^>]*>[^<]*<\/a>/g, '');

test('how and where one applies is on one page, in both languages', async () => {
  const { text } = await page('/apply');
  expect(text).toContain('حداکثر ۱۴ روز');
  for (const name of ['جهاد کشاورزی', 'میراث فرهنگی', 'ارومیه', 'مهاباد']) {
    expect(text).toContain(name);
  }
  expect(text).toContain('"@type":"HowTo"');
  const english = withoutSwitch((await page('/apply?lang=en')).text);
  expect(english).toContain('at most 14 days');
  expect(english).not.toMatch(/[\u0600-\u06ff]/);
});

test('an occupation is found by plain words, and its page says what the finder says', async () => {
  const { text } = await page(`/occupations?q=${encodeURIComponent('لباس می‌دوزم')}`);
  expect(text).toContain('href="/occupations/dressmaking"');
  expect((await page('/occupations?q=qqqq')).text).toContain('رشته‌ای پیدا نشد');
  const [it] = (await house.nobody.get('/api/occupations/search?id=jam-making')).body.items;
  const own = await page('/occupations/jam-making?lang=en');
  const said = [it.agency, ...it.clearances, ...it.documents, ...it.questions];
  for (const { label } of said) expect(own.text).toContain(label.en.replaceAll("'", '&#39;'));
  expect(own.text).toContain('"@type":"GovernmentService"');
  expect(withoutSwitch(own.text)).not.toMatch(/[\u0600-\u06ff]/);
  expect((await page('/occupations/nobody-does-this')).status).toBe(404);
});

test('every file that the open data name is there', async () => {
  const { text } = await page('/data');
  const files = [...text.matchAll(/<td>.*?<\/td><td>(.*?)<\/td>/g)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/href="([^"]+)"/g)].map(([, path = '']) => path),
  );
  expect(files.length).toBeGreaterThan(8);
  for (const path of files) expect((await house.nobody.get(path)).status, path).toBe(200);
  expect(withoutSwitch((await page('/data?lang=en')).text)).not.toMatch(/[\u0600-\u06ff]/);
});

test('search engines are told of every occupation, in both languages', async () => {
  const { text } = await page('/sitemap.xml');
  expect(text).toContain('/occupations/jam-making</loc>');
  expect(text).toContain('/occupations/jam-making?lang=en</loc>');
});
