import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { checkProvince } from '../figures/index.ts';
import { generateNationalId } from '../kit/identifiers.ts';
import { provinceContext } from '../platform/policy.ts';

let house: TestHouse;
let jihad: Caller;
let health: Caller;
let vet: Caller;
let culture: Caller;
let samt: Caller;
let officer: Caller;
let director: Caller;
beforeAll(async () => {
  house = await testHouse();
  const expert = (organisationId: string) => house.signIn({ role: 'expert', organisationId });
  [jihad, health, vet, culture, samt] = await Promise.all([
    expert('AGRI'),
    expert('HEALTH'),
    expert('VET'),
    expert('CULTURE'),
    expert('SMT'),
  ]);
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
});
afterAll(() => house.close());

let serial = 500;
const mobileOf = (number: number) => `0914${String(number).padStart(7, '0')}`;

/** Submits as an agency's expert; the applicant's mobile is the serial's. */
async function submit(expert: Caller, occupationId: string, more: object = {}): Promise<string> {
  serial += 1;
  const reply = await expert.post('/api/permits', {
    person: {
      nationalId: generateNationalId('274', serial),
      idKind: 'national',
      firstName: 'گلناز',
      lastName: `پیشه‌ور ${serial}`,
      sex: 'female',
      mobile: mobileOf(serial),
    },
    household: { countyId: '0401', area: 'rural', address: 'روستای آزمون' },
    kind: 'independent',
    occupationId,
    ...more,
  });
  expect(reply.body).toMatchObject({ code: expect.any(String) });
  return reply.body.code;
}

/** The applicant of the newest case, signed in. */
async function applicant(code: string): Promise<Caller> {
  const personId = await house.database.transaction(provinceContext(4), async (tx) => {
    const { nationalId } = (await director.get(`/api/cases/${code}`)).body.person;
    const people = tx.selectFrom('people').select('id').where('national_id', '=', nationalId);
    return (await people.executeTakeFirstOrThrow()).id;
  });
  return house.signIn({ role: 'citizen', personId });
}

const see = async (caller: Caller, code: string) => (await caller.get(`/api/cases/${code}`)).body;
const step = (caller: Caller, code: string, name: string, body: object = {}) =>
  caller.post(`/api/permits/${code}/${name}`, body);

async function passes(caller: Caller, code: string, name: string, body: object = {}) {
  const reply = await step(caller, code, name, body);
  expect(reply, `${name} ${JSON.stringify(reply.body)}`).toMatchObject({ status: 200 });
}

async function fails(caller: Caller, code: string, name: string, why: string, body: object = {}) {
  expect((await step(caller, code, name, body)).body).toMatchObject({ code: why });
}

const messages = (mobile: string) =>
  house.database.transaction(provinceContext(4), async (tx) => {
    const outbox = tx.selectFrom('sms_outbox').select('text').where('mobile', '=', mobile);
    return (await outbox.orderBy('id').execute()).map(({ text }) => text ?? '');
  });

const act = (it: { acts: { verb: string; enabled: boolean; why: string }[] }, verb: string) =>
  it.acts.find((one) => one.verb === verb);
const hears = (text: string) => text.split('|').map((part) => expect.stringContaining(part));

