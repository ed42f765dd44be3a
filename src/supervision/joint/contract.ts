import { Type } from 'typebox';
import { IsoDay, Named, Nullable } from '../../accounts/contract.ts';

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const strict = { additionalProperties: false };

/** An agency that was asked to join a visit. */
export const PartyLine = Type.Object({
  organisation: Named,
  state: Type.String({ description: 'asked, signed or excused' }),
  signer: Nullable(Type.String()),
  excusedReason: Nullable(Type.String()),
});

export const PartyBody = Type.Object({ organisation: Text(40) }, strict);
export const ExcuseBody = Type.Object({ organisation: Text(40), reason: Text(1000) }, strict);
export const JointAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      visit: Type.String(),
      party: Named,
      partyState: Type.String({ description: 'asked, signed or excused' }),
      name: Type.String(),
      address: Nullable(Type.String()),
      stage: Type.String(),
      state: Type.String(),
      dueOn: IsoDay,
      visitedOn: Nullable(IsoDay),
      agency: Named,
      county: Named,
    }),
  ),
});
