import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOf } from '../../../test/applicant.ts';
import { contractedPlans } from '../../../test/contracted-plans.ts';
import {
  enrolPhone,
  fieldAnswers,
  keepPhoto,
  photo,
  photoDigest,
  record,
} from '../../../test/field-phone.ts';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';

let house: TestHouse;
let officer: Caller;
let inspector: Caller;
let other: Caller;
let me: string;
let serial = 900;
type Phone = Awaited<ReturnType<typeof enrolPhone>>;

beforeAll(async () => {
  house = await testHouse();
  [officer, inspector, other] = await Promise.all([
    house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' }),
    house.signIn({ role: 'inspector', organisationId: 'DIRECTORATE' }),
    house.signIn({ role: 'inspector', organisationId: 'DIRECTORATE' }),
  ]);
  me = (await inspector.get('/api/session')).body.account.id;
});
afterAll(() => house.close());

async function visits(count: number): Promise<string[]> {
  const serials = Array.from({ length: count }, () => serial++);
  const codes = await contractedPlans(house, {
    ...{ bankId: 'MELLAT', rial: 300_000_000n, serials, visited: false },
  });
  const body = { stage: 'before', channel: 'field', assignee: me };
  const planned: string[] = [];
  for (const code of codes) {
    planned.push((await officer.post(`/api/cases/${code}/visits`, body)).body.code);
  }
  return planned;
}
/** A phone whose photo is here already. */
async function ready(): Promise<Phone & { first: string }> {
  const phone = await enrolPhone(inspector);
  const [visit = ''] = await visits(1);
  await phone.sync([record(1, { visit, base: 0 })]);
  await phone.piece(photo, 0);
  await keepPhoto(house, phone.id);
  return { ...phone, first: visit };
}
const states = (reply: { body: { records: { state: string }[] } }) =>
  reply.body.records.map(({ state }) => state);
const listed = async (id: string) =>
  (await officer.get('/api/field-records')).body.items.find((one: { id: string }) => one.id === id);

test('a phone is enrolled, packed, and tells its key to its owner alone until it is revoked', async () => {
  const phone = await enrolPhone(inspector);
  expect(phone.enrolled.status).toBe(200);
  const [visit = ''] = await visits(1);
  const pack = await inspector.get(`/api/field-pack?device=${phone.id}`);
  expect(pack.body.visits).toContainEqual(expect.objectContaining({ code: visit, base: 0 }));
  expect(pack.body.checklists.length).toBe(3);
  expect((await inspector.get(`/api/field-devices/key?device=${phone.id}`)).body.dataKey).toBe(
    'A'.repeat(43),
  );
  const foreign = await other.get(`/api/field-pack?device=${phone.id}`);
  expect(foreign.body.code).toBe('supervision.device_foreign');
  expect((await enrolPhone(other, phone.id)).enrolled.status).toBe(409);
  expect((await other.get('/api/field-devices')).body.items).toEqual([]);
  const revoke = { id: phone.id, reason: 'Lost' };
  expect((await other.post('/api/field-devices/revoke', revoke)).status).toBe(404);
  expect((await officer.post('/api/field-devices/revoke', revoke)).status).toBe(200);
  const refused = await phone.sync([record(1, { visit, base: 0 })]);
  expect([refused.status, refused.body.code]).toEqual([403, 'supervision.device_revoked']);
  expect((await phone.piece(photo, 0)).status).toBe(403);
});

test('a photo comes in pieces; then its record is applied, once', async () => {
  const phone = await enrolPhone(inspector);
  const [visit = ''] = await visits(1);
  expect((await phone.piece(photo, 0)).status).toBe(404);
  const one = record(1, { visit, base: 0 });
  const sent = await phone.sync([one, one]);
  expect(states(sent)).toEqual(['waits_photos', 'waits_photos']);
  expect(sent.body.wanted).toEqual([{ sha256: photoDigest, received: 0 }]);
  expect((await phone.piece(photo.subarray(0, 100), 0)).body).toEqual({ received: 100 });
  expect((await phone.piece(photo.subarray(0, 100), 0)).body).toEqual({ received: 100 });
  const gap = await phone.piece(photo.subarray(150), 150);
  expect(gap.body.code).toBe('supervision.photo_gap');
  const wrong = Buffer.alloc(photo.length - 100);
  expect((await phone.piece(wrong, 100)).body).toEqual({ received: 0 });
  expect((await phone.piece(photo, 0)).body).toEqual({ received: photo.length });
  await keepPhoto(house, phone.id);
  await keepPhoto(house, phone.id);
  expect(await phone.sync([one])).toMatchObject({
    body: { records: [{ id: one.id, state: 'applied', visit }], missing: null, wanted: [] },
  });
  expect((await inspector.get(`/api/visits/${visit}`)).body).toMatchObject({ state: 'passed' });
  const url = `/api/field-photos/${photoDigest}?visit=${visit}`;
  expect(Buffer.compare((await inspector.get(url)).bytes, photo)).toBe(0);
  expect((await other.get(url)).status).toBe(404);
});

