import { Type } from 'typebox';
import { IsoDay, Named, Nullable } from '../accounts/index.ts';
import { Amount, Id, Rial, Unit } from './field-contract.ts';

const Sums = {
  promisedRial: Rial,
  takenRial: Rial,
  deductedRial: Rial,
  dueRial: Rial,
  paidRial: Rial,
  owedRial: Rial,
};

/** A supporter as a list shows it. */
const SupporterLine = Type.Object({
  code: Type.String(),
  name: Type.String(),
  state: Type.String({ description: 'applied, approved or in_default' }),
  since: IsoDay,
  county: Named,
  agency: Named,
  occupation: Named,
  people: Type.Integer(),
  seeking: Type.Integer(),
  capacity: Nullable(Type.Integer()),
  takenRial: Rial,
  promisedRial: Rial,
  owedRial: Rial,
  lateRial: Rial,
  mayDefault: Type.Boolean({ description: 'The dated rule allows to declare it in default' }),
  demonstration: Type.Boolean(),
});
export const SupporterList = Type.Object({ items: Type.Array(SupporterLine) });

const BalanceLine = Type.Object({
  materialId: Id,
  name: Type.String(),
  unit: Unit,
  sent: Amount,
  consumed: Amount,
  returned: Amount,
  scrap: Amount,
  onHand: Amount,
});

const MonthLine = Type.Object({
  month: Type.Integer(),
  state: Type.String({ description: 'open, due, paid, late or nothing' }),
  dueOn: IsoDay,
  ...Sums,
});

const PersonLine = Type.Object({
  code: Type.String(),
  name: Type.String(),
  nationalId: Type.String(),
  mobile: Nullable(Type.String()),
  state: Type.String(),
  since: IsoDay,
  ownCaseCode: Nullable(Type.String()),
  contract: Nullable(Type.String({ description: 'The state of the newest version' })),
  takenRial: Rial,
  owedRial: Rial,
  lateRial: Rial,
});

const OrderLine = Type.Object({
  id: Id,
  code: Type.String({ description: 'Of the person' }),
  name: Type.String(),
  productId: Id,
  product: Type.String(),
  unit: Unit,
  ordered: Amount,
  received: Amount,
  dueOn: IsoDay,
  deliverTo: Type.String(),
  state: Type.String({ description: 'open, late or done' }),
});

/** Everything about a supporter. */
export const SupporterAnswer = Type.Object({
  code: Type.String(),
  name: Type.String(),
  firm: Nullable(Type.Object({ name: Type.String(), legalId: Type.String() })),
  applied: Type.Boolean(),
  state: Nullable(Type.String()),
  since: Nullable(IsoDay),
  capacity: Nullable(Type.Integer()),
  bounds: Type.Object({
    least: Type.Integer(),
    most: Type.Integer(),
    years: Type.Integer(),
    ordersPerPersonRial: Rial,
  }),
  trade: Type.Array(
    Type.Object({
      id: Id,
      kind: Type.String(),
      number: Type.String(),
      buyer: Type.String(),
      amountRial: Rial,
      datedOn: IsoDay,
    }),
  ),
  people: Type.Array(PersonLine),
  orders: Type.Array(OrderLine),
  materials: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      unit: Unit,
      priceRial: Rial,
      sent: Amount,
      consumed: Amount,
      returned: Amount,
      scrap: Amount,
      onHand: Amount,
    }),
  ),
  products: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      unit: Unit,
      recipe: Type.Array(
        Type.Object({ material: Type.String(), unit: Unit, net: Amount, waste: Amount }),
      ),
    }),
  ),
  months: Type.Array(Type.Object({ month: Type.Integer(), lateRial: Rial, ...Sums })),
  trainings: Type.Array(
    Type.Object({
      id: Id,
      topic: Type.String(),
      place: Type.String(),
      heldOn: IsoDay,
      minutes: Type.Integer(),
      people: Type.Integer(),
    }),
  ),
  mayDefault: Type.Boolean(),
  acts: Type.Array(Type.String()),
});

