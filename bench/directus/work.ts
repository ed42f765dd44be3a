import { encodeCode } from '../../src/kit/code.ts';
import { makePermitNumber } from '../../src/kit/identifiers.ts';
import { addDays, isoToday } from '../../src/kit/jalali.ts';
import { agency, application, type Cookies } from '../casework/casework.ts';
import type { Asked, Connection, Timed } from '../casework/load.ts';
import { provinceId } from '../casework/seed.ts';
import { clerkToken } from './clerk.ts';

/** A request of the clerk's. */
function asked(method: Asked['method'], path: string, body?: unknown): Asked {
  const authorization = `Bearer ${clerkToken}`;
  if (body === undefined) return { method, path, headers: { authorization } };
  const text = JSON.stringify(body);
  const about = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  return { method, path, headers: { authorization, ...about }, text };
}

/** The product's application as one row; the state and the province are the permission's presets. */
function rowOf({ person, household, kind, occupationId }: ReturnType<typeof application>) {
  const today = isoToday(Date.now());
  return {
    ...{ kind, occupation_id: occupationId, agency_id: agency, area: household.area },
    ...{ county_id: Number(household.countyId), address: household.address, sex: person.sex },
    ...{ national_id: person.nationalId, id_kind: person.idKind, mobile: person.mobile },
    ...{ first_name: person.firstName, last_name: person.lastName },
    ...{ submitted_on: today, state_since: today, holder_since: today },
    due_on: addDays(today, 21),
  };
}

let granted = 0;

/** A permit's number that no other case has: of a province that there is not, and counted. */
function nextNumber(): string {
  const bytes = Buffer.alloc(8);
  granted += 1;
  bytes.writeBigUInt64BE(BigInt(granted));
  return makePermitNumber(99, () => bytes);
}

/** One case from the application to the permit, by Directus: a row is created and changed twice. */
export async function clerkCase(connection: Connection, time: Timed): Promise<void> {
  const today = isoToday(Date.now());
  const created = await time('submit', () =>
    connection.send(asked('POST', '/items/cases', rowOf(application()))),
  );
  const path = `/items/cases/${created.body.data.id}`;
  const since = { state_since: today, holder_since: today };
  const signed = { state: 'agency_signed', holder: 'directorate', due_on: addDays(today, 12) };
  await time('sign', () => connection.send(asked('PATCH', path, { ...signed, ...since })));
  const granted = {
    ...{ state: 'issued', holder: 'nobody', due_on: null, permit_id: crypto.randomUUID() },
    ...{ permit_number: nextNumber(), issued_on: today },
    valid_until: addDays(today, 1095),
  };
  await time('grant', () => connection.send(asked('PATCH', path, { ...granted, ...since })));
}

/** The lists that are read, in the product's words and in Directus's. */
const lists = (today: string): readonly (readonly [string, object])[] => [
  ['', {}],
  ['?state=issued', { state: { _eq: 'issued' } }],
  ['?state=submitted', { state: { _eq: 'submitted' } }],
  ['?county=0405', { county_id: { _eq: 405 } }],
  ['?late=true', { due_on: { _lt: today } }],
  ['?occupation=carpet-weaving', { occupation_id: { _eq: 'carpet-weaving' } }],
];

const line = [
  ...['id', 'permit_number', 'first_name', 'last_name', 'national_id', 'kind', 'state'],
  ...['plan_state', 'occupation_id', 'agency_id', 'county_id', 'bank_id', 'state_since'],
  ...['due_on', 'holder'],
].join(',');

let turn = 0;

/** A case, a list and the queue by the product, an expert and an officer in turn. */
export async function productReads(
  { expert, officer }: Cookies,
  ids: readonly string[],
  connection: Connection,
  time: Timed,
): Promise<void> {
  turn += 1;
  const who = turn % 2 ? expert : officer;
  const all = lists(isoToday(Date.now()));
  const id = ids[(turn * 7919) % ids.length] ?? '';
  await time('case', () => connection.get(`/api/cases/${encodeCode(provinceId, id)}`, who));
  await time('list', () => connection.get(`/api/cases${all[turn % all.length]?.[0]}`, who));
  await time('queue', () => connection.get('/api/queue', who));
}

/** The same three by Directus; its queue takes two requests, the counts and the first of what waits. */
export async function clerkReads(
  ids: readonly string[],
  connection: Connection,
  time: Timed,
): Promise<void> {
  turn += 1;
  const get = (path: string) => connection.send(asked('GET', path));
  const all = lists(isoToday(Date.now()));
  const ask = (filter: object, more: string) =>
    get(`/items/cases?filter=${encodeURIComponent(JSON.stringify(filter))}&${more}`);
  const waiting =
    turn % 2
      ? { holder: { _eq: 'agency' }, agency_id: { _eq: agency } }
      : { holder: { _eq: 'directorate' } };
  await time('case', () => get(`/items/cases/${ids[(turn * 7919) % ids.length]}`));
  await time('list', () =>
    ask(all[turn % all.length]?.[1] ?? {}, `fields=${line}&sort=-id&limit=50&meta=filter_count`),
  );
  await time('queue', async () => {
    await ask(waiting, 'aggregate[count]=*&groupBy[]=state');
    return ask(waiting, `fields=${line}&sort=due_on,id&limit=50`);
  });
}
