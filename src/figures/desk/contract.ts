import { Type } from 'typebox';
import { IsoDay, Named, Nullable } from '../../accounts/contract.ts';

const Rial = Type.String({ pattern: '^-?[0-9]+$', description: 'Rial' });
const Days = Type.Integer({ description: 'Days' });

/** Which province, and for what has passed, which days; whoever reads one province alone needs neither. */
export const DeskQuery = Type.Object({
  province: Type.Optional(Type.String({ pattern: '^[0-9]{2}$' })),
  from: Type.Optional(Type.String({ maxLength: 20, description: 'A Jalali date' })),
  to: Type.Optional(Type.String({ maxLength: 20, description: 'A Jalali date' })),
  lang: Type.Optional(Type.String()),
});

/** One stage of a case in somebody's hands: what waits there now, and how long the last ones took. */
const StuckLine = Type.Object({
  holder: Type.String({ description: 'agency, clearing, applicant, directorate or bank' }),
  state: Type.String({ description: 'Of the case' }),
  planState: Nullable(Type.String({ description: 'Of its plan, where the permit is out' })),
  organisation: Nullable(Named),
  waiting: Type.Integer({ description: 'Cases that are there now' }),
  late: Type.Integer({ description: 'Of these, past their deadline' }),
  medianDays: Nullable(Days),
  longestDays: Nullable(Days),
  passed: Type.Integer({ description: 'Cases that left it in the period' }),
  passedMedianDays: Nullable(Days),
  passedMostDays: Nullable(Type.Integer({ description: 'Nine in ten took no longer' })),
});

export const StuckAnswer = Type.Object({
  period: Type.Object({ from: IsoDay, to: IsoDay }),
  /** Each stage as a whole (no organisation), and with each organisation that has it in hand. */
  items: Type.Array(StuckLine),
});

export const ArrearsAnswer = Type.Object({
  closedOn: Nullable(IsoDay),
  items: Type.Array(
    Type.Object({
      bank: Named,
      loans: Type.Integer(),
      late: Type.Integer(),
      principalRial: Rial,
      overdueRial: Rial,
      longestDays: Days,
    }),
  ),
});

export const LateLoansQuery = Type.Object({
  ...DeskQuery.properties,
  bank: Type.Optional(Type.String({ maxLength: 40 })),
  cursor: Type.Optional(Type.String({ maxLength: 120 })),
});

export const LateLoansAnswer = Type.Object({
  total: Type.Integer(),
  closedOn: Nullable(IsoDay),
  items: Type.Array(
    Type.Object({
      code: Type.String({ description: 'The case' }),
      name: Type.String(),
      bank: Named,
      agency: Named,
      daysPastDue: Days,
      overdueRial: Rial,
      principalRial: Rial,
    }),
  ),
  next: Nullable(Type.String()),
});
