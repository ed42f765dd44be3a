import type { Reference } from '../src/accounts/index.ts';
import { openAllocation, type ShareInput, setShares } from '../src/financing/index.ts';
import { jalaliYearRange } from '../src/kit/jalali.ts';
import type { Tx } from '../src/platform/database.ts';
import type { Act } from '../src/platform/history.ts';
import { readDemoRows, readDemoText, readReference } from './reference.ts';

/** What a working group of the demonstration decided about ceilings on one day. */
interface Decided {
  readonly fiscalYear: number;
  readonly on: string;
  readonly share: ShareInput;
  readonly letter: string;
  readonly reason: string;
}

const RIAL_PER_MILLION_TOMAN = 10_000_000n;

/**
 * The decisions in their order. The province published no tree: these sums are invented so that the
 * referrals of the story fit in, and each says so in its reason.
 */
function readDecisions(): Decided[] {
  const rial = (text = '') => BigInt(text || '0') * RIAL_PER_MILLION_TOMAN;
  return readDemoRows('allocations').map((row) => ({
    fiscalYear: Number(row.fiscal_year),
    on: row.decided_on ?? '',
    share: {
      agencyId: row.agency_id || null,
      countyId: row.county_id ? Number(row.county_id) : null,
      bankId: row.bank_id || null,
      ceilingRial: rial(row.ceiling_million_toman),
      nationalRial: rial(row.national_million_toman),
    },
    letter: row.letter ?? '',
    reason: row.reason ?? '',
  }));
}

/** Records the decisions of the days after `since` and up to `day`, through the product's own acts. */
export async function decideAllocations(
  tx: Tx,
  act: Act,
  reference: Reference,
  { since, day }: { since: string; day: string },
): Promise<void> {
  const due = readDecisions().filter(({ on }) => on > since && on <= day);
  const words = JSON.parse(readDemoText('words.json')) as Record<string, string>;
  const decidedBy = words.workingGroup ?? '';
  for (const letter of Map.groupBy(due, (one) => one.letter).values()) {
    const [first] = letter;
    if (!first) continue;
    const { fiscalYear, on: decidedOn, reason } = first;
    const decision = { decidedBy, decidedOn, reason, letter: first.letter };
    const shares = letter.map(({ share }) => share);
    const known = await findAllocation(tx, act.provinceId, fiscalYear);
    if (known) await setShares(tx, act, reference, known, shares, decision);
    else await open(tx, act, reference, first, decision, words.budgetLaw ?? '');
  }
}

async function open(
  tx: Tx,
  act: Act,
  reference: Reference,
  { fiscalYear, share }: Decided,
  decision: Parameters<typeof openAllocation>[4],
  law: string,
): Promise<void> {
  const { from, to } = jalaliYearRange(fiscalYear);
  const { ceilingRial, nationalRial = 0n } = share;
  const input = {
    creditLineId: readReference().creditLineId,
    ...{ fiscalYear, law, fromOn: from, deadlineOn: to },
    ...{ provincialRial: ceilingRial - nationalRial, nationalRial },
  };
  await openAllocation(tx, act, reference, input, decision);
}

async function findAllocation(tx: Tx, provinceId: number, year: number) {
  const found = tx.selectFrom('allocations').select('id').where('province_id', '=', provinceId);
  return (await found.where('fiscal_year', '=', year).executeTakeFirst())?.id;
}
