import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractedPlans } from '../../../test/contracted-plans.ts';
import { enrolPhone, fieldAnswers, keepPhoto, photo, record } from '../../../test/field-phone.ts';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { checkParties, unsigned } from '../joint-rules.ts';

let house: TestHouse;
let officer: Caller;
let inspector: Caller;
let agri: Caller;
let visit: string;

beforeAll(async () => {
  house = await testHouse();
  [officer, inspector, agri] = await Promise.all([
    house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' }),
    house.signIn({ role: 'inspector', organisationId: 'DIRECTORATE' }),
    house.signIn({ role: 'expert', organisationId: 'AGRI' }),
  ]);
  const assignee = (await inspector.get('/api/session')).body.account.id;
  const plans = { bankId: 'MELLAT', rial: 300_000_000n, serials: [700], visited: false };
  const [code] = await contractedPlans(house, plans);
  const body = { stage: 'before', channel: 'field', assignee };
  visit = (await officer.post(`/api/cases/${code}/visits`, body)).body.code;
});
afterAll(() => house.close());

const signature = (party: string) => ({ name: 'یونس', organisation: 'x', party });

test('a pass needs everybody who was asked to join; what is wrong, one alone may find', () => {
  const parties = [
    { organisationId: 'AGRI', excused: false },
    { organisationId: 'CULTURE', excused: true },
  ];
  expect(unsigned(parties, {})).toEqual(['AGRI']);
  expect(unsigned(parties, { signatures: [signature('AGRI')] })).toEqual([]);
  expect(() => checkParties('supervision.pass', parties, {})).toThrow('party_unsigned');
  expect(() => checkParties('supervision.findDeviation', parties, {})).not.toThrow();
});

test('an agency joins a visit, signs it on the spot, and sees it; another is excused', async () => {
  const ask = (organisation: string) =>
    officer.post(`/api/visits/${visit}/parties`, { organisation });
  expect((await agri.get('/api/joint-visits')).body.items).toEqual([]);
  expect((await ask('AGRI')).status).toBe(200);
  expect((await ask('CULTURE')).status).toBe(200);
  expect((await ask('AGRI')).body.code).toBe('supervision.party_asked');
  expect((await ask('SMT')).body.code).toBe('supervision.party_wrong');
  expect((await ask('MELLAT')).body.code).toBe('supervision.party_wrong');
  expect((await agri.get('/api/joint-visits')).body.items).toMatchObject([
    { visit, partyState: 'asked', party: { id: 'AGRI' } },
  ]);
  const phone = await enrolPhone(inspector);
  const pack = (await inspector.get(`/api/field-pack?device=${phone.id}`)).body;
  expect(pack.visits[0].parties.map(({ id }: { id: string }) => id)).toEqual(['AGRI', 'CULTURE']);
  const answers = { ...fieldAnswers, signatures: [signature('AGRI')] };
  const alone = record(1, { visit, base: 0, answers });
  await phone.sync([alone]);
  await phone.piece(photo, 0);
  await keepPhoto(house, phone.id);
  const [refused] = (await phone.sync([alone])).body.records;
  expect(refused).toMatchObject({ problem: { code: 'supervision.party_unsigned' } });
  const excuse = { organisation: 'CULTURE', reason: 'Nobody free' };
  const excused = await officer.post(`/api/visits/${visit}/parties/excuse`, excuse);
  expect(excused.status).toBe(200);
  const settle = { id: alone.id, take: 'phone', reason: 'CULTURE was excused' };
  expect((await officer.post('/api/field-records/settle', settle)).body.state).toBe('applied');
  const shown = (await officer.get(`/api/visits/${visit}`)).body;
  expect(shown).toMatchObject({
    state: 'passed',
    parties: [
      { organisation: { id: 'AGRI' }, state: 'signed', signer: 'یونس' },
      { organisation: { id: 'CULTURE' }, state: 'excused', excusedReason: 'Nobody free' },
    ],
  });
  expect((await ask('HERITAGE')).body.code).toBe('platform.wrong_state');
  expect((await agri.get('/api/joint-visits')).body.items).toMatchObject([
    { partyState: 'signed', state: 'passed' },
  ]);
});

test('whoever signed is forgotten with an outcome that is taken back', async () => {
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const back = await director.post(`/api/visits/${visit}/take-back`, { reason: 'Another house' });
  expect(back.status).toBe(200);
  const { parties, state } = (await officer.get(`/api/visits/${visit}`)).body;
  expect([state, parties[0].state, parties[1].state]).toEqual(['assigned', 'asked', 'excused']);
});
