import { Type } from 'typebox';
import { IsoDay, Named, Nullable } from '../accounts/index.ts';
import { flowBranchNames } from './flow-rules.ts';

/** One line of a list of cases. */
export const CaseLine = Type.Object({
  code: Type.String(),
  permitNumber: Nullable(Type.String()),
  name: Type.String(),
  nationalId: Type.String(),
  kind: Type.String(),
  state: Type.String(),
  planState: Nullable(Type.String()),
  occupation: Named,
  agency: Named,
  county: Named,
  bank: Nullable(Named),
  since: IsoDay,
  dueOn: Nullable(IsoDay),
  late: Type.Boolean(),
  holder: Type.String(),
  demonstration: Type.Boolean(),
});

export const CaseList = Type.Object({
  total: Type.Integer(),
  more: Type.Boolean({
    description: 'There are more than `total`, which is as far as was counted',
  }),
  items: Type.Array(CaseLine),
  next: Nullable(Type.String()),
});

export const CaseListQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 100 })),
  state: Type.Optional(Type.String({ maxLength: 40 })),
  planState: Type.Optional(
    Type.String({ maxLength: 40, description: '`none`: has not been referred' }),
  ),
  holder: Type.Optional(Type.String({ maxLength: 40 })),
  agency: Type.Optional(Type.String({ maxLength: 40 })),
  county: Type.Optional(Type.String({ pattern: '^[0-9]{4}$' })),
  bank: Type.Optional(Type.String({ maxLength: 40 })),
  kind: Type.Optional(Type.String({ maxLength: 40 })),
  occupation: Type.Optional(Type.String({ maxLength: 60 })),
  late: Type.Optional(Type.Boolean()),
  flow: Type.Optional(
    Type.Enum(flowBranchNames, { description: 'Where a case has come, as in /api/flow' }),
  ),
  from: Type.Optional(Type.String({ maxLength: 20, description: 'Began from this Jalali day on' })),
  to: Type.Optional(Type.String({ maxLength: 20, description: 'Began until this Jalali day' })),
  expiring: Type.Optional(
    Type.Boolean({ description: 'With a permit that ends within the notice of its renewal' }),
  ),
  referable: Type.Optional(
    Type.Boolean({ description: 'With a permit that stands and no open plan: may be referred' }),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  lang: Type.Optional(Type.String()),
});
