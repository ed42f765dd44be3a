import { toGrains, type Unit } from '../src/supporters/index.ts';
import { readDemoText } from './reference.ts';

/** What people of an occupation make for their supporter, and of what: invented. */
export interface Good {
  readonly product: string;
  readonly unit: Unit;
  /** How much one person makes in a month, an exact decimal. */
  readonly month: string;
  /** The same in grains of the unit. */
  readonly monthGrains: bigint;
  /** Rial for one unit. */
  readonly rate: number;
  readonly material: string;
  readonly kept: Unit;
  readonly net: string;
  readonly waste: string;
  /** Rial for one unit of the material. */
  readonly price: number;
}

const data = JSON.parse(readDemoText('supporter-goods.json')) as {
  readonly words: {
    readonly buyers: readonly string[];
    readonly scrap: string;
    readonly rejected: string;
    readonly transfer: string;
    readonly advance: string;
    readonly default: string;
    readonly topic: string;
    readonly place: string;
    readonly deliver: string;
    readonly cluster: string;
    readonly notes: readonly string[];
  };
  readonly goods: Readonly<Record<string, Omit<Good, 'monthGrains'>>>;
};

/** What supporters' books say in words: invented. */
export const words = data.words;

/** The good of an occupation, or else of its agency. */
export function goodsOf(occupationId: string, agencyId: string): Good {
  const good = data.goods[occupationId] ?? data.goods[agencyId];
  if (!good) throw new RangeError(`no good of ${occupationId}`);
  return { ...good, monthGrains: toGrains(good.month, good.unit) };
}
