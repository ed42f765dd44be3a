import { Type } from 'typebox';
import { Named, Nullable } from '../../accounts/index.ts';
import { Code, CountyId, SupporterStanding, strict, Text } from './contract.ts';
import { supplierKinds } from './rules.ts';

export const SuppliersAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      code: Type.String(),
      kind: Type.String(),
      supporter: Nullable(
        Type.Object({ code: Nullable(Type.String()), standing: SupporterStanding }),
      ),
      name: Type.String(),
      phone: Nullable(Type.String()),
      county: Named,
      state: Type.String(),
      signsIn: Type.Boolean(),
    }),
  ),
});
export const SupplierBody = Type.Object(
  {
    kind: Type.Enum(supplierKinds),
    supporter: Type.Optional(Code),
    name: Text(120),
    county: CountyId,
    phone: Type.Optional(Text(20)),
    signInName: Type.Optional(Text(64)),
  },
  strict,
);
