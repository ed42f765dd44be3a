import { getCounty, type Reference, settingOn } from '../../accounts/index.ts';
import { addJalaliYears, type IsoDate, isoToJalali, jalaliToIso } from '../../kit/jalali.ts';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import {
  insertAllocation,
  insertRevisions,
  type Revision,
  saveCeilings,
  usedUnder,
} from './queries.ts';
import { ceilingsOf, openRooms, shareName } from './rooms.ts';
import { type Ceiling, findOvershare, isSame, type Share } from './rules.ts';

/** Who decided a ceiling, why, by which letter, on which day (ISO). */
export type Decision = {
  readonly decidedBy: string;
  readonly reason: string;
  readonly letter?: string | null;
  readonly decidedOn: string;
};

/** A budget line's money for a province: rial and ISO days. */
export type OpenInput = {
  readonly creditLineId: string;
  readonly fiscalYear: number;
  readonly law: string;
  readonly note?: string | null;
  readonly clause?: string | null;
  readonly fromOn: string;
  readonly deadlineOn: string;
  /** By the settings `financing.carry_over_until` and `financing.shares_float_from` when absent. */
  readonly carryOverOn?: string | null;
  readonly floatsOn?: string | null;
  readonly provincialRial: bigint;
  readonly nationalRial: bigint;
};

/**
 * Opens an allocation: the province's own ceiling is its provincial and its national part together.
 * @returns the allocation's id
 * @throws Problem `financing.unknown_credit_line`, `financing.decision_missing`,
 * `financing.wrong_span` (422), `financing.allocation_known` (409)
 */
export async function openAllocation(
  tx: Tx,
  act: Act,
  reference: Reference,
  input: OpenInput,
  decision: Decision,
): Promise<string> {
  checkDecision(act, decision);
  if (!reference.creditLines.has(input.creditLineId)) {
    throw new Problem('financing.unknown_credit_line', { given: input.creditLineId });
  }
  const { fromOn, deadlineOn } = input;
  const {
    carryOverOn = dayBySetting(reference, act, 'financing.carry_over_until', deadlineOn, 1),
  } = input;
  const { floatsOn = dayBySetting(reference, act, 'financing.shares_float_from', deadlineOn, 0) } =
    input;
  const floatsWithin = floatsOn === null || (floatsOn >= fromOn && floatsOn <= deadlineOn);
  if (deadlineOn < fromOn || (carryOverOn ?? '9') <= deadlineOn || !floatsWithin) {
    throw new Problem('financing.wrong_span', { from: fromOn, to: deadlineOn });
  }
  const id = uuid7(act.now.getTime());
  await insertAllocation(tx, act, { ...input, id, carryOverOn, floatsOn });
  const ceilingRial = input.provincialRial + input.nationalRial;
  const all = { agencyId: null, countyId: null, bankId: null };
  const { nationalRial } = input;
  const whole = [{ ...all, ceilingRial, nationalRial }];
  await setAll(tx, act, reference, { allocationId: id, decision, shares: whole, before: [] });
  return id;
}

/** A day of the fiscal year that a deadline is in, or of the one after, by a setting of month and day. */
function dayBySetting(
  reference: Reference,
  { provinceId }: Act,
  key: string,
  deadlineOn: string,
  yearsAfter: number,
): string | null {
  const value = settingOn(reference, key, provinceId, deadlineOn);
  if (value === 'none') return null;
  const [month = 1, day = 1] = value.split('-').map(Number);
  const { year } = isoToJalali(addJalaliYears(deadlineOn as IsoDate, yearsAfter));
  return jalaliToIso(year, month, day);
}

/** A ceiling as it shall be; `nationalRial` only of the province's own. */
export type ShareInput = Share & { readonly ceilingRial: bigint; readonly nationalRial?: bigint };

