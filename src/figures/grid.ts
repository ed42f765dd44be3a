import type { Static } from 'typebox';
import type { Reference } from '../accounts/index.ts';
import { type IsoDate, monthKey, seasonKey } from '../kit/jalali.ts';
import type { Tx } from '../platform/database.ts';
import type { Language, Say } from '../platform/language.ts';
import { keysBetween, labelOf } from './answer.ts';
import type { GridAnswer } from './contract.ts';
import { type GridQuestion, readGridCells } from './cube.ts';
import type { TimeDimension } from './dimensions.ts';

/**
 * One measure cut by a column and, within it, by time: a row for each value of the column, a number for each
 * month or season of the period, those without anything too. Rows and columns add up to the same whole.
 */
export async function answerGrid(
  tx: Tx,
  reference: Reference,
  sayers: Readonly<Record<Language, Say>>,
  asked: GridQuestion & { readonly over: TimeDimension },
): Promise<Static<typeof GridAnswer>> {
  const { by, over, measure, period } = asked;
  const columns = keysBetween(period.from, period.to, over);
  const cells = await readGridCells(tx, asked);
  const rows = [...Map.groupBy(cells, ({ key }) => key)].map(([key, own]) => {
    const sums = new Map<string, bigint>(columns.map((column) => [column, 0n]));
    for (const { month, value } of own) {
      const column = over === 'month' ? monthKey(month as IsoDate) : seasonKey(month as IsoDate);
      sums.set(column, (sums.get(column) ?? 0n) + value);
    }
    const values = [...sums.values()];
    const total = values.reduce((sum, value) => sum + value, 0n);
    return { key, total, values };
  });
  rows.sort((a, b) =>
    a.total === b.total ? (a.key < b.key ? -1 : 1) : a.total < b.total ? 1 : -1,
  );
  return {
    measure,
    columns: columns.map((key) => ({ key, label: labelOf(reference, sayers, over, key) })),
    rows: rows.map(({ key, total, values }) => ({
      key: by === 'county' ? key.padStart(4, '0') : key,
      label: labelOf(reference, sayers, by, key),
      total: total.toString(),
      values: values.map(String),
    })),
  };
}
