import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sayers } from '../../app.ts';
import { checkAccount } from './check-account.ts';
import { shippedKnowledge } from './knowledge.ts';

const knowledge = await shippedKnowledge();

/** A text with gaps for places, the claims that have to be read from it, and what its sums have to give. */
const accounts = readFileSync(join(import.meta.dirname, 'fixtures', 'provincial.txt'), 'utf8')
  .split('\n')
  .filter((line) => !line.startsWith('#'))
  .join('\n')
  .split(/\n{2,}/)
  .map((group) => group.split('\n').filter(Boolean))
  .filter(({ length }) => length > 0) as [string, string, string][];

const namesOf = (file: string): string[] =>
  readFileSync(join(import.meta.dirname, '../../accounts/data', file), 'utf8')
    .split('\n')
    .slice(1)
    .flatMap((line) => /[\u0600-\u06ff\u200c ]{2,}/.exec(line)?.[0].trim() ?? []);
const provinces = namesOf('provinces.csv');
const counties = namesOf('counties.csv');

/** Which places are put into a text changes nothing of its numbers. */
const places = provinces.map(
  (province, at) => [province, counties[at % counties.length] ?? ''] as const,
);

/** Six of them, others for each text. */
const some = (at: number) =>
  Array.from({ length: 6 }, (_, nth) => places[(at + nth * 5) % places.length] ?? ['', '']);

const expected = (line: string) => (line === '-' ? [] : line.split('; '));

test.each(accounts.map((account, at) => [...account, at] as const))(
  '«%s»',
  (text, claims, checks, at) => {
    for (const [province, county] of some(at)) {
      const told = text.replaceAll('{province}', province).replaceAll('{county}', county);
      const found = checkAccount(told, knowledge, { language: 'fa', say: sayers.fa });
      const read = found.claims.map(({ value, unit, hedge }) => `${value} ${unit} ${hedge}`);
      expect(read, told).toEqual(expected(claims));
      const verdicts = new Set(found.checks.map(({ kind, verdict }) => `${kind} ${verdict}`));
      expect([...verdicts].sort(), told).toEqual(expected(checks).sort());
    }
  },
);

test('there are fifteen accounts and more, and places to put into them', () => {
  expect(accounts.length).toBeGreaterThan(60);
  expect(provinces.length).toBe(31);
});
