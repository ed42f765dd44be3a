import { randomUUID } from 'node:crypto';
import { encodeCode } from '../../src/kit/code.ts';
import type { AnyEndpoint } from '../../src/platform/endpoint.ts';
import type { Caller, TestHouse } from '../house.ts';

/** Something real for an endpoint's address to name, and the cookie of whose it is, if it is somebody's. */
export type Objects = (
  it: AnyEndpoint,
  caseCode: string,
) => Promise<{ readonly code: string; readonly owner?: string }>;

/** Makes what the endpoints of the whole house name, in province 04: each asking gets a fresh one. */
export async function makeObjects(house: TestHouse): Promise<Objects> {
  const organisationId = 'DIRECTORATE';
  const [admin, director, other] = await Promise.all([
    house.signIn({ role: 'admin', organisationId }),
    house.signIn({ role: 'director', organisationId }),
    house.signIn({ role: 'counter', organisationId }),
  ]);
  const makers: readonly [RegExp, () => Promise<string>][] = [
    [/^\/api\/staff\/changes/, () => change(admin)],
    [/^\/api\/alarms/, () => alarm(house)],
    [/^\/api\/targets/, () => target(director)],
    [/^\/api\/bank-clients/, () => client(admin)],
    [/^\/api\/my\/sessions/, () => session(other)],
    [/^\/api\/bulletins/, () => bulletin(director)],
  ];
  return async (it, caseCode) => {
    if (it.objectFrom === 'case') return { code: caseCode };
    const make = makers.find(([url]) => url.test(it.url))?.[1];
    // Nothing real is made for the others: what is named is nowhere, which nobody may find either.
    const code = make ? await make() : encodeCode(4, randomUUID());
    return it.objectFrom === 'account' ? { code, owner: other.cookie } : { code };
  };
}

async function change(admin: Caller): Promise<string> {
  const username = `u${randomUUID().slice(0, 8)}`;
  const person = { username, nameFa: 'آزمون', role: 'counter', organisationId: 'DIRECTORATE' };
  const asked = { verb: 'accounts.open', ...person, reason: 'x' };
  return (await admin.post('/api/staff/changes', asked)).body.code;
}

let year = 1401;

async function target(director: Caller): Promise<string> {
  const asked = { measure: 'permits_issued', level: 'province', goal: 1, reason: 'x' };
  year += 1;
  return (await director.post('/api/targets', { ...asked, year, dueOn: `${year}-12-01` })).body
    .code;
}

async function alarm(house: TestHouse): Promise<string> {
  const id = randomUUID();
  const row = { province_id: 4, id, kind: 'command', raised_at: house.clock.now() };
  await house.database.migratorTransaction((tx) => tx.insertInto('alarms').values(row).execute());
  return encodeCode(4, id);
}

async function client(admin: Caller): Promise<string> {
  const body = { bankId: 'MELLAT', name: 'x', scopes: ['referrals.read'] };
  return (await admin.post('/api/bank-clients', body)).body.clientId;
}

async function bulletin(director: Caller): Promise<string> {
  const body = { from: '1400-01-01', to: '1401-03-31', language: 'fa' };
  return (await director.post('/api/bulletins', body)).body.code;
}

async function session(other: Caller): Promise<string> {
  const { sessions } = (await other.get('/api/my/sessions')).body;
  return sessions[0].code;
}
