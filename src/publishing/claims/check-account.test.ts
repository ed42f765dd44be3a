import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sayers } from '../../app.ts';
import { checkAccount } from './check-account.ts';
import type { Account } from './contract.ts';
import { shippedKnowledge } from './knowledge.ts';

const knowledge = await shippedKnowledge();
const check = (text: string, language: 'fa' | 'en' = 'fa') =>
  checkAccount(text, knowledge, { language, say: sayers[language] });

function groupsOf(name: string): string[][] {
  const text = readFileSync(join(import.meta.dirname, 'fixtures', `${name}.txt`), 'utf8');
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  return lines
    .join('\n')
    .split(/\n{2,}/)
    .map((group) => group.split('\n').filter(Boolean))
    .filter(({ length }) => length > 0);
}

const verdicts = (checks: Account['checks']) =>
  [...new Set(checks.map(({ kind, verdict }) => `${kind} ${verdict}`))].sort();
const expected = (line = '-') => (line === '-' ? [] : line.split('; ').sort());

describe('accounts of our own', () => {
  test.each(groupsOf('accounts') as [string, string][])('«%s»', (text, wanted) => {
    expect(verdicts(check(text).checks)).toEqual(expected(wanted));
  });
});

describe('published accounts', () => {
  test.each(groupsOf('published') as [string, string, string][])('«%s»', (text, _, wanted) => {
    expect(verdicts(check(text).checks)).toEqual(expected(wanted));
  });
});

test('a check names the claims that it is about, and says in words what it found', () => {
  const text = 'از ۱۲۰۰ طرح معرفی شده، ۹۰۰ طرح معادل ۸۵ درصد تسهیلات گرفتند.';
  const { claims, checks } = check(text);
  expect(claims.map(({ value }) => value)).toEqual(['1200', '900', '85']);
  expect(checks).toEqual([
    {
      kind: 'percent',
      claims: [2, 1, 0],
      verdict: 'fails',
      note: 'نسبت این دو عدد ۷۵ درصد است، نه ۸۵ درصد.',
    },
  ]);
  expect(check(text, 'en').checks[0]?.note).toBe('The two numbers are as 75 to a hundred, not 85.');
});

test('what a claim is about comes from the words around it', () => {
  const text =
    'در سال ۱۴۰۲ در کرمانشاه ۴۷۷ طرح اداره‌کل صنعت، معدن و تجارت با پرداختی ۲۶ میلیارد تومان و ۱۲۷ طرح جهاد کشاورزی به بانک معرفی شد.';
  expect(check(text).claims.map(({ about }) => about)).toEqual([
    'plans_funded agency:SMT place:05 period:1402',
    'rial_paid agency:SMT place:05 period:1402',
    'plans_referred agency:AGRI place:05 period:1402',
  ]);
});

test('an empty text has nothing in it', () => {
  expect(check('')).toEqual({ claims: [], checks: [] });
});
