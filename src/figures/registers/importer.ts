import type { Reference } from '../../accounts/index.ts';
import { isProblem, type Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { FieldName, RegisterKind } from './fields.ts';
import type { Layout } from './layout.ts';
import type { Doubt } from './match.ts';
import type { OrderedBatch } from './order.ts';
import type { RegisterRecords } from './records.ts';
import type { RegisterRow } from './rows.ts';
import { type Fault, fromCell, inSheet, type JudgedRow } from './verdict.ts';

/** Where an import works: one transaction that sees the whole province, and on whose behalf. */
export interface Desk {
  readonly tx: Tx;
  readonly act: Act;
  readonly reference: Reference;
}

/** What is to become of one record; `write` is what the slices' own validator made of it. */
export type Judgement<Write> =
  | { readonly verdict: 'accepted'; readonly write: Write; readonly warnings: readonly Fault[] }
  | { readonly verdict: 'unchanged' }
  | { readonly verdict: 'rejected'; readonly faults: readonly Fault[] }
  | { readonly verdict: 'doubtful'; readonly why: Doubt; readonly candidates: readonly string[] };

/** How one kind of register goes into the record. */
export interface Importer<K extends RegisterKind, Held, Write> {
  /** What the record holds that these records could be about, one question for all of them. */
  load(desk: Desk, records: readonly RegisterRecords[K][]): Promise<Held>;
  /**
   * Judges one record, and lets those judged after it see what it will write.
   * @throws Problem what the slices' validators say; it becomes the row's fault
   */
  judge(desk: Desk, held: Held, record: RegisterRecords[K]): Judgement<Write>;
  /** Writes what was accepted, through the slices' own writers. */
  write(desk: Desk, writes: readonly Write[], held: Held): Promise<void>;
  /**
   * Lets what was asked of the record before the last batch was written see that batch: with it, the
   * next batch can be judged meanwhile.
   */
  follow?(held: Held, last: Held): void;
}

/** A row that a person has to match. */
export interface DoubtfulRow {
  readonly rowNumber: number;
  readonly record: RegisterRecords[RegisterKind];
  readonly why: Doubt;
  readonly candidates: readonly string[];
}

/** What was decided about a batch of rows, in their order. */
export interface JudgedBatch {
  readonly rows: readonly JudgedRow[];
  readonly doubts: readonly DoubtfulRow[];
}

/** Judges a batch of rows of one kind and writes what is accepted. */
export type TakeBatch<K extends RegisterKind> = (
  desk: Desk,
  layout: Layout,
  rows: readonly RegisterRow<K>[],
) => Promise<JudgedBatch>;

/** Judges and writes batch after batch, each told of once it is written. */
export type TakeBatches<K extends RegisterKind> = (
  desk: Desk,
  layout: Layout,
  batches: AsyncIterable<OrderedBatch<K>>,
) => AsyncGenerator<{ readonly batch: OrderedBatch<K>; readonly judged: JudgedBatch }, void, void>;

/** The way of one batch through an importer: load, judge each, write the accepted. */
export function batchThrough<K extends RegisterKind, Held, Write>(
  importer: Importer<K, Held, Write>,
): TakeBatch<K> {
  return async (desk, layout, rows) => {
    if (rows.length === 0) return { rows: [], doubts: [] };
    const held = await importer.load(desk, recordsOf(rows));
    const { judged, writes } = judgeAll(importer, desk, layout, held, rows);
    if (writes.length > 0) await importer.write(desk, writes, held);
    return judged;
  };
}

/**
 * The way of a whole register. Where the importer says how a batch follows another, the next one is
 * asked for before this one is written, and judged while PostgreSQL writes; that it was written is
 * waited for one batch later, so that PostgreSQL always has the next one before it.
 */
export function batchesThrough<K extends RegisterKind, Held, Write>(
  importer: Importer<K, Held, Write>,
): TakeBatches<K> {
  const one = batchThrough(importer);
  const { follow } = importer;
  return async function* (desk, layout, batches) {
    let last: Waiting<K, Held, Write> | undefined;
    let before: Written<K, Held, Write> | undefined;
    for await (const batch of batches) {
      if (!follow) {
        yield { batch, judged: await one(desk, layout, batch.rows) };
        continue;
      }
      const loading = importer.load(desk, recordsOf(batch.rows));
      const writing = writeWaiting(importer, desk, last);
      const held = await firstFailure(loading, before?.writing);
      if (last) follow(held, last.held);
      const judged = judgeAll(importer, desk, layout, held, batch.rows);
      if (before) yield await written(before);
      before = last && { waiting: last, writing };
      last = { ...judged, batch, held };
    }
    if (before) yield await written(before);
    if (last) yield await written({ waiting: last, writing: writeWaiting(importer, desk, last) });
  };
}

/** A batch that was judged and is not written yet. */
interface Waiting<K extends RegisterKind, Held, Write> {
  readonly batch: OrderedBatch<K>;
  readonly held: Held;
  readonly judged: JudgedBatch;
  readonly writes: readonly Write[];
}

/** In a transaction that has failed every question fails; what failed it is what is thrown. */
async function firstFailure<T>(asked: Promise<T>, before: Promise<void> | undefined): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    await before;
    throw error;
  }
}

