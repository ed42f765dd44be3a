import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { SpreadsheetError } from './error.ts';
import { type ReadChoices, type ReaderMessage, readSpreadsheet } from './read.ts';
import { openSource, type SpreadsheetSource } from './source.ts';

/*
 * The thread in which a stranger's file is opened. It has a small heap of its own, no environment,
 * and sends one message per request, so that it is never further ahead than one batch.
 */
interface Task {
  readonly source: SpreadsheetSource;
  readonly choices: ReadChoices;
}

function failure(error: unknown): ReaderMessage {
  if (error instanceof SpreadsheetError) {
    return { kind: 'failed', code: error.code, details: error.details };
  }
  // A fault of ours or of the disk: the caller gets its name for the log, never a stack trace.
  return { kind: 'failed', code: '', details: { reason: String(error) } };
}

async function run(task: Task, port: NonNullable<typeof parentPort>): Promise<void> {
  const reader = openSource(task.source);
  try {
    for await (const message of readSpreadsheet(reader, task.choices)) {
      port.postMessage(message);
      await once(port, 'message');
    }
    port.postMessage({ kind: 'end' } satisfies ReaderMessage);
  } finally {
    reader.close();
  }
}

if (parentPort) {
  const port = parentPort;
  run(workerData as Task, port)
    .catch((error: unknown) => port.postMessage(failure(error)))
    .finally(() => port.close());
}
