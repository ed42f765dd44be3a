import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problems, words } from '../../src/app.ts';
import type { AnyEndpoint } from '../../src/platform/endpoint.ts';
import { roles } from '../../src/platform/policy.ts';
import { type TestHouse, testHouse } from '../house.ts';
import { declaredEndpoints } from '../permissions/every.ts';
import { refuseAccess, routesIn } from './endpoints.ts';
import { problemCodes, thrownProblems } from './problem-codes.ts';
import { codeFiles, isTest } from './source-files.ts';
import { argumentsOf, messagesOf } from './words.ts';

type Operation = {
  readonly operationId?: string;
  readonly tags?: string[];
  readonly summary?: string;
  readonly responses?: Record<string, { content?: Record<string, { schema?: unknown }> }>;
};

/** Everything outside /api that anybody may read, and why. */
const publicPages = new Map([
  ['/', 'totals of the province, no person in them'],
  ['/figures.csv', 'the same totals'],
  ['/provinces', 'totals of provinces, no person in them'],
  ['/provinces.csv', 'the same totals'],
  ['/p', 'whoever holds the number of a permit may ask whether it is real'],
  ['/p/:number', 'the same'],
  ['/p/batch', 'an empty form'],
  ['/check', 'takes a text apart that the visitor pastes; beside it only totals'],
  ['/bulletins', 'published for everybody; totals, and ways round a visit without names'],
  ['/bulletins.atom', 'the same'],
  ['/bulletins.rss', 'the same'],
  ['/bulletins/:number', 'the same'],
  ['/bulletins/:number.pdf', 'the same'],
  ['/bulletins/:number.json', 'the same'],
  ['/bulletins/:number.csv', 'the same'],
  ['/bulletins/:number/table.csv', 'the same'],
  ['/comments/start.js', 'the form of comments, nothing of the record'],
  ['/comments/altcha.js', 'the same'],
  ['/comments/altcha.css', 'the same'],
  ['/comments/pbkdf2.js', 'the same'],
  ['/comments/words.js', 'the same'],
  ['/history-roots', 'hashes and signatures; nothing of a case is in them'],
  ['/history-roots.json', 'the same'],
  ['/market', 'what makers put on show for everybody'],
  ['/market/products/:code', 'the same'],
  ['/market/stalls/:code', 'the same'],
  ['/market/photos/:sha256', 'the same'],
  ['/apply', 'how and where one applies'],
  ['/data', 'which data are open, and where'],
  ['/occupations', 'which occupations there are'],
  ['/occupations/:id', 'what an occupation asks for; no person is in it'],
  ['/market/fairs', 'fairs are announced to everybody'],
  ['/market.csv', 'the same, for other marketplaces'],
  ['/market.json', 'the same, for other marketplaces'],
  ['/developers/bank', 'how to use the API, nothing of the record'],
  ['/sign-in', 'an empty document; what it shows comes through /api'],
  ['/sign-in/*', 'the same'],
  ['/office', 'the same'],
  ['/office/*', 'the same'],
  ['/my', 'the same'],
  ['/my/*', 'the same'],
  ['/field', 'the same'],
  ['/field/*', 'the same'],
  ['/sw.js', 'the worker that keeps these documents on a phone, nothing of the record'],
  ['/manifest.webmanifest', 'the name and the icons of the app'],
  ['/icons/192.png', 'the same'],
  ['/icons/512.png', 'the same'],
  ['/icons/mask-512.png', 'the same'],
  ['/*', 'the files that these documents are made of'],
  ['/mark.svg', 'what browsers and search engines ask for'],
  ['/favicon.ico', 'the same'],
  ['/robots.txt', 'the same'],
  ['/sitemap.xml', 'the same'],
  ['/demo/outbox', 'messages to invented people, in the demonstration only'],
  ['/healthz', 'whether the server is well, nothing of the record'],
  ['/readyz', 'the same'],
  ['/metrics', 'counts of requests, nothing of the record'],
  ['/api/openapi.json', 'what the API is'],
]);

/** Reads that take a form, and why. */
const readByForm = new Map([
  ['POST /check', 'a pasted text is too long for an address; it is read and not kept'],
]);

