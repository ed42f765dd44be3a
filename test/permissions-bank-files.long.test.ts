import { afterAll, beforeAll, expect, test } from 'vitest';
import { bankFileEndpoints, bankFileVerdict, principalAt } from '../scripts/permission-matrix.ts';
import { jobHandlers } from '../src/app.ts';
import { decodeCode } from '../src/kit/code.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import { outboxSms } from '../src/platform/sms.ts';
import { silentLog } from '../src/platform/telemetry.ts';
import { statementXml } from './bank-statement.ts';
import { contractedPlans } from './contracted-plans.ts';
import type { Caller } from './house.ts';
import { publicUrl } from './house.ts';
import { type Scene, setScene } from './permissions/scene.ts';

/** A batch of orders to a bank, and its file with a line that waits: the sum is told in no other. */
let scene: Scene;
let batch: string;
let file: string;
const sum = 123_456_789n;

beforeAll(async () => {
  scene = await setScene();
  const { house } = scene;
  const officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const wanted = { bankId: 'MELLAT', serials: [801], rial: sum };
  const [code = ''] = await contractedPlans(house, wanted);
  const orders = [{ code, amountRial: String(sum) }];
  const made = await officer.post('/api/payment-orders', { orders });
  batch = made.body.batches[0].code;
  const form = new FormData();
  form.set('bank', 'MELLAT');
  const statement = statementXml([{ rial: sum }], { messageId: 'M' });
  form.set('file', new Blob([statement]), 'statement.xml');
  file = (await officer.upload('/api/bank-files', form)).body.code;
  const handlers = jobHandlers({ sms: outboxSms, files: house.files, publicUrl });
  const { database, clock } = house;
  const payload = { provinceId: 4, fileId: decodeCode(file)?.id };
  await handlers['financing.takeBankFile']?.(payload, { database, clock, log: silentLog });
});
afterAll(() => scene.house.close());

function bodyFor(id: string): object {
  if (id === 'financing.decideLine') return { decision: 'set_aside', reason: 'x' };
  return id === 'financing.orderPayments' ? { orders: [] } : {};
}

async function answerTo(caller: Caller, it: AnyEndpoint): Promise<string> {
  const code = it.id.startsWith('financing.orders') ? batch : file;
  const url = it.url.replace(':code', code).replace(':line', '1');
  const { status } =
    it.method === 'GET' ? await caller.get(url) : await caller.post(url, bodyFor(it.id));
  if (status === 400 || status >= 500) return `broken: ${status}`;
  return [401, 403, 404].includes(status) ? String(status) : 'let';
}

test('no list tells of another bank’s orders, files or books', async () => {
  const told: string[] = [];
  // Plans that can be ordered are for whoever orders them; no bank is let in there.
  const isList = ({ id, method, url }: AnyEndpoint) =>
    method === 'GET' && !/:/.test(url) && id !== 'financing.orderable';
  const lists = bankFileEndpoints.filter(isList);
  expect(lists.length).toBe(4);
  for (const [position, caller] of scene.callers) {
    const sees = bankFileVerdict(
      { ...(lists[0] as AnyEndpoint), url: ':code' },
      principalAt(position, ''),
    );
    for (const { url } of lists) {
      const { status, body } = await caller.get(url);
      const tells = status === 200 && JSON.stringify(body).includes(String(sum));
      if (tells && sees !== 'let') told.push(`${position.name} ${url}`);
      if (!tells && sees === 'let' && position.province === 4)
        told.push(`not: ${position.name} ${url}`);
    }
  }
  expect(told).toEqual([]);
});

test.each(bankFileEndpoints.map((it) => [it.id, it] as const))(
  '%s answers everybody as the policies say',
  async (_name, it) => {
    expect(await answerTo(scene.house.nobody, it)).toBe('401');
    const wrong: string[] = [];
    for (const [position, caller] of scene.callers) {
      const expected = String(bankFileVerdict(it, principalAt(position, scene.personId)));
      const is = await answerTo(caller, it);
      if (is !== expected) wrong.push(`${position.name}: ${is}, the policies say ${expected}`);
    }
    expect(wrong).toEqual([]);
  },
);
