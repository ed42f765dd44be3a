import type { Command } from 'commander';
import type { Static } from 'typebox';
import { referenceOf } from '../accounts/index.ts';
import { homeProvince, sayers } from '../app.ts';
import type { FiguresAnswer } from '../figures/index.ts';
import {
  answerFigures,
  measures,
  readAsOf,
  readDimension,
  readPeriod,
  readProvince,
  readScope,
} from '../figures/index.ts';
import { isoToday } from '../kit/jalali.ts';
import { provinceContext } from '../platform/policy.ts';
import { CommandError, type Output, openOutput } from './output.ts';
import { clockOf, withDatabase } from './surroundings.ts';

type Options = {
  province: string;
  from?: string;
  to?: string;
  by?: string;
  asOf?: string;
  view: string;
  agency?: string;
  county?: string;
  bank?: string;
  kind?: string;
  occupation?: string;
  sex?: string;
  area?: string;
  json?: boolean;
};

/** `karkhaneh figures`: the figures of a period and scope, the same as GET /api/figures. */
export function addFigures(program: Command): void {
  program
    .command('figures')
    .description('Print the figures of a province for a period (Jalali dates)')
    .option(
      '--province <code>',
      'two-digit code of the province',
      String(homeProvince).padStart(2, '0'),
    )
    .option('--from <date>', 'first day, as 1400-01-01')
    .option('--to <date>', 'last day, as 1401-03-31')
    .option('--by <dimension>', 'agency|county|bank|kind|occupation|sex|area|month|season')
    .option('--as-of <timestamp>', 'only what had been recorded by then (ISO)')
    .option(
      '--view <view>',
      'period (what happened in it) or cohort (what became of its permits)',
      'period',
    )
    .option('--agency <id>', 'only this agency')
    .option('--county <code>', 'only this county (four digits)')
    .option('--bank <id>', 'only this bank')
    .option('--kind <kind>', 'independent|supporter|covered')
    .option('--occupation <id>', 'only this occupation')
    .option('--sex <sex>', 'female|male')
    .option('--area <area>', 'urban|rural')
    .option('--json', 'print one JSON document')
    .action(run);
}

async function run(options: Options): Promise<void> {
  const output = openOutput(options.json ?? false);
  if (!/^\d{2}$/.test(options.province)) {
    throw new CommandError(`--province takes two digits, not «${options.province}»`, 2);
  }
  if (options.view !== 'period' && options.view !== 'cohort') {
    throw new CommandError(`--view is period or cohort, not «${options.view}»`, 2);
  }
  const answer = await withDatabase(async (database) => {
    const reference = await referenceOf(database);
    const now = (await clockOf(database)).now();
    const asOf = readAsOf(options.asOf);
    const provinceId = readProvince(reference, Number(options.province));
    const asked = {
      provinceId,
      period: readPeriod(options, isoToday(now.getTime())),
      scope: readScope(options),
      by: readDimension(options.by),
      cohort: options.view === 'cohort',
      ...(asOf ? { asOf } : {}),
    };
    const context = { ...provinceContext(provinceId), pool: 'reports' } as const;
    return database.transaction(context, (tx) => answerFigures(tx, reference, sayers, asked, now));
  });
  output.document(answer);
  print(output, answer);
}

function print(output: Output, answer: Static<typeof FiguresAnswer>): void {
  const { period, scope, view, as_of } = answer;
  output.line(
    `${scope.province.label.en}, ${period.from} to ${period.to} (${view} view, as of ${as_of})`,
  );
  if (answer.demonstration) output.line('Demonstration data: the people are invented.');
  for (const { name } of measures) {
    output.line(`  ${name.padEnd(24)} ${String(read(answer.measures, name)).padStart(16)}`);
  }
  const shown = [
    'permits_issued',
    'plans_referred',
    'plans_funded',
    'rial_paid',
    'jobs_registered',
  ];
  if (answer.by.length > 0) output.line(['', 'key'.padEnd(22), ...shown].join('  '));
  for (const { key, measures: values } of answer.by) {
    const cells = shown.map((name) => String(read(values, name)).padStart(name.length));
    output.line(['', key.padEnd(22), ...cells].join('  '));
  }
}

function read(values: Static<typeof FiguresAnswer>['measures'], name: string): number | string {
  return values[name as keyof typeof values];
}
