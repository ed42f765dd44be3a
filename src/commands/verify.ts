import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { homeProvince, sayers } from '../app.ts';
import { isoToday } from '../kit/jalali.ts';
import { SpreadsheetError } from '../platform/spreadsheet/index.ts';
import { batchLine, checkNumbers, readNumbers } from '../publishing/index.ts';
import { CommandError, openOutput } from './output.ts';
import { clockOf, withDatabase } from './surroundings.ts';

/** `karkhaneh verify`: what permit numbers are worth, as the public page says it; status 1 if one is not valid. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('Say what permits are worth, by their numbers as anyone types them')
    .argument('[numbers...]', 'numbers of permits')
    .option('--file <path>', 'an .xlsx or .csv with a column of numbers')
    .option('--json', 'print one JSON document')
    .action(run);
}

async function run(
  given: readonly string[],
  options: { file?: string; json?: boolean },
): Promise<void> {
  const output = openOutput(options.json ?? false);
  const numbers = [...given, ...(options.file === undefined ? [] : await fromFile(options.file))];
  if (numbers.length === 0) throw new CommandError('Give a number, or --file with numbers', 2);
  const { checkedOn, found } = await withDatabase(async (database) => {
    const clock = await clockOf(database);
    const checkedOn = isoToday(clock.now().getTime(), clock.zone);
    return { checkedOn, found: await checkNumbers(database, numbers, homeProvince, checkedOn) };
  });
  const items = numbers.map((typed, at) => batchLine(typed, found[at]));
  output.document({ checkedOn, items });
  for (const { typed, number, status, validUntil } of items) {
    const until = validUntil === null ? '' : `until ${validUntil}`;
    output.line([(number ?? typed).padEnd(16), status.padEnd(10), until].join('  ').trimEnd());
  }
  const bad = items.filter(({ status }) => status !== 'valid').length;
  if (bad > 0) throw new CommandError(`${bad} of ${items.length} are not valid`, 1);
}

async function fromFile(path: string): Promise<readonly string[]> {
  const headers = [sayers.fa('publishing.permit.number'), sayers.en('publishing.permit.number')];
  try {
    const { numbers } = await readNumbers({ bytes: await readFile(path) }, headers);
    return numbers;
  } catch (error) {
    if (!(error instanceof SpreadsheetError)) throw error;
    throw new CommandError(`${path} is no spreadsheet that can be read (${error.code})`, 2);
  }
}
