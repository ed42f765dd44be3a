import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { referenceOf } from '../../accounts/index.ts';
import { answerNation, nationMeasures, nationRates, readPeriod } from '../../figures/index.ts';
import { formatJalali, type IsoDate } from '../../kit/jalali.ts';
import { isProblem } from '../../kit/problem.ts';
import { provinceContext } from '../../platform/policy.ts';
import { writeCsv } from '../../platform/spreadsheet/index.ts';
import type { Visit } from '../layout.ts';
import { permitDays } from '../queries.ts';
import { lastBusyDay, openingPeriod } from '../rules.ts';
import type { Serving } from '../serving.ts';
import { nationPage, type Shown } from './page.ts';
import { hundredths, type Nation, nationPath, type RateName, sortable } from './table.ts';

/** The provinces side by side, for anyone: a page, and the same table as CSV. */
export function serveNation(app: FastifyInstance, it: Serving): void {
  app.get(nationPath, { schema: { hide: true } }, async (request, reply) => {
    const visit = await it.visitBy(request);
    const shown = await readShown(it, visit, it.queryOf(request));
    if (shown.nation === undefined) reply.code(422);
    const demonstration = visit.demonstration || (shown.nation?.demonstration ?? false);
    return it.sendPage(request, reply, nationPage({ ...visit, demonstration }, shown));
  });
  app.get(`${nationPath}.csv`, { schema: { hide: true } }, async (request, reply) => {
    const nation = await readNation(it, it.queryOf(request));
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="provinces.csv"')
      .header('cache-control', 'no-cache')
      .send(csvOf(nation));
  });
}

type Query = Readonly<Record<string, string | undefined>>;

async function readNation(it: Serving, { from, to }: Query): Promise<Nation> {
  const { database } = it.house;
  const asked = { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  const period = from || to ? readPeriod(asked, it.today()) : await usualPeriod(it);
  return answerNation(database, await referenceOf(database), it.homeProvince, period, it.today());
}

/** The period that the first page opens with, so that both say the same of the home province. */
async function usualPeriod({ house, homeProvince, today }: Serving) {
  const context = { ...provinceContext(homeProvince), pool: 'reports' } as const;
  const days = await house.database.transaction(context, (tx) => permitDays(tx, homeProvince));
  return openingPeriod(lastBusyDay(days), today());
}

async function readShown(it: Serving, { language }: Visit, query: Query): Promise<Shown> {
  const show =
    query.show !== undefined && query.show in nationRates ? query.show : 'funded_per_referred';
  const given = { show: show as RateName, sort: query.sort ?? 'province' };
  try {
    const nation = await readNation(it, query);
    const written = (iso: string) => formatJalali(iso as IsoDate, language, 'short');
    const [from, to] = [written(nation.period.from_iso), written(nation.period.to_iso)];
    const sort = sortable(nation).includes(given.sort) ? given.sort : 'province';
    return { asked: { ...given, sort, from, to }, nation };
  } catch (error) {
    if (!isProblem(error, 'figures.bad_period')) throw error;
    return { asked: { ...given, from: query.from ?? '', to: query.to ?? '' }, nation: undefined };
  }
}

/** Exact: counts, rial, and rates with two decimals; what is not known is empty. */
function csvOf({ period, provinces, rates }: Nation): PassThrough {
  const out = new PassThrough();
  const lines = provinces.map(({ province, closed_on, population, values, rates: own }) => [
    ...[period.from, period.to, province.id, province.label.fa, province.label.en, closed_on],
    ...[population?.people ?? null, population?.countedOn ?? null, population?.source ?? null],
    ...[population === null ? null : String(population.assumed)],
    ...nationMeasures.map((name) => (closed_on === null ? null : values[name])),
    ...rates.flatMap((name) => {
      const rate = own[name];
      return rate ? [hundredths(rate.hundredths), rate.standing] : [null, null];
    }),
  ]);
  const header = [
    ...['from', 'to', 'province', 'label_fa', 'label_en', 'closed_on', 'people', 'counted_on'],
    ...['source', 'assumed', ...nationMeasures],
    ...rates.flatMap((name) => [name, `${name}_standing`]),
  ];
  // Small and in memory: what goes wrong while writing ends the stream, and the answer with it.
  writeCsv(out, header, lines).catch((error) => out.destroy(error));
  return out;
}
