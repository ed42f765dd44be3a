import { expect, test } from 'vitest';
import { type Line, makePlan } from './plan.ts';

const line = (connection: number, batch: number, text: string): Line => ({
  ...{ connection, batch, text },
  ...{ name: null, values: null },
});

test('a plan has the batches of an act, and nothing that the product does beside by its clock', () => {
  const submit = [
    line(1, 1, 'BEGIN; set local role x'),
    line(2, 2, 'BEGIN; set local role y'),
    line(1, 1, 'select from cases'),
    line(2, 2, 'select version from reference_versions'),
    line(1, 3, 'insert into cases'),
    line(2, 4, 'COMMIT'),
    line(1, 3, 'COMMIT'),
  ];
  const sign = [line(2, 5, 'BEGIN'), line(2, 5, 'select from accounts'), line(2, 6, 'COMMIT')];
  const it = { nationalId: '0', permitNumber: '0', shared: new Set<string>() };
  const { acts } = makePlan({ submit, sign, grant: [] }, it);
  const texts = (batches: (typeof acts)['sign']) =>
    batches.map((one) => one.map(({ text }) => text));
  expect(texts(acts.submit)).toEqual([
    ['BEGIN; set local role x', 'select from cases'],
    ['insert into cases', 'COMMIT'],
  ]);
  expect(texts(acts.sign)).toEqual([['BEGIN', 'select from accounts'], ['COMMIT']]);
});
