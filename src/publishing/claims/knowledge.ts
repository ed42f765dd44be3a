import { readShipped, type ShippedRow } from '../../accounts/index.ts';
import { compactKey } from '../../kit/persian-text.ts';

/** A name as texts write it, folded and without spaces, and whose it is. */
export type KnownName = { readonly key: string; readonly id: string };

/** The caps of one loan in some years, in rial; days are ISO, an open one is undefined. */
export type Cap = {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly individual: bigint;
  readonly approved: bigint | undefined;
  readonly supporter: bigint;
};

/** What a text is held against besides itself. */
export type Knowledge = {
  /** Provinces by name, the longest first. */
  readonly places: readonly KnownName[];
  /** Agencies by every name that offices write, the longest first. */
  readonly agencies: readonly KnownName[];
  /** The caps of the ordinary loan. */
  readonly caps: readonly Cap[];
  /** An average loan is plausible between these shares of the cap, in basis points. */
  readonly leastShare: number;
  readonly mostShare: number;
};

const ordinaryLoan = 'home-jobs';
let shipped: Promise<Knowledge> | undefined;

/** What the product ships: names, caps and bounds by date; read once, no database needed. */
export function shippedKnowledge(): Promise<Knowledge> {
  shipped ??= readKnowledge();
  return shipped;
}

async function readKnowledge(): Promise<Knowledge> {
  const [provinces, organisations, terms, settings] = await Promise.all([
    readShipped('provinces'),
    readShipped('organisations'),
    readShipped('credit_terms'),
    readShipped('settings'),
  ]);
  const agencies = organisations.filter(({ kind }) => kind === 'agency');
  const bound = (key: string) => Number(settings.find((row) => row.key === key)?.value);
  return {
    places: byLength(provinces.map((row) => named(row.name_fa, row.id))),
    agencies: byLength(agencies.flatMap(namesOf)),
    caps: terms.filter((row) => row.credit_line_id === ordinaryLoan && !row.province_id).map(capOf),
    leastShare: bound('figures.plan_amount_min_of_cap'),
    mostShare: bound('figures.plan_amount_max_of_cap'),
  };
}

const named = (name = '', id = ''): KnownName => ({ key: signless(name), id });

/** Folded, without spaces and signs: «صنعت، معدن و تجارت» is written with and without its comma. */
function signless(name: string): string {
  return compactKey(name).replace(/[^\p{L}\d]/gu, '');
}

/** Names of one short word would be found in half the sentences that speak of something else. */
function namesOf(row: ShippedRow): KnownName[] {
  const names = [row.name_fa, row.short_fa, ...(row.aliases ?? '').split('|')];
  const keys = new Set(names.map((name) => signless(name ?? '')));
  return [...keys].filter((key) => key.length > 2).map((key) => ({ key, id: row.id ?? '' }));
}

function byLength(names: readonly KnownName[]): KnownName[] {
  return [...names].sort((a, b) => b.key.length - a.key.length);
}

function capOf(row: ShippedRow): Cap {
  const amount = (text: string | undefined) => (text ? BigInt(text) : undefined);
  return {
    from: row.from_on || undefined,
    to: row.to_on || undefined,
    individual: amount(row.cap_individual_rial) ?? 0n,
    approved: amount(row.cap_approved_rial),
    supporter: amount(row.cap_supporter_rial) ?? 0n,
  };
}
