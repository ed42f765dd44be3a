import { Worker } from 'node:worker_threads';
import type { SheetBatch, SheetInfo, TextEncodingName } from './cells.ts';
import en from './en.ts';
import { SpreadsheetError, type SpreadsheetErrorCode, spreadsheetProblems } from './error.ts';
import fa from './fa.ts';
import { type SpreadsheetLimits, spreadsheetLimits } from './limits.ts';
import type { ReadChoices, ReaderMessage } from './read.ts';
import type { SpreadsheetSource } from './source.ts';

export type {
  CellValue,
  SheetBatch,
  SheetInfo,
  SheetRow,
} from './cells.ts';
export { isBlank } from './cells.ts';

export { SpreadsheetError, spreadsheetProblems } from './error.ts';
export type { SpreadsheetLimits } from './limits.ts';
export type { SpreadsheetSource } from './source.ts';
export type { SheetContent, WrittenCell } from './write.ts';
export { writeCsv, writeWorkbook } from './write.ts';

export interface OpenSpreadsheetOptions {
  /** The tab to read; by default the first visible one with a filled row. */
  readonly sheet?: string;
  /** How to read text that carries no mark and is not UTF-8; by default such text is refused. */
  readonly encoding?: TextEncodingName;
  /** Rows per batch; 1,000 unless told. */
  readonly batchRows?: number;
  /** Tighter (or wider) bounds than {@link spreadsheetLimits}. */
  readonly limits?: Partial<SpreadsheetLimits>;
}

/** What is wrong with a file, and what to do, in both languages. */
export const spreadsheetWords = { fa, en };

/** A spreadsheet being read. */
export interface Spreadsheet {
  readonly info: SheetInfo;
  /**
   * The rows, once. The reading thread is at most one batch ahead of the loop over them; leaving the
   * loop ends the thread. Throws {@link SpreadsheetError} where the file turns bad.
   */
  readonly batches: AsyncGenerator<SheetBatch, void, void>;
  /** Ends the thread when `batches` was never looped over. Harmless afterwards. */
  close(): Promise<void>;
}

/**
 * Opens a stranger's `.xlsx` or `.csv`, told apart by content, in a thread of its own with a bounded
 * heap. Throws {@link SpreadsheetError}, whose code has words in this folder's `fa.ts` and `en.ts`.
 */
export async function openSpreadsheet(
  source: SpreadsheetSource,
  options: OpenSpreadsheetOptions = {},
): Promise<Spreadsheet> {
  const limits = { ...spreadsheetLimits, ...options.limits };
  const choices: ReadChoices = {
    sheet: options.sheet,
    encoding: options.encoding,
    batchRows: options.batchRows ?? 1_000,
    limits,
  };
  const thread = new ReaderThread(source, choices);
  try {
    const first = await thread.next();
    if (first.kind !== 'opened') throw new SpreadsheetError('empty');
    const batches = thread.batches();
    return { info: first.info, batches, close: () => thread.stop() };
  } catch (error) {
    await thread.stop();
    throw error;
  }
}

/** The caller's side of the reading thread: one request, one answer. */
class ReaderThread {
  private readonly worker: Worker;
  private readonly silenceMs: number;
  private readonly answers: (ReaderMessage | Error)[] = [];
  private wake: (() => void) | undefined;

  constructor(source: SpreadsheetSource, choices: ReadChoices) {
    this.silenceMs = choices.limits.silenceMs;
    this.worker = new Worker(new URL('./reader-thread.ts', import.meta.url), {
      workerData: { source, choices },
      resourceLimits: {
        maxOldGenerationSizeMb: choices.limits.heapMegabytes,
        maxYoungGenerationSizeMb: 16,
      },
      // Neither the flags nor the secrets of the process that runs it.
      execArgv: [],
      env: {},
      stderr: true,
    });
    this.worker.on('message', (message: ReaderMessage) => this.answer(message));
    this.worker.on('error', (error) => this.answer(error));
    this.worker.on('exit', () => this.answer(new SpreadsheetError('damaged')));
  }

  /** The next answer. Throws what the thread failed with, or `timed_out`. */
  async next(): Promise<ReaderMessage> {
    if (this.answers.length === 0) await this.silence();
    const answer = this.answers.shift();
    if (answer === undefined) throw new SpreadsheetError('timed_out');
    if (answer instanceof Error) throw outsideFailure(answer);
    if (answer.kind === 'failed') throw statedFailure(answer);
    // Asked for now, so that the thread reads the next batch while this one is worked on.
    if (answer.kind !== 'end') this.worker.postMessage('more');
    return answer;
  }

  async *batches(): AsyncGenerator<SheetBatch, void, void> {
    try {
      for (;;) {
        const message = await this.next();
        if (message.kind === 'end') return;
        if (message.kind === 'batch') yield message.batch;
      }
    } finally {
      await this.stop();
    }
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private answer(answer: ReaderMessage | Error): void {
    this.answers.push(answer);
    this.wake?.();
  }

  /** Waits for an answer, but not longer than a thread may be silent. */
  private silence(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.silenceMs);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve();
      };
    });
  }
}

function outsideFailure(error: Error): Error {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? new SpreadsheetError('too_large') : error;
}

function statedFailure(message: ReaderMessage & { kind: 'failed' }): Error {
  if (!Object.hasOwn(spreadsheetProblems, message.code)) {
    return new Error(`The spreadsheet reader failed: ${message.details.reason}`);
  }
  const details = message.details as Record<string, string | number>;
  return new SpreadsheetError(message.code as SpreadsheetErrorCode, details);
}
