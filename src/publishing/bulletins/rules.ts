import { roundDiv } from '../../kit/rial.ts';

/** What a bulletin counts, in the order in which it tells of it. */
export const told = [
  'permits_issued',
  'plans_referred',
  'plans_funded',
  'rial_paid',
  'jobs_registered',
] as const;
export type Told = (typeof told)[number];

/** What a bulletin tells of the market and of supporters: of its whole subject, and not in its table. */
export const toldBeside = [
  'businesses_in_market',
  'sales',
  'rial_sold',
  'materials_saved',
  'buyback_promised_rial',
  'buyback_taken_rial',
  'piece_rate_late_rial',
] as const;
/** What follows from those, in whole percent. */
export const toldDerived = ['buyback_kept'] as const;
export type ToldBeside = (typeof toldBeside)[number];

/** Whether a figure is an amount of money, in rial: by its name, or that of its measure before an `@`. */
export function isMoney(name: string): boolean {
  return /^rial_|^materials_saved|_rial(?:@|$)/.test(name);
}

/** How a number is said: how sure the words are, and of which value. */
export type Said = {
  readonly hedge: 'exact' | 'about' | 'nearly' | 'over';
  readonly value: bigint;
};

const rialSteps = [10n ** 10n, 10n ** 9n, 10n ** 8n, 10n ** 7n, 10n ** 6n, 10n ** 5n, 10n ** 4n];
const countSteps = [1000n, 100n, 10n];

/**
 * Rounded to the nearest of the coarsest step that is at most two in a hundred off; «nearly» where half a
 * hundredth at most is lacking, else «about». The steps of money are whole milliards of toman, and tenths down.
 */
export function sayNear(value: bigint): Said {
  for (const step of rialSteps) {
    const rounded = roundDiv(value, step) * step;
    const off = rounded > value ? rounded - value : value - rounded;
    if (off === 0n) return { hedge: 'exact', value };
    if (off * 50n > value) continue;
    const nearly = rounded > value && off * 200n <= rounded;
    return { hedge: nearly ? 'nearly' : 'about', value: rounded };
  }
  return { hedge: 'exact', value };
}

/** Cut down to the coarsest step that leaves out at most five in a hundred: never more than there is. */
export function sayOver(value: bigint, money: boolean): Said {
  for (const step of money ? rialSteps : countSteps) {
    const cut = (value / step) * step;
    if (cut === value && value > 0n) return { hedge: 'exact', value };
    if (cut > 0n && (value - cut) * 20n <= value) return { hedge: 'over', value: cut };
  }
  return { hedge: 'exact', value };
}

/** A row of the table that anybody can recompute: an agency's, in a county or in those put together. */
export type Cell = {
  readonly agency: string;
  /** Null for the counties that were put together. */
  readonly county: string | null;
  readonly values: Readonly<Record<Told, bigint>>;
};

/** The fewest that a count may show: below it a household could be told. */
export const fewest = 5n;

const counts = told.filter((name) => name !== 'rial_paid');
const isSmall = ({ values }: Pick<Cell, 'values'>) =>
  counts.some((name) => values[name] > 0n && values[name] < fewest);

/**
 * Puts an agency's small counties together: those with one to four of anything, and while the sum is still
 * small, the smallest of the others too. So every column still adds up to its total.
 */
export function protect(cells: readonly Cell[]): Cell[] {
  return [...Map.groupBy(cells, ({ agency }) => agency)].flatMap(([agency, rows]) => {
    const open = rows.filter((row) => !isSmall(row)).sort((a, b) => sizeOf(b) - sizeOf(a));
    const closed = rows.filter(isSmall);
    if (closed.length === 0) return open;
    while (open.length > 0 && (closed.length < 2 || isSmall({ values: sumOf(closed) }))) {
      closed.push(...open.splice(-1));
    }
    return [...open, { agency, county: null, values: sumOf(closed) }];
  });
}

const sizeOf = ({ values }: Cell) => Number(values.permits_issued + values.plans_referred);

/** Rows added up, column by column. */
export function sumOf(cells: readonly Pick<Cell, 'values'>[]): Record<Told, bigint> {
  const entries = told.map((name) => [
    name,
    cells.reduce((sum, { values }) => sum + values[name], 0n),
  ]);
  return Object.fromEntries(entries) as Record<Told, bigint>;
}

/** The public number of a bulletin: `04-1401-1`. */
export function bulletinNumber(provinceId: number, year: number, serial: number): string {
  return `${String(provinceId).padStart(2, '0')}-${year}-${serial}`;
}

/** Reads a number back; undefined for what is none. */
export function readBulletinNumber(text: string) {
  const match = /^(\d{2})-(1[34]\d{2})-([1-9]\d{0,5})$/.exec(text);
  if (!match) return undefined;
  const [, province, year, serial] = match;
  return { provinceId: Number(province), year: Number(year), serial: Number(serial) };
}
