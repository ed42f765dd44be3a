import { checkSheba } from '../../kit/identifiers.ts';
import { toAsciiDigits } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import type { BankLine, LineFault, LineKind, MessageKind } from './rules.ts';

/** What is known of a file besides its lines; complete once these are read. */
export type FileHead = {
  kind: MessageKind;
  /** The bank's own id of the message; '' where the form has none. */
  messageId: string;
};

/** A payment as it is being read. */
export type RawLine = {
  readonly kind: LineKind;
  readonly reference: string;
  readonly amount: string;
  readonly currency: string;
  readonly day: string;
  readonly bankReference: string;
  readonly iban: string;
  readonly note: string;
  readonly fault?: LineFault | null;
};

/** Where lines are collected while a file is read. */
export class LineSink {
  readonly head: FileHead;
  /** The Sheba codes of the bank whose file it should be. */
  private readonly shebaCodes: readonly string[];
  private taken: BankLine[] = [];
  private count = 0;

  constructor(kind: MessageKind, shebaCodes: readonly string[]) {
    this.head = { kind, messageId: '' };
    this.shebaCodes = shebaCodes;
  }

  /** Takes a payment in; what cannot be read in it becomes its fault, the file goes on. */
  add(raw: RawLine): BankLine {
    this.count += 1;
    const amountRial = amountOf(raw.amount);
    const bookedOn = /^\d{4}-\d{2}-\d{2}/.exec(raw.day)?.[0] ?? null;
    const line = {
      ...{ line: this.count, kind: raw.kind, amountRial, bookedOn },
      reference: referenceText(raw.reference),
      bankReference: raw.bankReference.slice(0, 100),
      iban: ibanOf(raw.iban),
      note: raw.note.slice(0, 200),
      fault: raw.fault ?? faultOf(raw, amountRial, bookedOn),
    };
    this.taken.push(line);
    return line;
  }

  /** The lines since the last asking. */
  take(): BankLine[] {
    const lines = this.taken;
    this.taken = [];
    return lines;
  }

  get waiting(): number {
    return this.taken.length;
  }

  /** Keeps the bank's id of the message. @throws Problem `financing.not_xml` for an empty one */
  nameMessage(text: string): void {
    if (text === '') throw new Problem('financing.not_xml', { why: 'MsgId' });
    this.head.messageId = text.slice(0, 35);
  }

  /**
   * The account that a statement is of has to be with the bank whose file it should be.
   * @throws Problem `financing.other_banks_file` (422)
   */
  ofAccount(text: string): void {
    const account = checkSheba(text);
    if (account.ok && !this.shebaCodes.includes(account.bankCode)) {
      throw new Problem('financing.other_banks_file', { account: account.value });
    }
  }
}

/** What cannot be read: a payment needs a whole amount in rial and its day, news of one only what it gives. */
function faultOf(raw: RawLine, amount: bigint | null, day: string | null): LineFault | null {
  if (raw.currency !== 'IRR' && raw.amount !== '') return 'not_rial';
  if (amount === null && (raw.amount !== '' || raw.kind !== 'pending')) return 'amount_unreadable';
  return day === null && (raw.kind === 'paid' || raw.kind === 'repaid') ? 'day_missing' : null;
}

/** Whole rial of an ISO 20022 amount; a fraction that is zero is none. */
function amountOf(text: string): bigint | null {
  const match = /^(\d{1,18})(?:\.0{1,5})?$/.exec(text);
  const amount = BigInt(match?.[1] ?? 0);
  return amount > 0n ? amount : null;
}

/** Our references are codes in capitals; a bank that writes none says NOTPROVIDED. */
function referenceText(text: string): string {
  const plain = toAsciiDigits(text).replaceAll(/[\s-]/g, '').toUpperCase().slice(0, 60);
  return plain === 'NOTPROVIDED' ? '' : plain;
}

function ibanOf(text: string): string | null {
  if (text === '') return null;
  const checked = checkSheba(text);
  return checked.ok ? checked.value : text.slice(0, 40);
}

/** What a file says of itself, and what was counted of it; sums as {@link fineAmount}. */
export class Control {
  count = 0;
  sum = 0n;
  statedCount: number | null = null;
  statedSum: bigint | null = null;

  /** @throws Problem `financing.not_xml` where it is no number, as {@link stateSum} */
  stateCount(text: string): void {
    this.statedCount = Number(statedNumber(text));
  }

  stateSum(text: string): void {
    this.statedSum = fineAmount(statedNumber(text));
  }

  add(fine: bigint): void {
    this.count += 1;
    this.sum += fine;
  }

  /**
   * A file whose lines do not add up to what it says of itself is not believed.
   * @throws Problem `financing.control_differs` (422) with both
   */
  check(): void {
    const count = this.statedCount ?? this.count;
    const sum = this.statedSum ?? this.sum;
    if (count === this.count && sum === this.sum) return;
    throw new Problem('financing.control_differs', {
      ...{ statedCount: count, foundCount: this.count },
      ...{ statedRial: wholeOf(sum), foundRial: wholeOf(this.sum) },
    });
  }
}

const finest = 100_000n;

function wholeOf(fine: bigint): string {
  const rest = fine % finest;
  return rest === 0n ? `${fine / finest}` : `${fine / finest}.${String(rest).padStart(5, '0')}`;
}

/** An amount of any currency in its hundred-thousandths, so that sums are exact; 0 for what is none. */
export function fineAmount(text: string): bigint {
  const match = /^(\d{1,18})(?:\.(\d{1,5}))?$/.exec(text);
  return BigInt(`${match?.[1] ?? 0}${(match?.[2] ?? '').padEnd(5, '0')}`);
}

/** A stated count or sum. @throws Problem `financing.not_xml` where it is no number */
function statedNumber(text: string): string {
  if (!/^\d{1,18}(?:\.\d{1,5})?$/.test(text)) {
    throw new Problem('financing.not_xml', { why: text.slice(0, 40) });
  }
  return text;
}