const EntryLine = Type.Object({
  stepId: Id,
  verb: Type.String(),
  happenedOn: IsoDay,
  what: Type.String({
    description: 'The material or product, or the kind or reference of a pay entry',
  }),
  amount: Nullable(Amount),
  unit: Nullable(Unit),
  rejected: Nullable(Amount),
  quality: Nullable(Type.String({ description: 'Of goods: first or second' })),
  note: Nullable(Type.String()),
  rial: Nullable(Rial),
  reason: Nullable(Type.String()),
  takenBack: Type.Boolean(),
});

const ContractLine = Type.Object({
  version: Type.Integer(),
  state: Type.String(),
  fromOn: IsoDay,
  payWithinDays: Type.Integer(),
  deductions: Type.Array(Type.String()),
  deductionLimitBp: Type.Integer(),
  digest: Type.String(),
  supporterSignedAt: Nullable(Type.String({ format: 'date-time' })),
  coveredSignedAt: Nullable(Type.String({ format: 'date-time' })),
  agencySignedAt: Nullable(Type.String({ format: 'date-time' })),
  lines: Type.Array(
    Type.Object({
      productId: Id,
      product: Type.String(),
      unit: Unit,
      rateRial: Rial,
      promised: Amount,
    }),
  ),
});

/** Everything about one covered person and their supporter. */
export const CoverAnswer = Type.Object({
  code: Type.String(),
  caseCode: Type.String(),
  side: Type.String({ description: 'supporter, covered or office' }),
  name: Type.String(),
  supporter: Type.String(),
  supporterState: Type.String(),
  state: Type.String(),
  since: IsoDay,
  agency: Named,
  contracts: Type.Array(ContractLine),
  balances: Type.Array(BalanceLine),
  orders: Type.Array(OrderLine),
  months: Type.Array(MonthLine),
  entries: Type.Array(EntryLine),
  receipts: Type.Array(
    Type.Object({
      stepId: Id,
      month: Type.Integer(),
      amountRial: Rial,
      paidOn: IsoDay,
      reference: Type.String(),
      answer: Nullable(Type.String()),
      answeredRial: Nullable(Rial),
      bySms: Type.Boolean(),
      closedReason: Nullable(Type.String()),
    }),
  ),
  acts: Type.Array(Type.String()),
});

/** Where a citizen is a supporter, and who supports them. */
export const MyAnswer = Type.Object({
  supporters: Type.Array(Type.String({ description: 'Codes of their supporters’ cases' })),
  covers: Type.Array(Type.String({ description: 'Codes of the covers that are about them' })),
});

export const OffersAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      county: Named,
      places: Type.Integer(),
    }),
  ),
});

export const EnquiriesAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      stepId: Id,
      code: Type.String(),
      caseCode: Type.String(),
      name: Type.String(),
      month: Type.Integer(),
      amountRial: Rial,
      paidOn: IsoDay,
      reference: Type.String(),
      answer: Type.String(),
      answeredRial: Nullable(Rial),
      bySms: Type.Boolean(),
    }),
  ),
});

export const ClustersAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      county: Named,
      occupation: Named,
      driverFirm: Nullable(Type.String()),
      memorandumOn: Nullable(IsoDay),
      supporters: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
      steps: Type.Array(Type.Object({ step: Type.Integer(), doneOn: IsoDay, note: Type.String() })),
    }),
  ),
});

/** A row of a table that came, and what became of it. */
const Verdict = Type.Object({
  row: Type.Integer({ description: 'As the spreadsheet numbers it' }),
  verdict: Type.String({ description: 'accepted, unchanged or rejected' }),
  problem: Nullable(Type.String({ description: 'The problem’s code' })),
  says: Nullable(Type.String()),
});
export const ImportAnswer = Type.Object({
  recorded: Type.Boolean(),
  read: Type.Integer(),
  accepted: Type.Integer(),
  unchanged: Type.Integer(),
  rejected: Type.Integer(),
  rows: Type.Array(Verdict),
});
