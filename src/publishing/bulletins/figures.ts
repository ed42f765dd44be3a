import {
  countyLabel,
  isDemonstration,
  organisationLabel,
  provinceLabel,
  type Reference,
} from '../../accounts/index.ts';
import { keptPercent, readCells } from '../../figures/index.ts';
import { isoToday } from '../../kit/jalali.ts';
import type { Tx } from '../../platform/database.ts';
import { listOverrides } from '../../supervision/index.ts';
import { type Cell, protect, type Told, type ToldBeside, told, toldBeside } from './rules.ts';
import type { Values } from './text.ts';

/** What a bulletin is about. */
export type Subject = {
  readonly provinceId: number;
  /** ISO, both included. */
  readonly from: string;
  readonly to: string;
  readonly agencyId: string | null;
  readonly countyId: number | null;
};

type Label = { readonly fa: string; readonly en: string };

/** A way round the supervision gate, as the annex lists it; nobody is named. */
export type Override = {
  readonly agency: string;
  readonly tranche: number;
  readonly decidedOn: string;
  readonly paidOn: string | null;
  readonly reason: string;
  readonly decidedReason: string;
};

/** All that a version stands on, frozen in it: what the record said of its subject at a moment. */
export type Figures = {
  readonly values: Values;
  /** The parts of the table, in its order, with their names. */
  readonly parts: readonly { readonly id: string; readonly label: Label }[];
  readonly by: 'agency' | 'county';
  readonly place: Label;
  /** The table that anybody can recompute, small counties put together. */
  readonly cells: readonly {
    readonly agency: string;
    readonly county: string | null;
    readonly values: Readonly<Record<Told, string>>;
  }[];
  readonly labels: Readonly<Record<string, Label>>;
  readonly overrides: readonly Override[];
  readonly demonstration: boolean;
};

/** What the record says of a subject, with nothing in it that was recorded after `asOf`. */
export async function readFigures(
  tx: Tx,
  reference: Reference,
  subject: Subject,
  asOf: Date,
): Promise<Figures> {
  const { provinceId, agencyId, countyId } = subject;
  const by = agencyId === null ? 'agency' : 'county';
  const scope = scopeOf(subject);
  const whole = await read(tx, subject, asOf, scope);
  const beside = (await read(tx, subject, asOf, scope, undefined, toldBeside)).get('');
  const parts = await read(tx, subject, asOf, scope, by);
  const keys = [...parts.keys()].sort((a, b) => rank(parts, a, b));
  const values = Object.fromEntries([
    ...told.map((name) => [name, text(whole.get('')?.[name])]),
    ...toldBeside.map((name) => [name, text(beside?.[name])]),
    ['buyback_kept', text(keptOf(beside))],
    ...keys.flatMap((key) =>
      told.map((name) => [`${name}@${idOf(by, key)}`, text(parts.get(key)?.[name])]),
    ),
  ]);
  const overrides = await overridesOf(tx, subject, asOf);
  const cells = protect(
    await cellsOf(tx, subject, asOf, by === 'agency' ? keys : [agencyId ?? '']),
  );
  const label = (key: string) =>
    by === 'agency'
      ? organisationLabel(reference, key).label
      : countyLabel(reference, Number(key)).label;
  const province = provinceLabel(reference, provinceId).label;
  return {
    ...{ by, overrides, demonstration: await isDemonstration(tx, provinceId) },
    values: { ...values, overrides: String(overrides.length) },
    parts: keys.map((key) => ({ id: idOf(by, key), label: label(key) })),
    place: countyId === null ? province : countyLabel(reference, countyId).label,
    cells: cells.map((cell) => ({ ...cell, values: texts(cell.values) })),
    labels: labelsOf(reference, cells),
  };
}

function keptOf(beside: Row<ToldBeside> | undefined): bigint {
  if (!beside) return 0n;
  return keptPercent(beside.buyback_taken_rial, beside.buyback_promised_rial) ?? 0n;
}

const text = (value: bigint | undefined) => (value ?? 0n).toString();
const texts = (values: Readonly<Record<Told, bigint>>) =>
  Object.fromEntries(told.map((name) => [name, text(values[name])])) as Record<Told, string>;
const idOf = (by: 'agency' | 'county', key: string) =>
  by === 'county' ? key.padStart(4, '0') : key;

type Row<Name extends string = Told> = Record<Name, bigint>;

function scopeOf({ agencyId, countyId }: Subject) {
  return {
    ...(agencyId === null ? {} : { agency: agencyId }),
    ...(countyId === null ? {} : { county: String(countyId) }),
  };
}

async function read<Name extends Told | ToldBeside = Told>(
  tx: Tx,
  { provinceId, from, to }: Subject,
  asOf: Date,
  scope: ReturnType<typeof scopeOf>,
  by?: 'agency' | 'county',
  names: readonly Name[] = told as readonly string[] as readonly Name[],
): Promise<Map<string, Row<Name>>> {
  const question = { provinceId, period: { from, to }, scope, asOf, ...(by ? { by } : {}) };
  const rows = new Map<string, Row<Name>>();
  for (const { measure, key, value } of await readCells(tx, question)) {
    const name = names.find((one) => one === measure);
    if (!name || value === 0n) continue;
    const row = rows.get(key) ?? nothing(names);
    row[name] += value;
    rows.set(key, row);
  }
  return rows;
}

function nothing<Name extends string>(names: readonly Name[]): Row<Name> {
  return Object.fromEntries(names.map((name) => [name, 0n])) as Row<Name>;
}

/** Those with most plans paid first. */
function rank(rows: ReadonlyMap<string, Row>, a: string, b: string): number {
  const [x, y] = [rows.get(a) ?? nothing(told), rows.get(b) ?? nothing(told)];
  for (const name of ['plans_funded', 'permits_issued'] as const) {
    if (x[name] !== y[name]) return x[name] < y[name] ? 1 : -1;
  }
  return a < b ? -1 : 1;
}

async function cellsOf(
  tx: Tx,
  subject: Subject,
  asOf: Date,
  agencies: readonly string[],
): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const agency of agencies) {
    const scope = { ...scopeOf(subject), agency };
    for (const [county, values] of await read(tx, subject, asOf, scope, 'county')) {
      cells.push({ agency, county: county.padStart(4, '0'), values });
    }
  }
  // The database gives groups in any order; what is frozen has to come out the same each time.
  const keyOf = ({ agency, county }: Cell) => `${agency} ${county}`;
  return cells.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function labelsOf(reference: Reference, cells: readonly Cell[]): Record<string, Label> {
  const labels: Record<string, Label> = {};
  for (const { agency, county } of cells) {
    labels[agency] = organisationLabel(reference, agency).label;
    if (county !== null) labels[county] = countyLabel(reference, Number(county)).label;
  }
  return labels;
}

async function overridesOf(tx: Tx, subject: Subject, asOf: Date): Promise<Override[]> {
  const all = await listOverrides(tx, subject.provinceId, { organisation: subject.agencyId });
  return all.flatMap((one) => {
    if (one.state !== 'granted' || one.decidedAt === null || one.decidedAt > asOf) return [];
    const decidedOn = isoToday(one.decidedAt.getTime());
    if (decidedOn < subject.from || decidedOn > subject.to) return [];
    return [
      {
        ...{ agency: one.agencyId, tranche: one.tranche, decidedOn, paidOn: one.paidOn },
        ...{ reason: one.reason, decidedReason: one.decidedReason ?? '' },
      },
    ];
  });
}
