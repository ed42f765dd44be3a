import { Type } from 'typebox';
import { IsoDay, Label, Named, Nullable } from '../accounts/contract.ts';

export const EscalationsAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      caseCode: Type.String(),
      name: Type.String(),
      stage: Type.String(),
      dueOn: IsoDay,
      notedAt: Type.String({ format: 'date-time' }),
      agency: Named,
      bank: Named,
      county: Named,
      visit: Nullable(Type.String({ description: 'The open visit that is late' })),
      assignee: Nullable(Label),
    }),
  ),
});
