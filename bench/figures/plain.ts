import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The bulletin's period: from the first day of last year to the last of this spring. */
const period = { from: '2021-03-21', to: '2022-06-21' } as const;

/** The figures of the bulletin by agency, as one GROUP BY over the cases; the same words for both engines. */
export const groupBy = `
  select agency,
    count(*) filter (where issued_on between date '${period.from}' and date '${period.to}') as issued,
    count(*) filter (where referred_on between date '${period.from}' and date '${period.to}') as referred,
    count(*) filter (where funded_on between date '${period.from}' and date '${period.to}') as funded,
    coalesce(sum(rial) filter (where funded_on between date '${period.from}' and date '${period.to}'), 0) as rial,
    coalesce(sum(jobs) filter (where funded_on between date '${period.from}' and date '${period.to}'), 0) as jobs
  from bench_rows group by agency order by agency`;

export type PlainRow = {
  readonly agency: string;
  readonly issued: bigint;
  readonly referred: bigint;
  readonly funded: bigint;
  readonly rial: bigint;
  readonly jobs: bigint;
};

const version = '1.5.6-r.1';
const run = promisify(execFile);

/** DuckDB on a file of rows. */
export type Duck = { readonly ask: () => Promise<PlainRow[]>; readonly close: () => void };

type Connection = {
  run: (text: string) => Promise<unknown>;
  runAndReadAll: (text: string) => Promise<{ getRowObjects: () => Record<string, unknown>[] }>;
  closeSync: () => void;
};

/** Installs DuckDB into an ignored folder, once: the product does not depend on it. */
async function install(folder: string): Promise<void> {
  if (existsSync(join(folder, 'node_modules', '@duckdb', 'node-api'))) return;
  mkdirSync(folder, { recursive: true });
  const words = ['install', '--no-save', '--no-audit', '--no-fund', `@duckdb/node-api@${version}`];
  await run('npm', [...words, '--prefix', folder], { cwd: folder });
}

/** Opens DuckDB with the rows of a CSV file as its own table `bench_rows`. */
export async function openDuck(folder: string, csv: string): Promise<Duck> {
  await install(folder);
  const from = createRequire(join(folder, 'x.js'));
  const { DuckDBInstance } = from('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection: Connection = await instance.connect();
  await connection.run(
    `create table bench_rows as select * from read_csv('${csv}', header = true)`,
  );
  return {
    ask: async () => {
      const answer = await connection.runAndReadAll(groupBy);
      return answer.getRowObjects().map(toRow);
    },
    close: () => connection.closeSync(),
  };
}

/** A row of either engine with its numbers as bigint. */
export function toRow(row: Record<string, unknown>): PlainRow {
  const n = (name: string) => BigInt(String(row[name]));
  return {
    agency: String(row.agency),
    ...{ issued: n('issued'), referred: n('referred'), funded: n('funded') },
    ...{ rial: n('rial'), jobs: n('jobs') },
  };
}
