import type { Static } from 'typebox';
import { countyLabel, labelled, organisationLabel, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import { countReferable, type ReferableCount } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Principal } from '../../platform/policy.ts';
import type { AllocationAnswer, AllocationsAnswer } from './contract.ts';
import { type Held, heldOf } from './queries.ts';
import { allocationRows, outsideOf, revisionsOf } from './reads.ts';
import { ceilingsOf } from './rooms.ts';
import { absorptionOf, type Ceiling, isSame, isUnder, type Share } from './rules.ts';

type Answer = Static<typeof AllocationAnswer>;
type Row = Awaited<ReturnType<typeof allocationRows>>[number];

/** The allocations of a province, the newest first. */
export async function listAllocations(
  tx: Tx,
  reference: Reference,
  provinceId: number,
): Promise<Static<typeof AllocationsAnswer>> {
  const rows = await allocationRows(tx, provinceId);
  return { items: rows.map((row) => headOf(reference, row)) };
}

function headOf(reference: Reference, row: Row) {
  const day = (value: unknown) => (value === null ? null : String(value));
  return {
    code: encodeCode(row.province_id, row.id),
    creditLine: labelled(row.credit_line_id, reference.creditLines.get(row.credit_line_id)),
    fiscalYear: row.fiscal_year,
    law: row.law,
    note: row.note,
    clause: row.clause,
    fromOn: String(row.from_on),
    deadlineOn: String(row.deadline_on),
    carryOverOn: day(row.carry_over_on),
    floatsOn: day(row.floats_on),
  };
}

/** The part of an allocation that is the reader's: an agency's or a bank's own, else all of it. */
function baseOf({ role, organisationId }: Principal): Share {
  return {
    agencyId: role === 'expert' ? organisationId : null,
    countyId: null,
    bankId: role === 'bank' ? organisationId : null,
  };
}

type Material = {
  readonly reference: Reference;
  readonly base: Share;
  readonly ceilings: readonly Ceiling[];
  readonly held: readonly Held[];
  readonly referable: readonly ReferableCount[];
};

/**
 * How an allocation stands, as far as it is the reader's: in all, under each ceiling, and by agency,
 * county and bank, with what will lapse and who could still use it.
 * @throws Problem `platform.not_found` (404)
 */
export async function showAllocation(
  tx: Tx,
  asked: { reference: Reference; principal: Principal; today: string },
  { provinceId, id }: { provinceId: number; id: string },
): Promise<Answer> {
  const { reference, principal } = asked;
  const [row] = await allocationRows(tx, provinceId, id);
  if (!row) throw new Problem('platform.not_found');
  const base = baseOf(principal);
  const isMine = (share: Share) => isUnder(base, share);
  const ceilings = (await ceilingsOf(tx, provinceId, [id])).filter(isMine);
  const held = (await heldOf(tx, provinceId, id)).filter(isMine);
  const referable = await countReferable(tx, principal, provinceId);
  const from: Material = { reference, base, ceilings, held, referable };
  const revisions = await revisionsOf(tx, provinceId, id);
  const root = ceilings.find((one) => isSame(one, base));
  return {
    ...headOf(reference, row),
    nationalRial: root && base.agencyId === null && base.bankId === null ? row.national : null,
    whole: moneyOf(from, base),
    absorption: root ? absorptionFor(row, asked.today, root) : null,
    couldUse: referable.reduce((sum, { count }) => sum + count, 0),
    outside: await outsideOf(tx, provinceId, row),
    shares: ceilings.filter((one) => one !== root).map((one) => shareLine(from, provinceId, one)),
    by: { agency: cut(from, 'agencyId'), county: cut(from, 'countyId'), bank: cut(from, 'bankId') },
    revisions: revisions.filter(isMine).map(({ agencyId, countyId, bankId, ...rest }) => ({
      ...rest,
      ...namesOf(reference, { agencyId, countyId, bankId }),
    })),
  };
}

function absorptionFor(row: Row, today: string, root: Ceiling): Answer['absorption'] {
  const lastOn = String(row.carry_over_on ?? row.deadline_on);
  const money = { allocatedRial: root.ceilingRial, committedRial: root.usedRial };
  const found = absorptionOf({ fromOn: String(row.from_on), lastOn, today }, money);
  return {
    ...found,
    projectedRial: found.projectedRial.toString(),
    lapseRial: found.lapseRial.toString(),
  };
}

function namesOf(reference: Reference, { agencyId, countyId, bankId }: Share) {
  return {
    agency: agencyId === null ? null : organisationLabel(reference, agencyId),
    county: countyId === null ? null : countyLabel(reference, countyId),
    bank: bankId === null ? null : organisationLabel(reference, bankId),
  };
}

function moneyOf({ ceilings, held }: Material, share: Share): Answer['whole'] {
  const here = held.filter((one) => isUnder(share, one));
  const sum = (of: (one: Held) => bigint) => here.reduce((total, one) => total + of(one), 0n);
  const committed = sum((one) => one.heldRial);
  const contracted = sum((one) => one.contractedRial);
  const ceiling = ceilings.find((one) => isSame(one, share));
  const free = ceiling && ceiling.ceilingRial + ceiling.floatedRial - committed;
  return {
    allocatedRial: ceiling?.ceilingRial.toString() ?? null,
    committedRial: committed.toString(),
    referredRial: (committed - contracted).toString(),
    contractedRial: contracted.toString(),
    paidRial: sum((one) => one.paidRial).toString(),
    freeRial: free?.toString() ?? null,
    plans: here.reduce((total, one) => total + one.plans, 0),
  };
}

function shareLine(from: Material, provinceId: number, ceiling: Ceiling) {
  return {
    code: encodeCode(provinceId, ceiling.id),
    ...namesOf(from.reference, ceiling),
    ...moneyOf(from, ceiling),
    floatedRial: ceiling.floatedRial.toString(),
  };
}

/** Everyone of one kind who has a share of their own or plans that hold something, by name. */
function cut(from: Material, part: 'agencyId' | 'countyId' | 'bankId') {
  const { reference, base, ceilings, held, referable } = from;
  const own = ceilings.filter((one) => isSame({ ...one, [part]: base[part] }, base));
  const keys = [...own, ...held].map((one) => one[part]).filter((key) => key !== null);
  return [...new Set(keys)].map((key) => {
    const share = { ...base, [part]: key };
    const could = referable.filter((one) => part !== 'bankId' && one[part] === key);
    return {
      ...(typeof key === 'number'
        ? countyLabel(reference, key)
        : organisationLabel(reference, String(key))),
      ...moneyOf(from, share),
      couldUse: part === 'bankId' ? null : could.reduce((sum, { count }) => sum + count, 0),
    };
  });
}
