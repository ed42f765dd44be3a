import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BankSystem, startBankSystem } from '../../../test/bank-system.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { type Referred, referCase } from '../../../test/referred-case.ts';

let house: TestHouse;
let bank: BankSystem;
beforeAll(async () => {
  house = await testHouse();
  bank = await startBankSystem(house, 'MELLAT');
});
afterAll(async () => {
  await bank.close();
  await house.close();
});

const at = ({ referral }: Referred, act: string) => `/api/bank/v1/referrals/${referral}/${act}`;
const stepsOf = async ({ caseId }: Referred) => {
  const rows = await house.database.migratorTransaction((tx) =>
    tx
      .selectFrom('history')
      .select(['verb', 'rial'])
      .where('case_id', '=', caseId)
      .where('verb', 'like', 'financing.%')
      .orderBy('seq')
      .execute(),
  );
  return rows.map(({ verb, rial }) => `${verb.split('.')[1]} ${rial ?? ''}`.trim());
};
const approved = { approved_rial: '300000000' };
const first = { amount_rial: '100000000', reference: 'L-1' };
const second = { amount_rial: '200000000', reference: 'L-2' };

test('a line that doubles, cuts, dribbles and garbles leaves each act once in the record', async () => {
  const it = await referCase(house);
  const opened = await bank.act(at(it, 'open-file'), {}, 'doubled');
  expect(opened.map(({ status }) => status)).toEqual([200, 200]);
  expect(opened[0]?.body).toEqual(opened[1]?.body);
  const contracted = await bank.act(at(it, 'contract'), approved, 'slow');
  expect(contracted).toMatchObject([{ status: 200, body: { referral: approved } }]);
  // Whether the cut one was done or not: the answer to the second is that of the first.
  const paid = await bank.act(at(it, 'payments'), first, 'cut');
  expect(paid).toMatchObject([{ status: 200, body: { referral: { paid_rial: '100000000' } } }]);
  const garbled = await bank.act(at(it, 'payments'), second, 'garbled');
  expect(garbled).toMatchObject([{ status: 400 }, { status: 200 }]);
  expect((await stepsOf(it)).slice(1)).toEqual([
    ...['openFile', 'contract 300000000', 'pay 100000000', 'pay 200000000'],
  ]);
});

test('payments that come out of their order are refused with the reason, and taken when sent again', async () => {
  const it = await referCase(house);
  await bank.act(at(it, 'open-file'), {}, 'well');
  await bank.act(at(it, 'contract'), approved, 'well');
  const key = randomUUID();
  const later = { ...second, reference: 'O-2', number: 2 };
  const early = await bank.act(at(it, 'payments'), later, 'well', key);
  expect(early).toMatchObject([{ status: 422, body: { code: 'financing.wrong_tranche' } }]);
  await bank.act(at(it, 'payments'), { ...first, reference: 'O-1', number: 1 }, 'well');
  const again = await bank.act(at(it, 'payments'), later, 'well', key);
  expect(again).toMatchObject([{ status: 200, body: { referral: { paid_rial: '300000000' } } }]);
  // What the money has overtaken is refused too: the file cannot be opened once it is paid.
  expect((await bank.act(at(it, 'open-file'), {}, 'well'))[0]?.status).toBe(409);
  expect((await stepsOf(it)).slice(1)).toEqual([
    ...['openFile', 'contract 300000000', 'pay 100000000', 'pay 200000000'],
  ]);
});

test('a bank that is wrong about the sum or the plan is told so, and nothing is written', async () => {
  const it = await referCase(house);
  await bank.act(at(it, 'open-file'), {}, 'well');
  await bank.act(at(it, 'contract'), approved, 'well');
  const before = await stepsOf(it);
  const more = { amount_rial: '300000001', reference: 'W-1' };
  expect((await bank.act(at(it, 'payments'), more, 'doubled'))[0]?.status).toBe(422);
  const foreign = await referCase(house, 'SADERAT');
  expect((await bank.act(at(foreign, 'open-file'), {}, 'well'))[0]?.status).toBe(404);
  expect(await stepsOf(it)).toEqual(before);
  expect(await stepsOf(foreign)).toHaveLength(1);
});
