import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { errorToLog, openMetrics, requestId } from './telemetry.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('the metrics page counts requests, jobs and connections', async () => {
  const metrics = openMetrics(database);
  metrics.request('GET', '/api/cases/:code', 200, 0.012);
  metrics.job('figures.fold', 'failed', 0.5);
  metrics.poolError('reports');
  await database.pools.casework.query('select 1');
  const { contentType, text } = await metrics.page();
  expect(contentType).toContain('text/plain');
  expect(text).toContain(
    'http_request_duration_seconds_count{method="GET",route="/api/cases/:code",status="200"} 1',
  );
  expect(text).toContain('job_duration_seconds_count{job="figures.fold",outcome="failed"} 1');
  expect(text).toContain('db_pool_errors_total{pool="reports"} 1');
  expect(text).toContain('db_pool_connections{pool="casework",state="idle"} 1');
});

test("a proxy's request id is kept when it is a decent one", () => {
  expect(requestId('a1b2c3d4-e5f6')).toBe('a1b2c3d4-e5f6');
  for (const bad of [undefined, '', 'short', 'x'.repeat(101), 'a b c d e f g', 'line\nbreak12']) {
    expect(requestId(bad)).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('a broken connection is logged without what it held', () => {
  const error = Object.assign(new Error('terminating connection'), {
    ...{ code: '57P01', client: { connectionParameters: { password: 'p' }, secretKey: 1 } },
  });
  const told = errorToLog(error);
  expect(told).toMatchObject({ message: 'terminating connection', code: '57P01' });
  expect(Object.keys(told)).not.toContain('client');
});
