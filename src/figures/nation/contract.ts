import { Type } from 'typebox';
import { IsoDay, Named, Nullable } from '../../accounts/contract.ts';
import { PeriodShape } from '../contract.ts';
import { nationMeasures, rateNames } from './rules.ts';

const Rial = Type.String({ pattern: '^-?[0-9]+$', description: 'Rial' });
const JalaliDay = Type.String({ maxLength: 20, description: 'A Jalali date, as 1400-01-15' });

export const NationQuery = Type.Object({
  from: Type.Optional(JalaliDay),
  to: Type.Optional(JalaliDay),
  lang: Type.Optional(Type.String({ maxLength: 5 })),
});

const Values = Type.Object({
  applications_submitted: Type.Integer(),
  permits_issued: Type.Integer(),
  plans_referred: Type.Integer(),
  plans_funded: Type.Integer(),
  rial_paid: Rial,
  jobs_registered: Type.Integer(),
  jobs_verified: Type.Integer(),
});

const RateValue = Nullable(
  Type.Object({
    hundredths: Type.String({ pattern: '^-?[0-9]+$', description: 'A hundred times the rate' }),
    standing: Nullable(
      Type.Enum(['few', 'like', 'above', 'below'], {
        description: 'Beside the whole, by what chance would make of it; few: too few to say',
      }),
    ),
  }),
);

const Rates = Type.Object({
  permits_per_people: RateValue,
  jobs_per_people: RateValue,
  referred_per_permits: RateValue,
  funded_per_referred: RateValue,
  jobs_per_funded: RateValue,
  rial_per_funded: RateValue,
});

const Population = Type.Object({
  people: Type.Integer(),
  countedOn: IsoDay,
  source: Type.String(),
  assumed: Type.Boolean(),
});

export const NationAnswer = Type.Object({
  period: PeriodShape,
  demonstration: Type.Boolean(),
  measures: Type.Array(Type.Enum([...nationMeasures])),
  rates: Type.Array(Type.Enum([...rateNames])),
  /** The sum of the provinces that have closed a day, and from when to when their last closed days are. */
  total: Type.Object({
    provinces: Type.Integer(),
    closed_from: Nullable(IsoDay),
    closed_to: Nullable(IsoDay),
    people: Nullable(Type.Integer()),
    values: Values,
    rates: Rates,
  }),
  provinces: Type.Array(
    Type.Object({
      province: Named,
      /** Until when its days are closed and counted; null: none is, and nothing of it is counted. */
      closed_on: Nullable(IsoDay),
      population: Nullable(Population),
      values: Values,
      rates: Rates,
      /** Permits issued in each Jalali month of the period. */
      months: Type.Array(Type.Object({ month: Type.String(), permits_issued: Type.Integer() })),
    }),
  ),
});

export const PopulationBody = Type.Object(
  {
    province: Type.String({ pattern: '^[0-9]{2}$' }),
    people: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
    countedOn: IsoDay,
    source: Type.String({ minLength: 3, maxLength: 300 }),
    assumed: Type.Boolean(),
  },
  { additionalProperties: false },
);

export const PopulationAnswer = Type.Object({ code: Type.String() });
