import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPersianDigits } from '../../kit/persian-text.ts';
import type { CellValue } from '../../platform/spreadsheet/index.ts';
import { readAmount } from './amounts.ts';
import { type AmountUnit, amountUnits, announcedUnit, rialsPerUnit, takeUnit } from './units.ts';

describe('an amount is exact', () => {
  const cases: [CellValue, AmountUnit, bigint][] = [
    [500_000_000, 'rial', 500_000_000n],
    ['500,000,000', 'rial', 500_000_000n],
    ['۵۰۰٬۰۰۰٬۰۰۰', 'rial', 500_000_000n],
    ['٥٠٠،٠٠٠،٠٠٠', 'rial', 500_000_000n],
    [50_000_000, 'toman', 500_000_000n],
    [500, 'million_rial', 500_000_000n],
    [2.95, 'million_rial', 2_950_000n],
    [0.1 + 0.2, 'million_rial', 300_000n],
    ['۲٫۹۵', 'million_rial', 2_950_000n],
    ['2.9500000', 'million_rial', 2_950_000n],
    ['50', 'million_toman', 500_000_000n],
    ['46.9', 'million_toman', 469_000_000n],
    [0.000001, 'million_toman', 10n],
    [1.5, 'billion_toman', 15_000_000_000n],
    ['۵۰۰ میلیون ریال', 'million_rial', 500_000_000n],
    ['50 میلیون تومان', 'million_toman', 500_000_000n],
    ['۵۰۰٬۰۰۰ ریال', 'rial', 500_000n],
    ['12.5 million toman', 'million_toman', 125_000_000n],
  ];
  it.each(cases)('%j %s is %s rial', (cell, unit, rials) => {
    expect(readAmount(cell, unit)).toBe(rials);
  });

  it('in every unit, from every way of writing it', () => {
    const whole = fc.bigInt({ min: 1n, max: 9_999n });
    fc.assert(
      fc.property(whole, fc.constantFrom(...amountUnits), (count, unit) => {
        const rials = count * rialsPerUnit[unit];
        expect(readAmount(Number(count), unit)).toBe(rials);
        expect(readAmount(toPersianDigits(String(count)), unit)).toBe(rials);
        expect(readAmount(`${count}.000`, unit)).toBe(rials);
      }),
    );
  });
});

describe('an amount is refused', () => {
  const cases: [CellValue, AmountUnit, string][] = [
    ['پنجاه', 'rial', 'amount_unreadable'],
    ['1.234.567', 'rial', 'amount_unreadable'],
    ['1,23', 'rial', 'amount_unreadable'],
    ['50 عدد', 'rial', 'amount_unreadable'],
    [true, 'rial', 'amount_unreadable'],
    [{ date: '2021-03-21' }, 'rial', 'amount_unreadable'],
    [1e21, 'rial', 'amount_unreadable'],
    ['1/5', 'million_rial', 'amount_slash'],
    ['۹۲۰/۱۳۴', 'rial', 'amount_slash'],
    [0, 'rial', 'amount_not_positive'],
    [-5, 'rial', 'amount_not_positive'],
    [0.5, 'rial', 'amount_not_whole_rial'],
    ['0.00000001', 'million_rial', 'amount_not_whole_rial'],
    [50_000_000, 'billion_rial', 'amount_too_large'],
    ['50 میلیون تومان', 'million_rial', 'amount_unit_conflict'],
    ['500 ریال', 'toman', 'amount_unit_conflict'],
  ];
  it.each(cases)('%j %s: %s', (cell, unit, problem) => {
    expect(readAmount(cell, unit)).toEqual({ problem });
  });
});

describe('a unit of money', () => {
  const headers: [string, AmountUnit | undefined, string][] = [
    ['مبلغ تسهیلات (میلیون ریال)', 'million_rial', 'مبلغ تسهیلات'],
    ['مبلغ تسهيلات(ميليون‌ريال)', 'million_rial', 'مبلغ تسهیلات'],
    ['مبلغ (تومان)', 'toman', 'مبلغ'],
    ['مبلغ به ریال', 'rial', 'مبلغ'],
    ['مبلغ - میلیون تومان', 'million_toman', 'مبلغ'],
    ['مبلغ (م.ریال)', 'million_rial', 'مبلغ'],
    ['مبلغ وام ریال', 'rial', 'مبلغ وام'],
    ['مبلغ (هزار میلیون ریال)', 'billion_rial', 'مبلغ'],
    ['Amount (million rials)', 'million_rial', 'amount'],
    ['مبلغ', undefined, 'مبلغ'],
    ['مبلغ (ریال/تومان)', undefined, 'مبلغ'],
  ];
  it.each(headers)('is taken out of %s', (header, unit, text) => {
    expect(takeUnit(header)).toEqual({ text, unit });
  });

  it('is announced by a title only where the title speaks of the figures', () => {
    expect(announcedUnit('(مبالغ به میلیون ریال)')).toBe('million_rial');
    expect(announcedUnit('ارقام به تومان می‌باشد')).toBe('toman');
    expect(announcedUnit('واحد: میلیون تومان')).toBe('million_toman');
    expect(announcedUnit('فهرست وام‌های ۵۰ میلیون تومانی مشاغل خانگی')).toBeUndefined();
  });
});
