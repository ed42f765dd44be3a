import { isProblem } from '../../kit/problem.ts';
import type { LineOutcome } from './lines.ts';

/**
 * Carries lines out all at once; where a rule refuses one of them, one by one, so that it alone waits with the
 * rule's code. Only what refuses before it writes may be carried so.
 * @param done what a line that was carried out did
 */
export async function carryTogether<T>(
  due: readonly T[],
  carry: (due: readonly T[]) => Promise<void>,
  done: (one: T) => Extract<LineOutcome, { effect: string }>,
): Promise<LineOutcome[]> {
  if (due.length === 0) return [];
  try {
    await carry(due);
  } catch (error) {
    if (!isProblem(error)) throw error;
    const [only] = due;
    if (due.length === 1 && only) return [{ line: done(only).line, why: error.code }];
    const outcomes: LineOutcome[] = [];
    for (const one of due) outcomes.push(...(await carryTogether([one], carry, done)));
    return outcomes;
  }
  return due.map(done);
}
