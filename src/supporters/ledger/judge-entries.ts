import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Act, Step } from '../../platform/history.ts';
import { dueDay, monthDays, monthOf, worth } from '../pay-rules.ts';
import { consumption } from '../quantity-rules.ts';
import { type Book, contractOn, getMaterial, getProduct, type StandingContract } from './book.ts';
import { type CoverRow, checkDay, entryStep, type SupporterRow } from './lock.ts';
import type { NewMonth, PayEntry } from './months.ts';
import type { Movement } from './movements.ts';

type OfCover = { readonly coverId: string; readonly happenedOn: string };

/** Material goes out, comes back, or was spoilt. */
export type MaterialInput = OfCover & {
  readonly verb: 'supporters.issue' | 'supporters.returnMaterial' | 'supporters.scrap';
  readonly materialId: string;
  readonly grains: bigint;
  /** Why it was spoilt. */
  readonly reason?: string | undefined;
};

/** Of what was accepted; `rejected` where nothing was. */
export type GoodsQuality = 'first' | 'second' | 'rejected';

/** Goods come in. */
export type GoodsInput = OfCover & {
  readonly verb: 'supporters.receive';
  readonly productId: string;
  readonly acceptedGrains: bigint;
  readonly rejectedGrains: bigint;
  readonly quality: GoodsQuality;
  /** Where more than the agreed rate is paid. */
  readonly rateRial?: bigint | undefined;
  readonly orderId?: string | undefined;
  readonly number?: string | undefined;
  readonly note?: string | undefined;
};

/** Something is taken from a month's pay, or paid of it. */
export type PayInput = OfCover & {
  readonly verb: 'supporters.deduct' | 'supporters.pay';
  readonly month: number;
  readonly amountRial: bigint;
  /** The kind of a deduction, the reference of a payment. */
  readonly label: string;
  readonly reason?: string | undefined;
};

export type EntryInput = MaterialInput | GoodsInput | PayInput;

/** Goods that came, as their row is written. */
export type Goods = {
  readonly stepId: string;
  readonly cover: CoverRow;
  readonly contractId: string;
  readonly sign: 1 | -1;
  readonly rateRial: bigint;
  readonly earnedRial: bigint;
  readonly input: Omit<GoodsInput, 'verb' | 'coverId'>;
};

/** What an entry will write. */
export type Judged = {
  readonly step: Step;
  readonly movements: readonly Movement[];
  readonly goods?: Goods;
  readonly month?: NewMonth;
  readonly pay?: PayEntry;
};

type At = {
  readonly act: Act;
  readonly book: Book;
  readonly supporter: SupporterRow;
  readonly cover: CoverRow;
  readonly stepId: string;
};

/**
 * Judges one entry by the book, and says all that it writes.
 * @throws Problem as `enterLedger` says
 */
export function judgeEntry(act: Act, book: Book, input: EntryInput): Judged {
  checkDay(act.today, input.happenedOn);
  const cover = book.covers.get(input.coverId);
  const supporter = cover && book.supporters.get(cover.caseId);
  if (!cover || !supporter) throw new Problem('platform.not_found');
  const at = { act, book, supporter, cover, stepId: uuid7(act.now.getTime()) };
  switch (input.verb) {
    case 'supporters.receive':
      return judgeGoods(at, input);
    case 'supporters.deduct':
    case 'supporters.pay':
      return judgePay(at, input);
    default:
      return judgeMaterial(at, input);
  }
}

const kinds = {
  'supporters.issue': 'sent',
  'supporters.returnMaterial': 'returned',
  'supporters.scrap': 'scrap',
} as const;