describe('a food maker', () => {
  test('corrects a document, is cleared by Health, and has her permit', async () => {
    const code = await submit(jihad, 'jam-making');
    const items = [
      { number: 23, note: 'تصویر خوانا نیست' },
      { field: 'address', note: 'پلاک را بنویسید' },
    ];
    await passes(jihad, code, 'return-for-correction', { items });
    const her = await applicant(code);
    const returned = (await see(her, code)).history.at(-1);
    expect(returned.items).toMatchObject([
      { number: 23, label: { en: 'Skill certificate, in date' }, note: 'تصویر خوانا نیست' },
      { field: 'address', number: null, note: 'پلاک را بنویسید' },
    ]);
    await passes(her, code, 'correct');
    await passes(jihad, code, 'ask-clearance');
    const asked = await see(health, code);
    expect(asked).toMatchObject({ state: 'clearance', where: { holder: 'clearing' } });
    expect(asked.clearances).toMatchObject([{ body: { id: 'HEALTH' }, state: 'asked' }]);
    await passes(health, code, 'clear', { reference: 'ش-۱۲' });
    const back = await see(jihad, code);
    expect(back).toMatchObject({ state: 'submitted', where: { holder: 'agency' } });
    expect(back.history.slice(-2)).toMatchObject([
      { verb: 'permits.clear', reference: 'ش-۱۲' },
      { verb: 'permits.completeClearance', actor: null, organisation: null },
    ]);
    await passes(jihad, code, 'sign', { conditions: ['پخت تنها در آشپزخانهٔ جدا'] });
    await passes(director, code, 'grant');
    const { state, history } = await see(her, code);
    expect(state).toBe('issued');
    const signed = history.find(({ verb }: { verb: string }) => verb === 'permits.sign');
    expect(signed.conditions).toEqual(['پخت تنها در آشپزخانهٔ جدا']);
    const heard = 'ثبت شد|اصلاح می‌خواهد|اصلاح درخواست|پرسیده شد|پاسخ مثبت|امضای دوم|صادر شد';
    expect(await messages(mobileOf(serial))).toEqual(hears(heard));
  });

  test('is not signed for before her clearance, and says so', async () => {
    const code = await submit(jihad, 'jam-making');
    expect(act(await see(jihad, code), 'permits.sign')).toEqual({
      verb: 'permits.sign',
      enabled: false,
      why: 'permits.clearance_missing',
    });
    await fails(jihad, code, 'sign', 'permits.clearance_missing');
  });

  test('is cleared by two bodies in parallel, and goes back with the last yes only', async () => {
    const code = await submit(jihad, 'cheese-making');
    await passes(jihad, code, 'ask-clearance');
    await passes(vet, code, 'clear');
    expect(await see(jihad, code)).toMatchObject({ state: 'clearance' });
    expect((await see(vet, code)).clearances).toMatchObject([
      { body: { id: 'VET' }, state: 'cleared' },
    ]);
    await fails(vet, code, 'clear', 'permits.not_asked');
    await passes(health, code, 'clear');
    expect(await see(jihad, code)).toMatchObject({ state: 'submitted' });
    await fails(jihad, code, 'ask-clearance', 'permits.no_clearance_needed');
  });

  test('is denied by number; asked again, the body can say yes', async () => {
    const code = await submit(jihad, 'cheese-making');
    await passes(jihad, code, 'ask-clearance');
    await fails(vet, code, 'deny-clearance', 'permits.condition_missing', { reason: 'نه' });
    await passes(vet, code, 'deny-clearance', { conditionNumber: 18, reason: 'سردخانه ندارد' });
    const denied = await see(jihad, code);
    expect(denied).toMatchObject({ state: 'submitted' });
    expect(denied.clearances).toMatchObject([
      { body: { id: 'HEALTH' }, state: 'asked' },
      { body: { id: 'VET' }, state: 'denied', condition: { number: 18 }, reason: 'سردخانه ندارد' },
    ]);
    await passes(jihad, code, 'ask-clearance');
    await passes(vet, code, 'clear');
    await passes(health, code, 'clear');
    await passes(jihad, code, 'sign');
  });

  test('whose clearance is taken back waits for it again', async () => {
    const code = await submit(jihad, 'cheese-making');
    await passes(jihad, code, 'ask-clearance');
    await passes(vet, code, 'clear');
    await passes(director, code, 'take-back', { reason: 'اشتباه' });
    expect((await see(jihad, code)).clearances).toMatchObject([
      { body: { id: 'HEALTH' }, state: 'asked' },
      { body: { id: 'VET' }, state: 'asked' },
    ]);
    await passes(director, code, 'take-back', { reason: 'اشتباه' });
    expect(await see(jihad, code)).toMatchObject({ state: 'submitted' });
    expect((await vet.get(`/api/cases/${code}`)).status).toBe(404);
  });
});

describe('a clearing body', () => {
  test('that was not asked sees nothing, in lists neither', async () => {
    const code = await submit(jihad, 'jam-making');
    await passes(jihad, code, 'ask-clearance');
    expect(JSON.stringify((await vet.get('/api/cases?limit=200')).body)).not.toContain(code);
    expect((await vet.get(`/api/cases/${code}`)).status).toBe(404);
    expect((await step(vet, code, 'clear')).status).toBe(404);
  });

  test('does only what it was asked for', async () => {
    const code = await submit(jihad, 'jam-making');
    await passes(jihad, code, 'ask-clearance');
    expect((await health.get('/api/cases?limit=200')).body.items).toContainEqual(
      expect.objectContaining({ code }),
    );
    const it = await see(health, code);
    expect(it.acts.map(({ verb }: { verb: string }) => verb)).toEqual([
      'permits.clear',
      'permits.denyClearance',
    ]);
    for (const name of ['sign', 'refuse', 'ask-clearance', 'return-for-correction']) {
      expect((await step(health, code, name)).status, name).toBe(403);
    }
    expect((await step(jihad, code, 'clear')).status).toBe(403);
  });

  test('that is the agency itself clears with its signature', async () => {
    const code = await submit(culture, 'calligraphy');
    expect(act(await see(culture, code), 'permits.askClearance')).toBeUndefined();
    await passes(culture, code, 'sign');
  });
});

