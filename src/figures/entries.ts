import { type RawBuilder, sql } from 'kysely';
import type { Static } from 'typebox';
import {
  countyLabel,
  occupationLabel,
  organisationLabel,
  type Reference,
} from '../accounts/index.ts';
import { decodeCode, encodeCode } from '../kit/code.ts';
import { Problem } from '../kit/problem.ts';
import { recordOpenings } from '../permits/index.ts';
import type { Count } from '../platform/counts.ts';
import type { Tx } from '../platform/database.ts';
import type { Principal } from '../platform/policy.ts';
import type { EntriesAnswer } from './contract.ts';
import type { Period } from './cube.ts';
import { type ColumnDimension, columnDimensions, type Scope } from './dimensions.ts';
import { counts, findMeasure } from './measures.ts';
import { visibleSteps } from './policy.ts';

export type EntriesQuestion = {
  readonly provinceId: number;
  readonly measure: string;
  readonly period: Period;
  readonly scope: Scope;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

/**
 * The list behind a number: the steps that add to the measure and still stand, newest first, as far
 * as the reader may see their cases. For a count its length is the number.
 * @throws Problem `figures.unknown_measure` (422), `platform.bad_request` (400) for a foreign cursor
 */
export async function listEntries(
  tx: Tx,
  reference: Reference,
  principal: Principal,
  question: EntriesQuestion,
): Promise<Static<typeof EntriesAnswer>> {
  const measure = findMeasure(question.measure);
  if (!measure) throw new Problem('figures.unknown_measure', { measure: question.measure });
  const own = counts.filter((count) => count.measure === measure.name);
  const after = question.cursor === undefined ? undefined : decodeCode(question.cursor);
  if (question.cursor !== undefined && !after) throw new Problem('platform.bad_request');
  const standing = standingSteps(tx, principal, question, own);
  const totals = await standing
    .select([sql<bigint>`count(*)`.as('total'), sql<string | null>`sum(${addedBy(own)})`.as('sum')])
    .executeTakeFirstOrThrow();
  const rows = await pageOf(standing, question.provinceId, after?.id, question.limit + 1);
  const shown = rows.slice(0, question.limit);
  const last = rows.length > question.limit ? shown.at(-1) : undefined;
  return {
    total: Number(totals.total),
    sum: String(totals.sum ?? '0'),
    items: shown.map((row) => toEntry(reference, question.provinceId, row)),
    next: last ? encodeCode(question.provinceId, last.id) : null,
  };
}

/** The steps of the measure in period and scope that no later step took back. */
function standingSteps(
  tx: Tx,
  principal: Principal,
  { provinceId, period, scope }: EntriesQuestion,
  own: readonly Count[],
) {
  return tx
    .selectFrom('history as h')
    .where('h.province_id', '=', provinceId)
    .where(visibleSteps(principal))
    .where('h.sign', '=', 1)
    .where(sql<boolean>`h.happened_on between ${period.from}::date and ${period.to}::date`)
    .where(sql<boolean>`(${sql.join(own.map(matches), sql` or `)})`)
    .where(sql<boolean>`not exists (select 1 from history r
      where r.province_id = ${provinceId} and r.reverses = h.id)`)
    .where((eb) => eb.and(scopePredicates(scope).map((predicate) => predicate as never)));
}

const columnOf: Record<ColumnDimension, RawBuilder<unknown>> = {
  agency: sql`h.agency_id`,
  county: sql`h.county_id::text`,
  bank: sql`coalesce(h.bank_id, '')`,
  kind: sql`h.kind`,
  occupation: sql`h.occupation_id`,
  sex: sql`h.sex`,
  area: sql`h.area`,
};

function scopePredicates(scope: Scope): RawBuilder<boolean>[] {
  return columnDimensions.flatMap((dimension) => {
    const value = scope[dimension];
    return value === undefined ? [] : [sql<boolean>`${columnOf[dimension]} = ${value}`];
  });
}

function matches(count: Count): RawBuilder<boolean> {
  if (!count.from) return sql<boolean>`h.verb = ${count.verb}`;
  const froms = count.from.map((state) => state ?? '');
  return sql<boolean>`(h.verb = ${count.verb}
    and coalesce(h.from_state, '') = any(${froms}::text[]))`;
}

function addedBy(own: readonly Count[]): RawBuilder<unknown> {
  const [first] = own;
  if (first?.add === 'rial') return sql`coalesce(h.rial, 0)`;
  return first?.add === 'people' ? sql`coalesce(h.people, 0)` : sql`1`;
}

/**
 * The rows of {@link listEntries} one after another, newest first, however many there are: they are fetched a
 * few thousand at a time.
 */
export async function* streamEntries(
  tx: Tx,
  principal: Principal,
  question: Omit<EntriesQuestion, 'cursor' | 'limit'>,
): AsyncGenerator<Row> {
  const own = counts.filter(({ measure }) => measure === question.measure);
  const standing = standingSteps(tx, principal, { ...question, limit: 0 }, own);
  yield* withNames(standing, question.provinceId).stream(2_000);
}

/** Writes down that somebody takes the rows of {@link streamEntries} out of the house: for every case, once a day. */
export function recordTaking(
  tx: Tx,
  by: { readonly now: Date; readonly today: string },
  principal: Principal,
  question: Omit<EntriesQuestion, 'cursor' | 'limit'>,
): void {
  const own = counts.filter(({ measure }) => measure === question.measure);
  const standing = standingSteps(tx, principal, { ...question, limit: 0 }, own);
  const cases = sql`${standing.select('h.case_id')}`;
  const { provinceId } = question;
  recordOpenings(tx, { ...by, provinceId }, principal, cases, 'export');
}

type Row = Awaited<ReturnType<typeof pageOf>>[number];
type Standing = ReturnType<typeof standingSteps>;

function pageOf(standing: Standing, provinceId: number, after: string | undefined, limit: number) {
  const page = withNames(standing, provinceId).limit(limit);
  return (after === undefined ? page : page.where('h.id', '<', after)).execute();
}

/** The steps with whose they are and which permit they belong to, newest first. */
function withNames(standing: Standing, provinceId: number) {
  return standing
    .innerJoin('people', (join) =>
      join.onRef('people.id', '=', 'h.person_id').on('people.province_id', '=', provinceId),
    )
    .innerJoin('cases', (join) =>
      join.onRef('cases.id', '=', 'h.case_id').on('cases.province_id', '=', provinceId),
    )
    .leftJoin('permits', (join) =>
      join.onRef('permits.id', '=', 'cases.permit_id').on('permits.province_id', '=', provinceId),
    )
    .select([
      'h.id',
      'h.case_id',
      'h.happened_on',
      'h.rial',
      'h.people',
      'h.kind',
      'h.occupation_id',
      'h.agency_id',
      'h.county_id',
      'h.bank_id',
      'people.first_name',
      'people.last_name',
      'people.demonstration',
      'permits.number',
    ])
    .orderBy('h.id', 'desc');
}

function toEntry(reference: Reference, provinceId: number, row: Row) {
  return {
    code: encodeCode(provinceId, row.case_id),
    permitNumber: row.number,
    name: `${row.first_name} ${row.last_name}`,
    kind: row.kind,
    occupation: occupationLabel(reference, row.occupation_id),
    agency: organisationLabel(reference, row.agency_id),
    county: countyLabel(reference, row.county_id),
    bank: row.bank_id === null ? null : organisationLabel(reference, row.bank_id),
    happenedOn: row.happened_on,
    rial: row.rial === null ? null : String(row.rial),
    people: row.people,
    demonstration: row.demonstration,
  };
}
