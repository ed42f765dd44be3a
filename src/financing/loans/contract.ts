import { Type } from 'typebox';
import { IsoDay, Nullable } from '../../accounts/contract.ts';
import { repayModes } from './schedule.ts';

const Rial = Type.String({ pattern: '^[0-9]+$', maxLength: 18, description: 'Rial' });
const Months = (most: number) => Type.Integer({ minimum: 0, maximum: most });

/** The longest loan and grace that are reckoned, in months. */
const MOST_MONTHS = 240;

const ScheduleLine = Type.Object({
  number: Type.Integer({ description: '0 for an early repayment' }),
  dueOn: IsoDay,
  principalRial: Rial,
  feeRial: Rial,
  paidRial: Rial,
  settledOn: Nullable(IsoDay),
  state: Type.Union([
    Type.Literal('paid'),
    Type.Literal('late'),
    Type.Literal('next'),
    Type.Literal('coming'),
  ]),
});

/** The loans of a case with their schedules. */
export const LoanAnswer = Type.Object({
  loans: Type.Array(
    Type.Object({
      planId: Type.String(),
      state: Type.String(),
      openedOn: IsoDay,
      principalRial: Type.String({ description: 'Principal not repaid, rial' }),
      dueRial: Rial,
      overdueRial: Rial,
      daysPastDue: Type.Integer(),
      settlementRial: Type.String({ description: 'What settles the loan today, rial' }),
      next: Nullable(Type.Object({ dueOn: IsoDay, amountRial: Rial })),
      lines: Type.Array(ScheduleLine),
    }),
  ),
});

export const PreviewBody = Type.Object({
  amountRial: Rial,
  feeBp: Type.Integer({ minimum: 0, maximum: 10_000 }),
  tenorMonths: Type.Integer({ minimum: 1, maximum: MOST_MONTHS }),
  graceMonths: Months(MOST_MONTHS),
  feeInGrace: Type.Boolean(),
  paidOn: IsoDay,
});

export const PreviewAnswer = Type.Object({ feeRial: Rial, lines: Type.Array(ScheduleLine) });

/** The day is today when absent. */
const OnDay = Type.Optional(IsoDay);
const Reference = Type.String({ minLength: 1, maxLength: 60 });
const Reason = Type.String({ minLength: 1, maxLength: 500 });

export const RepayBody = Type.Object({
  amountRial: Rial,
  bankReference: Reference,
  mode: Type.Optional(Type.Union(repayModes.map((mode) => Type.Literal(mode)))),
  happenedOn: OnDay,
});
export const SettleBody = Type.Object({
  amountRial: Rial,
  bankReference: Type.Optional(Reference),
  happenedOn: OnDay,
});
export const RescheduleBody = Type.Object({
  months: Type.Integer({ minimum: 1, maximum: MOST_MONTHS }),
  graceMonths: Months(36),
  reason: Reason,
  happenedOn: OnDay,
});
export const FallDueBody = Type.Object({ reason: Reason, happenedOn: OnDay });
