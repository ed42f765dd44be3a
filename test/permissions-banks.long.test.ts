import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ClientPosition,
  clientEndpoints,
  clientPositions,
  clientVerdict,
} from '../scripts/permission-matrix.ts';
import { type ClientScope, clientScopes } from '../src/platform/client-token.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import { type BankClient, callerWith, openBankClient } from './bank-client.ts';
import { type TestHouse, testHouse } from './house.ts';
import { type Referred, referCase } from './referred-case.ts';

let house: TestHouse;
let it: Referred;
const clients = new Map<string, BankClient>();
const all = Object.keys(clientScopes) as ClientScope[];

beforeAll(async () => {
  house = await testHouse();
  it = await referCase(house);
});
afterAll(() => house.close());

/** The client at a position towards an endpoint; those with the same scopes are made once. */
async function clientAt(position: ClientPosition, scope: ClientScope): Promise<BankClient> {
  const { bankId, province: provinceId } = position;
  const scopes = position.scopes === 'all' ? all : all.filter((one) => one !== scope);
  const key = [bankId, provinceId, ...scopes].join();
  const client = clients.get(key) ?? (await openBankClient(house, { bankId, provinceId, scopes }));
  clients.set(key, client);
  return client;
}

const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
/** Bodies that fit the shapes; those of acts are of a day before the referral, and refused at the end. */
const bodies: Readonly<Record<string, object>> = {
  'banks.openFile': { on: '2000-01-01' },
  'banks.contract': { approved_rial: '1', on: '2000-01-01' },
  'banks.returnPlan': { reason_code: 'other', on: '2000-01-01' },
  'banks.refusePlan': { reason: 'x', on: '2000-01-01' },
  'banks.pay': { amount_rial: '1', reference: 'x', on: '2000-01-01' },
  'banks.repay': { amount_rial: '1', reference: 'x', on: '2000-01-01' },
  'banks.setWebhook': { url: 'https://bank.example.com/x', secret },
};

async function answerTo(
  caller: Pick<BankClient, 'get' | 'post' | 'put' | 'delete'>,
  { id, method, url }: AnyEndpoint,
): Promise<string> {
  const address = url.replace(':code', it.referral);
  const body = bodies[id] ?? {};
  const verb = ({ GET: 'get', POST: 'post', PUT: 'put', DELETE: 'delete' } as const)[method];
  const { status } = await caller[verb](address, body);
  if (status === 400 || status >= 500) return `broken: ${status}`;
  return [401, 403, 404].includes(status) ? String(status) : 'let';
}

test('every door of the banks is here', () => {
  expect(clientEndpoints.length).toBeGreaterThan(10);
  expect(clientEndpoints.every(({ url }) => url.startsWith('/api/bank/v1/'))).toBe(true);
});

test.each(clientEndpoints.map((door) => [door.id, door] as const))(
  '%s answers every client as the policies say, and no person',
  async (_id, door) => {
    const wrong: string[] = [];
    for (const position of clientPositions) {
      const expected = String(clientVerdict(door, position));
      const is = await answerTo(await clientAt(position, door.clientScope), door);
      if (is !== expected) wrong.push(`${position.name}: ${is}, the policies say ${expected}`);
    }
    const person = await house.signIn({ role: 'bank', organisationId: 'MELLAT' });
    const withCookie = callerWith(house, 'none', { cookie: person.cookie });
    if ((await answerTo(withCookie, door)) !== '401') wrong.push('a person is let in');
    expect(wrong).toEqual([]);
  },
);
