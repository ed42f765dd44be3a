import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  caseEndpoints,
  clientEndpoints,
  clientPositions,
  type positions,
  principalAt,
  theCase,
} from '../scripts/permission-matrix.ts';
import type * as policy from '../src/permits/policy.ts';
import { repositoryFolder } from '../src/platform/config.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import { contextOf } from '../src/platform/policy.ts';
import { codeFiles, isTest } from './architecture/source-files.ts';
import { openBankClient } from './bank-client.ts';
import type { Caller } from './house.ts';
import { ask, declaredEndpoints, namesSomething, requestOf } from './permissions/every.ts';
import { fillSlices } from './permissions/fill-slices.ts';
import { bodyFor, lists, type Scene, setScene } from './permissions/scene.ts';
import { wideReads } from './permissions/wide-reads.ts';

// Every predicate of the policies lets everything through: what is left is the database's own.
vi.mock('../src/permits/policy.ts', async (original) => ({
  ...(await original<object>()),
  visibleTo: () => () => sql<boolean>`true`,
  seesCase: () => true,
  mayAct: () => true,
}));
vi.mock('../src/figures/policy.ts', async (original) => ({
  ...(await original<object>()),
  visibleSteps: () => sql<boolean>`true`,
}));
vi.mock('../src/employment/policy.ts', async (original) => ({
  ...(await original<object>()),
  visibleJobs: () => () => sql<boolean>`true`,
}));
vi.mock('../src/supervision/policy.ts', async (original) => ({
  ...(await original<object>()),
  visibleVisits: () => () => sql<boolean>`true`,
  ownOrganisation: () => null,
  mayAssign: () => true,
  mayRecord: () => true,
}));
vi.mock('../src/market/policy.ts', async (original) => ({
  ...(await original<object>()),
  visibleStalls: () => () => sql<boolean>`true`,
}));
vi.mock('../src/market/materials/policy.ts', async (original) => ({
  ...(await original<object>()),
  visibleNeeds: () => () => sql<boolean>`true`,
  isOffice: () => true,
}));
vi.mock('../src/market/bazaars/policy.ts', async (original) => ({
  ...(await original<object>()),
  visibleApplications: () => () => sql<boolean>`true`,
}));
vi.mock('../src/financing/bank-files/banks.ts', async (original) => ({
  ...(await original<object>()),
  ownBank: () => null,
}));
vi.mock('../src/supporters/policy.ts', async (original) => ({
  ...(await original<object>()),
  sideOf: () => 'office',
  mayStep: () => true,
}));

/** What is named as a predicate is, and looks through one that is switched off, or at the asker's account alone. */
const throughOthers: Readonly<Record<string, string>> = {
  'src/permits/allow-act.ts visibleCase': 'visibleTo',
  'src/employment/list.ts visibleJob': 'visibleJobs',
  'src/supervision/show.ts visibleVisit': 'visibleVisits',
  'src/market/materials/needs.ts visibleNeed': 'visibleNeeds',
  'src/market/bazaars/applications.ts visibleApplication': 'visibleApplications',
  'src/market/materials/offers.ts ownOffer': 'isOffice',
  'src/supervision/field/devices.ts ownDevice': 'account_id',
  'src/accounts/factors/actions.ts ownAccount': 'accountId',
};

let scene: Scene;
let filled: Awaited<ReturnType<typeof fillSlices>>;
beforeAll(async () => {
  scene = await setScene();
  filled = await fillSlices(scene);
});
afterAll(() => scene.house.close());

/** Reads that run as row security shows the caller; those of the whole province say why they have to. */
const reads = caseEndpoints
  .filter(({ method, wholeProvince }) => method === 'GET' && wholeProvince === undefined)
  .map(({ url }) => url);

