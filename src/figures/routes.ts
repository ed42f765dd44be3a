import type { Static } from 'typebox';
import { referenceOf } from '../accounts/index.ts';
import { permitPermissions, signedIn } from '../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import type { Language, Say } from '../platform/language.ts';
import { anomalyRoutes } from './anomalies/routes.ts';
import { answerFigures } from './answer.ts';
import { chartRoutes } from './chart-routes.ts';
import {
  EntriesAnswer,
  EntriesQuery,
  FiguresAnswer,
  FiguresQuery,
  MeasureList,
} from './contract.ts';
import { derivedRoutes } from './derived-routes.ts';
import { deskRoutes } from './desk/routes.ts';
import { columnDimensions, keptSetFor } from './dimensions.ts';
import { listEntries } from './entries.ts';
import { forecastRoutes } from './forecast/routes.ts';
import { counts, measures } from './measures.ts';
import { nationRoutes } from './nation/routes.ts';
import { readAsOf, readDimension, readPeriod, readProvince, readScope } from './question.ts';
import { reportRoutes } from './reports/routes.ts';
import { targetRoutes } from './targets/routes.ts';

type Sayers = Readonly<Record<Language, Say>>;

/** The routes of figures; labels are said in both languages, so they need both sayers. */
export function figureRoutes(sayers: Sayers, homeProvince: number): readonly AnyEndpoint[] {
  return [
    showFigures(sayers, homeProvince),
    listMeasures(sayers),
    entriesRoute,
    ...derivedRoutes(sayers, homeProvince),
    ...chartRoutes(sayers, homeProvince),
    ...nationRoutes(homeProvince),
    ...deskRoutes,
    ...targetRoutes,
    ...forecastRoutes,
    ...anomalyRoutes,
    ...reportRoutes(sayers),
  ];
}

/** Whether a question is answered from what is kept: its statement is one of a hundred, not of thousands. */
function isKept(query: Static<typeof FiguresQuery>): boolean {
  const column = columnDimensions.find((one) => one === query.by);
  return (
    !query.as_of && query.view !== 'cohort' && keptSetFor(readScope(query), column) !== undefined
  );
}

function showFigures(sayers: Sayers, homeProvince: number): AnyEndpoint {
  const province = ({ query }: { query: { province?: string } }) =>
    query.province === undefined ? homeProvince : Number(query.province);
  return endpoint({
    id: 'figures.show',
    method: 'GET',
    url: '/api/figures',
    summary: 'Figures for a period and scope, exact; anyone may ask',
    access: {
      public: 'Totals only: no person is in them, and checking them is what they are for.',
    },
    wholeProvince: 'Totals are sums over the whole province.',
    pool: 'reports',
    prepare: ({ query }) => isKept(query),
    query: FiguresQuery,
    response: FiguresAnswer,
    problems: [
      'figures.bad_period',
      'figures.bad_as_of',
      'figures.unknown_dimension',
      'figures.unknown_province',
    ],
    province,
    handle: async ({ tx, act, query, house }) => {
      const reference = await referenceOf(house.database);
      const asOf = readAsOf(query.as_of);
      const asked = {
        provinceId: readProvince(reference, act.provinceId),
        period: readPeriod(query, act.today),
        scope: readScope(query),
        by: readDimension(query.by),
        cohort: query.view === 'cohort',
        ...(asOf ? { asOf } : {}),
      };
      return answerFigures(tx, reference, sayers, asked, act.now);
    },
  });
}

function listMeasures(sayers: Sayers): AnyEndpoint {
  return endpoint({
    id: 'figures.listMeasures',
    method: 'GET',
    url: '/api/measures',
    summary: 'The registry of measures: what each counts and which steps add to it',
    access: { public: 'Definitions are public.' },
    response: MeasureList,
    handle: async () => measures.map((measure) => describe(sayers, measure)),
  });
}

const entriesRoute = endpoint({
  id: 'figures.listEntries',
  method: 'GET',
  url: '/api/entries',
  summary: 'The list behind a number, of exactly its length',
  access: { table: permitPermissions, permission: 'permits.list' },
  query: EntriesQuery,
  response: EntriesAnswer,
  problems: ['figures.bad_period', 'figures.unknown_measure'],
  handle: async ({ tx, act, principal, query, house }) => {
    const reference = await referenceOf(house.database);
    const question = {
      provinceId: act.provinceId,
      measure: query.measure,
      period: readPeriod(query, act.today),
      scope: readScope(query),
      cursor: query.cursor,
      limit: query.limit ?? 50,
    };
    return listEntries(tx, reference, signedIn(principal), question);
  },
});

function describe(sayers: Sayers, { name, unit, slice }: (typeof measures)[number]) {
  const both = (key: string) => ({ fa: sayers.fa(key), en: sayers.en(key) });
  return {
    name,
    label: both(`${slice}.measures.${name}.label`),
    unit,
    definition: both(`${slice}.measures.${name}.definition`),
    steps: counts
      .filter(({ measure }) => measure === name)
      .map(({ verb, from, add }) => ({
        verb,
        from: from ? from.map((state) => state ?? '') : null,
        add,
      })),
  };
}
