import { afterAll, beforeAll, expect, test } from 'vitest';
import { referenceOf } from '../src/accounts/index.ts';
import { erasureFault } from '../src/figures/erasure-rules.ts';
import { checkProvince, erasePerson, foldAll } from '../src/figures/index.ts';
import { generateNationalId } from '../src/kit/identifiers.ts';
import { signInByCode } from './applicant.ts';
import { type Caller, type TestHouse, testHouse } from './house.ts';

const over = { open: 0, paid: false, lastOn: '2012-02-29' };
const today = '2022-02-28';
test.each([
  ['over for ten years', over, false, undefined],
  ['a day too early', { ...over, lastOn: '2012-03-01' }, false, 'figures.erase_early'],
  ['asked for, and never paid', { ...over, lastOn: '2022-01-01' }, true, undefined],
  [
    'asked for, but the books have to be kept',
    { ...over, paid: true, lastOn: '2022-01-01' },
    true,
    'figures.erase_early',
  ],
  ['something is open', { ...over, open: 1 }, true, 'figures.erase_open'],
  ['never came to a case', { ...over, lastOn: null }, false, undefined],
])('%s', (_name, ended, asked, code) => {
  expect(erasureFault(ended, { asked, years: 10, today })?.code).toBe(code);
});

let house: TestHouse;
let expert: Caller;
let director: Caller;
let citizen: Caller;
let code: string;
const nationalId = generateNationalId('274', 4242);
const [lastName, mobile, address] = ['ناماور یکتا', '09145550101', 'کوچهٔ یگانه پلاک ۷'];

beforeAll(async () => {
  house = await testHouse();
  [expert, director] = await Promise.all([
    house.signIn({ role: 'expert', organisationId: 'SMT' }),
    house.signIn({ role: 'director', organisationId: 'DIRECTORATE' }),
  ]);
  const person = {
    nationalId,
    idKind: 'national',
    firstName: 'آزمون',
    lastName,
    sex: 'female',
    mobile,
  };
  const household = { countyId: '0401', area: 'urban', address };
  const application = { person, household, kind: 'independent', occupationId: 'tailoring' };
  code = (await expert.post('/api/permits', application)).body.code;
  citizen = await signInByCode(house, mobile);
});
afterAll(() => house.close());

async function erase(asked: boolean) {
  const it = {
    provinceId: 4,
    nationalId,
    asked,
    reason: 'خودش خواست',
    now: house.clock.now(),
    today: '2022-06-22',
  };
  return erasePerson(house, await referenceOf(house.database), it);
}

const measured = async () =>
  (await director.get('/api/figures?province=04&from=1400-01-01&to=1401-12-29&by=county')).body;

/** Every row of every table that tells of the person, as text. */
async function traces(): Promise<string[]> {
  const { rows: tables } = await house.database.pools.migrator.query(
    `select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await house.database.pools.migrator.query(
      `select t::text as row from ${name} t where t::text like any ($1)`,
      [[nationalId, 'ناماور', mobile, 'یگانه پلاک'].map((word) => `%${word}%`)],
    );
    found.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  return found;
}

test('nobody is erased while something is open, nor before its time', async () => {
  await expect(erase(true)).rejects.toMatchObject({ code: 'figures.erase_open' });
});

test('what is known of a person goes, and every figure and the whole record stay', async () => {
  const withdrawn = await withdraw();
  expect(withdrawn.status, JSON.stringify(withdrawn.body)).toBe(200);
  await expect(erase(false)).rejects.toMatchObject({ code: 'figures.erase_early' });
  await foldAll(house.database);
  const before = await measured();
  expect((await traces()).length).toBeGreaterThan(2);

  const erased = await erase(true);
  expect(erased.rows).toMatchObject({ people: 1, households: 1 });
  expect(await traces()).toEqual([]);
  const after = await measured();
  expect({ ...after, asOf: 0 }).toEqual({ ...before, asOf: 0 });
  expect(await checkProvince(house.database, 4)).toMatchObject({ differences: 0 });

  const shown = (await expert.get(`/api/cases/${code}`)).body;
  expect(shown.person.name).toBe('پاک‌شده پاک‌شده');
  expect(shown.history.length).toBeGreaterThan(1);
  expect((await citizen.get('/api/my/identity')).status).toBe(401);
  await expect(erase(true)).rejects.toMatchObject({ code: 'platform.not_found' });
});

async function withdraw() {
  const { rows } = await house.database.pools.migrator.query(
    'select id from people where national_id = $1',
    [nationalId],
  );
  const own = await house.signIn({ role: 'citizen', personId: rows[0].id });
  return own.post(`/api/permits/${code}/withdraw`, { reason: 'آزمون' });
}
