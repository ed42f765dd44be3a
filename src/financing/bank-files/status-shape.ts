import { checkControl, fineAmount, type LineSink, statedNumber } from './reading.ts';
import type { LineKind } from './rules.ts';
import { nameMessage } from './statement-shape.ts';
import type { Element } from './xml-walk.ts';

/** One payment's status (`TxInfAndSts`). */
class Status {
  reference = '';
  code = '';
  reason = '';
  day = '';
  bankReference = '';
  amount = '';
  currency = '';
  iban = '';
}

/** Where the reading of a status report is. */
export class ReportState {
  readonly sink: LineSink;
  status = new Status();
  private day = '';
  private statedCount: number | null = null;
  private statedSum: bigint | null = null;
  private count = 0;
  private sum = 0n;
  private amounts = 0;

  constructor(sink: LineSink) {
    this.sink = sink;
  }

  /** The day of the report is the day of a payment that names none. */
  createdAt(text: string): void {
    this.day = text.slice(0, 10);
  }

  stateCount(text: string): void {
    this.statedCount = Number(statedNumber(text));
  }

  stateSum(text: string): void {
    this.statedSum = fineAmount(statedNumber(text));
  }

  endStatus(): void {
    const { code, reason, reference, bankReference, amount, currency, iban, day } = this.status;
    this.count += 1;
    this.sum += fineAmount(amount);
    if (amount !== '') this.amounts += 1;
    const kind = kindOf(code, bankReference);
    const note = reason || code;
    const line = { kind, reference, amount, currency, bankReference, iban, note };
    this.sink.add({ ...line, day: day || this.day });
  }

  /** A report may list some of the orders only; one that lists all of them, with amounts, must add up. */
  end(): void {
    const whole = this.statedCount === this.amounts;
    const tooMany = this.count > (this.statedCount ?? this.count);
    if (!whole && !tooMany) return;
    const stated = { count: this.statedCount, sum: this.statedSum };
    checkControl(stated, { count: this.count, sum: this.sum });
  }
}

/**
 * ISO 20022 external payment transaction status: ACSC and ACCC are settled (a payment only with the bank's
 * own reference, by which it can be found again), RJCT and CANC come back, all others are on the way.
 */
function kindOf(code: string, bankReference: string): LineKind {
  if (code === 'RJCT' || code === 'CANC') return 'returned';
  return (code === 'ACSC' || code === 'ACCC') && bankReference !== '' ? 'paid' : 'pending';
}

type Of = Element<ReportState>;
const into = (field: keyof Status): Of => ({
  text: ({ status }, text) => {
    status[field] = text;
  },
});

const statusShape: Of = {
  open: (state) => {
    state.status = new Status();
  },
  close: (state) => state.endStatus(),
  children: {
    OrgnlEndToEndId: into('reference'),
    TxSts: into('code'),
    StsRsnInf: { children: { Rsn: { children: { Cd: into('reason') } } } },
    AccptncDtTm: {
      text: ({ status }, text) => {
        status.day = text.slice(0, 10);
      },
    },
    AcctSvcrRef: into('bankReference'),
    OrgnlTxRef: {
      children: {
        Amt: {
          children: {
            InstdAmt: {
              text: ({ status }, text, { Ccy = '' }) => {
                status.amount = text;
                status.currency = Ccy;
              },
            },
          },
        },
        CdtrAcct: { children: { Id: { children: { IBAN: into('iban') } } } },
      },
    },
  },
};

/** What is read of a pain.002 below `Document`. */
export const reportShape: Of = {
  children: {
    CstmrPmtStsRpt: {
      close: (state) => state.end(),
      children: {
        GrpHdr: {
          children: {
            MsgId: { text: ({ sink }, text) => nameMessage(sink, text) },
            CreDtTm: { text: (state, text) => state.createdAt(text) },
          },
        },
        OrgnlGrpInfAndSts: {
          children: {
            OrgnlNbOfTxs: { text: (state, text) => state.stateCount(text) },
            OrgnlCtrlSum: { text: (state, text) => state.stateSum(text) },
          },
        },
        OrgnlPmtInfAndSts: { children: { TxInfAndSts: statusShape } },
      },
    },
  },
};
