import { Type } from 'typebox';
import { IsoDay, Label, Named, Nullable } from '../../accounts/contract.ts';

const Rial = Type.String({ pattern: '^-?[0-9]+$', description: 'Rial' });

export const ForecastParams = Type.Object({ code: Type.String({ minLength: 28, maxLength: 60 }) });

const Share = Type.Object({
  id: Type.String(),
  label: Label,
  ceilingRial: Rial,
  paidRial: Rial,
  perDayRial: Rial,
  payments: Type.Integer(),
});

export const ForecastAnswer = Type.Object({
  code: Type.String(),
  creditLine: Named,
  fiscalYear: Type.Integer(),
  today: IsoDay,
  lastOn: IsoDay,
  daysLeft: Type.Integer(),
  ceilingRial: Rial,
  paidRial: Rial,
  /** The guess, and how far off such guesses were in past months; null where nothing can be said. */
  guess: Nullable(
    Type.Object({
      method: Type.String(),
      unspentRial: Rial,
      lowRial: Rial,
      highRial: Rial,
      errorRial: Rial,
      tests: Type.Integer(),
    }),
  ),
  methods: Type.Array(
    Type.Object({ method: Type.String(), tests: Type.Integer(), errorRial: Rial }),
  ),
  shares: Type.Object({
    agency: Type.Array(Share),
    county: Type.Array(Share),
    bank: Type.Array(Share),
  }),
});

export const WaitingQuery = Type.Object({
  province: Type.Optional(Type.String({ pattern: '^[0-9]{2}$' })),
  lang: Type.Optional(Type.String()),
});

export const WaitingForecast = Type.Object({
  limitDays: Type.Integer(),
  waiting: Type.Integer(),
  over: Type.Integer(),
  comesPerMonth: Type.Integer(),
  goesPerMonth: Type.Integer(),
  after: Type.Array(Type.Object({ days: Type.Integer(), on: IsoDay, over: Type.Integer() })),
  error: Nullable(Type.Integer({ description: 'Mean of how far it was off over thirty days' })),
  tests: Type.Integer(),
});
