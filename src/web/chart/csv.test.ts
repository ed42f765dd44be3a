import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

const cell = (exact: string) => ({ value: Number(exact), text: 'shown', exact });

test('a CSV has exact values, quotes what needs it, and cannot start a formula', () => {
  const text = csvOf({
    id: 'by-agency',
    title: 'Agencies',
    scope: '',
    link: '/office#by-agency',
    keyHeader: 'Agency',
    columns: [
      { key: 'n', header: 'Plans' },
      { key: 'rial', header: 'Loans', unit: 'million toman', exactUnit: 'rial' },
    ],
    rows: [
      {
        key: 'a',
        label: 'Industry, Mine "and" Trade',
        cells: { n: cell('477'), rial: cell('260000000000') },
      },
      { key: 'b', label: '=HYPERLINK("x")', cells: { n: cell('-1'), rial: cell('0') } },
    ],
  });
  expect(text).toBe(
    '\ufeffAgency,Plans,Loans (rial)\r\n' +
      '"Industry, Mine ""and"" Trade",477,260000000000\r\n' +
      '"\'=HYPERLINK(""x"")",-1,0\r\n',
  );
});
