import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { uuid7 } from '../kit/uuid7.ts';
import { type Count, deltasOf } from './counts.ts';
import type { Tx } from './database.ts';
import { type Dimensions, type HistoryRow, historyPayload } from './history-row.ts';
import { noteOpened, type StepSealer, sealerOf } from './step-seals.ts';

/** Who acts, when, and under which idempotency key. */
export type Act = {
  readonly provinceId: number;
  readonly actorId: string | null;
  readonly organisationId: string | null;
  readonly now: Date;
  /** The day it is in Tehran, ISO. */
  readonly today: string;
  /** The client's idempotency key (UUID). */
  readonly opId: string;
};

/** A step of one case, before it has its place in the chain. */
export type Step = {
  /** Given when a later row must name this step; else made here. */
  readonly id?: string;
  readonly caseId: string;
  /** The case has no history yet: this step opens its chain. */
  readonly first?: boolean;
  readonly verb: string;
  readonly from: string | null;
  readonly to: string;
  /** The day it took effect, ISO. */
  readonly happenedOn: string;
  readonly personId: string;
  readonly dims: Dimensions;
  readonly reason?: string | null;
  /** Amount in rial, where the step has one. */
  readonly rial?: bigint | null;
  /** Number of people, where the step has one. */
  readonly people?: number | null;
  /** What the decision used, frozen: no floating-point numbers in it. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** The step that this one takes back; all else must equal that step's. */
  readonly reverses?: string;
};

/**
 * Appends steps to the record: rows, chain, and what they add to the measures, one statement for
 * all of them (two steps of one case go into successive statements, in order). The row of
 * `history_heads` is the case's lock.
 * @param counts what this slice's steps add to which measure
 * @returns the ids of the new rows, in the order of `steps`
 */
export async function recordSteps(
  tx: Tx,
  act: Act,
  counts: readonly Count[],
  steps: readonly Step[],
): Promise<string[]> {
  const rows = steps.map((step) => toRow(act, step));
  for (const row of rows) if (row.first) noteOpened(tx, [row.caseId]);
  await Promise.all(waves(rows).map((wave) => insertWave(tx, act, counts, wave)));
  return rows.map((row) => row.id);
}

type NewRow = HistoryRow & { readonly first: boolean };

function toRow(act: Act, step: Step): NewRow {
  return {
    id: step.id ?? uuid7(act.now.getTime()),
    caseId: step.caseId,
    first: step.first ?? false,
    verb: step.verb,
    from: step.from,
    to: step.to,
    sign: step.reverses === undefined ? 1 : -1,
    reverses: step.reverses ?? null,
    happenedOn: step.happenedOn,
    recordedAt: act.now,
    actorId: act.actorId,
    organisationId: act.organisationId,
    opId: act.opId,
    reason: step.reason ?? null,
    personId: step.personId,
    ...step.dims,
    rial: step.rial ?? null,
    people: step.people ?? null,
    facts: step.facts ?? {},
  };
}

/** The k-th steps of all cases together, so that no statement touches one chain twice. */
function waves(rows: readonly NewRow[]): NewRow[][] {
  const depth = new Map<string, number>();
  const out: NewRow[][] = [];
  for (const row of rows) {
    const level = depth.get(row.caseId) ?? 0;
    depth.set(row.caseId, level + 1);
    out[level] ??= [];
    out[level].push(row);
  }
  return out;
}

