import type { Static } from 'typebox';
import type { OpenAllocationBody, SplitBody } from './contract.ts';
import type { OpenInput, ShareInput } from './split.ts';

/** What a form or a program sent to open an allocation, in the act's own terms. */
export function openInput(body: Static<typeof OpenAllocationBody>): OpenInput {
  const { creditLine, fiscalYear, law, note, clause, fromOn, deadlineOn } = body;
  const { carryOverOn, floatsOn } = body;
  return {
    ...{ creditLineId: creditLine, fiscalYear, law, fromOn, deadlineOn },
    note: note ?? null,
    clause: clause ?? null,
    ...(carryOverOn === undefined ? {} : { carryOverOn }),
    ...(floatsOn === undefined ? {} : { floatsOn }),
    provincialRial: BigInt(body.provincialRial),
    nationalRial: BigInt(body.nationalRial),
  };
}

/** The ceilings that were sent. */
export function shareInputs({ shares }: Static<typeof SplitBody>): ShareInput[] {
  return shares.map(({ agency, county, bank, ceilingRial, nationalRial }) => ({
    agencyId: agency ?? null,
    countyId: county === undefined ? null : Number(county),
    bankId: bank ?? null,
    ceilingRial: BigInt(ceilingRial),
    ...(nationalRial === undefined ? {} : { nationalRial: BigInt(nationalRial) }),
  }));
}
