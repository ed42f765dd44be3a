import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { decodeCode, encodeCode } from '../../src/kit/code.ts';
import type { AnyEndpoint } from '../../src/platform/endpoint.ts';
import type { Caller, TestHouse } from '../house.ts';

/** Something real for an endpoint's address to name, and the cookie of whose it is, if it is somebody's. */
export type Objects = (
  it: AnyEndpoint,
  caseCode: string,
) => Promise<{ readonly code: string; readonly owner?: string }>;

/** Who makes the objects of others, all of the directorate of province 04. */
type Makers = {
  readonly house: TestHouse;
  readonly admin: Caller;
  readonly director: Caller;
  readonly officer: Caller;
};

/** What makes a fresh one of what addresses like this name. */
const makers: readonly [RegExp, (by: Makers) => Promise<string>][] = [
  [/^\/api\/staff\/changes/, ({ admin }) => change(admin)],
  [/^\/api\/alarms/, ({ house }) => alarm(house)],
  [/^\/api\/targets/, ({ director }) => target(director)],
  [/^\/api\/bank-clients/, ({ admin }) => client(admin)],
  [/^\/api\/my\/factors/, factor],
  [/^\/api\/bulletins/, ({ director }) => bulletin(director)],
  [/^\/api\/comments/, comment],
  [/^\/api\/imports/, ({ house }) => checkedImport(house)],
  [/^\/api\/matches/, ({ house }) => match(house)],
  [/^\/api\/forecast\/allocations/, ({ director }) => allocation(director)],
  [/^\/api\/reports/, ({ officer }) => report(officer)],
  [/^\/api\/report-runs/, reportRun],
  [/^\/api\/queue\/filters/, ({ officer }) => filter(officer)],
];

/**
 * Makes what the endpoints of the whole house name, in province 04: each asking gets a fresh one. What nothing
 * here makes is an error: nobody finding what is nowhere proves nothing.
 */
export async function makeObjects(house: TestHouse): Promise<Objects> {
  const organisationId = 'DIRECTORATE';
  const [admin, director, officer] = await Promise.all([
    house.signIn({ role: 'admin', organisationId }),
    house.signIn({ role: 'director', organisationId }),
    house.signIn({ role: 'officer', organisationId }),
  ]);
  return async (it, caseCode) => {
    if (it.objectFrom === 'case') return { code: caseCode };
    if (it.url.startsWith('/api/my/sessions')) return session(house);
    const make = makers.find(([url]) => url.test(it.url))?.[1];
    if (!make) throw new Error(`${it.id}: test/permissions/objects.ts makes nothing for ${it.url}`);
    const code = await make({ house, admin, director, officer });
    if (!code) throw new Error(`${it.id}: what ${it.url} names was not made`);
    return it.objectFrom === 'account' ? { code, owner: officer.cookie } : { code };
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

/** Somebody's own session, which whoever ends it has no more. */
async function session(house: TestHouse): Promise<{ code: string; owner: string }> {
  const own = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const { sessions } = (await own.get('/api/my/sessions')).body;
  return { code: sessions[0].code, owner: own.cookie };
}

/** The id of a row written as the act would, with the account and the moment of whoever it is of. */
async function written(
  { house, officer }: Pick<Makers, 'house' | 'officer'>,
  write: (id: string, account: string, now: Date) => RawBuilder<unknown>,
): Promise<string> {
  const id = randomUUID();
  const { account } = (await officer.get('/api/session')).body;
  await house.database.migratorTransaction((tx) =>
    write(id, account.id, house.clock.now()).execute(tx),
  );
  return encodeCode(4, id);
}

function factor(by: Makers): Promise<string> {
  return written(
    by,
    (id, account, now) => sql`insert into sign_in_factors (province_id, id, account_id, kind, name,
      credential_id, public_key, recorded_at, confirmed_at)
      values (4, ${id}, ${account}, 'passkey', 'x', ${id}, '\\x00', ${now}, ${now})`,
  );
}

async function checkedImport(house: TestHouse): Promise<string> {
  const id = randomUUID();
  const file = await house.files.put(Buffer.from('x'));
  const row = { province_id: 4, id, kind: 'permits', state: 'done', dry_run: true };
  const kept = { file_name: 'a.xlsx', file_key: file, recorded_at: house.clock.now() };
  const layout = { kind: 'permits', headerRows: [0, 0], columns: [], headers: [['x']] };
  const read = { rows_read: 1, rows_rejected: 1, layout: JSON.stringify(layout) };
  const verdict = { province_id: 4, import_id: id, row_number: 1, verdict: 'rejected' };
  await house.database.migratorTransaction(async (tx) => {
    await tx
      .insertInto('imports')
      .values({ ...row, ...kept, ...read })
      .execute();
    await tx.insertInto('import_rows').values(verdict).execute();
  });
  return encodeCode(4, id);
}

async function match(house: TestHouse): Promise<string> {
  const id = randomUUID();
  const of = decodeCode(await checkedImport(house))?.id ?? '';
  await house.database.migratorTransaction((tx) =>
    sql`insert into match_queue (province_id, id, import_id, row_number, kind, record, record_hash, why,
        candidates, recorded_at)
      values (4, ${id}, ${of}, 1, 'jobs', '{}', ${Buffer.from(id)}, 'x', '{}', now())`.execute(tx),
  );
  return encodeCode(4, id);
}

let laws = 0;

async function allocation(director: Caller): Promise<string> {
  laws += 1;
  const reply = await director.post('/api/allocations', {
    ...{ creditLine: 'home-jobs', fiscalYear: 1401, law: `x${laws}`, reason: 'x', decidedBy: 'x' },
    ...{ decidedOn: '2022-06-22', fromOn: '2022-03-21', deadlineOn: '2023-03-20' },
    ...{ provincialRial: '1234567890', nationalRial: '0' },
  });
  return reply.body.code;
}

const question = {
  ...{ kind: 'totals', measures: ['permits_issued'], span: 'thisYear' },
  ...{ scope: {}, language: 'fa' },
};

async function report(officer: Caller): Promise<string> {
  const kept = { name: 'x', question, format: 'csv', every: 'never' };
  return (await officer.post('/api/reports', kept)).body.code;
}

async function reportRun(by: Makers): Promise<string> {
  const file = await by.house.files.put(Buffer.from('x'));
  return written(
    by,
    (id, account, now) => sql`insert into report_runs (province_id, id, account_id, name, question,
      format, state, rows_written, file_key, asked_at, finished_at)
      values (4, ${id}, ${account}, 'x', ${JSON.stringify(question)}, 'csv', 'done', 1, ${file}, ${now},
        ${now})`,
  );
}

/** A filter is named by its own id, which is of no province. */
async function filter(officer: Caller): Promise<string> {
  const kept = { name: randomUUID(), search: 'q=x' };
  const { id } = (await officer.post('/api/queue/filters', kept)).body;
  return encodeCode(4, id);
}

let published: Promise<string> | undefined;

async function publish({ director, officer }: Makers): Promise<string> {
  const code = await bulletin(director);
  await officer.post(`/api/bulletins/${code}/signBulletin`, { revision: 1 });
  const { status, body } = await director.post(`/api/bulletins/${code}/publishBulletin`, {
    revision: 2,
  });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return code;
}

async function comment(by: Makers): Promise<string> {
  published ??= publish(by);
  const of = decodeCode(await published)?.id ?? '';
  return written(
    by,
    (
      id,
      _account,
      now,
    ) => sql`insert into bulletin_comments (province_id, id, bulletin_id, version, body,
      state, written_at) values (4, ${id}, ${of}, 1, 'x', 'waiting', ${now})`,
  );
}