test('with all predicates off, row security alone shows nobody another’s case', async () => {
  const { seesCase } = await vi.importActual<typeof policy>('../src/permits/policy.ts');
  expect(reads.length).toBeGreaterThan(3);
  const leaks: string[] = [];
  let told = 0;
  for (const [position, caller] of scene.callers) {
    const sees = seesCase(principalAt(position, scene.personId), theCase(scene.personId));
    for (const url of [...lists, ...reads.map((read) => read.replace(':code', scene.code))]) {
      const { status, body } = await caller.get(url);
      const text = JSON.stringify(body);
      const tells = status === 200 && scene.marks.some((mark) => text.includes(mark));
      if (tells && !sees) leaks.push(`${position.name} ${url}`);
      if (tells) told += 1;
    }
  }
  expect(leaks).toEqual([]);
  expect(told).toBeGreaterThan(20);
});

test('every predicate of the source is switched off above', async () => {
  const files = codeFiles(/^src\/.*\.ts$/).filter(({ path }) => !isTest(path));
  const named = files.flatMap(({ path, text }) => {
    const inPolicy = path.endsWith('/policy.ts') && path !== 'src/platform/policy.ts';
    return [...text.matchAll(/^export (?:async )?function (\w+)/gm)]
      .map(([, name = '']) => name)
      .filter((name) => inPolicy || /^(?:visible|own)[A-Z]/.test(name))
      .filter((name) => /Principal/.test(textOf(text, name)))
      .map((name) => ({ path, text, name }));
  });
  expect(named.length).toBeGreaterThan(15);
  const on: string[] = [];
  for (const { path, text, name } of named) {
    const through = throughOthers[`${path} ${name}`];
    if (through !== undefined) {
      const body = textOf(text, name);
      if (!body.includes(through) && !reaches(files, body, through)) on.push(`${path} ${name}`);
      continue;
    }
    const address = join(repositoryFolder, path);
    const [used, real] = await Promise.all([import(address), vi.importActual<object>(address)]);
    if (used[name] === (real as Record<string, unknown>)[name]) on.push(`${path} ${name}`);
  }
  expect(on, 'mock it here, or say in throughOthers which predicate it looks through').toEqual([]);
});

/** A function of a file, from its name to its end. */
function textOf(text: string, name: string): string {
  const from = text.indexOf(`function ${name}(`);
  return from < 0 ? '' : (text.slice(from).split('\n}\n', 1)[0] ?? '');
}

