import { describe, expect, it } from 'vitest';
import {
  permitHeader,
  permitRow,
  permitRowWith,
  readAll,
  sheetRows,
} from '../../../test/register-sheet.ts';
import { generateNationalId, makePermitNumber } from '../../kit/identifiers.ts';
import { toPersianDigits } from '../../kit/persian-text.ts';
import type { CellValue } from '../../platform/spreadsheet/index.ts';
import type { RegisterRow } from './rows.ts';

const plainRecord = {
  permitNumber: 'WA-1',
  nationalId: { kind: 'national', value: '2740001231' },
  name: { first: 'زهرا', last: 'محمدی', full: 'زهرا محمدی' },
  sex: 'female',
  countyId: 401,
  occupationId: 'tailoring',
  agencyId: 'SMT',
  kind: 'independent',
  issuedOn: '2021-04-04',
};

async function readPermit(cells: CellValue[]): Promise<RegisterRow<'permits'>> {
  const { rows } = await readAll('permits', sheetRows([permitHeader, cells]));
  const [row] = rows;
  if (!row) throw new Error('No row was read');
  return row;
}

describe('one row gives the same record', () => {
  const spellings: [string, CellValue][] = [
    ['شماره مجوز', 'wa-1'],
    ['شماره مجوز', ' WA - ۱ '],
    ['شماره مجوز', '\u200fWA-١\u200f'],
    ['کد ملی', 2740001231],
    ['کد ملی', '۲۷۴۰۰۰۱۲۳۱'],
    ['کد ملی', '٢٧٤٠٠٠١٢٣١'],
    ['کد ملی', '274-000123-1'],
    ['کد ملی', '="2740001231"'],
    ['کد ملی', ' 2740001231 '],
    ['نام خانوادگی', 'محمدي'],
    ['نام', '\u200cزهرا '],
    ['جنسیت', 'خانم'],
    ['جنسیت', 'مؤنث'],
    ['جنسیت', 'Female'],
    ['شهرستان', 'اروميه'],
    ['شهرستان', 'شهرستان ارومیه'],
    ['رشته', 'خياطي'],
    ['رشته', 'Tailoring'],
    ['دستگاه', 'اداره کل صنعت، معدن و تجارت'],
    ['دستگاه', 'سازمان صنعت معدن و تجارت استان آذربایجان غربی'],
    ['نوع طرح', 'متقاضی مستقل'],
    ['نوع طرح', 'independent'],
    ['تاریخ صدور', { date: '2021-04-04' }],
    ['تاریخ صدور', '۱۴۰۰/۱/۱۵'],
    ['تاریخ صدور', '1400-01-15'],
    ['تاریخ صدور', 14000115],
  ];
  it.each(spellings)('with %s written %j', async (column, value) => {
    expect(await readPermit(permitRowWith(column, value))).toMatchObject({ record: plainRecord });
  });

  it('whatever digits and keyboard all of it is typed with', async () => {
    const typed = permitRow.map((cell) => {
      if (typeof cell !== 'string') return cell;
      return toPersianDigits(cell).replaceAll('ی', 'ي').replaceAll('ک', 'ك');
    });
    expect(await readPermit(typed)).toMatchObject({ record: plainRecord });
  });

  it('when its national ID lost its leading zeros', async () => {
    const id = generateNationalId('001', 234_567);
    const row = await readPermit(permitRowWith('کد ملی', Number(id)));
    expect(row).toMatchObject({ record: { nationalId: { value: id } } });
  });

  it('when a permit number of ours lost its province’s zero, but not another office’s', async () => {
    const number = makePermitNumber(4);
    const ours = await readPermit(permitRowWith('شماره مجوز', Number(number)));
    expect(ours).toMatchObject({ record: { permitNumber: number } });
    const typed = await readPermit(permitRowWith('شماره مجوز', number.slice(1)));
    expect(typed).toMatchObject({ record: { permitNumber: number.slice(1) } });
    const theirs = await readPermit(permitRowWith('شماره مجوز', 14000123));
    expect(theirs).toMatchObject({ record: { permitNumber: '14000123' } });
  });

  it('with a foreign national’s code in place of a national ID', async () => {
    const row = await readPermit(permitRowWith('کد ملی', '123456789012'));
    const nationalId = { kind: 'foreign', value: '123456789012' };
    expect(row).toMatchObject({ record: { nationalId } });
  });
});

