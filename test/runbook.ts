import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from '../src/platform/config.ts';

const text = readFileSync(join(repositoryFolder, 'docs/runbook.md'), 'utf8');
const named = /^# (\/\S+)\n/;

/** The blocks of code of a part of the runbook, without their fences. */
function blocksIn(part: string): string[] {
  return [...part.matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
}

/**
 * The command lines of a chapter of docs/runbook.md, block by block; blocks that are the text of a file, and
 * remarks, are left out. @throws Error when there is no such chapter
 */
export function commandsOf(chapter: string): string[][] {
  const part = text.split(/^## /m).find((one) => one.startsWith(`${chapter}\n`));
  if (part === undefined) throw new Error(`docs/runbook.md has no chapter «${chapter}».`);
  return blocksIn(part)
    .filter((block) => !named.test(block))
    .map((block) => block.split('\n').filter((line) => line !== '' && !line.startsWith('#')));
}

/** The text of a file that a block of docs/runbook.md begins by naming. @throws Error when none does */
export function fileOf(path: string): string {
  const found = blocksIn(text).find((block) => named.exec(block)?.[1] === path);
  if (found === undefined) throw new Error(`docs/runbook.md does not say what is in ${path}.`);
  return found.replace(named, '');
}

/** A text of the runbook with the places of a test instead of its own, the longest first. */
export function placed(line: string, places: Readonly<Record<string, string>>): string {
  const words = Object.keys(places).sort((one, other) => other.length - one.length);
  return words.reduce((so, word) => so.replaceAll(word, places[word] ?? ''), line);
}
