import { sql } from 'kysely';
import type { Static } from 'typebox';
import { organisationLabel, type Reference } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { Problem } from '../kit/problem.ts';
import { isLegal } from '../kit/steps.ts';
import type { Tx } from '../platform/database.ts';
import type { Principal } from '../platform/policy.ts';
import type { Access } from './access.ts';
import type { CoverAnswer } from './answer-contract.ts';
import { payStateOf } from './pay-rules.ts';
import { mayStep } from './policy.ts';
import { fromGrains, type Unit } from './quantity-rules.ts';
import { type ContractState, type CoverState, contractSteps, coverSteps } from './rules.ts';
import { entriesOf, receiptsOf } from './show-entries.ts';
import { balanceWords, ordersOf, sumWords } from './show-rows.ts';

type Around = {
  readonly reference: Reference;
  readonly principal: Principal;
  readonly today: string;
};

/** Everything about a covered person and their supporter, for both of them and for the office. */
export async function showCover(
  tx: Tx,
  around: Around,
  access: Access,
): Promise<Static<typeof CoverAnswer>> {
  const { provinceId, caseId, coverId, side } = access;
  const head = await coverHead(tx, provinceId, coverId);
  const contracts = await contractsOf(tx, provinceId, coverId);
  return {
    ...{ code: encodeCode(provinceId, coverId), caseCode: encodeCode(provinceId, caseId), side },
    ...{ name: head.name, supporter: head.supporter, supporterState: head.supporterState },
    ...{ state: head.state, since: head.since },
    agency: organisationLabel(around.reference, head.agencyId),
    contracts,
    balances: await balancesOf(tx, provinceId, coverId),
    orders: await ordersOf(tx, provinceId, { caseId, coverId, today: around.today }),
    months: await monthsOf(tx, provinceId, coverId, around.today),
    entries: await entriesOf(tx, provinceId, { caseId, coverId }),
    receipts: await receiptsOf(tx, provinceId, coverId),
    acts: actsOf(around.principal, provinceId, head, contracts[0]?.state ?? null),
  };
}

/** Who a cover is about, in words. @throws Problem `platform.not_found` (404) */
export async function coverHead(tx: Tx, provinceId: number, coverId: string) {
  const { rows } = await sql<{
    state: CoverState;
    since: string;
    agencyId: string;
    personId: string;
    name: string;
    nationalId: string;
    supporterPersonId: string;
    supporter: string;
    supporterState: string;
    demonstration: boolean;
  }>`
    select v.state, v.since, v.agency_id as "agencyId", v.person_id as "personId",
      p.first_name || ' ' || p.last_name as name, p.national_id as "nationalId",
      s.person_id as "supporterPersonId", s.state as "supporterState", p.demonstration,
      coalesce(s.firm_name, e.first_name || ' ' || e.last_name) as supporter
    from covers v
    join people p on p.province_id = ${provinceId} and p.id = v.person_id
    join supporters s on s.province_id = ${provinceId} and s.case_id = v.case_id
    join people e on e.province_id = ${provinceId} and e.id = s.person_id
    where v.province_id = ${provinceId} and v.id = ${coverId}::uuid`.execute(tx);
  const [row] = rows;
  if (!row) throw new Problem('platform.not_found');
  return row;
}

/** What the caller can do about the cover now. */
function actsOf(
  principal: Principal,
  provinceId: number,
  head: Awaited<ReturnType<typeof coverHead>>,
  contract: string | null,
): string[] {
  const { agencyId, supporterPersonId: personId, personId: coveredId, state } = head;
  const it = { provinceId, agencyId, personId, coveredId };
  const offer = contract === 'offered' || contract === 'accepted' ? contract : null;
  const fits: Readonly<Record<string, boolean>> = {
    'supporters.offer':
      offer === null &&
      head.supporterState === 'approved' &&
      isLegal(coverSteps, 'supporters.sign', state),
    'supporters.issue': state === 'covered',
    'supporters.order': state === 'covered',
    'supporters.choose': state === 'seeking',
    'supporters.endCover': isLegal(coverSteps, 'supporters.endCover', state),
  };
  const always = ['supporters.returnMaterial', 'supporters.scrap', 'supporters.receive'];
  const money = ['supporters.deduct', 'supporters.pay', 'supporters.takeBack'];
  const mending = ['supporters.cancelOrder'];
  const answers = ['supporters.accept', 'supporters.decline', 'supporters.sign'] as const;
  const open = [
    ...Object.keys(fits).filter((verb) => fits[verb]),
    ...answers.filter((verb) => isLegal(contractSteps, verb, offer as ContractState | null)),
    ...(contract === null ? [] : [...always, ...money, ...mending]),
  ];
  return open.filter((verb) => mayStep(principal, verb, it));
}

