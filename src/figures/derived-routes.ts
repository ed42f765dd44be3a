import { referenceOf } from '../accounts/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import type { Language, Say } from '../platform/language.ts';
import { tellPeriod } from './answer.ts';
import { DerivedAnswer, DerivedQuery } from './contract.ts';
import { derivedMeasures, readDerived } from './derived.ts';
import { readPeriod, readProvince, readScope } from './question.ts';

/** The figures that follow from others, with what each means. */
export function derivedRoutes(
  sayers: Readonly<Record<Language, Say>>,
  homeProvince: number,
): readonly AnyEndpoint[] {
  const both = (key: string) => ({ fa: sayers.fa(key), en: sayers.en(key) });
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
        const period = readPeriod(query, today);
        const values = await readDerived(tx, {
          provinceId,
          period,
          scope: readScope(query),
          today,
        });
        return {
          period: tellPeriod(period),
          items: derivedMeasures.map(({ name, unit, slice }) => ({
            ...{ name, unit, value: values[name], label: both(`${slice}.measures.${name}.label`) },
            definition: both(`${slice}.measures.${name}.definition`),
          })),
        };
      },
    }),
  ];
}
