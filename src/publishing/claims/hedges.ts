import type { Token } from '../../kit/persian-tokens.ts';
import type { Hedge } from './contract.ts';
import { hedgeAfter, hedgeAround, hedgeBefore, isOf, lists } from './lexicon.ts';

/** A run of tokens: from `first` to before `next`. */
export type Span = { readonly first: number; readonly next: number };

/** How far behind «از ۴۰ میلیارد تومان تسهیلات» its «گذشت» may stand. */
const verbReach = 3;

/** How sure a text is of a number, from the words before and behind it; and the claim's span with those words. */
export function findHedge(
  tokens: readonly Token[],
  span: Span,
  odd: boolean,
): { hedge: Hedge; first: number; next: number } {
  let opening = span.first;
  // «حدود مبلغ ۳ میلیارد», «بالغ بر تعداد ۲۰ طرح».
  while (isOf(lists.fillers, tokens[opening - 1]) && span.first - opening < 2) opening -= 1;
  const before =
    hedgeBefore(tokens, span.first) ??
    hedgeBefore(tokens, opening) ??
    hedgeAround(tokens, span.first);
  if (before) {
    return { hedge: before.hedge, first: before.from, next: span.next };
  }
  const after = hedgeAfter(tokens, span.next);
  if (after) return { hedge: after.hedge, first: span.first, next: after.next };
  if (odd || isPassed(tokens, span)) return { hedge: 'over', ...span };
  return { hedge: 'exact', ...span };
}

/** «از ۴۰ میلیارد تومان گذشت», «از هزار نفر فراتر رفت». */
function isPassed(tokens: readonly Token[], { first, next }: Span): boolean {
  if (!isOf(lists.from, tokens[first - 1])) return false;
  const behind = tokens.slice(next, next + verbReach);
  // «از ۴۰ میلیارد تومان در سال گذشته به ۱۲۰ …» speaks of last year.
  return behind.some(
    (token, at) => isOf(lists.overVerbs, token) && !isOf(lists.times, behind[at - 1]),
  );
}
