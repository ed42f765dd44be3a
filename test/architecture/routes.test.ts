import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { homeProvince, problems, sayers, words } from '../../src/app.ts';
import type { AnyEndpoint } from '../../src/platform/endpoint.ts';
import { roles } from '../../src/platform/policy.ts';
import { type TestHouse, testHouse } from '../house.ts';
import { refuseAccess } from './endpoints.ts';
import { problemCodes, thrownCodes } from './problem-codes.ts';
import { codeFiles, isTest } from './source-files.ts';

type Operation = {
  readonly operationId?: string;
  readonly tags?: string[];
  readonly summary?: string;
  readonly responses?: Record<string, { content?: Record<string, { schema?: unknown }> }>;
};

let house: TestHouse;
let operations: Map<string, Operation>;
let endpoints: AnyEndpoint[];
beforeAll(async () => {
  house = await testHouse();
  await house.app.ready();
  operations = operationsOf(house.app);
  endpoints = await declaredEndpoints();
});
afterAll(() => house.close());

/** `GET /api/cases/{code}` → its operation, for everything in the OpenAPI document. */
function operationsOf(app: FastifyInstance): Map<string, Operation> {
  const paths = (app.swagger() as { paths: Record<string, Record<string, Operation>> }).paths;
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, it]) => [`${method.toUpperCase()} ${path}`, it] as const,
      ),
    ),
  );
}

type MakeRoutes = (say: typeof sayers, province: number) => readonly AnyEndpoint[];

/** What every slice's door exports as `…Routes`. */
async function declaredEndpoints(): Promise<AnyEndpoint[]> {
  const doors = codeFiles(/^src\/[^/]+\/index\.ts$/);
  const modules = await Promise.all(
    doors.map(({ path }) => import(new URL(`../../${path}`, import.meta.url).href)),
  );
  return modules
    .flatMap((module: Record<string, unknown>) => Object.entries(module))
    .filter(([name]) => name.endsWith('Routes'))
    .flatMap(([, made]) =>
      typeof made === 'function'
        ? (made as MakeRoutes)(sayers, homeProvince)
        : (made as readonly AnyEndpoint[]),
    );
}

test('OpenAPI has every endpoint that a slice declares, and no other', () => {
  const ids = [...operations.values()].map(({ operationId }) => operationId);
  expect(ids.toSorted()).toEqual(endpoints.map(({ id }) => id).toSorted());
  expect(new Set(ids).size).toBe(ids.length);
});

test('an operation is called slice.verb, and says what it does', () => {
  const slices = Object.keys(words.en);
  for (const [route, { operationId = '', summary = '', tags }] of operations) {
    const [slice = '', verb = ''] = operationId.split('.');
    expect(slices, route).toContain(slice);
    expect(verb, route).toMatch(/^[a-z][A-Za-z]*$/);
    expect(tags, route).toEqual([slice]);
    expect(summary.length, route).toBeGreaterThan(10);
  }
});

test('every endpoint names a permission that somebody holds, or says why it is public', () => {
  expect(endpoints.flatMap((it) => refuseAccess(it))).toEqual([]);
});

test('every problem that an operation may answer with is in a table and has words', () => {
  for (const [route, { responses = {} }] of operations) {
    const codes = problemCodes(responses);
    expect(
      codes.map(({ code }) => code),
      route,
    ).toContain('platform.failed');
    for (const { code, status } of codes) {
      expect(problems.statuses[code], `${route} ${code}`).toBe(status);
    }
  }
});

test('every problem that is thrown is in a table', () => {
  const thrown = codeFiles(/^(?:src|demo)\/.*\.tsx?$/)
    .filter(({ path }) => !isTest(path))
    .flatMap(thrownCodes);
  expect(thrown.length).toBeGreaterThan(40);
  expect(thrown.filter(({ code }) => !(code in problems.statuses))).toEqual([]);
});

test('constraints stand for problems of a table', () => {
  const codes = Object.values(problems.constraints);
  expect(codes.filter((code) => !(code in problems.statuses))).toEqual([]);
});

describe.for(['fa', 'en'] as const)('in %s', (language) => {
  test('every problem of a table has its title and what to do next', () => {
    const values = new Proxy({}, { get: () => '1', has: () => true, ownKeys: () => [] });
    for (const code of Object.keys(problems.statuses)) {
      const [slice, name] = code.split('.');
      for (const part of ['title', 'next']) {
        const key = `${slice}.problems.${name}.${part}`;
        expect(() => sayers[language](key, values), key).not.toThrow();
      }
    }
  });

  test('no problem has words that no table knows', () => {
    const slices = Object.entries(words[language]) as [string, { problems?: object }][];
    const said = slices.flatMap(([slice, { problems: known = {} }]) =>
      Object.keys(known).map((name) => `${slice}.${name}`),
    );
    expect(said.filter((code) => !(code in problems.statuses))).toEqual([]);
  });
});

describe('the rules bite', () => {
  const endpoint = { id: 'permits.show', method: 'GET', url: '/api/x' } as AnyEndpoint;
  const guarded = (permission: string, holders: typeof roles | []) => ({
    ...endpoint,
    access: { table: { [permission]: holders }, permission },
  });

  test('on access', () => {
    expect(refuseAccess({ ...endpoint, access: { public: 'Totals only, no person.' } })).toEqual(
      [],
    );
    expect(refuseAccess({ ...endpoint, access: { public: '' } })).toHaveLength(1);
    expect(refuseAccess(guarded('permits.show', roles))).toEqual([]);
    expect(refuseAccess(guarded('permits.show', []))).toHaveLength(1);
    expect(refuseAccess({ ...endpoint, access: { table: {}, permission: 'a.b' } })).toHaveLength(1);
    const write = { ...guarded('permits.show', roles), method: 'POST' } as AnyEndpoint;
    expect(refuseAccess({ ...write, notIdempotent: '' })).toHaveLength(1);
  });

  test('on thrown codes', () => {
    const text = "throw new Problem(late ? 'a.late' : 'a.early', { given: 'a.given' });";
    const found = thrownCodes({ path: 'src/x.ts', text });
    expect(found.map(({ code }) => code)).toEqual(['a.late', 'a.early']);
  });
});
