/**
 * Does the work once, in a process of its own, so that its memory can be told from anyone else's:
 *
 *     node bench/import/once.ts import|copy FILE URL APP_URL
 *
 * Prints {"seconds", "peakMb", "rows"}.
 */
import { once } from 'node:events';
import { from as copyFrom } from 'pg-copy-streams';
import { referenceOf } from '../../src/accounts/index.ts';
import { importFile } from '../../src/figures/index.ts';
import { isoToday } from '../../src/kit/jalali.ts';
import { uuid7 } from '../../src/kit/uuid7.ts';
import { clientOf, type Database, openDatabase, type Tx } from '../../src/platform/database.ts';
import { type CellValue, openSpreadsheet } from '../../src/platform/spreadsheet/index.ts';
import { columns, provinceId } from './register.ts';

const [work = '', path = '', url = '', appUrl = ''] = process.argv.slice(2);

/** What the product does with the file, to the commit. */
async function importIt(database: Database): Promise<number> {
  const now = new Date();
  const parties = { provinceId, actorId: null, organisationId: null };
  const act = { ...parties, now, today: isoToday(now.getTime()), opId: uuid7(now.getTime()) };
  const reference = await referenceOf(database);
  const file = { kind: 'permits', source: { path } } as const;
  const { counts } = await importFile(database, file, { reference, act, dryRun: false });
  if (counts.accepted !== counts.read) throw new Error(`Refused ${counts.rejected} rows`);
  return counts.accepted;
}

/** The least that brings the same rows into a database: read the sheet, COPY its cells as they are. */
async function copyIt(database: Database): Promise<number> {
  const names = Array.from({ length: columns }, (_, at) => `c${at} text`);
  return database.migratorTransaction(async (tx) => {
    await clientOf(tx).query(`create table bare (${names.join(', ')})`);
    return copyRows(tx);
  });
}

async function copyRows(tx: Tx): Promise<number> {
  const into = clientOf(tx).query(copyFrom('copy bare from stdin'));
  let rows = 0;
  for await (const batch of (await openSpreadsheet({ path })).batches) {
    const lines = batch.rows.map(({ cells }) => cells.map(asText).join('\t'));
    rows += lines.length;
    if (!into.write(`${lines.join('\n')}\n`)) await once(into, 'drain');
  }
  into.end();
  await once(into, 'finish');
  return rows;
}

function asText(cell: CellValue): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'object') return 'date' in cell ? cell.date : cell.error;
  return String(cell).replaceAll(/[\\\t\n\r]/g, ' ');
}

const database = await openDatabase({ url, appUrl });
await database.pools.migrator.query('select 1');
const started = performance.now();
const rows = work === 'import' ? await importIt(database) : await copyIt(database);
const seconds = (performance.now() - started) / 1000;
const cpu = process.cpuUsage();
await database.close();
const peakMb = process.resourceUsage().maxRSS / 1024;
const cpuSeconds = (cpu.user + cpu.system) / 1e6;
process.stdout.write(`${JSON.stringify({ seconds, peakMb, rows, cpuSeconds })}\n`);
