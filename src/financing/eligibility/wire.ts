import type { Static } from 'typebox';
import { idIn } from '../../permits/index.ts';
import type { Language, Say } from '../../platform/language.ts';
import { spokenDetails } from '../../platform/problem-document.ts';
import type { ReferAnswer, ReferBody } from '../contract.ts';
import type { ReferVerdict, ReferWish } from './refer-many.ts';

type Body = Static<typeof ReferBody>;

/**
 * What was asked for, in the act's own terms.
 * @throws Problem `platform.not_found` (404) for a code of another province, or of nothing
 */
export function wishesOf({ plans, creditLine, letter }: Body, provinceId: number): ReferWish[] {
  return plans.map(({ code, bank, requestedRial, people, declared }) => {
    return {
      ...{ caseId: idIn(provinceId, code), bankId: bank, creditLineId: creditLine, people },
      requestedRial: BigInt(requestedRial),
      declared: declared ?? null,
      letter: letter ?? null,
    };
  });
}

/** Each case with every condition it does not meet, in the words of the caller's language. */
export function referAnswer(
  { plans, preview }: Body,
  verdicts: readonly ReferVerdict[],
  { say, language }: { say: Say; language: Language },
): Static<typeof ReferAnswer> {
  const items = verdicts.map(({ name, unmet }, at) => ({
    code: plans[at]?.code ?? '',
    name,
    passes: unmet.length === 0,
    unmet: unmet.map(({ code, details }) => {
      const words = code.replace('.', '.problems.');
      const values = spokenDetails(details, language);
      return { code, title: say(`${words}.title`, values), next: say(`${words}.next`, values) };
    }),
  }));
  const passing = items.filter(({ passes }) => passes).length;
  return { done: !preview, passing, items };
}
