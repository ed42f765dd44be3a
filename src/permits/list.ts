import { type SelectQueryBuilder, sql } from 'kysely';
import type { Static } from 'typebox';
import {
  countyLabel,
  nameQuery,
  occupationLabel,
  organisationLabel,
  type Reference,
  settingOn,
} from '../accounts/index.ts';
import { decodeCode, encodeCode } from '../kit/code.ts';
import { addDays, type IsoDate, parseJalali } from '../kit/jalali.ts';
import { toAsciiDigits } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { type DB, rowsParsedOnce, type Tx } from '../platform/database.ts';
import type { Principal } from '../platform/policy.ts';
import { begunBetween, inBranch } from './flow.ts';
import type { CaseList, CaseListQuery } from './list-contract.ts';
import { maskedId } from './masks.ts';
import { visibleTo } from './policy.ts';
import { isReferable } from './referable.ts';

type Query = Static<typeof CaseListQuery>;
/**
 * Above this many the total is counted no further: the list says "more than". Each case counted costs as
 * much as a walk past it, and row security asks its questions of each.
 */
const countLimit = 2_500;
/** A name that more people bear finds so many of them, and the list says that there are more. */
const searchLimit = 200;

/**
 * One page of the cases that a principal sees, newest first, and how many there are in all.
 * @throws Problem `platform.bad_request` (400) for a cursor that is not one of ours
 */
export async function listCases(
  tx: Tx,
  reference: Reference,
  principal: Principal,
  provinceId: number,
  today: string,
  query: Query,
): Promise<Static<typeof CaseList>> {
  const limit = query.limit ?? 50;
  const after = query.cursor === undefined ? undefined : decodeCode(query.cursor);
  if (query.cursor !== undefined && !after) throw new Problem('platform.bad_request');
  const words = query.q?.trim();
  const found = words ? await search(tx, provinceId, words) : undefined;
  const notice = Number(settingOn(reference, 'permits.renewal_notice', provinceId, today));
  const asked = {
    ...query,
    endsBy: query.expiring ? addDays(today as IsoDate, notice) : undefined,
    ...begunIn(query),
  };
  const all = filtered(tx, principal, provinceId, today, asked, found?.ids).select('cases.id');
  const { ids, counted } = found
    ? await takeAll(all, after?.id, limit + 1)
    : await takePage(tx, all, after?.id, limit + 1);
  const last = ids.length > limit ? ids[limit - 1] : undefined;
  const rows = await linesOf(tx, provinceId, ids.slice(0, limit));
  return {
    total: Math.min(counted, countLimit),
    more: counted > countLimit || (found?.cut ?? false),
    items: rows.map((row) => toLine(reference, principal, provinceId, today, row)),
    next: last ? encodeCode(provinceId, last) : null,
  };
}

type Key = { readonly id: string };
type Cases = SelectQueryBuilder<DB, 'cases', Key>;
/** The first cases behind one, newest first, and how many there are in all. */
type Taken = { readonly ids: readonly string[]; readonly counted: number };

async function takePage(
  tx: Tx,
  all: Cases,
  after: string | undefined,
  most: number,
): Promise<Taken> {
  const newest = all.orderBy('cases.id', 'desc');
  const page = after ? newest.where('cases.id', '<', after) : newest;
  const [walked, { counted }] = await Promise.all([
    page.limit(most).execute(),
    tx
      .selectFrom(all.limit(countLimit + 1).as('counted'))
      .select(sql<number>`count(*)::integer`.as('counted'))
      .executeTakeFirstOrThrow(),
  ]);
  return { ids: walked.map(({ id }) => id), counted };
}

/** Of what a search found there are few enough to be looked at once. */
async function takeAll(all: Cases, after: string | undefined, most: number): Promise<Taken> {
  const walked = await all.orderBy('cases.id', 'desc').execute();
  const behind = after ? walked.filter(({ id }) => id < after) : walked;
  return { ids: behind.slice(0, most).map(({ id }) => id), counted: walked.length };
}

/** The cases of a page, newest first. */
async function linesOf(tx: Tx, provinceId: number, ids: readonly string[]): Promise<Line[]> {
  if (ids.length === 0) return [];
  const lines = tx
    .selectFrom('cases')
    .innerJoin('people', (join) =>
      join.onRef('people.id', '=', 'cases.person_id').on('people.province_id', '=', provinceId),
    )
    .leftJoin('permits', (join) =>
      join.onRef('permits.id', '=', 'cases.permit_id').on('permits.province_id', '=', provinceId),
    )
    .select(lineColumns)
    .where('cases.province_id', '=', provinceId)
    .where(sql<boolean>`cases.id = any(${ids}::uuid[])`)
    .orderBy('cases.id', 'desc');
  return rowsParsedOnce(tx, lines.compile());
}

/** What a line of any list of cases is made of; for {@link toLine}. */
export const lineColumns = [
  'cases.id',
  'cases.kind',
  'cases.state',
  'cases.plan_state',
  'cases.occupation_id',
  'cases.agency_id',
  'cases.county_id',
  'cases.bank_id',
  'cases.holder',
  'cases.holder_since',
  'cases.due_on',
  'people.first_name',
  'people.last_name',
  'people.national_id',
  'people.demonstration',
  'permits.number',
] as const;