/**
 * Sets ceilings of an allocation, new ones and revised ones together. What live plans hold under a new
 * ceiling counts against it from the start.
 * @throws Problem `platform.not_found` (404), `financing.decision_missing`,
 * `financing.unknown_share` (422), `financing.shares_over`, `financing.under_used` (409)
 */
export async function setShares(
  tx: Tx,
  act: Act,
  reference: Reference,
  allocationId: string,
  shares: readonly ShareInput[],
  decision: Decision,
): Promise<void> {
  checkDecision(act, decision);
  for (const share of shares) checkShare(act, reference, share);
  const rooms = await openRooms(tx, act.provinceId, reference, { ids: [allocationId] });
  if (rooms.allocations.length === 0) throw new Problem('platform.not_found');
  const before = await ceilingsOf(tx, act.provinceId, [allocationId]);
  const untouched = before.filter((one) => !shares.some((share) => isSame(share, one)));
  const over = findOvershare([...untouched, ...shares]);
  if (over) {
    const name = shareName(reference, act.provinceId, over.over);
    throw new Problem('financing.shares_over', {
      ...{ ceilingFa: name.fa, ceilingEn: name.en },
      ...{ sumRial: over.sumRial.toString(), ceilingRial: over.ceilingRial.toString() },
    });
  }
  await setAll(tx, act, reference, { allocationId, decision, shares, before });
}

function checkDecision(act: Act, { decidedBy, reason, decidedOn }: Decision): void {
  if (!decidedBy.trim() || !reason.trim() || decidedOn > act.today) {
    throw new Problem('financing.decision_missing');
  }
}

function checkShare(act: Act, reference: Reference, share: ShareInput): void {
  const isKind = (id: string | null, kind: string) =>
    id === null || reference.organisations.get(id)?.kind === kind;
  if (!isKind(share.agencyId, 'agency') || !isKind(share.bankId, 'bank')) {
    throw new Problem('financing.unknown_share', { given: share.agencyId ?? share.bankId });
  }
  if (share.countyId !== null) getCounty(reference, share.countyId, act.provinceId);
}

async function setAll(
  tx: Tx,
  act: Act,
  reference: Reference,
  setting: {
    allocationId: string;
    decision: Decision;
    shares: readonly ShareInput[];
    before: readonly Ceiling[];
  },
): Promise<void> {
  const { allocationId, decision, shares, before } = setting;
  const used = await usedUnder(tx, act.provinceId, allocationId, shares);
  const rows = shares.map((share, at) => {
    const known = before.find((one) => isSame(one, share));
    const usedRial = used[at] ?? 0n;
    const excess = usedRial - share.ceilingRial;
    // Only what floated may stay above a share.
    if (excess > (known?.floatedRial ?? 0n)) throw underUsed(act, reference, share, usedRial);
    const id = known?.id ?? uuid7(act.now.getTime());
    const floatedRial = excess > 0n ? excess : 0n;
    const national = share.nationalRial ?? known?.nationalRial ?? 0n;
    const nationalRial = national > share.ceilingRial ? share.ceilingRial : national;
    return { ...share, id, allocationId, usedRial, floatedRial, nationalRial, known };
  });
  await saveCeilings(tx, act, rows);
  const letter = decision.letter ? normaliseText(decision.letter) : null;
  const said = { ...decision, letter, reason: normaliseText(decision.reason) };
  const revisions = rows.map(
    ({ id, known, ceilingRial, nationalRial }): Revision => ({
      ...said,
      ceilingId: id,
      beforeRial: known?.ceilingRial ?? null,
      ceilingRial,
      nationalRial,
    }),
  );
  await insertRevisions(tx, act, revisions);
}

function underUsed(act: Act, reference: Reference, share: Share, usedRial: bigint) {
  const name = shareName(reference, act.provinceId, share);
  return new Problem('financing.under_used', {
    ceilingFa: name.fa,
    ceilingEn: name.en,
    usedRial: usedRial.toString(),
  });
}
