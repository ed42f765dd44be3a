import { describe, expect, it } from 'vitest';
import { sheetRows } from '../../../test/register-sheet.ts';
import type { CellValue } from '../../platform/spreadsheet/index.ts';
import en from './en.ts';
import fa from './fa.ts';
import {
  type FieldName,
  fieldTypes,
  type RegisterKind,
  registerKinds,
  registerShapes,
} from './fields.ts';
import spellings from './headers.json' with { type: 'json' };
import { readHeader } from './headers.ts';
import { findLayout } from './layout.ts';
import { registerProblems } from './problems.ts';
import { type AmountUnit, amountUnits } from './units.ts';

const row: CellValue[] = ['x'];

function layoutOf(kind: RegisterKind, table: CellValue[][], unit?: AmountUnit) {
  return findLayout(kind, sheetRows([...table, row]), unit).layout;
}

function fieldsOf(kind: RegisterKind, table: CellValue[][], unit?: AmountUnit) {
  return Object.fromEntries(
    layoutOf(kind, table, unit).columns.map(({ field, index }) => [field, index]),
  );
}

function refusal(kind: RegisterKind, table: CellValue[][], unit?: AmountUnit): unknown {
  try {
    return layoutOf(kind, table, unit);
  } catch (error) {
    return error;
  }
}

const permits = [
  ...['ردیف', 'شماره مجوز', 'کد ملی', 'نام', 'نام خانوادگی', 'نام پدر', 'جنسیت', 'تاریخ تولد'],
  ...['تلفن همراه', 'شهرستان', 'شهری/روستایی', 'نشانی', 'رشته شغلی', 'دستگاه اجرایی', 'نوع طرح'],
  ...['تاریخ صدور', 'تاریخ درخواست'],
];
const payments = ['شماره مجوز', 'بانک عامل', 'مبلغ', 'تاریخ پرداخت'];

describe('headers', () => {
  it('of an office’s register of permits', () => {
    const layout = layoutOf('permits', [permits]);
    expect(layout.columns.map(({ field }) => field)).toEqual([
      ...['permit_number', 'national_id', 'first_name', 'last_name', 'father_name', 'sex'],
      ...['birth_date', 'mobile', 'county', 'area', 'address', 'occupation', 'agency', 'kind'],
      ...['issued_on', 'applied_on'],
    ]);
    expect(layout).toMatchObject({ headerRows: [1, 1], notDataColumns: [0], unknownColumns: [] });
    expect(layout.unit).toBeUndefined();
  });

  it('stand in any order', () => {
    const turned = [...permits].reverse();
    const fields = fieldsOf('permits', [turned]);
    expect(fields).toMatchObject({ permit_number: turned.indexOf('شماره مجوز'), applied_on: 0 });
    expect(Object.keys(fields)).toHaveLength(16);
  });

  it.each(registerKinds)('with every spelling we know are read in %s', (kind) => {
    for (const field of registerShapes[kind].fields) {
      for (const spelling of spellings[field]) {
        const shapes = [
          spelling,
          ` ${spelling} *`,
          `${spelling}:`,
          spelling.replaceAll(' ', '\u200c'),
        ];
        shapes.push(spelling.replaceAll('ی', 'ي').replaceAll('ک', 'ك'), spelling.toUpperCase());
        shapes.push(`${spelling} (اجباری)`, spelling.replaceAll(' ', '\n'));
        for (const shape of shapes) {
          expect(readHeader(kind, shape).fields, `${kind} ${shape}`).toContain(field);
        }
      }
    }
  });

  it('of our own field names are read too', () => {
    const names = registerShapes.permits.fields.filter((field) => field !== 'full_name');
    expect(Object.keys(fieldsOf('permits', [[...names]]))).toEqual(names);
  });

  it('that mean nothing are reported, not fatal', () => {
    const layout = layoutOf('permits', [[...permits, 'رنگ چشم', null, 'توضیحات']]);
    expect(layout.unknownColumns).toEqual(['رنگ چشم', 'توضیحات']);
  });

  it('of a field that may be absent may come twice: the second is reported', () => {
    const layout = layoutOf('permits', [[...permits, 'موبایل']]);
    expect(layout.unknownColumns).toEqual(['موبایل']);
  });
});

describe('a header row is found', () => {
  it('below titles, a logo’s empty rows and a date', () => {
    const titles: CellValue[][] = [
      ['اداره کل تعاون، کار و رفاه اجتماعی آذربایجان غربی'],
      [],
      [null, null, 'فهرست مجوزهای صادره'],
      ['تاریخ گزارش:', { date: '2021-03-21' }],
    ];
    expect(layoutOf('permits', [...titles, permits])).toMatchObject({ headerRows: [5, 5] });
  });

  it('in two rows, one word over several', () => {
    const table: CellValue[][] = [
      ['شماره', 'تاریخ', 'تاریخ', 'بانک', 'بانک', 'مبلغ تسهیلات (ریال)', 'شماره'],
      ['مجوز', 'تولد', 'معرفی', 'نام', 'شعبه', 'مبلغ تسهیلات (ریال)', 'نامه'],
    ];
    const layout = layoutOf('referrals', table);
    expect(layout).toMatchObject({
      headerRows: [1, 2],
      unit: 'rial',
      unknownColumns: ['تاریخ تولد'],
    });
    expect(layout.columns.map(({ field, index }) => [field, index])).toEqual([
      ['permit_number', 0],
      ['referred_on', 2],
      ['bank', 3],
      ['branch', 4],
      ['requested_amount', 5],
      ['letter_number', 6],
    ]);
  });

  it('but data below it is no second row of it', () => {
    const data: CellValue[] = ['WA-1', 'ملی', 500, '1400/01/15'];
    const rows = sheetRows([['شماره مجوز', 'بانک', 'مبلغ (ریال)', 'تاریخ پرداخت'], data]);
    const { layout, data: first } = findLayout('payments', rows, undefined);
    expect([layout.headerRows, first]).toEqual([[1, 1], 1]);
  });

  it('not where there is none', () => {
    for (const table of [[['a', 'b']], [['نام', 'سن']], [[1, 2, 3]]]) {
      expect(refusal('payments', table)).toMatchObject({ code: 'header_not_found' });
    }
  });
});

