import type { Database, Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { provinceContext } from '../../platform/policy.ts';
import type { RegisterKind } from './fields.ts';
import {
  finishImport,
  insertImport,
  type NewImport,
  queueDoubts,
  saveProgress,
  saveRows,
} from './import-record.ts';
import type { JudgedBatch } from './importer.ts';
import type { Layout } from './layout.ts';
import type { ImportListener } from './run-import.ts';
import type { RowCounts } from './verdict.ts';

/** How often an import says how far it is. */
const progressEveryMs = 500;

type Progress = { share: number; counts: RowCounts };

/** Says from beside the import's own transaction how far it is, so that others see it meanwhile. */
function progressTeller(database: Database, act: Act, importId: string) {
  let told = 0;
  return async (progress: Progress): Promise<void> => {
    if (performance.now() - told < progressEveryMs) return;
    await database.transaction(provinceContext(act.provinceId), (tx) =>
      saveProgress(tx, act, importId, progress),
    );
    told = performance.now();
  };
}

/** What an import of a file that was sent in keeps of itself. */
export interface Kept {
  readonly act: Act;
  readonly importId: string;
  readonly kind: RegisterKind;
}

/** A real run's verdicts, doubts and end stand or fall with what it recorded. */
export function keepInside(database: Database, { act, importId, kind }: Kept): ImportListener {
  const tell = progressTeller(database, act, importId);
  let layout: Layout | undefined;
  return {
    async begin(_tx, read) {
      layout = read;
    },
    async batch(tx, { rows, doubts }, progress) {
      if (layout) await saveRows(tx, act, importId, layout, rows);
      await queueDoubts(tx, act, importId, kind, doubts);
      await tell(progress);
    },
    end: (tx, result) => finishImport(tx, act, importId, result),
  };
}

/** A dry run's verdicts stay although its transaction is taken back. */
export function keepAside(database: Database, { act, importId }: Kept): ImportListener {
  const aside = (work: (tx: Tx) => Promise<void>) =>
    database.transaction(provinceContext(act.provinceId), work);
  let layout: Layout | undefined;
  return {
    async begin(_tx, read) {
      layout = read;
    },
    async batch(_tx, { rows }, progress) {
      await aside(async (tx) => {
        if (layout) await saveRows(tx, act, importId, layout, rows);
        await saveProgress(tx, act, importId, progress);
      });
    },
  };
}

/** Of a file that is read where it lies: the import and what it refused, all in one transaction. */
export function keepRefused(act: Act, it: NewImport): ImportListener {
  let layout: Layout | undefined;
  return {
    async begin(tx, read) {
      layout = read;
      await insertImport(tx, act, it);
    },
    async batch(tx, { rows, doubts }: JudgedBatch) {
      const refused = rows.filter(({ verdict }) => verdict === 'rejected');
      if (layout) await saveRows(tx, act, it.id, layout, refused);
      await queueDoubts(tx, act, it.id, it.kind, doubts);
    },
    end: (tx, result) => finishImport(tx, act, it.id, result),
  };
}
