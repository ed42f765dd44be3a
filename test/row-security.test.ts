import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { caseEndpoints, principalAt, theCase } from '../scripts/permission-matrix.ts';
import type * as figuresPolicy from '../src/figures/policy.ts';
import type * as policy from '../src/permits/policy.ts';
import { lists, type Scene, setScene } from './permissions/scene.ts';

// Every predicate of the policies lets everything through: what is left is the database's own.
vi.mock('../src/permits/policy.ts', async (original) => ({
  ...(await original<typeof policy>()),
  visibleTo: () => () => sql<boolean>`true`,
  seesCase: () => true,
  mayAct: () => true,
}));
vi.mock('../src/figures/policy.ts', async (original) => ({
  ...(await original<typeof figuresPolicy>()),
  visibleSteps: () => sql<boolean>`true`,
}));

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
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
