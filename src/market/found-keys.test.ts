import { zstdDecompressSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { aProduct, type Maker, makeMaker } from '../../test/maker.ts';
import type { Database } from '../platform/database.ts';
import { forgetFound, keysFound } from './found-keys.ts';

const clock = performance.now.bind(performance);
let later = 0;
vi.spyOn(performance, 'now').mockImplementation(() => clock() + later);
afterEach(() => {
  later += 60_000;
});

describe('what a search found', () => {
  const database = {} as Database;
  const found = [{ provinceId: 4, id: 'a' }];

  test('is good for a quarter of a minute for whoever asks the same', async () => {
    const find = vi.fn(async () => found);
    const ask = (asked = 'coat') => keysFound(database, asked, find);
    expect([await ask(), await ask()]).toEqual([found, found]);
    expect(find).toHaveBeenCalledTimes(1);
    await ask('jam');
    expect(find).toHaveBeenCalledTimes(2);
    later += 15_001;
    await ask();
    expect(find).toHaveBeenCalledTimes(3);
  });

  test('is found anew beside the answer when it is asked near its end, by one at a time', async () => {
    const newer = [{ provinceId: 4, id: 'b' }];
    const find = vi.fn(async () => found);
    await keysFound(database, 'shoe', find);
    await keysFound(database, 'hat', find);
    later += 10_001;
    let go = () => {};
    const slow = vi.fn(async () => {
      await new Promise<void>((resolve) => {
        go = resolve;
      });
      return newer;
    });
    const ask = (asked: string) => keysFound(database, asked, slow);
    expect([await ask('shoe'), await ask('shoe'), await ask('hat')]).toEqual([found, found, found]);
    expect(slow).toHaveBeenCalledTimes(1);
    go();
    await vi.waitFor(async () => expect(await ask('shoe')).toBe(newer));
  });

  test('is found once for all who ask at once, but not while a product is being written', async () => {
    const find = vi.fn(async () => found);
    const ask = () => keysFound(database, 'cake', find);
    await Promise.all([ask(), ask()]);
    expect(find).toHaveBeenCalledTimes(1);
    forgetFound(database);
    await Promise.all([ask(), ask()]);
    expect(find).toHaveBeenCalledTimes(3);
  });

  test('is forgotten when a product is written, and not kept until that is certainly committed', async () => {
    const find = vi.fn(async () => found);
    await keysFound(database, 'rug', find);
    forgetFound(database);
    await keysFound(database, 'rug', find);
    await keysFound(database, 'rug', find);
    expect(find).toHaveBeenCalledTimes(3);
    later += 2_001;
    // Found while a product was being written: it may or may not be among them.
    await keysFound(database, 'rug', async () => {
      forgetFound(database);
      return found;
    });
    later += 2_001;
    await keysFound(database, 'rug', find);
    await keysFound(database, 'rug', find);
    expect(find).toHaveBeenCalledTimes(4);
  });

  test('does not pile up', async () => {
    const find = vi.fn(async () => found);
    for (let nth = 0; nth <= 2_000; nth += 1) await keysFound(database, `word ${nth}`, find);
    await keysFound(database, 'word 2000', find);
    expect(find).toHaveBeenCalledTimes(2_001);
    await keysFound(database, 'word 0', find);
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
