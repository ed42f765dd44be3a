/**
 * What the province published, and how the demonstration fills in what it did not say.
 *
 * The published account: the Director-General of Cooperatives, Labour and Social Welfare of West
 * Azerbaijan to IRNA (also bazarekar.ir/fa/news/17254), 1400/01/01 to 1401/03/31. Culture and
 * Heritage are given as «about» 3 and 7 bn toman and the total as «more than» 40 bn; the
 * demonstration takes amounts near 2.95 and 6.95, so that all three sentences are true at once.
 */

/** Numeric code of West Azerbaijan. */
export const PROVINCE_ID = 4;

/** First and last day of the account, ISO: 1400/01/01 and 1401/03/31. */
export const WINDOW = { from: '2021-03-21', to: '2022-06-21' } as const;

/** The four executive agencies of the account. */
export const AGENCIES = ['SMT', 'AGRI', 'CULTURE', 'HERITAGE'] as const;
export type AgencyId = (typeof AGENCIES)[number];

/** The published counts. Money is apart, by agency, in `PAID_MILLION_TOMAN`. */
export const PUBLISHED = {
  permitsIssued: 2340,
  plansReferred: 1203,
  plansFunded: 853,
  jobsRegistered: 2240,
  plansFundedByAgency: { SMT: 477, AGRI: 127, CULTURE: 101, HERITAGE: 148 },
} as const;

/** Paid in the window, in millions of toman: 26.00 and 5.00 bn exactly, about 3 and about 7 bn. */
export const PAID_MILLION_TOMAN: Readonly<Record<AgencyId, number>> = {
  SMT: 26_000,
  AGRI: 5_000,
  CULTURE: 2_947,
  HERITAGE: 6_958,
};

/** The terms of the time, in millions of toman (1400: 50 m each; a supporter 1 bn for 5–20 people). */
export const TERMS = {
  individualCap: 50,
  supporterCap: 1_000,
  supporterPeople: { least: 5, most: 20 },
  /** As the credit line's terms and settings of those years have them. */
  repayment: { feeBp: 400, tenorMonths: 60, graceMonths: 6, feeInGrace: true },
} as const;

/** Where a case has come to when the window closes. */
export type Fate =
  | 'paid'
  | 'contracted'
  | 'file_opened'
  | 'at_bank'
  | 'returned_by_bank'
  | 'refused_by_bank'
  | 'plan_withdrawn'
  | 'issued'
  | 'revoked'
  | 'waiting'
  | 'needs_correction'
  | 'refused'
  | 'withdrawn'
  | 'agency_signed'
  | StageFate;

/** Where a case without a permit is held up on the way: invented, so that every stage has its people. */
type StageFate =
  | 'clearance'
  | 'clearance_denied'
  | 'cleared'
  | 'objected'
  | 'upheld'
  | 'overturned'
  | 'at_counter';

/** How many cases meet a fate, and how many of them are supporters' or covered people's. */
export interface FateTarget {
  readonly fate: Fate;
  readonly total: number;
  readonly supporters: number;
  /** Covered people who stand alone: no supporter of theirs has been referred yet. */
  readonly covered: number;
}

/** Permits of people named under a referred supporter, among the 2,340 and not referred themselves. */
export const COVERED_PERMITS = 402;

/** Invented, within the published counts: 853 + 350 referred, 735 issued and no more, 420 not granted. */
export const FATE_TARGETS: readonly FateTarget[] = [
  { fate: 'paid', total: 853, supporters: 105, covered: 0 },
  { fate: 'contracted', total: 28, supporters: 4, covered: 0 },
  { fate: 'file_opened', total: 76, supporters: 8, covered: 0 },
  { fate: 'at_bank', total: 121, supporters: 11, covered: 0 },
  { fate: 'returned_by_bank', total: 71, supporters: 5, covered: 0 },
  { fate: 'refused_by_bank', total: 31, supporters: 2, covered: 0 },
  { fate: 'plan_withdrawn', total: 23, supporters: 1, covered: 0 },
  { fate: 'issued', total: 733, supporters: 21, covered: 0 },
  { fate: 'revoked', total: 2, supporters: 0, covered: 0 },
  { fate: 'waiting', total: 148, supporters: 7, covered: 21 },
  { fate: 'needs_correction', total: 57, supporters: 4, covered: 6 },
  { fate: 'refused', total: 112, supporters: 6, covered: 9 },
  { fate: 'withdrawn', total: 41, supporters: 1, covered: 3 },
  { fate: 'agency_signed', total: 62, supporters: 4, covered: 8 },
];

/** How many more cases stand at each stage between an application and a permit; none has a permit. */
export const STAGE_TARGETS: readonly { readonly fate: StageFate; readonly total: number }[] = [
  { fate: 'clearance', total: 14 },
  { fate: 'clearance_denied', total: 3 },
  { fate: 'cleared', total: 4 },
  { fate: 'objected', total: 6 },
  { fate: 'upheld', total: 4 },
  { fate: 'overturned', total: 3 },
  { fate: 'at_counter', total: 6 },
];

/** Funded supporters by agency: more where work is given out, tailoring and carpets, handicrafts. */
export const FUNDED_SUPPORTERS: Readonly<Record<AgencyId, number>> = {
  SMT: 58,
  AGRI: 13,
  CULTURE: 8,
  HERITAGE: 26,
};

/** How the other cases fall to the agencies, in parts of 100. */
const AGENCY_WEIGHTS: Readonly<Record<AgencyId, number>> = {
  SMT: 51,
  AGRI: 18,
  CULTURE: 11,
  HERITAGE: 20,
};

/**
 * Splits a whole number by weights so that the parts add up to it: each gets its share rounded down,
 * and what is left goes one by one to the largest remainders (Hamilton's method).
 */
export function splitByAgency(total: number): Record<AgencyId, number> {
  const weightSum = AGENCIES.reduce((sum, agency) => sum + AGENCY_WEIGHTS[agency], 0);
  const parts = AGENCIES.map((agency) => {
    const share = total * AGENCY_WEIGHTS[agency];
    return { agency, whole: Math.floor(share / weightSum), remainder: share % weightSum };
  });
  const left = total - parts.reduce((sum, part) => sum + part.whole, 0);
  const order = [...parts].sort((a, b) => b.remainder - a.remainder);
  for (const part of order.slice(0, left)) part.whole += 1;
  const result = { SMT: 0, AGRI: 0, CULTURE: 0, HERITAGE: 0 };
  for (const part of parts) result[part.agency] = part.whole;
  return result;
}
