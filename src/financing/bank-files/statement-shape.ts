import { Control, fineAmount, type LineSink } from './reading.ts';
import { isRepaymentReference, type LineFault, type LineKind } from './rules.ts';
import type { Element } from './xml-walk.ts';

/** One payment within an entry (`TxDtls`). */
class Details {
  reference = '';
  amount = '';
  currency = '';
  direction = '';
  bankReference = '';
  iban = '';
  note = '';
  returned = false;
}

/** An entry (`Ntry`): one booking, of one payment or of several. */
class Entry {
  amount = '';
  currency = '';
  direction = '';
  status = '';
  day = '';
  bankReference = '';
  ownReference = '';
  reversal = false;
  readonly details: Details[] = [];
}

/** Where the reading of a statement or notification is. */
export class StatementState {
  readonly sink: LineSink;
  entry = new Entry();
  details = new Details();
  /** Of the statement that is being read. */
  control = new Control();

  constructor(sink: LineSink) {
    this.sink = sink;
  }

  beginDetails(): void {
    this.details = new Details();
    this.entry.details.push(this.details);
  }

  /** One line for each payment of the entry. */
  endEntry(): void {
    const { entry } = this;
    const whole = fineAmount(entry.amount);
    this.control.add(whole);
    const [first = new Details(), ...more] = entry.details;
    if (more.length === 0) {
      this.add(first, first.amount === '' ? entry : first);
      return;
    }
    const together = new Control();
    together.statedSum = whole;
    for (const { amount } of entry.details) together.add(fineAmount(amount));
    together.check();
    for (const one of entry.details) this.add(one, one);
  }

  private add(one: Details, money: { amount: string; currency: string }): void {
    const { entry } = this;
    const { kind, fault } = kindOf(entry, one);
    const reference = one.reference;
    const bankReference = one.bankReference || entry.bankReference || entry.ownReference;
    const { iban, note } = one;
    const { amount, currency } = money;
    this.sink.add({
      ...{ kind, fault, reference, amount, currency, day: entry.day, bankReference, iban, note },
    });
  }
}

/** Money out is a payment, money in is one that came back or a repayment; what is not booked yet is none. */
function kindOf(entry: Entry, one: Details): { kind: LineKind; fault: LineFault | null } {
  if (entry.status !== 'BOOK') return { kind: 'pending', fault: null };
  const direction = one.direction || entry.direction;
  const back = one.returned || entry.reversal;
  const ofLoan = isRepaymentReference(one.reference.trim().toUpperCase());
  if (direction === 'CRDT') return { kind: ofLoan ? 'repaid' : 'returned', fault: null };
  return { kind: 'paid', fault: direction !== 'DBIT' || back || ofLoan ? 'unclear' : null };
}

type Of = Element<StatementState>;
type Field<T> = { readonly [K in keyof T]: T[K] extends string ? K : never }[keyof T];

const intoEntry = (field: Field<Entry>): Of => ({
  text: ({ entry }, text) => {
    entry[field] = text;
  },
});
const intoDetails = (field: Field<Details>): Of => ({
  text: ({ details }, text) => {
    details[field] = text;
  },
});
const entryDay: Of = {
  text: ({ entry }, text) => {
    entry.day = text.slice(0, 10);
  },
};

const detailsShape: Of = {
  open: (state) => state.beginDetails(),
  children: {
    Refs: {
      children: {
        EndToEndId: intoDetails('reference'),
        AcctSvcrRef: intoDetails('bankReference'),
      },
    },
    Amt: {
      text: ({ details }, text, { Ccy = '' }) => {
        details.amount = text;
        details.currency = Ccy;
      },
    },
    CdtDbtInd: intoDetails('direction'),
    RltdPties: {
      children: { CdtrAcct: { children: { Id: { children: { IBAN: intoDetails('iban') } } } } },
    },
    RtrInf: {
      open: ({ details }) => {
        details.returned = true;
      },
      children: { Rsn: { children: { Cd: intoDetails('note') } } },
    },
    AddtlTxInf: intoDetails('note'),
  },
};

const entryShape: Of = {
  open: (state) => {
    state.entry = new Entry();
  },
  close: (state) => state.endEntry(),
  children: {
    NtryRef: intoEntry('ownReference'),
    Amt: {
      text: ({ entry }, text, { Ccy = '' }) => {
        entry.amount = text;
        entry.currency = Ccy;
      },
    },
    CdtDbtInd: intoEntry('direction'),
    RvslInd: {
      text: ({ entry }, text) => {
        entry.reversal = text === 'true' || text === '1';
      },
    },
    Sts: { children: { Cd: intoEntry('status') } },
    BookgDt: { children: { Dt: entryDay, DtTm: entryDay } },
    AcctSvcrRef: intoEntry('bankReference'),
    NtryDtls: { children: { TxDtls: detailsShape } },
  },
};

/** What is read of a camt.053 (`Stmt`) or camt.054 (`Ntfctn`) below `Document`. */
export function statementShape(message: string, part: string): Of {
  const statement: Of = {
    open: (state) => {
      state.control = new Control();
    },
    close: ({ control }) => control.check(),
    children: {
      Acct: {
        children: {
          Id: { children: { IBAN: { text: ({ sink }, text) => sink.ofAccount(text) } } },
        },
      },
      TxsSummry: {
        children: {
          TtlNtries: {
            children: {
              NbOfNtries: { text: ({ control }, text) => control.stateCount(text) },
              Sum: { text: ({ control }, text) => control.stateSum(text) },
            },
          },
        },
      },
      Ntry: entryShape,
    },
  };
  const head: Of = { children: { MsgId: { text: ({ sink }, text) => sink.nameMessage(text) } } };
  return { children: { [message]: { children: { GrpHdr: head, [part]: statement } } } };
}