/** The one predicate of the list: its page, its count and its export all start here. */
function filtered(
  tx: Tx,
  principal: Principal,
  provinceId: number,
  today: string,
  query: Query & { readonly endsBy: string | undefined },
  found: readonly string[] | undefined,
): SelectQueryBuilder<DB, 'cases', unknown> {
  let cases = tx
    .selectFrom('cases')
    .where('cases.province_id', '=', provinceId)
    .where(visibleTo(principal));
  if (query.state) cases = cases.where('cases.state', '=', query.state);
  if (query.planState === 'none') cases = cases.where('cases.plan_state', 'is', null);
  else if (query.planState) cases = cases.where('cases.plan_state', '=', query.planState);
  if (query.holder) cases = cases.where('cases.holder', '=', query.holder);
  if (query.agency) cases = cases.where('cases.agency_id', '=', query.agency);
  if (query.county) cases = cases.where('cases.county_id', '=', Number(query.county));
  if (query.bank) cases = cases.where('cases.bank_id', '=', query.bank);
  if (query.kind) cases = cases.where('cases.kind', '=', query.kind);
  if (query.occupation) cases = cases.where('cases.occupation_id', '=', query.occupation);
  if (query.late) cases = cases.where('cases.due_on', '<', sql<string>`${today}::date` as never);
  if (query.referable) cases = cases.where(isReferable);
  if (query.flow) cases = cases.where(inBranch(query.flow));
  if (query.from && query.to) cases = cases.where(begunBetween(provinceId, query.from, query.to));
  if (query.endsBy) cases = cases.where(endsBetween(provinceId, today, query.endsBy));
  return found ? cases.where(sql<boolean>`cases.id = any(${found}::uuid[])`) : cases;
}

/** The days in which cases have to have begun, ISO; both or none. @throws Problem `platform.bad_request` (400) */
function begunIn({ from, to }: Query): { from?: IsoDate; to?: IsoDate } {
  if (from === undefined || to === undefined) return {};
  const [first, last] = [parseJalali(from), parseJalali(to)];
  if (!first || !last) throw new Problem('platform.bad_request');
  return { from: first, to: last };
}

/** A permit that stands and ends within some days; ISO. */
function endsBetween(provinceId: number, from: string, to: string) {
  return sql<boolean>`(cases.state = 'issued' and exists (select 1 from permits p
    where p.province_id = ${provinceId} and p.id = cases.permit_id
      and p.valid_until between ${from}::date and ${to}::date))`;
}

/** Cases that a search found, and whether it stopped before it had found all. */
type Found = { readonly ids: readonly string[]; readonly cut: boolean };

/** Cases by what somebody typed: digits are a national ID or a permit number, anything else part of a name. */
async function search(tx: Tx, provinceId: number, words: string): Promise<Found> {
  const digits = toAsciiDigits(words).replaceAll(/[\s-]/g, '');
  const people = /^\d+$/.test(digits)
    ? sql<Key>`select p.id from people p
        where p.province_id = ${provinceId} and p.national_id = ${digits.padStart(10, '0')}`
    : sql<Key>`select f as id from find_people(${provinceId}::integer, ${nameQuery(words)}::tsquery,
        ${searchLimit + 1}::integer) f`;
  const number = /^\d+$/.test(digits) ? digits : toAsciiDigits(words);
  // By itself: the function looks for people where they lie, which is no place to be asked for cases too.
  const called = await rowsParsedOnce(tx, people.compile(tx));
  const persons = called.map(({ id }) => id);
  const cases = sql<Key>`
    select id from cases where province_id = ${provinceId} and person_id = any(${persons}::uuid[])
    union all
    select case_id from permits
    where province_id = ${provinceId} and number = ${number} and taken_back_at is null`;
  const rows = await rowsParsedOnce(tx, cases.compile(tx));
  return { ids: rows.map(({ id }) => id), cut: persons.length > searchLimit };
}

type Line = {
  id: string;
  kind: string;
  state: string;
  plan_state: string | null;
  occupation_id: string;
  agency_id: string;
  county_id: number;
  bank_id: string | null;
  holder: string;
  holder_since: unknown;
  due_on: unknown;
  first_name: string;
  last_name: string;
  national_id: string;
  demonstration: boolean;
  number: string | null;
};

/** One line of a list of cases in wire form. */
export function toLine(
  reference: Reference,
  principal: Principal,
  provinceId: number,
  today: string,
  row: Line,
) {
  const dueOn = row.due_on === null ? null : String(row.due_on);
  return {
    code: encodeCode(provinceId, row.id),
    permitNumber: row.number,
    name: `${row.first_name} ${row.last_name}`,
    nationalId: maskedId(principal, row.national_id),
    kind: row.kind,
    state: row.state,
    planState: row.plan_state,
    occupation: occupationLabel(reference, row.occupation_id),
    agency: organisationLabel(reference, row.agency_id),
    county: countyLabel(reference, row.county_id),
    bank: row.bank_id === null ? null : organisationLabel(reference, row.bank_id),
    since: String(row.holder_since),
    dueOn,
    late: dueOn !== null && dueOn < today,
    holder: row.holder,
    demonstration: row.demonstration,
  };
}
