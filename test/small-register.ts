import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { makeRegisters } from '../demo/registers.ts';
import { tellStory } from '../demo/story.ts';
import { generateNationalId } from '../src/kit/identifiers.ts';
import { type WrittenCell, writeWorkbook } from '../src/platform/spreadsheet/index.ts';

/** How many rows the register has of each sort; together they are all of its rows. */
export const smallRegisterRows = { told: 24, fresh: 6, wrong: 3 } as const;

type Row = readonly WrittenCell[];

/** An office's register of permits, with a total row below. */
export type SmallRegister = {
  readonly name: string;
  readonly bytes: Buffer;
  readonly rows: number;
};

/**
 * The beginning of the demonstration's register of permits as its office keeps it, then some permits of
 * people whom the demonstration does not know, then rows that cannot be right.
 */
export async function smallRegister(): Promise<SmallRegister> {
  const permits = makeRegisters(tellStory()).find(({ kind }) => kind === 'permits');
  if (!permits) throw new Error('the demonstration writes no register of permits');
  const { fields, header, rows, sheet, titles, widths, totalRow } = permits;
  const { told, fresh, wrong } = smallRegisterRows;
  const otherwise = (row: Row, cells: Readonly<Record<string, WrittenCell>>): Row =>
    row.map((cell, at) => cells[fields[at] ?? ''] ?? cell);
  const another = (n: number) => ({
    nationalId: generateNationalId('275', 700_000 + n),
    permitNumber: `WA-1401-${n}`,
  });
  const faults = [{ nationalId: '1234567890' }, { issuedOn: '1400/13/01' }, { county: 'تهران' }];
  const all = [
    ...rows.slice(0, told),
    ...rows.slice(told, told + fresh).map((row, n) => otherwise(row, another(n))),
    ...rows
      .slice(told + fresh, told + fresh + wrong)
      .map((row, n) => otherwise(row, { ...another(fresh + n), ...faults[n] })),
  ].map((row, at) => otherwise(row, { row: at + 1 }));
  const out = new PassThrough();
  const content = { name: sheet, rightToLeft: true, titles, header, widths };
  const [bytes] = await Promise.all([
    buffer(out),
    writeWorkbook(out, [{ ...content, rows: [...all, totalRow] }]),
  ]);
  return { name: 'مجوزهای بهار.xlsx', bytes, rows: all.length };
}
