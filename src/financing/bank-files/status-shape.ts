import { Control, fineAmount, type LineSink } from './reading.ts';
import type { LineKind } from './rules.ts';
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
  readonly control = new Control();
  private day = '';
  private amounts = 0;

  constructor(sink: LineSink) {
    this.sink = sink;
  }

  /** The day of the report is the day of a payment that names none. */
  createdAt(text: string): void {
    this.day = text.slice(0, 10);
  }

  endStatus(): void {
    const { code, reason, reference, bankReference, amount, currency, iban, day } = this.status;
    this.control.add(fineAmount(amount));
    if (amount !== '') this.amounts += 1;
    const kind = kindOf(code, bankReference);
    const note = reason || code;
    const line = { kind, reference, amount, currency, bankReference, iban, note };
    this.sink.add({ ...line, day: day || this.day });
  }

  /** A report may list some of the orders only; one that lists all of them, with amounts, must add up. */
  end(): void {
    const { count, statedCount } = this.control;
    const whole = statedCount === this.amounts;
    const tooMany = count > (statedCount ?? count);
    if (whole || tooMany) this.control.check();
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
            MsgId: { text: ({ sink }, text) => sink.nameMessage(text) },
            CreDtTm: { text: (state, text) => state.createdAt(text) },
          },
        },
        OrgnlGrpInfAndSts: {
          children: {
            OrgnlNbOfTxs: { text: ({ control }, text) => control.stateCount(text) },
            OrgnlCtrlSum: { text: ({ control }, text) => control.stateSum(text) },
          },
        },
        OrgnlPmtInfAndSts: { children: { TxInfAndSts: statusShape } },
      },
    },
  },
};
