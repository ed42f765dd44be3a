import { zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { aProduct, type Maker, makeMaker } from '../../test/maker.ts';
import type { Database } from '../platform/database.ts';
import { forgetFound, keysFound, type Written } from './found-keys.ts';
import { hasTerms, termsOf, toTsquery } from './search-terms.ts';
import { makeVocabulary } from './vocabulary.ts';

const clock = performance.now.bind(performance);
let later = 0;
vi.spyOn(performance, 'now').mockImplementation(() => clock() + later);
afterEach(() => {
  later += 60_000;
});

describe('what a search found', () => {
  const database = {} as Database;
  const found = [{ provinceId: 4, id: 'a' }];
  /** A search for one word. */
  const of = (word: string) => ({ name: word, fits: ({ words }: Written) => words.has(word) });
  const look = (word: string, find: () => Promise<typeof found>) =>
    keysFound(database, of(word), find);
  const product = (word: string, id = 'new') => ({
    ...{ id, kind: 'goods', stallId: 's', words: new Set([word]) },
  });

  test('is good for a minute for whoever asks the same', async () => {
    const find = vi.fn(async () => found);
    expect([await look('coat', find), await look('coat', find)]).toEqual([found, found]);
    expect(find).toHaveBeenCalledTimes(1);
    await look('jam', find);
    expect(find).toHaveBeenCalledTimes(2);
    later += 60_001;
    await look('coat', find);
    expect(find).toHaveBeenCalledTimes(3);
  });

  test('is found anew beside the answer when it grew old, one at a time and with rests', async () => {
    const newer = [{ provinceId: 4, id: 'b' }];
    const find = vi.fn(async () => found);
    await look('shoe', find);
    await look('hat', find);
    later += 15_001;
    const slow = vi.fn(async () => {
      later += 1_000;
      return newer;
    });
    const ask = (word: string) => look(word, slow);
    expect([await ask('shoe'), await ask('hat')]).toEqual([found, found]);
    expect(slow).toHaveBeenCalledTimes(1);
    // Whoever renews hears of its end behind those who ask.
    await new Promise((done) => setImmediate(done));
    expect(await ask('shoe')).toBe(newer);
    later += 2_000;
    expect([await ask('hat'), slow.mock.calls.length]).toEqual([found, 1]);
    later += 1_900;
    expect([await ask('hat'), slow.mock.calls.length]).toEqual([found, 2]);
    await new Promise((done) => setImmediate(done));
    expect(await ask('hat')).toBe(newer);
  });

  test('is not kept any longer than a minute, nor lost when finding it anew fails', async () => {
    const fails = vi.fn(async () => {
      throw new Error('Busy.');
    });
    await look('sock', async () => found);
    later += 15_001;
    expect(await look('sock', fails)).toBe(found);
    expect(await look('sock', fails)).toBe(found);
    later += 45_000;
    await expect(look('sock', fails)).rejects.toThrow('Busy.');
  });

  test('is found once for all who ask at once, but not while a product of it is being written', async () => {
    const find = vi.fn(async () => found);
    const ask = () => look('cake', find);
    await Promise.all([ask(), ask()]);
    expect(find).toHaveBeenCalledTimes(1);
    forgetFound(database, product('cake'));
    await Promise.all([ask(), ask()]);
    expect(find).toHaveBeenCalledTimes(3);
  });

  test('is forgotten when a product of it is written, and not kept until that is certainly committed', async () => {
    const find = vi.fn(async () => found);
    await look('rug', find);
    forgetFound(database, product('rug'));
    await look('rug', find);
    await look('rug', find);
    expect(find).toHaveBeenCalledTimes(3);
    later += 2_001;
    // Found while a product was being written: it may or may not be among them.
    await look('rug', async () => {
      forgetFound(database, product('rug'));
      return found;
    });
    later += 2_001;
    await look('rug', find);
    await look('rug', find);
    expect(find).toHaveBeenCalledTimes(4);
  });

  test('is kept when a product is written that it has nothing to do with; not when it found that very one', async () => {
    const find = vi.fn(async () => found);
    await look('cup', find);
    forgetFound(database, product('spoon'));
    await look('cup', find);
    expect(find).toHaveBeenCalledTimes(1);
    // A cup before, a spoon now.
    forgetFound(database, product('spoon', 'a'));
    await look('cup', find);
    expect(find).toHaveBeenCalledTimes(2);
  });

  test('does not pile up', async () => {
    const find = vi.fn(async () => found);
    for (let nth = 0; nth <= 2_000; nth += 1) await look(`word ${nth}`, find);
    await look('word 2000', find);
    expect(find).toHaveBeenCalledTimes(2_001);
    await look('word 0', find);
    expect(find).toHaveBeenCalledTimes(2_002);
  });
});

describe('the catalogue', () => {
  let house: TestHouse;
  let maker: Maker;
  let code: string;

  beforeAll(async () => {
    house = await testHouse();
    maker = await makeMaker(house);
    code = (await maker.caller.post(`/api/stalls/${maker.stall}/products`, aProduct)).body.code;
  });
  afterAll(() => house.close());

  const look = async (headers: Record<string, string> = {}) => {
    const zstd = { accept: 'text/html', 'accept-encoding': 'zstd' };
    const answer = await house.nobody.get('/market', { ...zstd, ...headers });
    return { ...answer, text: answer.bytes.length > 0 ? zstdDecompressSync(answer.bytes) : '' };
  };

  test('keeps no product on show that is hidden, and shows a new one at once', async () => {
    const isShown = async () => String((await look()).text).includes(code);
    const change = async (listed: boolean) => {
      const { onHand: _, ...body } = { ...aProduct, state: listed ? 'listed' : 'hidden' };
      return (await maker.caller.post(`/api/products/${code}`, body)).status;
    };
    expect([await isShown(), await isShown()]).toEqual([true, true]);
    expect([await change(false), await isShown()]).toEqual([200, false]);
    later += 2_001;
    expect([await isShown(), await isShown()]).toEqual([false, false]);
    expect([await change(true), await isShown()]).toEqual([200, true]);
  });

  test('takes a product for one of a search where the index of words does', async () => {
    const known = ['مانتو', 'مانتوی', 'گل', 'دار', 'گلدار', 'گلیم', 'زعفران'];
    const vocabulary = makeVocabulary(known);
    const draw = fc.record({
      words: fc.uniqueArray(fc.constantFrom(...known, 'گلستان'), { maxLength: 5 }),
      text: fc.array(fc.constantFrom(...known, 'گلس', 'زع', 'گل‌دار', 'xyz'), { maxLength: 3 }),
    });
    const cases = fc.sample(draw, 300).map(({ words, text }) => {
      const terms = termsOf(text.join(' '), vocabulary);
      return { words, query: toTsquery(terms), has: hasTerms(new Set(words), terms) };
    });
    const asked = cases.filter(({ query }) => query !== '');
    const { rows } = await house.database.migratorTransaction((tx) =>
      sql<{ has: boolean }>`
        select array_to_tsvector(array(select jsonb_array_elements_text(c->'words')))
          @@ (c->>'query')::tsquery as has
        from jsonb_array_elements(${JSON.stringify(asked)}::jsonb) with ordinality as a(c, n)
        order by n`.execute(tx),
    );
    expect(rows.map(({ has }) => has)).toEqual(asked.map(({ has }) => has));
    expect(new Set(rows.map(({ has }) => has)).size).toBe(2);
  });

  test('reads a permit as it is, whatever was found a moment ago', async () => {
    const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
    expect(String((await look()).text)).toContain(code);
    await director.post(`/api/permits/${maker.caseCode}/suspend`, { reason: 'شکایت' });
    expect(String((await look()).text)).not.toContain(code);
    await director.post(`/api/permits/${maker.caseCode}/reinstate`, { reason: 'رفع شد' });
    expect(String((await look()).text)).toContain(code);
  });

  test('sends the same page packed once and unpacked, and says when the browser has it', async () => {
    const [first, second] = [await look(), await look()];
    expect(first.headers).toMatchObject({ 'content-encoding': 'zstd', etag: second.headers.etag });
    expect(first.headers.vary).toContain('accept-encoding');
    expect(second.bytes.equals(first.bytes)).toBe(true);
    const plain = await house.nobody.get('/market', { accept: 'text/html' });
    expect(String(first.text)).toBe(plain.body);
    const refused = await house.nobody.get('/market', { 'accept-encoding': 'zstd;q=0' });
    expect(refused.headers['content-encoding']).toBeUndefined();
    const again = await look({ 'if-none-match': String(first.headers.etag) });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    const english = await house.nobody.get('/market?lang=en', { 'accept-encoding': 'zstd' });
    expect(english.headers.etag).not.toBe(first.headers.etag);
  });
});