test('a record is held until its predecessors have come', async () => {
  const phone = await ready();
  const [a = '', b = ''] = await visits(2);
  const held = await phone.sync([record(3, { visit: b, base: 0 })]);
  expect([states(held), held.body.missing]).toEqual([['held'], 2]);
  const released = await phone.sync([record(2, { visit: a, base: 0 })]);
  expect([states(released), released.body.missing]).toEqual([['applied'], null]);
  expect((await inspector.get(`/api/visits/${b}`)).body.state).toBe('passed');
});

test('what the rules refuse is kept as a conflict, undoes no other, and a person settles it', async () => {
  const phone = await ready();
  const [a = '', b = '', c = '', d = ''] = await visits(4);
  await officer.post(`/api/visits/${a}/cancel`, { reason: 'x' });
  const them = (await other.get('/api/session')).body.account.id;
  await officer.post(`/api/visits/${b}/assign`, { assignee: them });
  const incomplete = { visit: c, base: 0, answers: { skill: 'yes' }, photos: [] };
  const sent = [
    record(2, { visit: a, base: 0 }),
    record(3, { visit: b, base: 0 }),
    record(4, incomplete),
    record(5, { visit: d, base: 0 }),
  ] as const;
  const reply = await phone.sync(sent);
  expect(states(reply)).toEqual(['conflict', 'conflict', 'conflict', 'applied']);
  expect(reply.body.records.map((one: { problem: unknown }) => one.problem)).toMatchObject([
    { code: 'supervision.base_moved' },
    { code: 'supervision.not_assigned' },
    { code: 'supervision.answers_wrong' },
    null,
  ]);
  expect(await listed(sent[0].id)).toMatchObject({ office: { state: 'cancelled' }, visit: a });
  const settle = (id: string, take: string) =>
    officer.post('/api/field-records/settle', { id, take, reason: 'Seen both' });
  expect((await settle(sent[0].id, 'phone')).body).toMatchObject({ state: 'applied' });
  expect((await officer.get(`/api/visits/${a}`)).body.state).toBe('passed');
  expect((await settle(sent[1].id, 'office')).body).toMatchObject({ state: 'kept_office' });
  expect((await settle(sent[1].id, 'phone')).body.code).toBe('platform.wrong_state');
  expect((await settle(sent[2].id, 'phone')).body.code).toBe('supervision.answers_wrong');
  const corrected = record(6, { visit: c, base: 0, corrects: sent[2].id });
  expect(states(await phone.sync([corrected]))).toEqual(['applied']);
  expect(await listed(sent[2].id)).toMatchObject({ state: 'replaced' });
});

test('a correction takes an applied outcome back and records anew, unless the pass was used', async () => {
  const phone = await ready();
  const [a = ''] = await visits(1);
  const first = record(2, { visit: a, base: 0 });
  await phone.sync([first]);
  const found = { verb: 'supervision.findDeviation', deviation: 'moved', note: 'Nobody there' };
  const again = record(3, { visit: a, base: 0, corrects: first.id, ...found });
  expect(states(await phone.sync([again, first]))).toEqual(['applied', 'replaced']);
  const visit = (await officer.get(`/api/visits/${a}`)).body;
  expect(visit.state).toBe('deviation');
  const [b = ''] = await visits(1);
  const second = record(4, { visit: b, base: 0 });
  await phone.sync([second]);
  const { caseCode } = (await officer.get(`/api/visits/${b}`)).body;
  const orders = [{ code: caseCode, amountRial: '100000000' }];
  expect((await officer.post('/api/payment-orders', { orders })).status).toBe(201);
  const late = await phone.sync([record(5, { visit: b, base: 0, corrects: second.id, ...found })]);
  expect(late.body.records[0].problem.code).toBe('financing.pass_used');
  expect((await officer.get(`/api/visits/${b}`)).body.state).toBe('passed');
});

test('the same id or number with another content is kept beside and overwrites nothing', async () => {
  const phone = await ready();
  const [a = ''] = await visits(1);
  const one = record(2, { visit: a, base: 0 });
  await phone.sync([one]);
  const changed = { ...one, note: 'Other' };
  const reply = await phone.sync([changed, record(2, { visit: a, base: 0 }), changed]);
  expect(states(reply)).toEqual(['conflict', 'conflict', 'conflict']);
  expect(reply.body.records[0].problem.code).toBe('supervision.record_changed');
  expect(reply.body.records[1].problem.code).toBe('supervision.number_taken');
  expect(states(await phone.sync([one]))).toEqual(['applied']);
});

