import { type RawBuilder, sql } from 'kysely';
import type { Static } from 'typebox';
import { holidaysOf, limitOn, type Reference } from '../accounts/index.ts';
import { decodeCode, encodeCode } from '../kit/code.ts';
import { isIsoDate } from '../kit/jalali.ts';
import { Problem } from '../kit/problem.ts';
import { endOfLimit } from '../kit/working-days.ts';
import { rowsParsedOnce, type Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Principal } from '../platform/policy.ts';
import { tryClaim } from './claims.ts';
import { lineColumns, toLine } from './list.ts';
import { visibleTo } from './policy.ts';
import {
  type NextBody,
  type QueueAnswer,
  type QueueLine,
  type QueueQuery,
  type QueueTab,
  queueTabs,
} from './queue-contract.ts';

type Filters = Static<typeof NextBody>;
type Asked = { readonly reference: Reference; readonly principal: Principal; readonly act: Act };

/** The clock's notice that a case's present deadline passed in its holder's hands. */
const isEscalated = (provinceId: number) =>
  sql<boolean>`(cases.holder in ('agency', 'clearing', 'bank') and exists (
  select 1 from deadline_notices n where n.province_id = ${provinceId}::integer
    and n.case_id = cases.id and n.due_on = cases.due_on and n.level = 'escalated'))`;

/** What waits for this account: its own organisation's turn; for the director also what was escalated. */
function waitsFor(principal: Principal, provinceId: number): RawBuilder<boolean> {
  if (principal.role === 'expert') {
    const own = principal.organisationId ?? '';
    return sql<boolean>`(cases.holder = 'agency' and cases.agency_id = ${own}
      or cases.holder = 'clearing' and exists (select 1 from clearances x
        where x.province_id = ${provinceId}::integer and x.case_id = cases.id and x.body_id = ${own}
          and x.state = 'asked'))`;
  }
  if (principal.role === 'bank') {
    return sql<boolean>`(cases.holder = 'bank' and cases.bank_id = ${principal.organisationId ?? ''})`;
  }
  if (principal.role === 'officer') {
    return sql<boolean>`(cases.holder = 'directorate' and cases.state <> 'objected' or ${atBank(provinceId)})`;
  }
  return sql<boolean>`(cases.holder = 'directorate' or ${isEscalated(provinceId)})`;
}

/** What banks sit on is a part of its own: the directorate asks the bank, and takes no step itself. */
const atBank = (provinceId: number) =>
  sql<boolean>`(cases.holder = 'bank' and ${isEscalated(provinceId)})`;

/** Each part of the queue as a condition over a case and its live claim `k`. */
function conditions({ reference, principal, act }: Asked): Record<QueueTab, RawBuilder<boolean>> {
  const { provinceId, today } = act;
  const near = limitOn(reference, 'permits.warning_limit', provinceId, today);
  const until = endOfLimit(today, near, holidaysOf(reference, provinceId, today));
  // For a bank all that waits is at a bank; for the others what is there stands apart.
  const own = principal.role === 'bank' ? sql<boolean>`true` : sql<boolean>`cases.holder <> 'bank'`;
  const parts = {
    all: sql<boolean>`true`,
    mine: sql<boolean>`(k.account_id is not null and k.account_id = ${principal.accountId}::uuid)`,
    unclaimed: sql<boolean>`k.account_id is null`,
    late: sql<boolean>`coalesce(cases.due_on < ${today}::date, false)`,
    soon: sql<boolean>`coalesce(cases.due_on between ${today}::date and ${until}::date, false)`,
    toSign:
      principal.role === 'expert'
        ? sql<boolean>`cases.state in ('submitted', 'renewal_asked')`
        : sql<boolean>`cases.state in ('agency_signed', 'renewal_signed')`,
    objections: sql<boolean>`cases.state = 'objected'`,
    escalated: isEscalated(provinceId),
  };
  const within = (part: RawBuilder<boolean>) => sql<boolean>`(${own} and ${part})`;
  const names = Object.keys(parts) as (keyof typeof parts)[];
  const ownParts = Object.fromEntries(names.map((name) => [name, within(parts[name])]));
  return { ...(ownParts as typeof parts), atBank: atBank(provinceId) };
}