describe('one row is refused with its column, value and reason', () => {
  const cases: [string, CellValue, string][] = [
    ['شماره مجوز', null, 'missing'],
    ['شماره مجوز', '-', 'missing'],
    ['شماره مجوز', 'ندارد', 'missing'],
    ['شماره مجوز', 1234567890123456, 'digits_lost'],
    ['شماره مجوز', 'x'.repeat(33), 'too_long'],
    ['شماره مجوز', true, 'not_text'],
    ['کد ملی', '2740001232', 'national_id_check_digit'],
    ['کد ملی', '27400012', 'national_id_check_digit'],
    ['کد ملی', '2740001', 'national_id_length'],
    ['کد ملی', '1111111111', 'national_id_repeated'],
    ['کد ملی', '1230000000', 'national_id_serial'],
    ['کد ملی', '27400O1231', 'national_id_characters'],
    ['کد ملی', { date: '2021-03-21' }, 'not_text'],
    ['نام', 12, 'name_unreadable'],
    ['نام', 'زهرا ۲', 'name_unreadable'],
    ['نام', 'ز'.repeat(101), 'too_long'],
    ['جنسیت', 'نمی‌دانم', 'sex_unknown'],
    ['شهرستان', 'تبریز', 'county_unknown'],
    ['رشته', 'سوزن دوزی', 'occupation_ambiguous'],
    ['رشته', 'خلبانی', 'occupation_unknown'],
    ['دستگاه', 'ناسا', 'agency_unknown'],
    ['نوع طرح', 'نیمه‌مستقل', 'kind_unknown'],
    ['تاریخ صدور', '00/01/15', 'date_two_digit_year'],
    ['تاریخ صدور', { date: '2000-01-15' }, 'date_too_early'],
    ['تاریخ صدور', '1400/07/31', 'date_impossible'],
    ['تاریخ صدور', '1402/01/01', 'date_in_future'],
    ['تاریخ صدور', { error: '#VALUE!' }, 'excel_error'],
  ];
  it.each(cases)('%s %j: %s', async (column, value, code) => {
    const row = await readPermit(permitRowWith(column, value));
    if ('record' in row) throw new Error('The row was taken');
    expect(row.problems).toHaveLength(1);
    expect(row.problems[0]).toMatchObject({ row: 2, column, code });
    expect(row.cells[permitHeader.indexOf(column)]).toEqual(value);
  });

  it('and all of its reasons at once', async () => {
    const row = await readPermit([1, null, '123', 'زهرا', null, 'زن']);
    if ('record' in row) throw new Error('The row was taken');
    expect(row.problems.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'national_id national_id_length',
      ...['permit_number', 'last_name', 'county', 'occupation', 'agency', 'kind', 'issued_on'].map(
        (field) => `${field} missing`,
      ),
    ]);
  });

  it('for a formula that was never computed', async () => {
    const rows = sheetRows([permitHeader, permitRowWith('کد ملی', null)]);
    const asked = rows.map((row) => (row.number === 2 ? { ...row, formulas: [2] } : row));
    const found = await readAll('permits', asked);
    expect(found.rows[0]).toMatchObject({ problems: [{ code: 'formula_without_value' }] });
  });
});

describe('what no figure needs', () => {
  it('is left out with a warning when it cannot be read', async () => {
    const table = [
      [...permitHeader, 'تلفن همراه', 'تاریخ تولد'],
      [...permitRow, '044-3222', '1360'],
    ];
    const { rows } = await readAll('permits', sheetRows(table));
    const [row] = rows;
    expect(row).toMatchObject({ record: { ...plainRecord, mobile: undefined } });
    expect(row?.warnings.map(({ field, code }) => [field, code])).toEqual([
      ['mobile', 'mobile_unreadable'],
      ['birth_date', 'date_unreadable'],
    ]);
  });
});
