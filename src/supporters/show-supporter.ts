import { sql } from 'kysely';
import type { Static } from 'typebox';
import type { Reference } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { Problem } from '../kit/problem.ts';
import { isLegal } from '../kit/steps.ts';
import { maskedId } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Principal } from '../platform/policy.ts';
import type { Access } from './access.ts';
import type { SupporterAnswer } from './answer-contract.ts';
import { capacityRule } from './apply.ts';
import { defaultRule, monthsOfSupporters } from './default.ts';
import { supporterPermissions } from './policy.ts';
import { fromGrains, type Unit } from './quantity-rules.ts';
import { mayDefault, type SupporterState, supporterSteps } from './rules.ts';
import { balanceWords, ordersOf, sumWords } from './show-rows.ts';

type Around = {
  readonly reference: Reference;
  readonly principal: Principal;
  readonly today: string;
};

/** Everything about a supporter, for itself and for the office. @throws Problem `platform.not_found` (404) */
export async function showSupporter(
  tx: Tx,
  around: Around,
  access: Access,
): Promise<Static<typeof SupporterAnswer>> {
  const { provinceId, caseId } = access;
  const { reference, today } = around;
  const head = await headOf(tx, provinceId, caseId);
  const rule = capacityRule(reference, provinceId, today);
  const ended = await monthsOfSupporters(tx, provinceId, [caseId], today);
  const fits = mayDefault(ended.get(caseId) ?? [], defaultRule(reference, provinceId, today));
  return {
    code: encodeCode(provinceId, caseId),
    name: `${head.first_name} ${head.last_name}`,
    firm: head.firm_name === null ? null : { name: head.firm_name, legalId: head.legal_id ?? '' },
    applied: head.applied,
    ...{ state: head.state, since: head.state_since, capacity: head.capacity },
    bounds: {
      ...{ least: rule.leastPeople, most: rule.mostPeople, years: rule.years },
      ordersPerPersonRial: String(rule.ordersPerPersonRial),
    },
    trade: await tradeLines(tx, provinceId, caseId),
    people: await personLines(tx, around.principal, access),
    orders: await ordersOf(tx, provinceId, { caseId, today }),
    materials: await materialLines(tx, provinceId, caseId),
    products: await productLines(tx, provinceId, caseId),
    months: await monthLines(tx, provinceId, caseId),
    trainings: await trainingLines(tx, provinceId, caseId),
    mayDefault: fits,
    acts: actsOf(around.principal, access, head, fits),
  };
}

type Head = Awaited<ReturnType<typeof headOf>>;

async function headOf(tx: Tx, provinceId: number, caseId: string) {
  const { rows } = await sql<{
    first_name: string;
    last_name: string;
    firm_name: string | null;
    legal_id: string | null;
    state: SupporterState | null;
    state_since: string | null;
    capacity: number | null;
    applied: boolean;
  }>`
    select p.first_name, p.last_name, s.firm_name, s.legal_id, s.state, s.state_since, s.capacity,
      exists (select 1 from history h where h.province_id = ${provinceId} and h.case_id = c.id
        and h.verb = 'supporters.apply') as applied
    from cases c
    join people p on p.province_id = ${provinceId} and p.id = c.person_id
    left join supporters s on s.province_id = ${provinceId} and s.case_id = c.id
    where c.province_id = ${provinceId} and c.id = ${caseId}::uuid`.execute(tx);
  const [row] = rows;
  if (!row) throw new Problem('platform.not_found');
  return row;
}

/** What the caller can do about the supporter itself now. */
function actsOf(principal: Principal, { side }: Access, head: Head, fits: boolean): string[] {
  const may = (verb: string) => supporterPermissions[verb]?.includes(principal.role) ?? false;
  if (side === 'supporter') {
    const once = head.applied ? [] : ['supporters.apply'];
    const kept =
      head.state === null
        ? []
        : ['supporters.addTrade', 'supporters.strikeTrade', 'supporters.name'];
    return [...once, ...kept];
  }
  const { state } = head;
  if (state === null) return [];
  const moves = [
    'supporters.assess',
    'supporters.declareDefault',
    'supporters.endDefault',
  ] as const;
  return moves.filter((verb) => {
    if (verb === 'supporters.declareDefault' && !fits) return false;
    return may(verb) && isLegal(supporterSteps, verb, state);
  });
}

async function tradeLines(tx: Tx, provinceId: number, caseId: string) {
  const rows = await tx
    .selectFrom('trade_records')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('case_id', '=', caseId)
    .where('struck_at', 'is', null)
    .orderBy('dated_on', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, kind: row.kind, number: row.number, buyer: row.buyer },
    ...{ amountRial: String(row.amount_rial), datedOn: String(row.dated_on) },
  }));
}

