/**
 * npm run bench -- NAME [--json]
 * npm run bench -- all
 * npm run bench -- report
 *
 * Runs bench/NAME/run.ts and prints its claims; `all` runs one bench after the other, each in a process of
 * its own; `report` writes docs/benchmarks.md from the last answer of each, which every run keeps in
 * .bench/answers. Status 0 when all claims hold, 1 when one does not or a bench breaks, 2 for a wrong name.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, Claim } from '../bench/measure.ts';
import { keepAnswer, reportPath, writeReport } from '../bench/report.ts';
import { repositoryFolder } from '../src/platform/config.ts';

const folder = join(repositoryFolder, 'bench');
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`${text}\n`);

function benchNames(): string[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'run.ts')))
    .sort();
}

function usage(): string {
  const names = benchNames();
  return `npm run bench -- NAME [--json], where NAME is one of: ${names.join(', ')}; or all, or report`;
}

/** Six significant digits at most: more would be noise. */
function figure(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function row({ id, value, unit, against, ratio, target, holds }: Claim): string[] {
  const compared = ratio === null ? '' : `${figure(ratio)} × ${against}`;
  return [holds ? 'holds' : 'FAILS', id, `${figure(value)} ${unit}`, compared || against, target];
}

function table({ bench, machine, claims }: Bench): string {
  const rows = [['', 'claim', 'measured', 'against', 'target'], ...claims.map(row)];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((r) => r[column]?.length ?? 0)));
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const { processor, cores, memoryMb, node } = machine;
  return [`${bench}: ${processor}, ${cores} cores, ${memoryMb} MB, Node ${node}`, ...lines].join(
    '\n',
  );
}

/** Whatever a bench prints while it works goes to stderr: stdout is for its answer. */
async function runBench(name: string): Promise<Bench> {
  const module: { run: () => Promise<Bench> } = await import(join(folder, name, 'run.ts'));
  const write = process.stdout.write;
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof write;
  try {
    return await module.run();
  } finally {
    process.stdout.write = write;
  }
}

/** Each in its own process, so that none inherits another's memory; one that breaks does not stop the rest. */
async function runAll(): Promise<number> {
  let status = 0;
  for (const name of benchNames()) {
    complain(`\n== ${name}`);
    const command = [...process.execArgv, import.meta.filename, name];
    const child = spawn(process.execPath, command, { stdio: 'inherit' });
    const [code] = await once(child, 'exit');
    if (code !== 0) status = 1;
  }
  await writeReport(benchNames());
  say(reportPath);
  return status;
}

async function runOne(name: string, json: boolean): Promise<number> {
  const answer = await runBench(name);
  await keepAnswer(answer, new Date());
  say(json ? JSON.stringify(answer) : table(answer));
  return answer.claims.every(({ holds }) => holds) ? 0 : 1;
}

async function main(words: string[]): Promise<number> {
  let asked: { values: { json: boolean }; positionals: string[] };
  try {
    const options = { json: { type: 'boolean', default: false } } as const;
    asked = parseArgs({ args: words, options, allowPositionals: true });
  } catch (error) {
    complain(`${(error as Error).message}\n${usage()}`);
    return 2;
  }
  const [name = '', ...more] = asked.positionals;
  if (more.length > 0 || !['all', 'report', ...benchNames()].includes(name)) {
    complain(
      name === '' ? usage() : `There is no bench «${asked.positionals.join(' ')}». ${usage()}`,
    );
    return 2;
  }
  if (name === 'all') return runAll();
  if (name !== 'report') return runOne(name, asked.values.json);
  await writeReport(benchNames());
  say(reportPath);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
