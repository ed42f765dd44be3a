import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { homeProvince, sayers } from '../app.ts';
import { isoToday } from '../kit/jalali.ts';
import type { Account } from '../publishing/index.ts';
import {
  answerOf,
  compareWithRecord,
  readAccount,
  readRecord,
  shippedKnowledge,
} from '../publishing/index.ts';
import { verifyBulletin } from './bulletin-verify.ts';
import { CommandError, openOutput } from './output.ts';
import { clockOf, withDatabase } from './surroundings.ts';

/** `karkhaneh bulletin`: accounts of the programme, ours and anybody's. */
export function addBulletin(program: Command): void {
  const group = program
    .command('bulletin')
    .description('Check an account of the programme, whoever wrote it; work a bulletin out again');
  group
    .command('check')
    .description('Take a Persian text apart: its numbers, and whether they agree; JSON')
    .argument('<file>', 'a text file in UTF-8, or - for what comes in')
    .option('--lang <language>', 'language of the notes: fa or en', 'fa')
    .option('--province <code>', 'compare with the record of this province (two digits)')
    .option('--from <date>', 'first day of the record to compare with, as 1400-01-01')
    .option('--to <date>', 'last day of it, as 1401-03-31')
    .action(check);
  group
    .command('verify')
    .description('Work a published bulletin out again from the record; status 1 if it differs')
    .argument('<number>', 'its number, as 04-1401-1')
    .option('--bulletin-version <n>', 'this version; the newest when absent')
    .option('--json', 'print one JSON document')
    .action(verifyBulletin);
}

type CheckOptions = { lang: string; province?: string; from?: string; to?: string };

/** Status 0 whatever the text says: a wrong account is an answer, not a failure. */
async function check(file: string, options: CheckOptions): Promise<void> {
  const language = options.lang === 'en' ? 'en' : 'fa';
  const knowledge = await shippedKnowledge();
  const read = readAccount(await contentOf(file), knowledge);
  const telling = { language, say: sayers[language] } as const;
  const answer: Account = answerOf(read, knowledge, telling, await fromRecord(read, options));
  openOutput(true).document(answer);
}

type Read = Parameters<typeof answerOf>[0];

/** What the record says of the claims, where one of its options was given: only that needs the database. */
async function fromRecord(read: Read, { province, from, to }: CheckOptions) {
  if (province === undefined && from === undefined && to === undefined) return [];
  if (province !== undefined && !/^\d{2}$/.test(province)) {
    throw new CommandError(`--province takes two digits, not «${province}»`, 2);
  }
  const provinceId = Number(province ?? homeProvince);
  return withDatabase(async (database) => {
    const now = (await clockOf(database)).now();
    const period = { ...(from && { from }), ...(to && { to }) };
    const question = { provinceId, period, today: isoToday(now.getTime()), now };
    return compareWithRecord(read.facts, await readRecord(database, sayers, question), provinceId);
  });
}

async function contentOf(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`, 2);
  }
}
