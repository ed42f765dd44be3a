import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractedPlans } from '../../../test/contracted-plans.ts';
import { type Caller, publicUrl, type TestHouse, testHouse } from '../../../test/house.ts';
import { passingAnswers } from '../../../test/passed-visits.ts';
import { decodeCode } from '../../kit/code.ts';
import { provinceContext } from '../../platform/policy.ts';
import { askHolders } from './asks.ts';

let house: TestHouse;
let officer: Caller;
let me: string;

beforeAll(async () => {
  house = await testHouse();
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  me = (await officer.get('/api/session')).body.account.id;
});
afterAll(() => house.close());

/** A plan that was paid in full and is to be looked at by SMS, and its holder. */
async function asked(serial: number, mobile: string | null) {
  const wanted = { bankId: 'MELLAT', rial: 100_000_000n, serials: [serial] };
  const [code = ''] = await contractedPlans(house, wanted);
  const bank = await house.signIn({ role: 'bank', organisationId: 'MELLAT' });
  const paid = { amountRial: '100000000', bankReference: `A-${serial}` };
  expect((await bank.post(`/api/plans/${code}/pay`, paid)).status).toBe(200);
  const planned = { stage: 'after', channel: 'sms', assignee: me };
  const visit = (await officer.post(`/api/cases/${code}/visits`, planned)).body.code;
  const { rows } = await house.database.migratorTransaction((tx) =>
    sql<{ id: string }>`update people p set mobile = ${mobile} from cases c
      where c.id = ${decodeCode(code)?.id}::uuid and p.id = c.person_id returning p.id`.execute(tx),
  );
  const holder = await house.signIn({ role: 'citizen', personId: rows[0]?.id ?? '' });
  return { code, visit, holder };
}

const ask = () =>
  house.database.transaction(provinceContext(4), (tx) =>
    askHolders(tx, { provinceId: 4, now: house.clock.now() }, publicUrl),
  );

test('a holder is asked once by SMS, answers for themselves, and the office reads it', async () => {
  const { code, visit, holder } = await asked(771, '09141110771');
  const silent = await asked(772, null);
  expect(await ask()).toBe(1);
  expect(await ask()).toBe(0);
  const { body } = await holder.get('/api/my-visits');
  expect(body.items).toMatchObject([{ code: visit, caseCode: code, answeredAt: null }]);
  const kinds = body.items[0].questions.map(({ kind }: { kind: string }) => kind);
  expect(kinds).not.toContain('photo');
  expect((await silent.holder.get('/api/my-visits')).body.items).toEqual([]);

  const say = (who: Caller, answers: object) =>
    who.post(`/api/my-visits/${visit}/answer`, { answers });
  expect((await say(silent.holder, passingAnswers.after)).body.code).toBe('supervision.no_ask');
  const short = await say(holder, { works: 'yes' });
  expect(short.body).toMatchObject({
    code: 'supervision.answers_wrong',
    faults: [{ pointer: '/answers/workers', code: 'missing' }],
  });
  expect((await say(holder, passingAnswers.after)).status).toBe(200);
  expect((await say(holder, passingAnswers.after)).body.code).toBe('supervision.no_ask');

  const seen = (await officer.get(`/api/visits/${visit}`)).body;
  expect(seen).toMatchObject({ state: 'assigned', holder: { answers: passingAnswers.after } });
  const answers = seen.holder.answers;
  expect((await officer.post(`/api/visits/${visit}/pass`, { answers })).status).toBe(200);
  expect((await holder.get('/api/my-visits')).body.items).toEqual([]);
});