/** A batch that is being written. */
interface Written<K extends RegisterKind, Held, Write> {
  readonly waiting: Waiting<K, Held, Write>;
  readonly writing: Promise<void>;
}

async function written<K extends RegisterKind, Held, Write>(it: Written<K, Held, Write>) {
  await it.writing;
  return it.waiting;
}

/** Asks for the writing; whichever statement fails first is thrown where it is awaited. */
function writeWaiting<K extends RegisterKind, Held, Write>(
  importer: Importer<K, Held, Write>,
  desk: Desk,
  waiting: Waiting<K, Held, Write> | undefined,
): Promise<void> {
  const some = waiting !== undefined && waiting.writes.length > 0;
  const writing = some ? importer.write(desk, waiting.writes, waiting.held) : Promise.resolve();
  // It must not count as nobody's while another batch is judged.
  writing.catch(() => undefined);
  return writing;
}

function recordsOf<K extends RegisterKind>(rows: readonly RegisterRow<K>[]) {
  return rows.flatMap((row) => ('record' in row ? row.record : []));
}

function judgeAll<K extends RegisterKind, Held, Write>(
  importer: Importer<K, Held, Write>,
  desk: Desk,
  layout: Layout,
  held: Held,
  rows: readonly RegisterRow<K>[],
): { judged: JudgedBatch; writes: Write[] } {
  const writes: Write[] = [];
  const doubts: DoubtfulRow[] = [];
  const judged = rows.map((row): JudgedRow => {
    if ('problems' in row) return refused(row, row.problems.map(fromCell));
    const judgement = judgeOne(importer, desk, held, row.record);
    if (judgement.verdict === 'accepted') writes.push(judgement.write);
    if (judgement.verdict === 'doubtful') {
      const { why, candidates } = judgement;
      doubts.push({ rowNumber: row.rowNumber, record: row.record, why, candidates });
    }
    return toJudged(layout, row, judgement);
  });
  return { judged: { rows: judged, doubts }, writes };
}

function judgeOne<K extends RegisterKind, Held, Write>(
  importer: Importer<K, Held, Write>,
  desk: Desk,
  held: Held,
  record: RegisterRecords[K],
): Judgement<Write> {
  try {
    return importer.judge(desk, held, record);
  } catch (error) {
    if (!isProblem(error)) throw error;
    return { verdict: 'rejected', faults: [faultOf(error)] };
  }
}

function refused(row: RegisterRow<RegisterKind>, faults: JudgedRow['faults']): JudgedRow {
  const { rowNumber, cells } = row;
  const warnings = row.warnings.map(fromCell);
  return { rowNumber, cells, verdict: 'rejected', doubtful: false, faults, warnings };
}

function toJudged(
  layout: Layout,
  row: RegisterRow<RegisterKind>,
  judgement: Judgement<unknown>,
): JudgedRow {
  const tie = (fault: Fault) => inSheet(layout, row.cells, fault);
  const { verdict } = judgement;
  if (verdict === 'rejected') return refused(row, judgement.faults.map(tie));
  if (verdict === 'doubtful') {
    const details = { why: judgement.why, candidates: judgement.candidates.length };
    const fault = tie({ code: 'doubtful_match', field: null, details });
    return { ...refused(row, [fault]), doubtful: true };
  }
  const more = verdict === 'accepted' ? judgement.warnings.map(tie) : [];
  return {
    rowNumber: row.rowNumber,
    cells: row.cells,
    verdict,
    doubtful: false,
    faults: [],
    warnings: [...row.warnings.map(fromCell), ...more],
  };
}

/** Which column a problem of the house is about. */
const fieldsOfProblems: Readonly<Record<string, FieldName>> = {
  'permits.future_date': 'issued_on',
  'permits.number_taken': 'permit_number',
  'permits.already_open': 'occupation',
  'accounts.unknown_county': 'county',
  'accounts.unknown_occupation': 'occupation',
  'financing.over_cap': 'requested_amount',
  'financing.people_out_of_bounds': 'people',
  'financing.before_permit': 'referred_on',
  'financing.no_terms': 'referred_on',
  'financing.over_plan': 'amount',
  'financing.wrong_bank': 'bank',
  'financing.before_last_step': 'paid_on',
  'financing.wrong_tranche': 'tranche',
  'financing.reference_taken': 'bank_reference',
  'financing.loan_elsewhere': 'national_id',
  'employment.not_funded': 'permit_number',
  'employment.future_date': 'started_on',
  'employment.wrong_relation': 'relation',
  'employment.already_at_work': 'worker_national_id',
};

function faultOf({ code, details }: Problem): Fault {
  return { code: code as Fault['code'], field: fieldsOfProblems[code] ?? null, details };
}
