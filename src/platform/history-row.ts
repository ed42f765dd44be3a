import type { Tx } from './database.ts';

/** What every step carries, frozen on it, so that no figure ever joins today's settings. */
export type Dimensions = {
  readonly countyId: number;
  readonly agencyId: string;
  readonly bankId: string | null;
  readonly kind: string;
  readonly occupationId: string;
  readonly sex: string;
  readonly area: string;
};

/** One row of the record, as the chain's hash covers it. */
export type HistoryRow = Dimensions & {
  readonly id: string;
  readonly caseId: string;
  readonly verb: string;
  readonly from: string | null;
  readonly to: string;
  readonly sign: 1 | -1;
  readonly reverses: string | null;
  readonly happenedOn: string;
  readonly recordedAt: Date;
  readonly actorId: string | null;
  readonly organisationId: string | null;
  readonly opId: string;
  readonly reason: string | null;
  readonly personId: string;
  readonly rial: bigint | null;
  readonly people: number | null;
  readonly facts: Readonly<Record<string, unknown>>;
};

/** A stored row, with its place in the chain. */
export type StoredRow = HistoryRow & { readonly seq: number; readonly hash: Buffer };

/**
 * The bytes that the chain hashes for a row: a JSON array in a fixed order, objects inside it with
 * sorted keys, so that the same row gives the same bytes on every machine. The chain is
 * hash₁ = sha256(payload₁), hashₙ = sha256(hashₙ₋₁ ‖ payloadₙ).
 */
export function historyPayload(row: HistoryRow): string {
  return JSON.stringify([
    row.id,
    row.caseId,
    row.verb,
    row.from,
    row.to,
    row.sign,
    row.reverses,
    row.happenedOn,
    row.recordedAt.toISOString(),
    row.actorId,
    row.organisationId,
    row.opId,
    row.reason,
    row.personId,
    row.countyId,
    row.agencyId,
    row.bankId,
    row.kind,
    row.occupationId,
    row.sex,
    row.area,
    row.rial?.toString() ?? null,
    row.people,
    sortKeys(row.facts),
  ]);
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]));
}

/** Reads a database row of `history` into a {@link StoredRow}. */
export function toStoredRow(row: Awaited<ReturnType<typeof historyOfCase>>[number]): StoredRow {
  return {
    id: row.id,
    caseId: row.case_id,
    seq: row.seq,
    hash: row.hash,
    verb: row.verb,
    from: row.from_state,
    to: row.to_state,
    sign: row.sign === -1 ? -1 : 1,
    reverses: row.reverses,
    happenedOn: String(row.happened_on),
    recordedAt: row.recorded_at,
    actorId: row.actor_id,
    organisationId: row.organisation_id,
    opId: row.op_id,
    reason: row.reason,
    personId: row.person_id,
    countyId: row.county_id,
    agencyId: row.agency_id,
    bankId: row.bank_id,
    kind: row.kind,
    occupationId: row.occupation_id,
    sex: row.sex,
    area: row.area,
    rial: row.rial === null ? null : BigInt(row.rial),
    people: row.people,
    facts: row.facts as Record<string, unknown>,
  };
}

/** All rows of one case in their order. */
export function historyOfCase(tx: Tx, provinceId: number, caseId: string) {
  return tx
    .selectFrom('history')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .execute();
}
