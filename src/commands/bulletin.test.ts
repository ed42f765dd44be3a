import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryFolder } from '../platform/config.ts';

/** Runs the command with a text on its standard input; nothing of it may need a database. */
function check(text: string, ...words: string[]) {
  return new Promise<{ status: number; out: string; complaint: string }>((resolve) => {
    const environment = { ...process.env, DATABASE_URL: 'postgres://nowhere.invalid/x' };
    const child = execFile(
      join(repositoryFolder, 'bin/karkhaneh'),
      ['bulletin', 'check', ...words],
      { env: environment },
      (error, out, complaint) => resolve({ status: Number(error?.code ?? 0), out, complaint }),
    );
    child.stdin?.end(text);
  });
}

test('bulletin check takes a text apart without a database', async () => {
  const text = '۳۱۵ فقره تسهیلات پرداخت شد: ۲۷۶ طرح مستقل و ۳۹ طرح پشتیبان.';
  const { status, out } = await check(text, '-');
  expect(status).toBe(0);
  const { claims, checks } = JSON.parse(out);
  expect(claims.map(({ value, unit }: Record<string, string>) => [value, unit])).toEqual([
    ['315', 'plans'],
    ['276', 'plans'],
    ['39', 'plans'],
  ]);
  expect(text.slice(claims[1].start, claims[1].end)).toBe(claims[1].text);
  expect(checks).toEqual([
    { kind: 'sum', claims: [0, 1, 2], verdict: 'holds', note: expect.any(String) },
  ]);
});

test('a file that is not there is wrong usage', async () => {
  const { status, complaint } = await check('', '/no/such/file');
  expect(status).toBe(2);
  expect(complaint).toContain('/no/such/file');
});
