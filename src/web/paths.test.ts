import fc from 'fast-check';
import { expect, test } from 'vitest';
import { casesPath, isOwnPath, parseSearch, scopeOf, searchText } from './paths.ts';

test('numbers and codes in an address stay the text they are', () => {
  expect(parseSearch('?province=04&q=0012345678&empty=')).toEqual({
    province: '04',
    q: '0012345678',
  });
});

test('what is written into an address is read back, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), fc.string({ minLength: 1 })),
      (search) => {
        expect(parseSearch(searchText(search))).toEqual({ ...search });
      },
    ),
  );
});

test('a scope keeps its parts and nothing else', () => {
  const search = parseSearch('?province=04&from=1400-01-01&agency=SMT&show=rial_paid&q=x');
  expect(scopeOf(search)).toEqual({ province: '04', from: '1400-01-01', agency: 'SMT' });
  expect(casesPath({ measure: 'plans_funded', ...scopeOf(search), bank: undefined })).toBe(
    '/office/cases?measure=plans_funded&province=04&from=1400-01-01&agency=SMT',
  );
});

test.each([
  ['/office/cases?q=x', true],
  ['//evil.example', false],
  ['/\\evil.example', false],
  ['/\t/evil.example', false],
  ['https://evil.example', false],
  ['javascript:alert(1)', false],
  ['', false],
])('3.7.2: after signing in, %j is gone to: %s', (path, own) => {
  expect(isOwnPath(path)).toBe(own);
});