test('an unplanned visit is planned and recorded; a clock two days wrong is put right', async () => {
  const phone = await ready();
  const [code = ''] = await contractedPlans(house, {
    ...{ bankId: 'MELLAT', rial: 300_000_000n, serials: [serial++], visited: false },
  });
  const pack = (await inspector.get(`/api/field-pack?device=${phone.id}`)).body;
  expect(pack.plannable).toContainEqual(expect.objectContaining({ caseCode: code }));
  const checklist = pack.checklists.find((one: { stage: string }) => one.stage === 'before').id;
  const about = { kind: 'unplanned', caseCode: code, stage: 'before', checklist };
  const sent = record(2, { ...about, at: '2022-06-24T07:00:00Z' });
  const reply = await phone.sync([sent], '2022-06-24T08:00:00Z');
  expect(states(reply)).toEqual(['applied']);
  const visit = (await officer.get(`/api/visits/${reply.body.records[0].visit}`)).body;
  expect(visit).toMatchObject({ state: 'passed', visitedOn: '2022-06-22' });
  expect(await listed(sent.id)).toMatchObject({
    clockOffSeconds: -172_800,
    at: '2022-06-24T07:00:00.000Z',
  });
  const unknown = record(3, { ...about, caseCode: code.replace(/.$/, '0'), id: randomUUID() });
  expect(states(await phone.sync([unknown]))).toEqual(['conflict']);
});

test('in whatever order and however often records come, each is applied once and in its order', async () => {
  const phone = await ready();
  let seq = 1;
  const round = async (order: readonly number[]) => {
    const planned = await visits(4);
    const first = seq;
    seq += 4;
    const records = planned.map((visit, at) => record(first + 1 + at, { visit, base: 0 }));
    for (const at of [...order, 0, 1, 2, 3]) await phone.sync([records[at] as object]);
    for (const visit of planned) {
      expect((await officer.get(`/api/visits/${visit}`)).body.state).toBe('passed');
    }
  };
  const orders = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 8 });
  await fc.assert(fc.asyncProperty(orders, round), { numRuns: 5 });
  const { rows } = await house.database.migratorTransaction((tx) =>
    sql<{ seq: number }>`select r.seq from field_records r
      join history h on h.case_id = r.case_id and h.verb = 'supervision.pass' and h.sign = 1
      where r.device_id = ${phone.id} and r.state = 'applied' order by h.id`.execute(tx),
  );
  expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: seq }, (_, at) => at + 1));
});

test('a visit that is made again carries along where the one before it was', async () => {
  const phone = await ready();
  const [visit = ''] = await visits(1);
  const order = {
    verb: 'supervision.orderCorrection',
    note: 'No sign',
    correctUntil: '2022-07-05',
  };
  expect(states(await phone.sync([record(2, { visit, base: 0, ...order })]))).toEqual(['applied']);
  const pack = (await inspector.get(`/api/field-pack?device=${phone.id}`)).body;
  const [again, ...others] = pack.visits.filter((one: { spot: unknown }) => one.spot !== null);
  expect(others).toEqual([]);
  expect(again).toMatchObject({
    isRevisit: true,
    spot: { latE6: 37_550_000, lonE6: 45_070_000 },
    toldBefore: 'No sign',
  });
});

test('answers that name a photo which did not come along are a conflict', async () => {
  const phone = await ready();
  const [visit = ''] = await visits(1);
  const answers = { ...fieldAnswers, photo: ['1'.repeat(64)] };
  const reply = await phone.sync([record(2, { visit, base: 0, answers })]);
  expect(reply.body.records[0].problem.faults).toEqual([
    { pointer: '/answers/photo', code: 'missing' },
  ]);
});

test('a file that is no picture makes its record a conflict, and what a phone will never send is settled', async () => {
  const phone = await enrolPhone(inspector);
  const [a = '', b = ''] = await visits(2);
  const bytes = Buffer.from('no picture');
  const sha256 = digestOf(bytes);
  const [named] = record(1, {}).photos;
  const photos = [{ ...named, sha256, bytes: bytes.length }];
  const answers = { ...fieldAnswers, photo: [sha256] };
  const bad = record(1, { visit: a, base: 0, answers, photos });
  const gone = record(3, { visit: b, base: 0 });
  await phone.sync([bad, gone]);
  expect((await phone.piece(bytes, 0, sha256)).body).toEqual({ received: bytes.length });
  expect(await listed(bad.id)).toMatchObject({
    state: 'conflict',
    problem: { code: 'supervision.photo_refused' },
  });
  const body = { id: gone.id, take: 'phone', reason: 'The phone fell into a river' };
  expect((await officer.post('/api/field-records/settle', body)).body.state).toBe('applied');
  expect((await officer.get(`/api/visits/${b}`)).body.state).toBe('passed');
});
