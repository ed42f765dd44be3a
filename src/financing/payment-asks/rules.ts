/** What a borrower can say of a payment. */
export const askAnswers = ['came', 'not_came', 'other_sum'] as const;
export type AskAnswer = (typeof askAnswers)[number];

/**
 * Whether a borrower is asked about a payment, so many of ten thousand (basis points): by the last twelve
 * digits of the payment's id, which are random, so that anybody can reckon the sample again.
 */
export function isAsked(trancheId: string, shareBp: number): boolean {
  return Number.parseInt(trancheId.slice(-12), 16) % 10_000 < shareBp;
}
