import { Type } from 'typebox';
import { Label } from '../../accounts/contract.ts';
import { anomalyKinds } from './rules.ts';

export const AnomaliesQuery = Type.Object({
  province: Type.Optional(Type.String({ pattern: '^[0-9]{2}$' })),
  lang: Type.Optional(Type.String()),
});

const Case = Type.Object({ code: Type.String(), name: Type.String() });

export const AnomaliesAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      kind: Type.Enum([...anomalyKinds]),
      /** Whom it is about: a bank, an agency's officer; the last letters of an account. */
      subject: Label,
      /** The numbers of the reason, by name. */
      facts: Type.Record(Type.String(), Type.Number()),
      total: Type.Integer({ description: 'How many cases stand behind it' }),
      cases: Type.Array(Case, { description: 'The first hundred of them' }),
    }),
  ),
});
