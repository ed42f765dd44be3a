import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fieldEndpoints, fieldVerdict, principalAt } from '../scripts/permission-matrix.ts';
import { encodeCode } from '../src/kit/code.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import type { Caller } from './house.ts';
import { type Scene, setScene } from './permissions/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => scene.house.close());

const device = randomUUID();
const sha256 = '0'.repeat(64);

function bodyFor(id: string): object {
  const reason = 'x';
  if (id === 'supervision.enrolDevice') {
    return { id: randomUUID(), label: 'x', dataKey: 'A'.repeat(43) };
  }
  if (id === 'supervision.revokeDevice') return { id: device, reason };
  if (id === 'supervision.settle') return { id: device, take: 'office', reason };
  const record = { id: randomUUID(), seq: 1, kind: 'outcome', checklist: randomUUID(), photos: [] };
  const at = '2022-06-22T08:00:00Z';
  const records = [{ ...record, verb: 'supervision.pass', answers: {}, at }];
  return { device, deviceNow: at, waiting: 0, records };
}

async function answerTo(caller: Caller, it: AnyEndpoint): Promise<string> {
  const visit = encodeCode(4, randomUUID());
  const query = `?device=${device}&offset=0`;
  const url = it.url.replace(':sha256', sha256);
  const reply =
    it.method === 'PUT'
      ? await caller.put(`${url}${query}`, Buffer.from('x'))
      : it.method === 'POST'
        ? await caller.post(url, bodyFor(it.id))
        : await caller.get(
            it.id === 'supervision.showPhoto' ? `${url}?visit=${visit}` : url + query,
          );
  // Nobody's phone, record or visit is found by those who are let: that is no obstacle of permission.
  if (reply.status === 404) return 'let';
  if (reply.status === 400 || reply.status >= 500) return `broken: ${reply.status}`;
  return [401, 403].includes(reply.status) ? String(reply.status) : 'let';
}

test.each(fieldEndpoints.map((it) => [it.id, it] as const))(
  '%s answers everybody as the policies say',
  async (_name, it) => {
    expect(await answerTo(scene.house.nobody, it)).toBe('401');
    const wrong: string[] = [];
    for (const [position, caller] of scene.callers) {
      const expected = String(fieldVerdict(it, principalAt(position, scene.personId)));
      const is = await answerTo(caller, it);
      if (is !== expected) wrong.push(`${position.name}: ${is}, the policies say ${expected}`);
    }
    expect(wrong).toEqual([]);
  },
);
