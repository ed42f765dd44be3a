import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';
import { bounds } from './rules.ts';

/** A year of the record is looked at. */
const lookedBackDays = 365;

type Span = { readonly provinceId: number; readonly today: string };
const since = ({ today }: Span) => sql`${today}::date - ${lookedBackDays}::integer`;

/** The acts by which a bank shows that it is at work. */
const bankVerbs = [
  'financing.openFile',
  'financing.contract',
  'financing.pay',
  'financing.returnPlan',
  'financing.refusePlan',
];

/** Each bank with something waiting: the days since its last act, and the pause that nine in ten do not exceed. */
export async function bankPauses(tx: Tx, span: Span) {
  const { rows } = await sql<{ bank_id: string; silent: number; usual: number; waiting: bigint }>`
    with days as (
      select bank_id, happened_on, happened_on - lag(happened_on)
        over (partition by bank_id order by happened_on) as pause
      from (select distinct bank_id, happened_on from history
        where province_id = ${span.provinceId} and verb = any(${bankVerbs}::text[]) and sign = 1
          and bank_id is not null and happened_on between ${since(span)} and ${span.today}::date) as d
    ), held as (
      select bank_id, count(*) as waiting from cases
      where province_id = ${span.provinceId} and holder = 'bank' group by bank_id
    )
    select d.bank_id, ${span.today}::date - max(d.happened_on) as silent, max(h.waiting) as waiting,
      coalesce(percentile_disc(0.9) within group (order by d.pause), 0) as usual
    from days d join held h on h.bank_id = d.bank_id group by d.bank_id`.execute(tx);
  return rows;
}

/** What each account decided as the first signature of an agency: how many, and how many it refused. */
export async function decisionsByActor(tx: Tx, span: Span) {
  const { rows } = await sql<{
    actor_id: string;
    agency_id: string;
    name_fa: string;
    name_en: string;
    decisions: bigint;
    refused: bigint;
  }>`
    select h.actor_id, h.agency_id, a.name_fa, a.name_en, count(*) as decisions,
      count(*) filter (where h.verb = 'permits.refuse') as refused
    from history h join accounts a on a.province_id = ${span.provinceId} and a.id = h.actor_id
    where h.province_id = ${span.provinceId} and h.sign = 1 and h.from_state = 'submitted'
      and h.verb in ('permits.refuse', 'permits.sign')
      and h.happened_on between ${since(span)} and ${span.today}::date
      and not exists (select 1 from history r
        where r.province_id = ${span.provinceId} and r.reverses = h.id)
    group by h.actor_id, h.agency_id, a.name_fa, a.name_en`.execute(tx);
  return rows.map(({ decisions, refused, ...row }) => ({
    ...row,
    decisions: Number(decisions),
    refused: Number(refused),
  }));
}

/** Accounts at banks that payments to several people go to. */
export async function sharedIbans(tx: Tx, { provinceId }: Span) {
  const { rows } = await sql<{ iban: string; people: bigint; cases: string[] }>`
    select o.iban, count(distinct p.person_id) as people,
      array_agg(distinct p.case_id::text) as cases
    from payment_orders o join plans p on p.province_id = ${provinceId} and p.id = o.plan_id
    where o.province_id = ${provinceId} and o.iban is not null
    group by o.iban having count(distinct p.person_id) >= ${bounds.iban.people}
    order by 2 desc, 1 limit 100`.execute(tx);
  return rows.map(({ people, ...row }) => ({ ...row, people: Number(people) }));
}

/** Plans of each agency and bank in a year: how many, and how many asked for just under the cap of their day. */
export async function plansNearCap(tx: Tx, span: Span) {
  const { fromBp, toBp } = bounds.cap;
  const near = sql`requested_rial * 10000 / cap_rial between ${fromBp} and ${toBp}`;
  const { rows } = await sql<{
    agency_id: string;
    bank_id: string;
    plans: bigint;
    near: bigint;
    cases: string[] | null;
  }>`
    select agency_id, bank_id, count(*) as plans, count(*) filter (where ${near}) as near,
      array_agg(case_id::text order by case_id) filter (where ${near}) as cases
    from plans where province_id = ${span.provinceId} and state <> 'void'
      and referred_on between ${since(span)} and ${span.today}::date
    group by agency_id, bank_id`.execute(tx);
  return rows.map(({ plans, near: close, ...row }) => ({
    ...row,
    plans: Number(plans),
    near: Number(close),
  }));
}

/** What a bank holds now, the longest first. */
export async function heldByBank(tx: Tx, { provinceId }: Span, bankId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('cases')
    .select('id')
    .where('province_id', '=', provinceId)
    .where('holder', '=', 'bank')
    .where('bank_id', '=', bankId)
    .orderBy('holder_since')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The cases that an account refused in the year. */
export async function refusedBy(tx: Tx, span: Span, actorId: string, agencyId: string) {
  const { rows } = await sql<{ case_id: string }>`
    select h.case_id from history h
    where h.province_id = ${span.provinceId} and h.sign = 1 and h.verb = 'permits.refuse'
      and h.from_state = 'submitted' and h.actor_id = ${actorId} and h.agency_id = ${agencyId}
      and h.happened_on between ${since(span)} and ${span.today}::date
      and not exists (select 1 from history r
        where r.province_id = ${span.provinceId} and r.reverses = h.id)
    order by h.id desc`.execute(tx);
  return rows.map(({ case_id }) => case_id);
}

/** Whose cases some are, in the order of their ids. */
export async function namesOf(tx: Tx, { provinceId }: Span, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; name: string }>`
    select c.id, p.first_name || ' ' || p.last_name as name
    from unnest(${ids}::uuid[]) with ordinality as i(id, place)
    join cases c on c.province_id = ${provinceId} and c.id = i.id
    join people p on p.province_id = ${provinceId} and p.id = c.person_id
    order by i.place`.execute(tx);
  return rows;
}
