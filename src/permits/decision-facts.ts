import { getOccupation, type Reference } from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { type CorrectionItem, checkItems, isAskedOf } from './decision-rules.ts';
import type { CaseRow } from './queries.ts';
import { checkRefusal, type Kind, type StepVerb } from './rules.ts';

/** What a decision says besides its day and reason. */
type Decision = {
  readonly conditionNumber?: number;
  readonly conditionNumbers?: readonly number[];
  readonly conditions?: readonly string[];
  readonly items?: readonly CorrectionItem[];
};

/** The numbered conditions and documents that are asked of a case. */
function conditionsOf(
  reference: Reference,
  { occupationId, kind }: { occupationId: string; kind: Kind },
) {
  const occupation = getOccupation(reference, occupationId);
  const all = [...reference.refusalConditions];
  return new Map(all.filter(([, condition]) => isAskedOf(condition, occupation, kind)));
}

/**
 * What an agency's decision is kept with: the numbers of a refusal, the items of a return, the
 * conditions of a signature.
 * @throws Problem `permits.condition_missing`, `permits.item_unknown` (422)
 */
export function decisionFacts(
  reference: Reference,
  verb: StepVerb,
  { input, before }: { readonly input: Decision; readonly before: CaseRow },
): Record<string, unknown> {
  const asked = () => conditionsOf(reference, before.dims);
  if (verb === 'permits.refuse' || verb === 'permits.denyClearance') {
    const given = input.conditionNumbers ?? [input.conditionNumber];
    const numbers = [...new Set(given)].map((number) => checkRefusal(number, asked()));
    return { condition: checkRefusal(numbers[0], asked()), condition_numbers: numbers };
  }
  if (verb === 'permits.returnForCorrection' && input.items?.length) {
    checkItems(input.items, asked());
    return { items: input.items.map((item) => ({ ...item, note: normaliseText(item.note) })) };
  }
  if (verb !== 'permits.sign' || !input.conditions?.length) return {};
  return { conditions: input.conditions.map(normaliseText) };
}
