import { PassThrough } from 'node:stream';
import { referenceOf } from '../accounts/index.ts';
import {
  answerFigures,
  measures,
  readDimension,
  readPeriod,
  readProvince,
} from '../figures/index.ts';
import type { IsoDate } from '../kit/jalali.ts';
import type { Database } from '../platform/database.ts';
import type { Language, Say } from '../platform/language.ts';
import { provinceContext } from '../platform/policy.ts';
import { writeCsv } from '../platform/spreadsheet/index.ts';

/** What is asked, as the address writes it. */
export type CsvQuery = {
  readonly province?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly by?: string | undefined;
};

/**
 * The figures as CSV for whoever wants to count again: a line for each part (or one for all), names
 * in both languages, a column for each measure under its name in the registry, amounts in rial.
 * @throws Problem `figures.bad_period`, `figures.unknown_dimension` (422), `figures.unknown_province` (404)
 */
export async function figuresCsv(
  database: Database,
  sayers: Readonly<Record<Language, Say>>,
  query: CsvQuery,
  at: { readonly homeProvince: number; readonly today: IsoDate; readonly now: Date },
): Promise<PassThrough> {
  const reference = await referenceOf(database);
  const asked = query.province === undefined ? at.homeProvince : Number(query.province);
  const provinceId = readProvince(reference, asked);
  const { from, to } = query;
  const period = readPeriod(
    { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
    at.today,
  );
  const by = readDimension(query.by);
  const context = { ...provinceContext(provinceId), pool: 'reports' as const };
  const figures = await database.transaction(context, (tx) =>
    answerFigures(tx, reference, sayers, { provinceId, period, scope: {}, by }, at.now),
  );
  const whole = { key: '', label: figures.scope.province.label, measures: figures.measures };
  const parts = by === undefined ? [whole] : figures.by;
  const names = measures.map(({ name }) => name as keyof typeof figures.measures);
  const out = new PassThrough();
  const lines = parts.map(({ key, label, measures: values }) => [
    ...[figures.period.from, figures.period.to, key, label.fa, label.en],
    ...names.map((name) => values[name]),
  ]);
  const header = ['from', 'to', by ?? 'key', 'label_fa', 'label_en', ...names];
  // Small and in memory: what goes wrong while writing ends the stream, and the answer with it.
  writeCsv(out, header, lines).catch((error) => out.destroy(error));
  return out;
}
