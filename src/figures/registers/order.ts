import type { RegisterKind } from './fields.ts';
import type { RegisterBatch } from './read.ts';
import type { RegisterRow } from './rows.ts';

/** Rows that are judged together. */
export interface OrderedBatch<K extends RegisterKind> {
  readonly rows: readonly RegisterRow<K>[];
  /** Rows of the sheet that are no entries, among those read for this batch. */
  readonly ignored: number;
  /** How much of the work is behind this batch (0…1). */
  readonly progress: number;
}

/**
 * The most rows of a register whose rows have to be put in order, and so are all in memory at once;
 * more than all provinces together pay in a year.
 */
export const mostOrderedRows = 250_000;

type Rows = RegisterRow<RegisterKind>;

/**
 * What a row's day and number are: of several payments of one plan the earlier must be judged first,
 * wherever in the sheet it stands. Rows that cannot be read come first; they wait for nothing.
 */
function keyOf(row: Rows): readonly [string, number] {
  if (!('record' in row)) return ['', 0];
  const { record } = row;
  if ('paidOn' in record) return [record.paidOn, record.tranche ?? 0];
  if ('referredOn' in record) return [record.referredOn, 0];
  return ['startedOn' in record ? record.startedOn : '', 0];
}

function byKey(a: Rows, b: Rows): number {
  const [dayA, numberA] = keyOf(a);
  const [dayB, numberB] = keyOf(b);
  if (dayA !== dayB) return dayA < dayB ? -1 : 1;
  return numberA - numberB || a.rowNumber - b.rowNumber;
}

/**
 * A register's batches in the order in which they are to be judged, the next one read while this one
 * is worked on. Permits stand each for itself and stream through; of the other kinds all rows are
 * read first.
 */
export async function* inOrder<K extends RegisterKind>(
  kind: K,
  batches: AsyncGenerator<RegisterBatch<K>, void, void>,
): AsyncGenerator<OrderedBatch<K>, void, void> {
  const source = kind === 'permits' ? stream(batches) : sorted(batches);
  yield* readAhead(source);
}

async function* stream<K extends RegisterKind>(
  batches: AsyncGenerator<RegisterBatch<K>, void, void>,
): AsyncGenerator<OrderedBatch<K>, void, void> {
  for await (const { rows, ignored, progress } of batches) {
    yield { rows, ignored: ignored.length, progress };
  }
}

const SORTED_BATCH = 1_000;
/** Reading a sheet takes about this much of the whole. */
const READING_SHARE = 0.3;

async function* sorted<K extends RegisterKind>(
  batches: AsyncGenerator<RegisterBatch<K>, void, void>,
): AsyncGenerator<OrderedBatch<K>, void, void> {
  const all: RegisterRow<K>[] = [];
  let ignored = 0;
  for await (const batch of batches) {
    all.push(...batch.rows);
    ignored += batch.ignored.length;
    yield { rows: [], ignored: 0, progress: batch.progress * READING_SHARE };
  }
  all.sort(byKey);
  for (let at = 0; at < all.length; at += SORTED_BATCH) {
    const rows = all.slice(at, at + SORTED_BATCH);
    const done = Math.min(1, (at + rows.length) / all.length);
    yield { rows, ignored, progress: READING_SHARE + done * (1 - READING_SHARE) };
    ignored = 0;
  }
  if (all.length === 0) yield { rows: [], ignored, progress: 1 };
}

/** Asks for the next batch before the present one is worked on; leaving the loop ends the source. */
async function* readAhead<T>(source: AsyncGenerator<T, void, void>): AsyncGenerator<T, void, void> {
  let next = source.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done || value === undefined) return;
      next = source.next();
      // Thrown where it is awaited; until then it must not count as nobody's.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await next.catch(() => undefined);
    await source.return();
  }
}
