import { provinceId } from '../casework/seed.ts';
import type { Peer } from './peer.ts';

/** The static token of the clerk, of a server that lives for minutes on loopback. */
export const clerkToken = 'the-token-of-the-benches-clerk';

const moving = [
  ...['state', 'state_since', 'holder', 'holder_since', 'due_on'],
  ...['permit_id', 'permit_number', 'issued_on', 'valid_until'],
];
const opening = [
  ...['kind', 'occupation_id', 'agency_id', 'county_id', 'area', 'sex', 'submitted_on'],
  ...['state_since', 'holder_since', 'due_on', 'national_id', 'id_kind', 'first_name'],
  ...['last_name', 'mobile', 'address'],
];
const ofProvince = { province_id: { _eq: provinceId } };

/** What the clerk may: open a case in the province, move one that is not decided, read the province. */
const permissions = [
  {
    action: 'create',
    fields: opening,
    permissions: {},
    presets: { province_id: provinceId, state: 'submitted', holder: 'agency' },
    validation: { agency_id: { _nnull: true }, national_id: { _regex: '^[0-9]{10}$' } },
  },
  {
    action: 'update',
    fields: moving,
    permissions: { _and: [ofProvince, { state: { _in: ['submitted', 'agency_signed'] } }] },
    presets: null,
    validation: { state: { _in: ['agency_signed', 'issued', 'refused'] } },
  },
  {
    action: 'read',
    fields: ['id', 'province_id', 'recorded_at', 'bank_id', 'plan_state', ...opening, ...moving],
    permissions: ofProvince,
    presets: null,
    validation: null,
  },
].map((permission) => ({ ...permission, collection: 'cases' }));

/** Makes the table known to Directus, and the clerk: a role with one policy, and an account with a token. */
export async function openClerk(peer: Peer): Promise<void> {
  const admin = await signIn(peer);
  const ask = (method: 'POST' | 'PATCH', path: string, body: unknown) =>
    asAdmin(peer.base, admin, method, path, body);
  // Its own record, activity and revisions, is on as it is by default.
  await ask('PATCH', '/collections/cases', { meta: { accountability: 'all' } });
  const policy = await ask('POST', '/policies', { name: 'clerk', app_access: false });
  await ask(
    'POST',
    '/permissions',
    permissions.map((permission) => ({ ...permission, policy: policy.id })),
  );
  const role = await ask('POST', '/roles', { name: 'clerk' });
  await ask('POST', '/access', { role: role.id, policy: policy.id });
  const account = { email: 'clerk@example.com', role: role.id, token: clerkToken };
  await ask('POST', '/users', { ...account, status: 'active' });
}

async function signIn({ base, admin }: Peer): Promise<string> {
  const { access_token } = await asAdmin(base, '', 'POST', '/auth/login', admin);
  return String(access_token);
}

async function asAdmin(
  base: string,
  token: string,
  method: string,
  path: string,
  body: unknown,
): Promise<Record<string, unknown>> {
  const headers = {
    'content-type': 'application/json',
    ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
  };
  const answer = await fetch(`${base}${path}`, { method, headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`Directus, ${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? {} : JSON.parse(text).data;
}
