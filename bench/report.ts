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

/** Writes the report from the last answer of each bench; one that has none is named as not measured. */
export async function writeReport(names: readonly string[]): Promise<void> {
  const found = names.map(async (name): Promise<[string, Kept | undefined]> => {
    const text = await readFile(join(answers, `${name}.json`), 'utf8').catch(() => undefined);
    return [name, text === undefined ? undefined : (JSON.parse(text) as Kept)];
  });
  const text = reportOf(new Map(await Promise.all(found)));
  await writeFile(join(repositoryFolder, reportPath), text);
}

const opening = `# What was measured

Written by \`npm run bench -- all\` (or \`npm run bench -- report\`, from the last run of each) and by nobody's hand. Every claim stands beside its limit or its peer, measured in the same run and
taking turns with it; times are medians. What a bench does, and why that is fair, is in its own README. A claim that misses its target says so.
`;

/**
 * The report as Markdown.
 * @param found the last answer of each bench by name, undefined where it was never run
 */
export function reportOf(found: ReadonlyMap<string, Kept | undefined>): string {
  const measured = [...found.values()].flatMap((kept) => kept ?? []);
  const claims = measured.flatMap(({ answer }) => answer.claims);
  const held = claims.filter(({ holds }) => holds).length;
  const parts = [...found].map(([name, kept]) => partOf(name, kept));
  const machines = new Set(measured.map(({ answer }) => machineOf(answer)));
  const where = [...machines].map((one) => `- ${one}`).join('\n');
  return `${opening}\n${held} of ${claims.length} claims hold. Machines:\n\n${where}\n\n${parts.join('\n')}`;
}

const machineOf = ({ machine: { processor, cores, memoryMb, node, platform } }: Bench) =>
  `${processor}, ${cores} cores, ${memoryMb} MB, ${platform}, Node ${node}`;

function partOf(name: string, kept: Kept | undefined): string {
  const head = `## ${name}\n`;
  const about = `\`npm run bench -- ${name}\`, [what it does](../bench/${name}/README.md)`;
  if (!kept) return `${head}\n${about}. Not measured yet.\n`;
  const rows = kept.answer.claims.map(rowOf).join('\n');
  return `${head}\n${about}. Measured on ${kept.measuredOn}.\n\n| claim | measured | beside it | needed | |\n| --- | --- | --- | --- | --- |\n${rows}\n`;
}

function rowOf({ id, value, unit, against, ratio, target, holds }: Claim): string {
  const beside = ratio === null ? against : `${figure(ratio)} × ${against}`;
  const cells = [id, `${figure(value)} ${unit}`, beside, target, holds ? 'holds' : '**misses**'];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Four significant digits at most: more would be noise. */
const figure = (value: number) => String(Number(value.toPrecision(4)));
