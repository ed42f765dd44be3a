import { Type } from 'typebox';
import { IsoDay, Named, Nullable } from '../../accounts/contract.ts';
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

const ShareBp = Type.Integer({ minimum: 0, maximum: 10_000 });

export const PreviewBody = Type.Object({
  amountRial: Rial,
  feeBp: Type.Integer({ minimum: 0, maximum: 10_000 }),
  tenorMonths: Type.Integer({ minimum: 1, maximum: MOST_MONTHS }),
  graceMonths: Months(MOST_MONTHS),
  feeInGrace: Type.Boolean(),
  shares: Type.Optional(
    Type.Object(
      { government: Type.Optional(ShareBp), support_body: Type.Optional(ShareBp) },
      { description: 'Basis points of the fee that others bear' },
    ),
  ),
  paidOn: IsoDay,
});

/** The borrower's own part: fee and instalments without what others bear. */
export const PreviewAnswer = Type.Object({ feeRial: Rial, lines: Type.Array(ScheduleLine) });

/** What the parts of fees that others bear cost a province. */
export const ShareCostAnswer = Type.Object({
  closedOn: Nullable(IsoDay),
  comingRial: Type.String({ description: 'Of instalments still to come at the close, rial' }),
  items: Type.Array(
    Type.Object({
      payer: Type.Union([Type.Literal('government'), Type.Literal('support_body')]),
      bank: Named,
      creditLine: Named,
      loans: Type.Integer(),
      chargedRial: Rial,
    }),
  ),
});

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
