import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { fromGrains, type Unit } from './quantity-rules.ts';
import { entryVerbs } from './rules.ts';

type Raw = {
  step_id: string;
  verb: string;
  happened_on: string;
  reason: string | null;
  rial: bigint | null;
  label: string | null;
  month: number | null;
  material: string | null;
  material_unit: Unit | null;
  grains: bigint | null;
  product: string | null;
  product_unit: Unit | null;
  accepted: bigint | null;
  rejected: bigint | null;
  quality: string | null;
  note: string | null;
  taken_back: boolean;
};

/** The newest entries of a person's ledger, those that were taken back marked. */
export async function entriesOf(
  tx: Tx,
  provinceId: number,
  { caseId, coverId }: { caseId: string; coverId: string },
) {
  const { rows } = await sql<Raw>`
    select h.id as step_id, h.verb, h.happened_on, h.reason, h.rial, h.facts ->> 'label' as label,
      (h.facts ->> 'month')::integer as month, t.name as material, t.unit as material_unit,
      (h.facts ->> 'grains')::bigint as grains, p.name as product, p.unit as product_unit,
      g.accepted_grains as accepted, g.rejected_grains as rejected, g.quality, g.note,
      exists (select 1 from history r where r.province_id = ${provinceId} and r.reverses = h.id)
        as taken_back
    from history h
    left join materials t on t.province_id = ${provinceId} and t.id = (h.facts ->> 'material')::uuid
    left join goods_received g on g.province_id = ${provinceId} and g.step_id = h.id
    left join work_products p on p.province_id = ${provinceId} and p.id = g.product_id
    where h.province_id = ${provinceId} and h.case_id = ${caseId}::uuid and h.sign = 1
      and h.verb = any(${[...entryVerbs]}::text[]) and h.facts ->> 'cover' = ${coverId}
    order by h.happened_on desc, h.seq desc limit 300`.execute(tx);
  return rows.map(toEntry);
}

function toEntry(row: Raw) {
  const unit = row.material_unit ?? row.product_unit;
  const grains = row.grains ?? row.accepted;
  return {
    ...{ stepId: row.step_id, verb: row.verb, happenedOn: row.happened_on, unit },
    what: row.material ?? row.product ?? row.label ?? '',
    amount: grains === null || unit === null ? null : fromGrains(grains, unit),
    rejected:
      row.rejected === null || unit === null || row.rejected === 0n
        ? null
        : fromGrains(row.rejected, unit),
    rial: row.rial === null ? null : String(row.rial),
    // What was rejected whole has no quality.
    quality: row.quality === 'rejected' ? null : row.quality,
    ...{ note: row.note, reason: row.reason, takenBack: row.taken_back },
  };
}

/** Payments that the person was asked about, the newest first; those taken back are left out. */
export async function receiptsOf(tx: Tx, provinceId: number, coverId: string) {
  const { rows } = await sql<{
    step_id: string;
    month: number;
    amount_rial: bigint;
    happened_on: string;
    label: string;
    answer: string | null;
    answered_rial: bigint | null;
    answered_by_sms: boolean;
    closed_reason: string | null;
  }>`
    select r.step_id, e.month, e.amount_rial, e.happened_on, e.label, r.answer, r.answered_rial,
      r.answered_by_sms, r.closed_reason
    from pay_receipts r
    join pay_entries e on e.province_id = ${provinceId} and e.step_id = r.step_id
    where r.province_id = ${provinceId} and r.cover_id = ${coverId}::uuid
      and not exists (select 1 from history h
        where h.province_id = ${provinceId} and h.reverses = r.step_id)
    order by e.happened_on desc, r.step_id desc limit 100`.execute(tx);
  return rows.map((row) => ({
    ...{ stepId: row.step_id, month: row.month, amountRial: String(row.amount_rial) },
    ...{ paidOn: row.happened_on, reference: row.label, answer: row.answer },
    answeredRial: row.answered_rial === null ? null : String(row.answered_rial),
    bySms: row.answered_by_sms,
    closedReason: row.closed_reason,
  }));
}
