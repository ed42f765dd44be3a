import { sql } from 'kysely';
import { occupationLabel, provinceLabel, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import type { Database, Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { type Principal, reachesCountry } from '../../platform/policy.ts';
import { publicLook } from '../look.ts';
import { permitsNow } from '../stalls.ts';
import { type PledgeRow, pledgesOf, type RequestRow } from './queries.ts';

/** A request in a list; who asks and where they live is not in it. */
function requestLine(reference: Reference, row: RequestRow) {
  return {
    ...{ code: encodeCode(row.province_id, row.id), state: row.state, title: row.title },
    ...{ about: row.about, unit: row.unit, quantity: row.quantity },
    occupation: occupationLabel(reference, row.occupation_id),
    mostRial: row.most_rial === null ? null : String(row.most_rial),
    ...{ neededBy: row.needed_by_on, closesOn: row.closes_on },
    ...{ pledged: row.pledged, ordered: row.ordered },
    toProvince: provinceLabel(reference, row.to_province_id),
  };
}

function pledgeLine(row: PledgeRow) {
  return {
    ...{ code: encodeCode(row.province_id, row.id), state: row.state, quantity: row.quantity },
    ...{ eachRial: String(row.each_rial), readyOn: row.ready_on, note: row.note },
    order: row.order_id === null ? null : encodeCode(row.province_id, row.order_id),
  };
}

/** A buyer's own requests, in whichever provinces, the newest first. */
export async function listRequests(database: Database, reference: Reference, buyer: Principal) {
  return database.transaction(publicLook, async (tx) => {
    const rows = await tx
      .selectFrom('requests')
      .selectAll()
      .where('buyer_id', '=', buyer.accountId)
      .where('buyer_province_id', '=', buyer.provinceId)
      .orderBy('recorded_at', 'desc')
      .limit(100)
      .execute();
    return rows.map((row) => requestLine(reference, row));
  });
}

/**
 * A request with its pledges, for its buyer and for whoever looks over the province.
 * @throws Problem `platform.not_found` (404)
 */
export async function showRequest(
  tx: Tx,
  reference: Reference,
  { act, by, id }: { readonly act: Act; readonly by: Principal; readonly id: string },
) {
  const row = await tx
    .selectFrom('requests')
    .selectAll()
    .where('province_id', '=', act.provinceId)
    .where('id', '=', id)
    .executeTakeFirst();
  const isOwn = row?.buyer_id === by.accountId && row.buyer_province_id === by.provinceId;
  const looksOver =
    by.role !== 'citizen' && (reachesCountry(by) || by.provinceId === act.provinceId);
  if (!row || !(isOwn || looksOver)) throw new Problem('platform.not_found');
  const rows = await pledgesOf(tx, act.provinceId, id);
  const stalls = await stallsOf(tx, act, rows);
  const pledges = rows.map((one) => ({ ...pledgeLine(one), stall: stalls(one) }));
  return { ...requestLine(reference, row), acting: isOwn && row.state === 'open', pledges };
}

async function stallsOf(tx: Tx, { provinceId, today }: Act, rows: readonly PledgeRow[]) {
  const ids = rows.map(({ stall_id }) => stall_id);
  const named = await tx
    .selectFrom('stalls')
    .select(['id', 'name'])
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  const names = new Map(named.map(({ id, name }) => [id, name]));
  const caseIds = rows.map(({ case_id }) => case_id);
  const permits = await permitsNow(tx, provinceId, caseIds, today);
  return (row: PledgeRow) => ({
    ...{ code: encodeCode(provinceId, row.stall_id), name: names.get(row.stall_id) ?? '' },
    permitNumber: permits.get(row.case_id)?.number ?? '',
    standing: permits.get(row.case_id)?.standing ?? 'revoked',
  });
}

/** What a maker sees: open requests of the trades of their stalls, and those they have pledged for. */
export async function showOpenRequests(
  tx: Tx,
  reference: Reference,
  { act, by }: { readonly act: Act; readonly by: Principal },
) {
  const { provinceId, today } = act;
  const stalls = await ownStalls(tx, reference, provinceId, by.personId);
  const trades = stalls.map(({ occupation }) => occupation.id);
  const mine = await tx
    .selectFrom('pledges')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`person_id = ${by.personId}::uuid`)
    .where('state', '<>', 'withdrawn')
    .orderBy('id')
    .execute();
  const ids = mine.map(({ request_id }) => request_id);
  const rows = await tx
    .selectFrom('requests')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where(
      sql<boolean>`(state = 'open' and closes_on >= ${today}::date
        and occupation_id = any(${trades}::text[]) or id = any(${ids}::uuid[]))`,
    )
    .orderBy('recorded_at', 'desc')
    .limit(100)
    .execute();
  const items = rows.map((row) => ({
    ...requestLine(reference, row),
    open: row.state === 'open' && today <= row.closes_on && row.buyer_id !== by.accountId,
    mine: mine.filter((one) => one.request_id === row.id).map(pledgeLine),
  }));
  return { stalls, items };
}

async function ownStalls(
  tx: Tx,
  reference: Reference,
  provinceId: number,
  personId: string | null,
) {
  const { rows } = await sql<{
    id: string;
    name: string;
    occupation_id: string;
    products: { id: string; title: string; on_hand: number }[] | null;
  }>`
    select s.id, s.name, s.occupation_id,
      (select json_agg(json_build_object('id', p.id, 'title', p.title, 'on_hand', p.on_hand)
        order by p.title) from products p
        where p.province_id = ${provinceId} and p.stall_id = s.id and p.on_hand > 0) as products
    from stalls s where s.province_id = ${provinceId} and s.person_id = ${personId}::uuid
      and s.state = 'open' order by s.id`.execute(tx);
  return rows.map((row) => ({
    ...{ code: encodeCode(provinceId, row.id), name: row.name },
    occupation: occupationLabel(reference, row.occupation_id),
    products: (row.products ?? []).map(({ id, title, on_hand: onHand }) => {
      return { code: encodeCode(provinceId, id), title, onHand };
    }),
  }));
}