/** The one predicate of the queue: its counts, its lists and "the next case" all start here. */
function waiting(tx: Tx, { principal, act }: Asked, filters: Filters) {
  let cases = tx
    .selectFrom('cases')
    .leftJoin('case_claims as k', (join) =>
      join
        .onRef('k.case_id', '=', 'cases.id')
        .on('k.province_id', '=', act.provinceId)
        .on('k.expires_at', '>', act.now),
    )
    .where('cases.province_id', '=', act.provinceId)
    .where('cases.holder', 'in', ['agency', 'clearing', 'directorate', 'bank'])
    .where(visibleTo(principal))
    .where(waitsFor(principal, act.provinceId));
  if (filters.county) cases = cases.where('cases.county_id', '=', Number(filters.county));
  if (filters.kind) cases = cases.where('cases.kind', '=', filters.kind);
  if (filters.state) cases = cases.where('cases.state', '=', filters.state);
  if (filters.occupation) cases = cases.where('cases.occupation_id', '=', filters.occupation);
  return cases;
}

/**
 * What waits, walked once: how many are in each part, and the first of one part after a cursor. `w` is
 * what waits, with a column for each part.
 */
async function walk(tx: Tx, asked: Asked, query: Static<typeof QueueQuery>, rows: number) {
  const by = conditions(asked);
  const tab = query.tab ?? 'all';
  const parts = queueTabs.map((name) => by[name].as(name));
  const all = waiting(tx, asked, query).select(['cases.id', 'cases.due_on', ...parts]);
  const counts = queueTabs.map(
    (name) => sql`'${sql.raw(name)}', count(*) filter (where w.${sql.ref(name)})`,
  );
  const walked = sql<{ counts: Record<QueueTab, number>; ids: string[] }>`
    with w as materialized (${all})
    select (select json_build_object(${sql.join(counts)}) from w) as counts,
      array(select w.id from w where w.${sql.ref(tab)} and ${after(query.cursor)}
        order by w.due_on asc nulls last, w.id limit ${rows}::integer) as ids`;
  const { county, kind, state, occupation, cursor } = query;
  const first = !(county || kind || state || occupation || cursor);
  // The first look, which is what is looked at most, is one of few; what filters make up is not.
  const [found] = first
    ? await rowsParsedOnce(tx, walked.compile(tx))
    : (await walked.execute(tx)).rows;
  return found as NonNullable<typeof found>;
}

/**
 * A part of what waits for an account, oldest deadline first, with the counts of all parts in one query.
 * @throws Problem `platform.bad_request` (400) for a cursor that is not one of ours
 */
export async function listQueue(
  tx: Tx,
  asked: Asked,
  query: Static<typeof QueueQuery>,
): Promise<Static<typeof QueueAnswer>> {
  const { reference, principal, act } = asked;
  const tab = query.tab ?? 'all';
  const limit = query.limit ?? 50;
  const { counts, ids } = await walk(tx, asked, query, limit + 1);
  const rows = ids.length === 0 ? [] : await linesOf(tx, act, ids.slice(0, limit));
  const last = ids.length > limit ? rows.at(-1) : undefined;
  return {
    tab,
    counts,
    total: counts[tab],
    items: rows.map((row) => ({
      ...toLine(reference, principal, act.provinceId, act.today, row),
      claim: claimOf(principal, row),
      escalated: row.escalated,
    })),
    next: last ? `${last.due_on ?? 'none'}.${encodeCode(act.provinceId, last.id)}` : null,
  };
}

