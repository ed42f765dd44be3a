import { type Reference, referenceOf } from '../accounts/index.ts';
import { answerFigures, readPeriod } from '../figures/index.ts';
import { formatJalali, type IsoDate } from '../kit/jalali.ts';
import { isProblem } from '../kit/problem.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Language, Say } from '../platform/language.ts';
import { provinceContext } from '../platform/policy.ts';
import type { AskedPeriod, HomeFigures } from './home.ts';
import { permitDays } from './queries.ts';
import { lastBusyDay, openingPeriod, timeCut } from './rules.ts';

type Sayers = Readonly<Record<Language, Say>>;
type Period = { readonly from: string; readonly to: string };

/** What the first page is asked: by whom in which language, about which province and days. */
export type HomeQuestion = {
  readonly provinceId: number;
  readonly language: Language;
  readonly given: { readonly from: string | undefined; readonly to: string | undefined };
  readonly today: IsoDate;
  readonly now: Date;
};

/**
 * The figures of the first page, all of one moment; none when the period that was asked for is not
 * a period. Nothing but totals is read, so the transaction sees the whole province.
 */
export async function readHome(
  database: Database,
  sayers: Sayers,
  question: HomeQuestion,
): Promise<{ asked: AskedPeriod; figures: HomeFigures | undefined }> {
  const reference = await referenceOf(database);
  const context = { ...provinceContext(question.provinceId), pool: 'reports' as const };
  return database.transaction(context, async (tx) => {
    const period = await choosePeriod(tx, question);
    const { given } = question;
    if (period === undefined) {
      const asked = { from: given.from ?? '', to: given.to ?? '', wrong: true, given };
      return { asked, figures: undefined };
    }
    const written = (iso: string) => formatJalali(iso as IsoDate, question.language, 'short');
    const asked = { from: written(period.from), to: written(period.to), wrong: false, given };
    return { asked, figures: await readFigures(tx, reference, sayers, question, period) };
  });
}

async function choosePeriod(tx: Tx, question: HomeQuestion): Promise<Period | undefined> {
  const { given, today, provinceId } = question;
  if (given.from === undefined && given.to === undefined) {
    return openingPeriod(lastBusyDay(await permitDays(tx, provinceId)), today);
  }
  const { from, to } = given;
  try {
    return readPeriod(
      { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
      today,
    );
  } catch (error) {
    if (isProblem(error, 'figures.bad_period')) return undefined;
    throw error;
  }
}

async function readFigures(
  tx: Tx,
  reference: Reference,
  sayers: Sayers,
  { provinceId, now }: HomeQuestion,
  period: Period,
): Promise<HomeFigures> {
  const asked = { provinceId, period, scope: {} };
  const cohort = await answerFigures(tx, reference, sayers, { ...asked, cohort: true }, now);
  const cuts: HomeFigures['cuts'][number][] = [];
  for (const cut of ['agency', timeCut(period), 'county'] as const) {
    const figures = await answerFigures(tx, reference, sayers, { ...asked, by: cut }, now);
    cuts.push({ cut, figures });
  }
  const [first] = cuts;
  if (!first) throw new Error('The first page has no cut.');
  return { total: first.figures, cohort, cuts };
}