function judgeMaterial({ book, supporter, cover, stepId }: At, input: MaterialInput): Judged {
  const { verb, materialId, grains, happenedOn } = input;
  const material = getMaterial(book, cover, materialId);
  if (grains <= 0n) throw new Problem('supporters.wrong_amount', { given: '0' });
  if (verb === 'supporters.scrap' && !input.reason?.trim()) {
    throw new Problem('supporters.reason_missing');
  }
  if (verb === 'supporters.issue') {
    contractOn(book, cover.id, happenedOn);
    if (cover.state !== 'covered') throw new Problem('supporters.not_covered');
  }
  const valueRial = worth(grains, material.unit, material.priceRial);
  const facts = { material: materialId, grains: grains.toString() };
  const reason = input.reason ? normaliseText(input.reason) : null;
  const step = { id: stepId, verb, happenedOn, rial: valueRial, reason, facts };
  const moved = { stepId, coverId: cover.id, materialId, sign: 1, grains, happenedOn } as const;
  return {
    step: entryStep(supporter, cover, step),
    movements: [{ ...moved, kind: kinds[verb] }],
  };
}

function judgeGoods({ book, supporter, cover, stepId }: At, input: GoodsInput): Judged {
  const { productId, acceptedGrains, rejectedGrains, happenedOn } = input;
  const product = getProduct(book, cover, productId);
  const contract = contractOn(book, cover.id, happenedOn);
  const agreedRial = contract.rates.get(productId);
  if (agreedRial === undefined) throw new Problem('supporters.not_agreed');
  const rateRial = input.rateRial ?? agreedRial;
  if (rateRial < agreedRial) {
    const given = { givenRial: rateRial.toString(), recordRial: agreedRial.toString() };
    throw new Problem('supporters.under_rate', given);
  }
  const made = acceptedGrains + rejectedGrains;
  if (made <= 0n) throw new Problem('supporters.wrong_amount', { given: '0' });
  const taken = consumption(product.recipe, product.unit, made);
  const earnedRial = worth(acceptedGrains, product.unit, rateRial);
  const facts = { product: productId, accepted: acceptedGrains.toString(), contract: contract.id };
  const { verb, coverId: _cover, ...goods } = input;
  const step = { id: stepId, verb, happenedOn, rial: earnedRial, facts };
  return {
    step: entryStep(supporter, cover, step),
    movements: taken.map(({ materialId, grains }) => {
      const of = { stepId, coverId: cover.id, materialId, grains, happenedOn };
      return { ...of, kind: 'consumed', sign: 1 };
    }),
    goods: { stepId, cover, contractId: contract.id, sign: 1, rateRial, earnedRial, input: goods },
    ...earned(cover, contract, { stepId, productId, earnedRial, happenedOn }),
  };
}

function earned(
  cover: CoverRow,
  contract: StandingContract,
  it: { stepId: string; productId: string; earnedRial: bigint; happenedOn: string },
): Pick<Judged, 'month' | 'pay'> {
  const { stepId, productId, earnedRial, happenedOn } = it;
  if (earnedRial === 0n) return {};
  const month = monthOf(happenedOn);
  const pay = { stepId, coverId: cover.id, month, sign: 1, amountRial: earnedRial } as const;
  return {
    month: newMonth(cover, contract, month),
    pay: { ...pay, kind: 'earned', label: productId, happenedOn },
  };
}

/** A month of a person as a contract opens it. */
function newMonth(
  { id: coverId, caseId }: CoverRow,
  { payWithinDays, limitBp }: StandingContract,
  month: number,
): NewMonth {
  return { coverId, caseId, month, dueOn: dueDay(month, payWithinDays), limitBp };
}

function judgePay({ book, supporter, cover, stepId }: At, input: PayInput): Judged {
  const { verb, month, amountRial, happenedOn } = input;
  const label = normaliseText(input.label);
  const reason = input.reason ? normaliseText(input.reason) : null;
  if (amountRial <= 0n) throw new Problem('supporters.wrong_amount', { given: String(amountRial) });
  if (verb === 'supporters.deduct') {
    const contract = contractOn(book, cover.id, monthDays(month).to);
    if (!contract.deductions.includes(label)) throw new Problem('supporters.not_listed');
    if (!reason) throw new Problem('supporters.reason_missing');
  }
  const step = { id: stepId, verb, happenedOn, rial: amountRial, reason, facts: { month, label } };
  const kind = verb === 'supporters.pay' ? 'paid' : 'deducted';
  const entry = { stepId, coverId: cover.id, month, sign: 1, amountRial, label } as const;
  return {
    step: entryStep(supporter, cover, step),
    movements: [],
    pay: { ...entry, kind, happenedOn },
  };
}
