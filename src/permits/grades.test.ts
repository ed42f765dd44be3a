import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendDocument, signInByCode } from '../../test/applicant.ts';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { jpegBytes } from '../../test/picture-bytes.ts';
import { generateNationalId } from '../kit/identifiers.ts';
import { provinceContext } from '../platform/policy.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const mobile = '09147770001';
const nationalId = generateNationalId('275', 7771);

/** A citizen who has said who they are, and whom the civil registry knows. */
async function knownCitizen(): Promise<Caller> {
  const phone = await signInByCode(house, mobile);
  const names = { firstName: 'سارا', lastName: 'خیاط‌باشی', birthOn: '1990-05-01', sex: 'female' };
  await phone.post('/api/my/identity', { nationalId, idKind: 'national', ...names });
  await house.database.transaction(provinceContext(4), (tx) =>
    tx
      .updateTable('identity_checks')
      .set({ state: 'confirmed', answered_at: house.clock.now() })
      .execute(),
  );
  return phone;
}

const conditions = Object.fromEntries([3, 4, 5, 6, 7, 8, 9, 10, 12].map((n) => [n, true]));

test('a tailor whom the registry knows has her permit at once, and hears of it', async () => {
  const phone = await knownCitizen();
  const begun = await phone.post('/api/drafts', {
    what: { kind: 'independent', occupationId: 'tailoring' },
    where: { countyId: '0401', area: 'urban', address: 'کوچه دوم' },
    work: { conditions, plan: 'مانتو می‌دوزم' },
  });
  const { about } = (await phone.get(`/api/drafts/${begun.body.code}`)).body;
  for (const { number } of about.documents) {
    const sent = { draft: begun.body.code, number, type: 'image/jpeg' };
    await sendDocument(house, phone, sent, jpegBytes());
  }
  const reply = await phone.post(`/api/drafts/${begun.body.code}/submit`, { version: 1 });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  const it = (await phone.get(`/api/cases/${reply.body.code}`)).body;
  expect(it).toMatchObject({ state: 'issued', permit: { number: expect.any(String) } });
  expect(it.history.map(({ verb }: { verb: string }) => verb)).toEqual([
    'permits.submit',
    'permits.grantAutomatically',
  ]);
  const texts = await house.database.transaction(provinceContext(4), (tx) =>
    tx.selectFrom('sms_outbox').select('text').where('mobile', '=', mobile).execute(),
  );
  expect(texts.map(({ text }) => text)).toContainEqual(expect.stringContaining('صادر شد'));
});
