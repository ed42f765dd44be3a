import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { sayers } from '../app.ts';
import type { Account } from '../publishing/index.ts';
import { answerOf, readAccount, shippedKnowledge } from '../publishing/index.ts';
import { CommandError, openOutput } from './output.ts';

/** `karkhaneh bulletin`: accounts of the programme, ours and anybody's. */
export function addBulletin(program: Command): void {
  const group = program
    .command('bulletin')
    .description('Check an account of the programme, whoever wrote it');
  group
    .command('check')
    .description('Take a Persian text apart: its numbers, and whether they agree; JSON')
    .argument('<file>', 'a text file in UTF-8, or - for what comes in')
    .option('--lang <language>', 'language of the notes: fa or en', 'fa')
    .action(check);
}

type CheckOptions = { lang: string };

/** Status 0 whatever the text says: a wrong account is an answer, not a failure. */
async function check(file: string, options: CheckOptions): Promise<void> {
  const language = options.lang === 'en' ? 'en' : 'fa';
  const knowledge = await shippedKnowledge();
  const read = readAccount(await contentOf(file), knowledge);
  const telling = { language, say: sayers[language] } as const;
  const answer: Account = answerOf(read, knowledge, telling);
  openOutput(true).document(answer);
}

async function contentOf(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`, 2);
  }
}
