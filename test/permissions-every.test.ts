import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Position, principalAt, theCase } from '../scripts/permission-matrix.ts';
import { ofPhotos } from '../scripts/permission-stalls.ts';
import { seesCase } from '../src/permits/policy.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import { type Principal, reachesProvince } from '../src/platform/policy.ts';
import type { Caller } from './house.ts';
import {
  ask,
  declaredEndpoints,
  judgedElsewhere,
  namesSomething,
  requestOf,
} from './permissions/every.ts';
import { makeObjects, type Objects } from './permissions/objects.ts';
import { type Scene, setScene } from './permissions/scene.ts';

/** Ends the session of whoever asks, so it is asked by nobody here. */
const endsSession = ['accounts.signOut'];
const endpoints = (await declaredEndpoints()).filter(
  ({ id, clientScope }) => clientScope === undefined && !endsSession.includes(id),
);
const judged = await judgedElsewhere();

let scene: Scene;
let objects: Objects;
beforeAll(async () => {
  scene = await setScene();
  objects = await makeObjects(scene.house);
});
afterAll(() => scene.house.close());

/** One of each role is enough where only the role counts. */
const oneOfEach = (callers: Scene['callers']) =>
  new Map([...callers].map((one) => [one[0].role, one] as const)).values();

const holds = ({ access }: AnyEndpoint, { role }: Position) =>
  !('permission' in access) || (access.table[access.permission]?.includes(role) ?? false);

const gates = ['platform.not_signed_in', 'platform.forbidden'];

async function statusAt(it: AnyEndpoint, caller: Caller, named?: string) {
  const reply = await ask(scene.house.app, requestOf(it, caller.cookie, named));
  return reply.status >= 500 ? { ...reply, code: `broken: ${reply.status}` } : reply;
}

test('an endpoint that names something says where that comes from, or has a matrix of its own', () => {
  const silent = endpoints.filter(
    (it) => namesSomething(it) && it.objectFrom === undefined && !judged.has(it.id),
  );
  expect(
    silent.map(({ id }) => id),
    'say `objectFrom` in its row, or judge it in scripts/permission-matrix.ts',
  ).toEqual([]);
});

describe.each(endpoints.map((it) => [it.id, it] as const))('%s', (_id, it) => {
  test('lets in the roles that hold its permission, and nobody else', async () => {
    const nobody = await statusAt(it, scene.house.nobody);
    const open = 'public' in it.access;
    const wrong = open === gates.includes(nobody.code) ? [`nobody: ${nobody.status}`] : [];
    for (const [position, caller] of oneOfEach(scene.callers)) {
      const { status, code } = await statusAt(it, caller);
      const let_ = holds(it, position);
      if (code.startsWith('broken')) wrong.push(`${position.name}: ${code}`);
      if (!let_ && code !== 'platform.forbidden') wrong.push(`${position.name}: ${status} ${code}`);
      if (let_ && code === 'platform.not_signed_in') wrong.push(`${position.name}: ${code}`);
      // What is named is nowhere: nobody can have done or seen anything.
      const named = namesSomething(it) && it.objectFrom !== 'none';
      if (named && status < 300) wrong.push(`${position.name}: ${status} for nothing`);
    }
    expect(wrong).toEqual([]);
  });
});

/** What somebody who holds the permission finds. */
function finds(it: AnyEndpoint, principal: Principal, isOwner: boolean): boolean {
  if (it.objectFrom === 'account') return isOwner;
  if (it.objectFrom === 'case') return seesCase(principal, theCase(scene.personId));
  return it.method === 'GET' ? reachesProvince(principal, 4) : principal.provinceId === 4;
}

const owned = endpoints.filter(
  (it) =>
    namesSomething(it) &&
    ['province', 'account', 'case'].includes(it.objectFrom ?? '') &&
    !judged.has(it.id) &&
    !ofPhotos.includes(it.id),
);

/** Whose body names something else, too, which is nowhere, so that whoever finds the object is told 404 as well. */
const namesMore: ReadonlySet<string> = new Set(['figures.acceptMatch']);

/** What is wrong where somebody asks for what is their own: nothing, or that it is not found. */
async function refusedOwner(it: AnyEndpoint): Promise<string[]> {
  const { code, owner = '' } = await objects(it, scene.code);
  const { status, code: problem } = await statusAt(it, scene.house.holding(owner), code);
  return [404, ...(gates.includes(problem) ? [status] : [])].includes(status)
    ? [`owner: ${status} ${problem}`]
    : [];
}

test.each(owned.map((it) => [it.id, it] as const))(
  '%s finds what is there for those whose it is alone',
  async (_id, it) => {
    const wrong: string[] = [];
    for (const [position, caller] of scene.callers) {
      if (!holds(it, position)) continue;
      const { code, owner } = await objects(it, scene.code);
      const principal = principalAt(position, scene.personId);
      const { status, code: problem } = await statusAt(it, caller, code);
      const found = finds(it, principal, owner === caller.cookie);
      if (!found && status !== 404) wrong.push(`${position.name}: ${status} ${problem}`);
      if (found && gates.slice(0, 1).includes(problem)) wrong.push(`${position.name}: ${problem}`);
      if (found && status === 404 && !namesMore.has(it.id))
        wrong.push(`${position.name}: not found`);
    }
    if (it.objectFrom === 'account') wrong.push(...(await refusedOwner(it)));
    expect(wrong).toEqual([]);
  },
);

test('no list, count, search, export or table tells of a case that is not the asker’s', async () => {
  const lists = endpoints.filter((it) => it.method === 'GET' && !namesSomething(it));
  expect(lists.length).toBeGreaterThan(30);
  const told: string[] = [];
  for (const [position, caller] of scene.callers) {
    if (seesCase(principalAt(position, scene.personId), theCase(scene.personId))) continue;
    for (const it of lists) {
      const { text } = await statusAt(it, caller);
      if (scene.marks.some((mark) => text.includes(mark))) told.push(`${position.name}: ${it.id}`);
    }
  }
  expect(told).toEqual([]);
});
