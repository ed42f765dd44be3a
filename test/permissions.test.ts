import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { permissionTable } from '../scripts/permission-document.ts';
import { caseEndpoints, principalAt, theCase, verdictOf } from '../scripts/permission-matrix.ts';
import { seesCase } from '../src/permits/policy.ts';
import { repositoryFolder } from '../src/platform/config.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import type { Caller } from './house.ts';
import { bodyFor, lists, type Scene, setScene } from './permissions/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => scene.house.close());

/** Reads first, corrections last: they change what the case is for those who come after. */
const rank = ({ id, method }: AnyEndpoint) =>
  method === 'GET' ? 0 : id.endsWith('takeBack') ? 2 : 1;
const inOrder = caseEndpoints.toSorted((a, b) => rank(a) - rank(b));

/** What the endpoint looks up beside the case is not there, for anybody. */
const missesMore: readonly string[] = [
  'permits.undoDuplicate',
  'financing.answerAsk',
  'financing.closeEnquiry',
];

async function answerTo(caller: Caller, it: AnyEndpoint): Promise<string> {
  const url = it.url.replace(':code', scene.code);
  const { status } =
    it.method === 'GET'
      ? await caller.get(url)
      : await caller.post(url, bodyFor(it.id, scene.code));
  if (status === 400 || status >= 500) return `broken: ${status}`;
  return [401, 403, 404].includes(status) ? String(status) : 'let';
}

test('there are many endpoints about a case, and each verdict is given to somebody', () => {
  expect(caseEndpoints.length).toBeGreaterThan(30);
  const verdicts = [...scene.callers.keys()].flatMap((position) =>
    caseEndpoints.map((it) =>
      verdictOf(it, principalAt(position, scene.personId), theCase(scene.personId)),
    ),
  );
  expect(new Set(verdicts)).toEqual(new Set([403, 404, 'let']));
});

test.each(inOrder.map((it) => [`${it.method} ${it.id}`, it] as const))(
  '%s answers everybody as the policies say',
  async (_name, it) => {
    expect(await answerTo(scene.house.nobody, it)).toBe(String(verdictOf(it, null, theCase(''))));
    const wrong: string[] = [];
    for (const [position, caller] of scene.callers) {
      const principal = principalAt(position, scene.personId);
      const said = String(verdictOf(it, principal, theCase(scene.personId)));
      const expected = said === 'let' && missesMore.includes(it.id) ? '404' : said;
      const is = await answerTo(caller, it);
      if (is !== expected) wrong.push(`${position.name}: ${is}, the policies say ${expected}`);
    }
    expect(wrong).toEqual([]);
  },
);

test('no list, search, count or entry tells of a case that is not the asker’s', async () => {
  const leaks: string[] = [];
  let told = 0;
  for (const [position, caller] of scene.callers) {
    const sees = seesCase(principalAt(position, scene.personId), theCase(scene.personId));
    for (const url of lists) {
      const { status, body } = await caller.get(url);
      const text = JSON.stringify(body);
      const tells = status === 200 && scene.marks.some((mark) => text.includes(mark));
      if (tells && !sees) leaks.push(`${position.name} ${url}`);
      if (!sees && status === 200 && Number(body.total ?? 0) > 0)
        leaks.push(`${position.name} counts`);
      if (tells) told += 1;
    }
  }
  expect(leaks).toEqual([]);
  expect(told).toBeGreaterThan(10);
});

test('docs/permissions.md is what the policies say', () => {
  const kept = readFileSync(join(repositoryFolder, 'docs/permissions.md'), 'utf8');
  expect(kept === permissionTable(), 'run node scripts/permission-table.ts').toBe(true);
});
