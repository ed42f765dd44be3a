import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { checkProvince } from '../figures/index.ts';
import { generateNationalId } from '../kit/identifiers.ts';

let house: TestHouse;
let expert: Caller;
let counter: Caller;
let director: Caller;
beforeAll(async () => {
  house = await testHouse();
  expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
  counter = await house.signIn({ role: 'counter', organisationId: 'DIRECTORATE' });
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
});
afterAll(() => house.close());

let serial = 300;

async function returned(...fields: string[]): Promise<string> {
  serial += 1;
  const reply = await counter.post('/api/permits', {
    person: {
      nationalId: generateNationalId('274', serial),
      idKind: 'national',
      firstName: 'گلناز',
      lastName: `اصلاحی ${serial}`,
      sex: 'female',
      mobile: '09141110000',
    },
    household: { countyId: '0401', area: 'urban', address: `کوچه ${serial}` },
    kind: 'independent',
    occupationId: 'tailoring',
  });
  expect(reply.status).toBe(201);
  const { code } = reply.body;
  const items = fields.map((field) => ({ field, note: 'درست نیست.' }));
  const back = await expert.post(`/api/permits/${code}/return-for-correction`, {
    items: items.length > 0 ? items : [{ number: 23, note: 'خوانا نیست.' }],
  });
  expect(back.status).toBe(200);
  return code;
}

const correct = (code: string, fields: object) =>
  counter.post(`/api/permits/${code}/correct`, { fields });
const shown = async (code: string) => (await expert.get(`/api/cases/${code}`)).body;

describe('a correction', () => {
  test('writes anew the fields that were named, and the record says which', async () => {
    const code = await returned('address', 'mobile', 'fatherName', 'kind');
    const household = {
      countyId: '0403',
      area: 'rural',
      address: 'روستای قره‌ضیا',
      postalCode: '5813611111',
    };
    const fields = { household, mobile: '+98 914 222 0000', fatherName: 'یوسف', kind: 'covered' };
    expect((await correct(code, fields)).status).toBe(200);
    const it = await shown(code);
    expect(it.state).toBe('submitted');
    expect(it.kind).toBe('covered');
    expect(it.household).toMatchObject({ area: 'rural', postalCode: '5813611111' });
    expect(it.household.county.id).toBe('0403');
    expect(it.person).toMatchObject({ mobile: '09142220000', fatherName: 'یوسف' });
    // A step that is taken back leaves the application as it had been; who somebody is stays said.
    await director.post(`/api/permits/${code}/take-back`, { reason: 'اشتباه بود.' });
    const before = await shown(code);
    expect(before).toMatchObject({ state: 'needs_correction', kind: 'independent' });
    expect(before.household.county.id).toBe('0401');
  });

  test('changes a name that the civil registry has not confirmed', async () => {
    const code = await returned('name', 'birthOn');
    const fields = { firstName: 'گلنار', lastName: 'درستکار', birthOn: '1990-05-01' };
    expect((await correct(code, fields)).status).toBe(200);
    expect((await shown(code)).person).toMatchObject({
      name: 'گلنار درستکار',
      birthOn: '1990-05-01',
    });
  });

  test('leaves alone what was not named', async () => {
    const code = await returned('mobile');
    const refused = await correct(code, { firstName: 'دیگری' });
    expect(refused.status).toBe(422);
    expect(refused.body.code).toBe('permits.field_not_asked');
    const documentsOnly = await returned();
    expect((await correct(documentsOnly, { kind: 'covered' })).body.code).toBe(
      'permits.field_not_asked',
    );
    expect((await correct(documentsOnly, {})).status).toBe(200);
    expect((await correct(code, { mobile: 'همراه ندارد' })).body.code).toBe(
      'accounts.not_a_mobile',
    );
    expect((await shown(code)).state).toBe('needs_correction');
  });

  test('passes to an occupation of the same agency only', async () => {
    const code = await returned('occupation');
    const other = await correct(code, { occupationId: 'beekeeping' });
    expect(other.body.code).toBe('permits.needs_new_application');
    expect((await correct(code, { occupationId: 'traditional-embroidery' })).status).not.toBe(500);
  });

  test('leaves nothing that a check would find', async () => {
    const { checks } = await checkProvince(house.database, 4);
    expect(checks.flatMap(({ differences }) => differences)).toEqual([]);
  });
});
