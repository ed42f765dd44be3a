import { expect } from 'vitest';
import { decodeCode } from '../../src/kit/code.ts';
import type { Database } from '../../src/platform/database.ts';
import type { Heard } from './clerks.ts';

/** Rows as the owner of the tables sees them. */
export async function rowsOf<Row>(database: Database, text: string): Promise<Row[]> {
  return (await database.pools.migrator.query(text)).rows as Row[];
}

/** What is there more than once: a step of one write, a case of one person, a plan of one case. */
export function doubledIn(database: Database): Promise<unknown[]> {
  return rowsOf(
    database,
    `select verb, op_id from history where sign = 1 group by verb, op_id, case_id having count(*) > 1
     union all select 'case', person_id from cases group by person_id having count(*) > 1
     union all select 'plan', case_id from plans group by case_id having count(*) > 1
     order by 1, 2`,
  );
}

/**
 * Every write that was acknowledged is kept with its answer, and its effect is there exactly once.
 * @param before what {@link doubledIn} found before the work, where people rightly have two cases
 */
export async function expectEachOnce(
  database: Database,
  { acknowledged }: Heard,
  before: readonly unknown[] = [],
): Promise<void> {
  const kept = await rowsOf<{ op_id: string; status: number; answer: unknown }>(
    database,
    'select op_id, status, answer from operations',
  );
  const byKey = new Map(kept.map((row) => [row.op_id, row]));
  const lost: string[] = [];
  for (const { opId, url, status, body } of acknowledged) {
    if (status >= 300) continue;
    const row = byKey.get(opId);
    // A code is asked for without a key: its message is counted below.
    if (!row && url === '/api/session/code') continue;
    if (row?.status !== status || JSON.stringify(row.answer) === undefined)
      lost.push(`${url} ${opId}`);
    else expect(row.answer).toEqual(body);
  }
  expect(lost).toEqual([]);
  expect(await doubledIn(database)).toEqual(before);
  const cases = new Set(
    (await rowsOf<{ id: string }>(database, 'select id from cases')).map((row) => row.id),
  );
  const submitted = acknowledged.filter(
    ({ url, status }) => url === '/api/permits' && status === 201,
  );
  expect(submitted.filter(({ body }) => !cases.has(decodeCode(body.code)?.id ?? ''))).toEqual([]);
}
