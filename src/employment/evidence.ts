import { sql } from 'kysely';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { EvidenceKind } from './rules.ts';

export type EvidenceInput = {
  readonly jobId: string;
  readonly kind: EvidenceKind;
  /** A contract's number and day, an insurance number, what was seen or said. */
  readonly detail: string;
  /** ISO. */
  readonly seenOn: string;
};

/**
 * Keeps what shows that people are at work; it is never changed, only added to.
 * @throws Problem `employment.detail_missing`, `employment.future_date` (422)
 */
export async function writeEvidence(
  tx: Tx,
  act: Act,
  inputs: readonly EvidenceInput[],
): Promise<void> {
  if (inputs.length === 0) return;
  const details = inputs.map(({ detail, seenOn }) => {
    if (seenOn > act.today) throw new Problem('employment.future_date', { given: seenOn });
    const clean = normaliseText(detail);
    if (clean === '') throw new Problem('employment.detail_missing');
    return clean;
  });
  const of = <T>(pick: (one: EvidenceInput) => T) => inputs.map(pick);
  await sql`
    insert into job_evidence (province_id, id, job_id, kind, detail, seen_on, account_id, recorded_at)
    select ${act.provinceId}::integer, i.*, ${act.actorId}::uuid, ${act.now}::timestamptz
    from unnest(${of(() => uuid7(act.now.getTime()))}::uuid[], ${of((e) => e.jobId)}::uuid[],
      ${of((e) => e.kind)}::text[], ${details}::text[], ${of((e) => e.seenOn)}::date[]) as i`.execute(
    tx,
  );
}