async function personLines(tx: Tx, principal: Principal, { provinceId, caseId, side }: Access) {
  const { rows } = await sql<RawPerson>`
    select v.id, v.state, v.since, v.own_case_id, p.first_name, p.last_name, p.national_id, p.mobile,
      (select c.state from contracts c where c.province_id = ${provinceId} and c.cover_id = v.id
        order by c.version desc limit 1) as contract,
      coalesce(sum(m.earned_rial), 0)::bigint as taken, coalesce(sum(m.stated_late_rial), 0)::bigint as late,
      coalesce(sum(m.earned_rial - m.deducted_rial - m.paid_rial), 0)::bigint as owed
    from covers v
    join people p on p.province_id = ${provinceId} and p.id = v.person_id
    left join pay_months m on m.province_id = ${provinceId} and m.cover_id = v.id
    where v.province_id = ${provinceId} and v.case_id = ${caseId}::uuid
    group by v.province_id, v.id, p.province_id, p.id
    order by (v.state in ('moved', 'ended')), p.last_name collate "fa-x-icu", v.id`.execute(tx);
  return rows.map((row) => ({
    ...{ code: encodeCode(provinceId, row.id), name: `${row.first_name} ${row.last_name}` },
    nationalId: side === 'supporter' ? row.national_id : maskedId(principal, row.national_id),
    ...{ mobile: side === 'supporter' ? row.mobile : null, state: row.state, since: row.since },
    ownCaseCode: row.own_case_id === null ? null : encodeCode(provinceId, row.own_case_id),
    ...{ contract: row.contract, takenRial: String(row.taken), owedRial: String(row.owed) },
    lateRial: String(row.late),
  }));
}

type RawPerson = {
  id: string;
  state: string;
  since: string;
  own_case_id: string | null;
  first_name: string;
  last_name: string;
  national_id: string;
  mobile: string | null;
  contract: string | null;
  taken: bigint;
  late: bigint;
  owed: bigint;
};

async function materialLines(tx: Tx, provinceId: number, caseId: string) {
  const sum = (name: string) =>
    sql`coalesce(sum(b.${sql.ref(name)}), 0)::bigint as ${sql.ref(name)}`;
  const { rows } = await sql<{
    id: string;
    name: string;
    unit: Unit;
    price_rial: bigint;
    sent_grains: bigint;
    consumed_grains: bigint;
    returned_grains: bigint;
    scrap_grains: bigint;
    on_hand_grains: bigint;
  }>`
    select t.id, t.name, t.unit, t.price_rial, ${sum('sent_grains')}, ${sum('consumed_grains')},
      ${sum('returned_grains')}, ${sum('scrap_grains')}, ${sum('on_hand_grains')}
    from materials t
    left join material_balances b on b.province_id = ${provinceId} and b.material_id = t.id
    where t.province_id = ${provinceId} and t.case_id = ${caseId}::uuid
    group by t.province_id, t.id order by t.id`.execute(tx);
  return rows.map((row) => ({
    ...{ id: row.id, name: row.name, unit: row.unit, priceRial: String(row.price_rial) },
    ...balanceWords(row, row.unit),
  }));
}

async function productLines(tx: Tx, provinceId: number, caseId: string) {
  const { rows } = await sql<{
    id: string;
    name: string;
    unit: Unit;
    material: string;
    material_unit: Unit;
    net_grains: bigint;
    waste_grains: bigint;
  }>`
    select p.id, p.name, p.unit, t.name as material, t.unit as material_unit, r.net_grains, r.waste_grains
    from work_products p
    join recipe_lines r on r.province_id = ${provinceId} and r.product_id = p.id
    join materials t on t.province_id = ${provinceId} and t.id = r.material_id
    where p.province_id = ${provinceId} and p.case_id = ${caseId}::uuid
    order by p.id, t.id`.execute(tx);
  return [...Map.groupBy(rows, ({ id }) => id).values()].map((lines) => ({
    ...{ id: lines[0]?.id ?? '', name: lines[0]?.name ?? '', unit: lines[0]?.unit ?? 'piece' },
    recipe: lines.map((line) => ({
      ...{ material: line.material, unit: line.material_unit },
      net: fromGrains(line.net_grains, line.material_unit),
      waste: fromGrains(line.waste_grains, line.material_unit),
    })),
  }));
}

async function monthLines(tx: Tx, provinceId: number, caseId: string) {
  const { rows } = await sql<{
    month: number;
    promised: bigint;
    earned: bigint;
    deducted: bigint;
    paid: bigint;
    late: bigint;
  }>`
    select month, sum(stated_promised_rial)::bigint as promised, sum(earned_rial)::bigint as earned,
      sum(deducted_rial)::bigint as deducted, sum(paid_rial)::bigint as paid,
      sum(stated_late_rial)::bigint as late
    from pay_months where province_id = ${provinceId} and case_id = ${caseId}::uuid
    group by month order by month desc limit 60`.execute(tx);
  return rows.map((row) => ({
    ...{ month: row.month, lateRial: String(row.late), ...sumWords(row) },
  }));
}

async function trainingLines(tx: Tx, provinceId: number, caseId: string) {
  const { rows } = await sql<{
    id: string;
    topic: string;
    place: string;
    heldOn: string;
    minutes: number;
    people: number;
  }>`
    select t.id, t.topic, t.place, t.held_on as "heldOn", t.minutes,
      (select count(*)::integer from training_people p where p.province_id = ${provinceId}
        and p.training_id = t.id) as people
    from trainings t where t.province_id = ${provinceId} and t.case_id = ${caseId}::uuid
    order by t.held_on desc limit 50`.execute(tx);
  return rows;
}
