import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { clientOf } from '../../src/platform/database.ts';
import { encodeParameter } from '../../src/platform/parameters.ts';
import { provinceContext } from '../../src/platform/policy.ts';
import { type TestHouse, testHouse } from '../house.ts';
import { referCase } from '../referred-case.ts';
import { sent, sentByProduct } from '../statements/recorder.ts';

// The statements of the paths that are gone most, explained as the server would run them. Only a coordinator of Citus
// can say how many machines a statement goes to.

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

/** A case is listed, opened, referred to and looked up: what an office does all day. */
async function work(): Promise<void> {
  const { code, referral } = await referCase(house);
  const officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  sent.clear();
  await referCase(house);
  for (const url of ['/api/cases', '/api/queue', `/api/cases/${code}`, `/api/plans/${referral}`]) {
    const { status } = await officer.get(url);
    expect([200, 404], url).toContain(status);
  }
}

/** What a plan says of where it is run; a plain server says nothing of that. */
function elsewhere(plan: string): boolean {
  const counts = [...plan.matchAll(/Task Count: (\d+)/g)].map(([, count]) => Number(count));
  const pulled = /Citus INSERT \.\.\. SELECT/.test(plan);
  return plan.includes('Citus') && !pulled && !(counts.length > 0 && counts.every((n) => n === 1));
}

test('the paths that are gone most go to one machine', async () => {
  await work();
  const statements = sentByProduct().filter(([text]) => /\bprovince_id\b/.test(text));
  expect(statements.length).toBeGreaterThan(20);
  const wrong: string[] = [];
  await house.database.transaction(provinceContext(4), async (tx) => {
    for (const [text, { parameters }] of statements) {
      const values = parameters.map(encodeParameter);
      const { rows } = await clientOf(tx).query({ text: `explain (costs off) ${text}`, values });
      const plan = rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n');
      if (elsewhere(plan)) wrong.push(`${text}\n${plan}`);
    }
  });
  expect(wrong).toEqual([]);
  if (inject('testServer').coordinator?.kind === 'citus') return;
  process.stderr.write(
    `coordinator: not run: DATABASE_URL names none, so nobody said to how many machines ${statements.length} statements of the hot paths go\n`,
  );
});