/** The cases of a page, oldest deadline first, with who has claimed them. */
function linesOf(tx: Tx, { provinceId, now }: Act, ids: readonly string[]) {
  const lines = tx
    .selectFrom('cases')
    .innerJoin('people', (join) =>
      join.onRef('people.id', '=', 'cases.person_id').on('people.province_id', '=', provinceId),
    )
    .leftJoin('permits', (join) =>
      join.onRef('permits.id', '=', 'cases.permit_id').on('permits.province_id', '=', provinceId),
    )
    .leftJoin('case_claims as k', (join) =>
      join
        .onRef('k.case_id', '=', 'cases.id')
        .on('k.province_id', '=', provinceId)
        .on('k.expires_at', '>', now),
    )
    .leftJoin('accounts as a', (join) =>
      join.onRef('a.id', '=', 'k.account_id').on('a.province_id', '=', provinceId),
    )
    .select(lineColumns)
    .select(['k.account_id', 'k.expires_at', 'a.name_fa', 'a.name_en'])
    .select(isEscalated(provinceId).as('escalated'))
    .where('cases.province_id', '=', provinceId)
    .where(sql<boolean>`cases.id = any(${ids}::uuid[])`)
    .orderBy('cases.due_on', (order) => order.asc().nullsLast())
    .orderBy('cases.id');
  return rowsParsedOnce(tx, lines.compile());
}

/** The rows behind a cursor: `due day or none`, a dot, the last case's code. */
function after(cursor: string | undefined): RawBuilder<boolean> {
  if (cursor === undefined) return sql<boolean>`true`;
  const [day = '', code = ''] = cursor.split('.');
  const key = decodeCode(code);
  if (!key || !(day === 'none' || isIsoDate(day))) throw new Problem('platform.bad_request');
  return day === 'none'
    ? sql<boolean>`(w.due_on is null and w.id > ${key.id}::uuid)`
    : sql<boolean>`(w.due_on is null or w.due_on > ${day}::date
        or (w.due_on = ${day}::date and w.id > ${key.id}::uuid))`;
}

type Claimed = {
  account_id: string | null;
  expires_at: Date | null;
  name_fa: string | null;
  name_en: string | null;
};

function claimOf(principal: Principal, row: Claimed): Static<typeof QueueLine>['claim'] {
  if (row.account_id === null || row.expires_at === null) return null;
  return {
    by: { fa: row.name_fa ?? '', en: row.name_en ?? '' },
    mine: row.account_id === principal.accountId,
    until: row.expires_at.toISOString(),
  };
}

/** Tries before giving up on a queue that others empty at the same moment. */
const attempts = 100;

/**
 * Claims the unclaimed case with the oldest deadline. Those that others are taking at this moment are
 * passed over; a claim that was committed meanwhile is seen by the next try.
 * @returns its code, or null when none is left
 */
export async function claimNext(tx: Tx, asked: Asked, filters: Filters): Promise<string | null> {
  const { reference, principal, act } = asked;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = await waiting(tx, asked, filters)
      .select('cases.id')
      .where('k.case_id', 'is', null)
      .orderBy('cases.due_on', (order) => order.asc().nullsLast())
      .orderBy('cases.id')
      .limit(1)
      .forUpdate('cases')
      .skipLocked()
      .executeTakeFirst();
    if (!found) return null;
    // Somebody who asks twice at once is given two cases, not one twice.
    if (await tryClaim(tx, act, reference, principal.accountId, found.id, 'taken')) {
      return encodeCode(act.provinceId, found.id);
    }
  }
  return null;
}

/**
 * Claims one case of the account's own queue.
 * @throws Problem `permits.not_waiting`, `permits.claimed` (409)
 */
export async function claimCase(tx: Tx, asked: Asked, caseId: string): Promise<Date> {
  const { reference, principal, act } = asked;
  const found = await waiting(tx, asked, {})
    .select('cases.id')
    .where('cases.id', '=', caseId)
    .executeTakeFirst();
  if (!found) throw new Problem('permits.not_waiting');
  const until = await tryClaim(tx, act, reference, principal.accountId, caseId);
  if (!until) throw new Problem('permits.claimed');
  return until;
}
