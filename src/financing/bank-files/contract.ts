import { Type } from 'typebox';
import { IsoDay, Named, Nullable } from '../../accounts/contract.ts';
import type { ProblemTable } from '../../kit/problem.ts';
import { lineKinds, messageKinds, orderStates } from './rules.ts';

const Rial = Type.String({ pattern: '^[1-9][0-9]{0,17}$', description: 'Rial' });
const RialSum = Type.String({ description: 'Rial' });
const Code = Type.String({ minLength: 28, maxLength: 60 });
const closed = { additionalProperties: false };

export const LangQuery = Type.Object({ lang: Type.Optional(Type.String()) });
export const CodeOnly = Type.Object({ code: Code });

export const OrderBody = Type.Object(
  {
    orders: Type.Array(
      Type.Object(
        {
          code: Code,
          amountRial: Rial,
          iban: Type.Optional(
            Type.String({ maxLength: 40, description: 'Sheba; absent where it is not known' }),
          ),
        },
        closed,
      ),
      { maxItems: 500 },
    ),
  },
  closed,
);

export const OrderAnswer = Type.Object({
  batches: Type.Array(Type.Object({ code: Type.String(), bank: Named, orders: Type.Integer() })),
});

const OrderablePlan = Type.Object({
  code: Type.String({ description: 'Of the case' }),
  name: Type.String(),
  bank: Named,
  county: Named,
  planRial: RialSum,
  leftRial: RialSum,
  tranche: Type.Integer({ description: 'Which payment of the plan it would be, from 1' }),
});

export const OrderableQuery = Type.Object({
  bank: Type.Optional(Type.String({ maxLength: 40 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  lang: Type.Optional(Type.String()),
});

export const OrderableAnswer = Type.Object({
  total: Type.Integer(),
  items: Type.Array(OrderablePlan),
});

export const CaseOrdersAnswer = Type.Object({
  next: Nullable(OrderablePlan),
  orders: Type.Array(
    Type.Object({
      reference: Type.String(),
      batch: Type.String(),
      bank: Named,
      amountRial: RialSum,
      confirmedRial: RialSum,
      returnedRial: RialSum,
      iban: Nullable(Type.String()),
      state: Type.String({ enum: [...orderStates] }),
      sentOn: IsoDay,
      since: IsoDay,
    }),
  ),
});

export const BatchesAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      code: Type.String(),
      bank: Named,
      sentOn: IsoDay,
      orders: Type.Integer(),
      controlRial: RialSum,
      confirmedRial: RialSum,
      returnedRial: RialSum,
    }),
  ),
});

export const SendBody = Type.Object(
  {
    bank: Type.Optional(
      Type.String({ maxLength: 40, description: 'Whose file it is; a bank sends its own only' }),
    ),
    file: Type.String({
      description:
        'pain.002.001.11, camt.053.001.08, camt.054.001.08, or the plain CSV or XLSX form',
      format: 'binary',
    }),
  },
  closed,
);

export const FileCode = Type.Object({ code: Type.String() });

export const FilesAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      code: Type.String(),
      bank: Named,
      kind: Nullable(Type.String({ enum: [...messageKinds] })),
      messageId: Nullable(Type.String()),
      fileName: Type.String(),
      state: Type.String({ enum: ['waiting', 'read', 'refused'] }),
      lines: Type.Integer(),
      controlRial: RialSum,
      matched: Type.Integer(),
      waiting: Type.Integer(),
      decided: Type.Integer(),
      problem: Nullable(
        Type.Object({ code: Type.String(), title: Type.String(), next: Type.String() }),
      ),
      receivedAt: Type.String({ format: 'date-time' }),
    }),
  ),
});

export const WaitingQuery = Type.Object({
  lang: Type.Optional(Type.String()),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});

export const WaitingAnswer = Type.Object({
  total: Type.Integer(),
  items: Type.Array(
    Type.Object({
      code: Type.String({ description: 'Of the file' }),
      bank: Named,
      fileName: Type.String(),
      line: Type.Integer(),
      kind: Type.String({ enum: [...lineKinds] }),
      reference: Type.String(),
      rial: Nullable(Type.String()),
      bookedOn: Nullable(IsoDay),
      bankReference: Type.String(),
      iban: Nullable(Type.String()),
      note: Type.String(),
      why: Type.String(),
      reason: Type.String({ description: 'Why it waits, in words' }),
      candidates: Type.Array(
        Type.Object({
          order: Type.String(),
          caseCode: Type.String(),
          reference: Type.String(),
          name: Type.String(),
          sentOn: IsoDay,
          amountRial: RialSum,
          leftRial: RialSum,
        }),
      ),
    }),
  ),
});

export const LineParams = Type.Object({
  code: Code,
  line: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
});

export const DecideBody = Type.Object(
  {
    decision: Type.Enum(['book', 'book_and_end', 'set_aside']),
    order: Type.Optional(Code),
    reason: Type.String({ minLength: 1, maxLength: 500 }),
  },
  closed,
);

export const DecideAnswer = Type.Object({ code: Type.String(), line: Type.Integer() });

export const BooksQuery = Type.Object({
  from: Type.Optional(IsoDay),
  to: Type.Optional(IsoDay),
  lang: Type.Optional(Type.String()),
});

export const BooksAnswer = Type.Object({
  from: IsoDay,
  to: IsoDay,
  items: Type.Array(
    Type.Object({
      bank: Named,
      day: IsoDay,
      closed: Type.Boolean({ description: 'Whether the nightly close has been over the day' }),
      waiting: Type.Integer({ description: 'Lines of the day that wait for a person' }),
      sentRial: RialSum,
      confirmedRial: RialSum,
      returnedRial: RialSum,
      pendingRial: RialSum,
      ledgerRial: RialSum,
      bankRial: RialSum,
      ordersClose: Type.Boolean({ description: 'sent = confirmed + returned + pending' }),
      ledgerCloses: Type.Boolean({ description: 'ledger = bank' }),
      next: Nullable(
        Type.String({
          enum: ['check_record', 'decide_lines', 'ask_statement', 'ask_bank', 'compare_payments'],
        }),
      ),
    }),
  ),
});

/** Problem codes of banks' files and their statuses. */
export const bankFileProblems: ProblemTable = {
  'financing.no_orders': 422,
  'financing.not_contracted': 422,
  'financing.wrong_sheba': 422,
  'financing.order_pending': 409,
  'financing.gate_closed': 409,
  'financing.supporter_in_default': 409,
  'financing.pass_used': 409,
  'financing.file_empty': 422,
  'financing.file_twice': 409,
  'financing.not_xml': 422,
  'financing.xml_cut': 422,
  'financing.xml_forbidden': 422,
  'financing.xml_too_large': 422,
  'financing.unknown_message': 422,
  'financing.other_banks_file': 422,
  'financing.control_differs': 422,
  'financing.columns_missing': 422,
  'financing.total_missing': 422,
  'financing.line_decided': 409,
  'financing.line_does_not_fit': 422,
};

/** Named constraints of these tables and the problems they stand for. */
export const bankFileConstraints: Readonly<Record<string, string>> = {
  bank_files_bytes_once: 'financing.file_twice',
  payment_orders_one_pending: 'financing.order_pending',
  payment_orders_gate_passed: 'financing.gate_closed',
};
