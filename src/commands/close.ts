import type { Command } from 'commander';
import { provinceCode, referenceOf } from '../accounts/index.ts';
import { closeProvinces } from '../financing/index.ts';
import { addDays, formatJalali, isoToday, parseJalali } from '../kit/jalali.ts';
import { CommandError, openOutput } from './output.ts';
import { withDatabase } from './surroundings.ts';

/** `karkhaneh close`: closes a day of all loans; safe to run again, and to kill. */
export function addClose(program: Command): void {
  program
    .command('close')
    .description('Close a day: where each loan stands at its end, and the sums of each bank')
    .option('--day <date>', 'a Jalali date, as 1401-03-31; yesterday when absent')
    .option('--json', 'print one JSON document')
    .action(run);
}

async function run(options: { day?: string; json?: boolean }): Promise<void> {
  const output = openOutput(options.json ?? false);
  const now = new Date();
  const day = readDay(options.day, isoToday(now.getTime()));
  const closed = await withDatabase(async (database) =>
    closeProvinces(database, await referenceOf(database), day, now),
  );
  output.document({ day, provinces: closed });
  output.line(`Closed ${formatJalali(day, 'en', 'short')}`);
  for (const { province, loans, mended } of closed) {
    output.line(`  Province ${provinceCode(province)}: ${loans} loans, ${mended} closes mended`);
  }
}

function readDay(given: string | undefined, today: ReturnType<typeof isoToday>) {
  if (given === undefined) return addDays(today, -1);
  const day = parseJalali(given);
  if (day === undefined) throw new CommandError(`--day takes a Jalali date, not «${given}»`, 2);
  if (day > today) throw new CommandError('A day that has not come cannot be closed', 2);
  return day;
}
