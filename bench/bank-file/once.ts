/**
 * Does the work once, in a process of its own, so that its memory can be told from anyone else's:
 *
 *     node bench/bank-file/once.ts reconcile|parse|copy FILE URL APP_URL
 *
 * Prints {"seconds", "peakMb", "lines"}.
 */
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readFile as readBytes } from 'node:fs/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { referenceOf } from '../../src/accounts/index.ts';
import { openBankFile } from '../../src/financing/bank-files/read.ts';
import type { BankLine } from '../../src/financing/bank-files/rules.ts';
import { readFile } from '../../src/financing/bank-files/take-file.ts';
import { uuid7 } from '../../src/kit/uuid7.ts';
import { clientOf, type Database, openDatabase } from '../../src/platform/database.ts';
import { provinceContext } from '../../src/platform/policy.ts';
import { bankId, provinceId } from './statement.ts';

const [work = '', path = '', url = '', appUrl = ''] = process.argv.slice(2);
const source = {
  name: 'statement.xml',
  stream: async () => createReadStream(path),
  bytes: () => readBytes(path),
};

/** What the product does with the file, to the commit of its lines and their verdicts. */
async function reconcile(database: Database): Promise<number> {
  const now = new Date();
  const file = { provinceId, bankId, id: uuid7(now.getTime()) };
  await database.transaction(provinceContext(provinceId), (tx) =>
    tx
      .insertInto('bank_files')
      .values({
        ...{ province_id: provinceId, id: file.id, bank_id: bankId, sha256: '-', file_name: '-' },
        ...{ file_key: '-', received_at: now, op_id: file.id },
      })
      .execute(),
  );
  return readFile(database, await referenceOf(database), file, source, now);
}

async function* lines(): AsyncGenerator<readonly BankLine[]> {
  yield* (await openBankFile(source, ['012'])).batches;
}

/** The reader alone: nothing is matched, nothing is kept. */
async function parse(): Promise<number> {
  let count = 0;
  for await (const batch of lines()) count += batch.length;
  return count;
}

/** The reader, and a bare COPY of what it read into a table without key, index or row security. */
async function copy(database: Database): Promise<number> {
  return database.migratorTransaction(async (tx) => {
    const client = clientOf(tx);
    await client.query(
      'create table bare (line int, reference text, rial bigint, day date, bank text)',
    );
    const into = client.query(copyFrom('copy bare from stdin'));
    let count = 0;
    for await (const batch of lines()) {
      count += batch.length;
      const rows = batch.map((it) =>
        [it.line, it.reference, it.amountRial, it.bookedOn, it.bankReference].join('\t'),
      );
      if (!into.write(`${rows.join('\n')}\n`)) await once(into, 'drain');
    }
    into.end();
    await once(into, 'finish');
    return count;
  });
}

const database = await openDatabase({ url, appUrl });
await database.pools.migrator.query('select 1');
const works: Readonly<Record<string, () => Promise<number>>> = {
  reconcile: () => reconcile(database),
  parse,
  copy: () => copy(database),
};
const started = performance.now();
const count = await works[work]?.();
const seconds = (performance.now() - started) / 1000;
await database.close();
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ seconds, peakMb, lines: count })}\n`);
