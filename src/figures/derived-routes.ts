import { referenceOf } from '../accounts/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import type { Language, Say } from '../platform/language.ts';
import { tellPeriod } from './answer.ts';
import { DerivedAnswer, DerivedQuery } from './contract.ts';
import { derivedMeasures, readDerived } from './derived.ts';
import { readPeriod, readProvince, readScope } from './question.ts';

type Values = Awaited<ReturnType<typeof readDerived>>;

/** The figures that follow from others, with what each means. */
export function derivedRoutes(
  sayers: Readonly<Record<Language, Say>>,
  homeProvince: number,
): readonly AnyEndpoint[] {
  const both = (key: string) => ({ fa: sayers.fa(key), en: sayers.en(key) });
  const told = (values: Values) =>
    derivedMeasures.map(({ name, unit, slice }) => ({
      ...{ name, unit, value: values[name], label: both(`${slice}.measures.${name}.label`) },
      definition: both(`${slice}.measures.${name}.definition`),
    }));
  return [
    endpoint({
      id: 'figures.showDerived',
      method: 'GET',
      url: '/api/figures/derived',
      summary: 'Ratios of measures, and how many sell in the market at this moment; anyone may ask',
      access: { public: 'Totals only, as with the figures that they follow from.' },
      wholeProvince: 'Totals are sums over the whole province.',
      pool: 'reports',
      query: DerivedQuery,
      response: DerivedAnswer,
      problems: ['figures.bad_period', 'figures.unknown_province'],
      province: ({ query }) => Number(query.province ?? homeProvince),
      handle: async ({ tx, act, query, house }) => {
        const reference = await referenceOf(house.database);
        const { today } = act;
        const provinceId = readProvince(reference, act.provinceId);
        const asked = { provinceId, period: readPeriod(query, today), scope: readScope(query) };
        const values = await readDerived(tx, { ...asked, today });
        return { period: tellPeriod(asked.period), items: told(values) };
      },
    }),
  ];
}