let house: TestHouse;
let operations: Map<string, Operation>;
let endpoints: AnyEndpoint[];
beforeAll(async () => {
  house = await testHouse(undefined, false);
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

test('OpenAPI has every endpoint that a slice declares, and no other', () => {
  const ids = [...operations]
    .filter(([route]) => / \/(?:api|oauth)\//.test(route))
    .map(([, it]) => it.operationId);
  expect(ids.toSorted()).toEqual(endpoints.map(({ id }) => id).toSorted());
  expect(new Set(ids).size).toBe(ids.length);
});

test('what is not an endpoint can only be read, and is public for a reason', () => {
  const declared = new Set(endpoints.map(({ url }) => url));
  const others = routesIn(house.app.printRoutes({ commonPrefix: false })).filter(
    (route) => !declared.has(route.split(' ')[1] ?? ''),
  );
  expect(others).toContain('GET /healthz');
  const wrong = others.filter((route) => {
    const [method = '', path = ''] = route.split(' ');
    const reads = ['GET', 'HEAD'].includes(method) || readByForm.has(route);
    return !reads || !publicPages.has(path);
  });
  expect(wrong).toEqual([]);
});

test('an operation is called slice.verb, and says what it does', () => {
  const slices = Object.keys(words.en);
  for (const [route, { operationId = '', summary = '', tags }] of operations) {
    const [slice = '', verb = ''] = operationId.split('.');
    expect(slices, route).toContain(slice);
    expect(verb, route).toMatch(/^[a-z][A-Za-z]*$/);
    expect(tags, route).toEqual([slice]);
    expect(summary, route).toMatch(/^[A-Z].{4,}/);
  }
});

test('every endpoint names a permission that somebody holds, or says why it is public', () => {
  expect(endpoints.flatMap((it) => refuseAccess(it))).toEqual([]);
});

test('every problem that an operation may answer with is in a table, under its status', () => {
  for (const [route, { responses = {} }] of operations) {
    const codes = problemCodes(responses);
    if (route.includes(' /api/')) {
      expect(
        codes.map(({ code }) => code),
        route,
      ).toContain('platform.failed');
    }
    for (const { code, status } of codes) {
      expect(problems.statuses[code], `${route} ${code}`).toBe(status);
    }
  }
});

const thrown = codeFiles(/^(?:src|demo)\/.*\.tsx?$/)
  .filter(({ path }) => !isTest(path))
  .flatMap(thrownProblems);

test('every problem that is thrown is in a table', () => {
  expect(thrown.length).toBeGreaterThan(40);
  expect(thrown.filter(({ code }) => !(code in problems.statuses))).toEqual([]);
});

test('constraints stand for problems of a table', () => {
  const codes = Object.values(problems.constraints);
  expect(codes.filter((code) => !(code in problems.statuses))).toEqual([]);
});

describe.for(['fa', 'en'] as const)('in %s', (language) => {
  const messages = new Map(
    Object.entries(words[language]).flatMap(([slice, said]) => [...messagesOf({ [slice]: said })]),
  );
  const messagesFor = (code: string): (string | undefined)[] =>
    ['title', 'next'].map((part) =>
      messages.get(code.replace('.', '.problems.').concat('.', part)),
    );
  const missing = (code: string, given: readonly string[]) =>
    messagesFor(code)
      .flatMap((message) => argumentsOf(message ?? ''))
      .map((argument) => argument.split(':')[0] ?? '')
      // `ceilingFa` and `ceilingEn` are said as `ceiling`, each in its language.
      .filter((name) => !given.includes(name))
      .filter((name) => !['Fa', 'En'].every((of) => given.includes(`${name}${of}`)));

  test('every problem of a table has its title and what to do next', () => {
    const mute = Object.keys(problems.statuses).filter((code) =>
      messagesFor(code).includes(undefined),
    );
    expect(mute).toEqual([]);
  });

  test('a problem is thrown with everything that its words say', () => {
    const wrong = thrown.flatMap(({ where, code, details }) => {
      const lacking = details ? missing(code, details) : [];
      return lacking.length > 0 ? [`${where} lacks ${lacking.join(', ')}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  test('a problem that a constraint stands for says nothing but the constraint', () => {
    const wrong = Object.entries(problems.constraints).flatMap(([name, code]) => {
      const lacking = missing(code, ['constraint']);
      return lacking.length > 0 ? [`${name} → ${code} lacks ${lacking.join(', ')}`] : [];
    });
    expect(wrong).toEqual([]);
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

  test('on thrown problems', () => {
    const text = `throw new Problem(late ? 'a.late' : 'a.early', { given: 'a.given', day });
      throw new Problem('a.plain'); throw new Problem('a.spread', { ...all });`;
    const found = thrownProblems({ path: 'src/x.ts', text });
    expect(found.map(({ code, details }) => [code, details])).toEqual([
      ['a.late', ['given', 'day']],
      ['a.early', ['given', 'day']],
      ['a.plain', []],
      ['a.spread', undefined],
    ]);
  });

  test('on routes', () => {
    const printed =
      '└── / (GET, HEAD)\n    ├── api/x (GET)\n    │   └── /:id (POST)\n    └── * (GET)';
    expect(routesIn(printed)).toEqual([
      'GET /',
      'HEAD /',
      'GET /api/x',
      'POST /api/x/:id',
      'GET /*',
    ]);
  });
});