/** The versions of a person's contract, the newest first. */
export async function contractsOf(tx: Tx, provinceId: number, coverId: string) {
  const { rows } = await sql<RawContract>`
    select c.*, l.product_id, l.rate_rial, l.promised_grains, p.name as product, p.unit
    from contracts c
    join contract_lines l on l.province_id = ${provinceId} and l.contract_id = c.id
    join work_products p on p.province_id = ${provinceId} and p.id = l.product_id
    where c.province_id = ${provinceId} and c.cover_id = ${coverId}::uuid
    order by c.version desc, p.id`.execute(tx);
  return [...Map.groupBy(rows, ({ version }) => version).values()].map((lines) => {
    const [row] = lines as [RawContract];
    const at = (moment: Date | null) => moment?.toISOString() ?? null;
    return {
      ...{ version: row.version, state: row.state, fromOn: row.from_on },
      ...{ payWithinDays: row.pay_within_days, deductions: row.deductions },
      ...{ deductionLimitBp: row.deduction_limit_bp, digest: row.digest.toString('hex') },
      supporterSignedAt: at(row.supporter_signed_at),
      coveredSignedAt: at(row.covered_signed_at),
      agencySignedAt: at(row.agency_signed_at),
      lines: lines.map((line) => ({
        ...{ productId: line.product_id, product: line.product, unit: line.unit },
        rateRial: String(line.rate_rial),
        promised: fromGrains(line.promised_grains, line.unit),
      })),
    };
  });
}

type RawContract = {
  version: number;
  state: string;
  from_on: string;
  pay_within_days: number;
  deductions: string[];
  deduction_limit_bp: number;
  digest: Buffer;
  supporter_signed_at: Date;
  covered_signed_at: Date | null;
  agency_signed_at: Date | null;
  product_id: string;
  rate_rial: bigint;
  promised_grains: bigint;
  product: string;
  unit: Unit;
};

async function balancesOf(tx: Tx, provinceId: number, coverId: string) {
  const rows = await tx
    .selectFrom('material_balances as b')
    .innerJoin('materials as t', (join) =>
      join.onRef('t.id', '=', 'b.material_id').on('t.province_id', '=', provinceId),
    )
    .selectAll('b')
    .select(['t.name', 't.unit'])
    .where('b.province_id', '=', provinceId)
    .where('b.cover_id', '=', coverId)
    .orderBy('t.id')
    .execute();
  return rows.map((row) => {
    const unit = row.unit as Unit;
    return { materialId: row.material_id, name: row.name, unit, ...balanceWords(row, unit) };
  });
}

async function monthsOf(tx: Tx, provinceId: number, coverId: string, today: string) {
  const rows = await tx
    .selectFrom('pay_months')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('cover_id', '=', coverId)
    .orderBy('month', 'desc')
    .limit(60)
    .execute();
  return rows.map((row) => {
    const { earned_rial: earned, deducted_rial: deducted, paid_rial: paid } = row;
    const dueOn = String(row.due_on);
    const sums = { earnedRial: earned, deductedRial: deducted, paidRial: paid, dueOn };
    return {
      ...{ month: row.month, dueOn, state: payStateOf(row.month, sums, today) },
      ...sumWords({ promised: row.stated_promised_rial, earned, deducted, paid }),
    };
  });
}