/** Whether a function that the body calls looks through the predicate. */
function reaches(files: ReturnType<typeof codeFiles>, body: string, predicate: string): boolean {
  const called = [...body.matchAll(/(\w+)\(/g)].map(([, name = '']) => name);
  return called.some((name) => files.some(({ text }) => textOf(text, name).includes(predicate)));
}

/** Whether the rows that a position's transactions see are not the case's at all: the database is to say no alone. */
function isForeign(position: (typeof positions)[number]): boolean {
  const principal = principalAt(position, scene.personId);
  const { organisation, person } = contextOf(principal, 4);
  if (person !== '') return person !== scene.personId;
  return organisation !== '' && !['AGRI', 'HEALTH', 'MELLAT'].includes(organisation);
}

const ofPeople = (await declaredEndpoints()).filter(
  (it) => 'permission' in it.access && it.clientScope === undefined,
);
const isWide = (it: AnyEndpoint) => it.wholeProvince !== undefined || it.anyProvince !== undefined;

test('the reads that row security does not stand behind are known, and each says why', () => {
  const wide = ofPeople.filter((it) => it.method === 'GET' && isWide(it));
  const ids = wide.map(({ id }) => id).sort();
  expect(ids).toEqual([...wideReads].sort());
  const silent = wide.filter(
    (it) => (it.wholeProvince ?? it.anyProvince ?? '').split(' ').length < 3,
  );
  expect(silent.map(({ id }) => id)).toEqual([]);
});

/** What an endpoint's address names in the scene; undefined where nothing of the case is of its kind. */
const namedBy = ({ url }: AnyEndpoint) => filled.codes[url.split('/')[2] ?? ''];
/** Questions that find the case, where the shape's sample does not. */
const questions: Readonly<Record<string, string>> = {
  'figures.listEntries': '/api/entries?measure=permits_issued&from=1401-01-01&to=1401-12-29',
};
/** Slices whose reads tell of no case: accounts, what is published, and to banks' systems, which are asked below. */
const ofNoCase = ['accounts', 'publishing', 'banks'];

test('with the predicates of every slice off, no read of any slice tells a stranger of the case', async () => {
  const asked = ofPeople.filter((it) => it.method === 'GET' && !isWide(it));
  const slices = new Set(asked.map(({ id }) => id.split('.')[0] ?? ''));
  const leaks: string[] = [];
  const told = new Set<string>();
  for (const [position, caller] of scene.callers) {
    for (const it of asked) {
      const named = namedBy(it);
      if (namesSomething(it) && named === undefined) continue;
      const url = questions[it.id];
      const asks = requestOf(it, caller.cookie, named);
      const request = url === undefined ? asks : { ...asks, url, query: {} };
      const { status, text } = await ask(scene.house.app, request);
      if (status !== 200 || !filled.marks.some((mark) => text.includes(mark))) continue;
      if (isForeign(position)) leaks.push(`${position.name}: ${it.id}`);
      else told.add(it.id.split('.')[0] ?? '');
    }
  }
  expect(leaks).toEqual([]);
  // Those whose case it is are told of it by every slice, so that nothing is proven by silence.
  const quiet = [...slices].filter((slice) => !told.has(slice) && !ofNoCase.includes(slice));
  expect(quiet).toEqual([]);
});

test('with the predicates off, the doors of banks’ systems tell no other bank of the case', async () => {
  const reads = clientEndpoints.filter((it) => it.method === 'GET' && !isWide(it));
  const told = new Set<string>();
  for (const position of clientPositions.filter(({ scopes }) => scopes === 'all')) {
    const { bankId, province: provinceId } = position;
    const client = await openBankClient(scene.house, { bankId, provinceId });
    for (const { url } of reads) {
      const { status, body } = await client.get(url.replace(':code', filled.plan));
      const text = JSON.stringify(body);
      if (status === 200 && filled.marks.some((mark) => text.includes(mark)))
        told.add(`${position.name} ${url}`);
    }
  }
  expect([...told].sort()).toEqual([
    'own bank /api/bank/v1/referrals',
    'own bank /api/bank/v1/referrals/:code',
  ]);
});

test('with the predicates off, no write of a stranger changes anything of the case', async () => {
  const writes = ofPeople.filter(
    (it) => it.method === 'POST' && !isWide(it) && namesSomething(it) && namedBy(it) !== undefined,
  );
  const slices = new Set(writes.map(({ id }) => id.split('.')[0] ?? ''));
  expect([...slices].sort()).toEqual(['employment', 'financing', 'market', 'permits']);
  const write = async (caller: Caller, it: AnyEndpoint) => {
    const request = requestOf(it, caller.cookie, namedBy(it));
    const payload = { ...(request.payload as object), ...bodyFor(it.id, scene.code) };
    return ask(scene.house.app, { ...request, payload });
  };
  const before = await rowsOfCase();
  const done: string[] = [];
  for (const [position, caller] of [...scene.callers].filter(([one]) => isForeign(one))) {
    for (const it of writes) {
      const { status, text } = await write(caller, it);
      if (status < 300 || filled.marks.some((mark) => text.includes(mark)))
        done.push(`${position.name}: ${it.id} ${status}`);
    }
  }
  expect(done).toEqual([]);
  expect(await rowsOfCase()).toEqual(before);
  // The same requests are heard from those whose case it is, so that nothing is proven by silence.
  const heard = new Set<string>();
  for (const [, caller] of [...scene.callers].filter(([one]) => !isForeign(one))) {
    for (const it of writes) {
      const { status } = await write(caller, it);
      if (status !== 404 && status !== 403) heard.add(it.id.split('.')[0] ?? '');
    }
  }
  expect([...heard].sort()).toEqual([...slices].sort());
});

/** Every row of the case, as the owner of the tables sees them. */
async function rowsOfCase(): Promise<unknown> {
  return scene.house.database.migratorTransaction(async (tx) => {
    const tables = ['cases', 'plans', 'jobs', 'permits', 'permit_versions', 'stalls', 'history'];
    const found: unknown[] = [];
    for (const table of tables) {
      const { rows } = await sql`select to_json(t)::text as row from ${sql.table(table)} t
        order by 1`.execute(tx);
      found.push(rows);
    }
    return found;
  });
}
