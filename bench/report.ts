import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryFolder } from '../src/platform/config.ts';
import type { Bench, Claim } from './measure.ts';

const answers = join(repositoryFolder, '.bench', 'answers');

/** Where the report stands, as it is named to people. */
export const reportPath = 'docs/benchmarks.md';

/** A bench's last answer and the day of it. */
export type Kept = { readonly measuredOn: string; readonly answer: Bench };

/** Keeps what a bench found, in place of what it found before. */
export async function keepAnswer(answer: Bench, now: Date): Promise<void> {
  await mkdir(answers, { recursive: true });
  const kept: Kept = { measuredOn: now.toISOString().slice(0, 10), answer };
  await writeFile(join(answers, `${answer.bench}.json`), `${JSON.stringify(kept, null, 2)}\n`);
}

/** Writes the report from the last answer of each bench; of one that has none here, what the report said stays. */
export async function writeReport(names: readonly string[]): Promise<void> {
  const found = names.map(async (name): Promise<[string, Kept | undefined]> => {
    const text = await readFile(join(answers, `${name}.json`), 'utf8').catch(() => undefined);
    return [name, text === undefined ? undefined : (JSON.parse(text) as Kept)];
  });
  const path = join(repositoryFolder, reportPath);
  const before = await readFile(path, 'utf8').catch(() => '');
  await writeFile(path, reportOf(new Map(await Promise.all(found)), before));
}

const opening = `# What was measured

Written by \`npm run bench -- all\` (or \`npm run bench -- report\`, from the last run of each) and by nobody's hand. Every claim stands beside its limit or its peer, measured in the same run and
taking turns with it; times are medians. What a bench does, and why that is fair, is in its own README. A claim that misses its target says so.
`;

/**
 * The report as Markdown.
 * @param found the last answer of each bench by name, undefined where it was never run here
 * @param before the report as it was: such a bench's part of it stays, with its day
 */
export function reportOf(found: ReadonlyMap<string, Kept | undefined>, before = ''): string {
  const parts = [...found].map(([name, kept]) =>
    kept ? partOf(name, kept) : keptOf(name, before),
  );
  const all = parts.join('\n');
  const [held, missed] = [/\| holds \|$/gm, /\| \*\*misses\*\* \|$/gm].map(
    (sign) => all.match(sign)?.length ?? 0,
  ) as [number, number];
  return `${opening}\n${held} of ${held + missed} claims hold.\n\n${all}`;
}

const machineOf = ({ machine: it }: Bench) =>
  `${it.processor}, ${it.cores} cores, ${it.memoryMb} MB, ${it.platform}, Node ${it.node}, PostgreSQL ${it.postgres ?? 'of the lock file'}${it.commit ? `, commit ${it.commit}` : ''}`;

const headOf = (name: string) =>
  `## ${name}\n\n\`npm run bench -- ${name}\`, [what it does](../bench/${name}/README.md).`;

function keptOf(name: string, before: string): string {
  const parts = before.split(/^(?=## )/m);
  const part = parts.find((one) => one.startsWith(`## ${name}\n`));
  return part ? `${part.trimEnd()}\n` : `${headOf(name)} Not measured yet.\n`;
}

function partOf(name: string, { measuredOn, answer }: Kept): string {
  const rows = answer.claims.map(rowOf).join('\n');
  const when = `Measured on ${measuredOn}: ${machineOf(answer)}.`;
  return `${headOf(name)} ${when}\n\n| claim | measured | beside it | needed | |\n| --- | --- | --- | --- | --- |\n${rows}\n`;
}

function rowOf({ id, value, unit, against, ratio, target, holds }: Claim): string {
  const beside = ratio === null ? against : `${figure(ratio)} × ${against}`;
  const cells = [id, `${figure(value)} ${unit}`, beside, target, holds ? 'holds' : '**misses**'];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Four significant digits at most: more would be noise. */
const figure = (value: number) => String(Number(value.toPrecision(4)));