describe('a register of jobs', () => {
  it('takes a bare «کد ملی» for the worker’s', () => {
    const header = ['شماره مجوز', 'کد ملی', 'نام', 'نام خانوادگی', 'نسبت', 'تاریخ شروع به کار'];
    expect(fieldsOf('jobs', [header])).toEqual({
      permit_number: 0,
      worker_national_id: 1,
      worker_first_name: 2,
      worker_last_name: 3,
      relation: 4,
      started_on: 5,
    });
  });

  it('but for the holder’s where the worker has a column of its own', () => {
    const header = ['کد ملی', 'نام', 'نام خانوادگی', 'رشته', 'کد ملی شاغل', 'نام شاغل'];
    header.push('نام خانوادگی شاغل', 'نسبت', 'تاریخ شروع به کار');
    expect(fieldsOf('jobs', [header])).toMatchObject({
      national_id: 0,
      first_name: 1,
      last_name: 2,
      occupation: 3,
      worker_national_id: 4,
      worker_first_name: 5,
      worker_last_name: 6,
    });
  });
});

describe('a register is refused', () => {
  it('with the list of the columns it lacks', () => {
    const header = ['شماره مجوز', 'کد ملی', 'نام', 'جنسیت', 'شهرستان', 'رشته', 'دستگاه', 'نوع طرح'];
    expect(refusal('permits', [header])).toMatchObject({
      code: 'missing_columns',
      details: { columns: 'last_name,issued_on' },
      faults: [
        { pointer: '/columns/last_name', code: 'missing' },
        { pointer: '/columns/issued_on', code: 'missing' },
      ],
    });
    expect(refusal('payments', [['کد ملی', 'بانک', 'مبلغ (ریال)', 'تاریخ پرداخت']])).toMatchObject({
      details: { columns: 'occupation' },
    });
  });

  it('by the name of the kind that it is', () => {
    const table = [['شماره مجوز', 'بانک عامل', 'مبلغ (ریال)', 'تاریخ پرداخت']];
    for (const kind of ['permits', 'referrals', 'jobs'] as const) {
      expect(refusal(kind, table)).toMatchObject({
        code: 'wrong_kind',
        details: { asked: kind, found: 'payments' },
      });
    }
  });

  it('when two columns say the same needed thing', () => {
    expect(refusal('payments', [[...payments, 'مبلغ تسهیلات']], 'rial')).toMatchObject({
      code: 'columns_twice',
      details: { field: 'amount', columns: 'مبلغ, مبلغ تسهیلات' },
    });
  });
});

describe('the unit of money', () => {
  it('is the header’s, the title’s or the caller’s', () => {
    const inHeader = [['شماره مجوز', 'بانک', 'مبلغ (میلیون ریال)', 'تاریخ پرداخت']];
    expect(layoutOf('payments', inHeader).unit).toBe('million_rial');
    expect(layoutOf('payments', inHeader, 'million_rial').unit).toBe('million_rial');
    expect(layoutOf('payments', [['مبالغ به تومان'], payments]).unit).toBe('toman');
    expect(layoutOf('payments', [payments], 'million_toman').unit).toBe('million_toman');
  });

  it('is never guessed', () => {
    expect(refusal('payments', [payments])).toMatchObject({
      code: 'unit_unknown',
      details: { column: 'مبلغ' },
    });
    const both = [['شماره مجوز', 'بانک', 'مبلغ (ریال/تومان)', 'تاریخ پرداخت']];
    expect(refusal('payments', both)).toMatchObject({ code: 'unit_unknown' });
  });

  it('must be one', () => {
    const header = ['شماره مجوز', 'بانک', 'مبلغ (ریال)', 'تاریخ پرداخت'];
    for (const [table, unit] of [
      [[header], 'toman'],
      [[['ارقام به تومان'], header], undefined],
      [[['ارقام به تومان'], payments], 'rial'],
    ] as const) {
      const outcome = refusal(
        'payments',
        table.map((cells) => [...cells]),
        unit,
      );
      expect(outcome).toMatchObject({ code: 'unit_conflict' });
    }
  });
});

describe('words', () => {
  it('are there for every field, kind, unit and problem, in both languages', () => {
    for (const words of [fa, en]) {
      expect(Object.keys(words.fields).sort()).toEqual(Object.keys(fieldTypes).sort());
      expect(Object.keys(words.kinds)).toEqual([...registerKinds]);
      expect(Object.keys(words.units).sort()).toEqual([...amountUnits].sort());
      expect(Object.keys(words.problems).sort()).toEqual(Object.keys(registerProblems).sort());
    }
  });

  it('of our own labels are headers that we read', () => {
    for (const kind of registerKinds) {
      for (const field of registerShapes[kind].fields as readonly FieldName[]) {
        for (const words of [fa, en]) {
          expect(readHeader(kind, words.fields[field]).fields).toContain(field);
        }
      }
    }
  });
});