/** Names, types and values of the history columns that a wave passes as arrays. */
const columns: readonly [string, string, (row: NewRow) => unknown][] = [
  ['id', 'uuid', (r) => r.id],
  ['case_id', 'uuid', (r) => r.caseId],
  ['verb', 'text', (r) => r.verb],
  ['from_state', 'text', (r) => r.from],
  ['to_state', 'text', (r) => r.to],
  ['sign', 'smallint', (r) => r.sign],
  ['reverses', 'uuid', (r) => r.reverses],
  ['happened_on', 'date', (r) => r.happenedOn],
  ['reason', 'text', (r) => r.reason],
  ['person_id', 'uuid', (r) => r.personId],
  ['county_id', 'integer', (r) => r.countyId],
  ['agency_id', 'text', (r) => r.agencyId],
  ['bank_id', 'text', (r) => r.bankId],
  ['kind', 'text', (r) => r.kind],
  ['occupation_id', 'text', (r) => r.occupationId],
  ['sex', 'text', (r) => r.sex],
  ['area', 'text', (r) => r.area],
  ['rial', 'bigint', (r) => r.rial?.toString() ?? null],
  ['people', 'integer', (r) => r.people],
  ['facts', 'jsonb', (r) => JSON.stringify(r.facts)],
];
const columnNames = sql.raw(columns.map(([name]) => name).join(', '));
const columnValues = sql.raw(columns.map(([name]) => `i.${name}`).join(', '));

async function insertWave(
  tx: Tx,
  act: Act,
  counts: readonly Count[],
  rows: readonly NewRow[],
): Promise<void> {
  await sql`
    with input as (
      select * from ${inputOf(rows, sealerOf(tx))}
    ), opened as (
      insert into history_heads (province_id, case_id, seq, hash, seal)
      select ${act.provinceId}::integer, i.case_id, 1, i.link, sha256(i.mac)
      from input i where i.first
      returning case_id, seq, hash
    ), moved as (
      update history_heads h set seq = h.seq + 1, hash = sha256(h.hash || i.link),
        seal = sha256(h.seal || i.mac)
      from input i
      where h.province_id = ${act.provinceId}::integer and h.case_id = i.case_id and not i.first
      returning h.case_id, h.seq, h.hash
    ), heads as (
      select * from opened union all select * from moved
    ), counted as (
      insert into measure_deltas (province_id, history_id, measure, happened_on, recorded_on,
        county_id, agency_id, bank_id, kind, occupation_id, sex, area, value)
      select ${act.provinceId}::integer, i.id, d.measure, i.happened_on, ${act.today}::date,
        i.county_id, i.agency_id, i.bank_id, i.kind, i.occupation_id, i.sex, i.area, d.value
      from ${deltasOfAll(counts, rows)} join input i on i.id = d.id
    )
    insert into history (province_id, ${columnNames}, seq, hash, recorded_at, actor_id,
      organisation_id, op_id)
    select ${act.provinceId}::integer, ${columnValues}, h.seq, h.hash, ${act.now}::timestamptz,
      ${act.actorId}::uuid, ${act.organisationId}::text, ${act.opId}::uuid
    from input i join heads h on h.case_id = i.case_id`.execute(tx);
}

/**
 * The rows of a wave as a relation: their columns, whether they open a chain, their link of it, and what the
 * house seals them with. Seals are a chain of their own, which nobody goes on with who only has the database.
 */
function inputOf(rows: readonly NewRow[], sealer: StepSealer | undefined) {
  const arrays = columns.map(([, type, value]) => sql`${rows.map(value)}::${sql.raw(`${type}[]`)}`);
  const links = sql`${rows.map(linkOf)}::bytea[]`;
  const firsts = sql`${rows.map((row) => row.first)}::boolean[]`;
  const macs = sql`${rows.map((row) => sealer?.mac(historyPayload(row)) ?? null)}::bytea[]`;
  return sql`unnest(${sql.join(arrays)}, ${links}, ${firsts}, ${macs})
    as t(${columnNames}, link, first, mac)`;
}

/** The first hash of a chain is known here; the others' need the hash before them: their bytes go along. */
function linkOf(row: NewRow): Buffer {
  const payload = historyPayload(row);
  return row.first ? hash('sha256', payload, 'buffer') : Buffer.from(payload);
}

/** What the rows add to which measures, as a relation. */
function deltasOfAll(counts: readonly Count[], rows: readonly NewRow[]) {
  const deltas = rows.flatMap((row) =>
    deltasOf(counts, row).map((delta) => ({ ...delta, id: row.id })),
  );
  return sql`unnest(${deltas.map((d) => d.id)}::uuid[], ${deltas.map((d) => d.measure)}::text[],
    ${deltas.map((d) => d.value.toString())}::bigint[]) as d(id, measure, value)`;
}