describe('a refusal', () => {
  test('has one number or several, all of them asked of this applicant', async () => {
    const code = await submit(samt, 'tailoring');
    await fails(samt, code, 'refuse', 'permits.condition_missing', { conditionNumbers: [23, 31] });
    await passes(samt, code, 'refuse', { conditionNumbers: [23, 6] });
    const { history } = await see(samt, code);
    expect(history.at(-1).unmet).toMatchObject([{ number: 23 }, { number: 6 }]);
    const refused = expect.stringMatching(/۲۳\. .*۶\. /);
    expect(await messages(mobileOf(serial))).toContainEqual(refused);
  });

  test('is objected to, overturned by another, and ends in a permit', async () => {
    const code = await submit(samt, 'tailoring');
    await passes(samt, code, 'sign');
    await passes(director, code, 'refuse', { conditionNumber: 6 });
    const her = await applicant(code);
    await fails(her, code, 'object', 'permits.reason_missing');
    await passes(her, code, 'object', { reason: 'چرخ من بی‌صداست' });
    expect(await see(officer, code)).toMatchObject({ where: { holder: 'directorate' } });
    expect(act(await see(director, code), 'permits.overturn')?.why).toBe('permits.same_decider');
    await fails(director, code, 'overturn', 'permits.same_decider', { reason: 'بله' });
    await passes(officer, code, 'overturn', { reason: 'بازدید شد و صدایی نبود' });
    const back = await see(samt, code);
    expect(back).toMatchObject({ state: 'submitted', where: { holder: 'agency' } });
    await passes(samt, code, 'sign');
    await passes(director, code, 'grant');
    expect(await see(her, code)).toMatchObject({ state: 'issued' });
  });

  test('that is upheld is final', async () => {
    const code = await submit(samt, 'tailoring');
    await passes(samt, code, 'refuse', { conditionNumber: 6 });
    const her = await applicant(code);
    expect((await step(samt, code, 'object', { reason: 'x' })).status).toBe(403);
    await passes(her, code, 'object', { reason: 'چرخ من بی‌صداست' });
    await passes(director, code, 'uphold', { reason: 'صدا هست' });
    expect(await see(her, code)).toMatchObject({ state: 'upheld' });
    await fails(her, code, 'object', 'platform.wrong_state', { reason: 'باز هم' });
  });

  test('stands once the time to object is over', async () => {
    const code = await submit(samt, 'tailoring');
    await passes(samt, code, 'refuse', { conditionNumber: 6 });
    const now = house.clock.now();
    house.clock.moveTo(new Date(now.getTime() + 31 * 86_400_000));
    director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
    const her = await applicant(code);
    await fails(her, code, 'object', 'permits.appeal_over', { reason: 'دیر شد' });
    house.clock.moveTo(now);
  });
});

describe('a complete application', () => {
  test('in an automatic occupation has its permit at once, by the rule', async () => {
    const code = await submit(samt, 'tailoring', { decide: true });
    const it = await see(samt, code);
    expect(it).toMatchObject({ state: 'issued' });
    expect(it.history.at(-1)).toMatchObject({ verb: 'permits.grantAutomatically', actor: null });
    expect(await messages(mobileOf(serial))).toHaveLength(1);
  });

  test('in a provisional one has it until it is examined', async () => {
    const code = await submit(samt, 'soap-making', { decide: true });
    const provisional = await see(samt, code);
    expect(provisional.permit).toMatchObject({ issuedOn: '2022-06-22', validUntil: '2022-12-21' });
    await passes(samt, code, 'confirm');
    const whole = await see(samt, code);
    expect(whole.permit.validUntil).toBe('2024-06-20');
    expect(act(whole, 'permits.confirm')).toBeUndefined();
    await fails(samt, code, 'confirm', 'permits.not_provisional');
    await passes(director, code, 'take-back', { reason: 'بررسی نشده بود' });
    expect((await see(samt, code)).permit.validUntil).toBe('2022-12-21');
  });

  test.each([
    ['a starred occupation', 'jam-making', 'independent'],
    ['a supporter', 'animal-feed-making', 'supporter'],
  ])('of %s waits for the agency', async (_who, occupationId, kind) => {
    const code = await submit(jihad, occupationId, { decide: true, kind });
    expect(await see(jihad, code)).toMatchObject({ state: 'submitted' });
  });
});

test('nothing that was kept differs from the record', async () => {
  const report = await checkProvince(house.database, 4);
  expect(report.checks.filter(({ differences }) => differences.length > 0)).toEqual([]);
  const clearances = report.checks.find(({ name }) => name === 'permits.clearances');
  expect(clearances?.checked).toBeGreaterThan(4);
});
