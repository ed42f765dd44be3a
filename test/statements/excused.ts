type Excuse = {
  /** The file of the product that sends it. */
  readonly from: string;
  /** The fault, from its first word on. */
  readonly fault: string;
  readonly why: string;
};

const asksWhich = 'a job of the clock asks which provinces there are, and goes to each by itself';

/** What looks into every province on purpose. All of it reads, but where it says otherwise. */
const excuses: readonly Excuse[] = [
  { from: 'src/permits/validity.ts', fault: 'permits: province_id', why: asksWhich },
  { from: 'src/figures/fold.ts', fault: 'measure_deltas: province_id', why: asksWhich },
  { from: 'src/financing/ledger/jobs.ts', fault: 'loans: province_id', why: asksWhich },
  { from: 'src/platform/roots/make-root.ts', fault: 'history_heads: province_id', why: asksWhich },
  {
    from: 'src/market/find-products.ts',
    fault: '',
    why: 'the market is the country’s: every machine is asked, and joins within its own provinces',
  },
  {
    from: 'src/market/lines.ts',
    fault: '',
    why: 'what a page shows of products of many provinces; each joins within its own',
  },
  {
    from: 'src/figures/refill.ts',
    fault: '',
    why: 'totals made anew for a record that came whole, by the owner, while nobody is at work',
  },
  {
    from: 'src/market/known-words.ts',
    fault: 'catalogue_words: province_id',
    why: 'the words of the country’s market, once a minute',
  },
  {
    from: 'src/employment/checks.ts',
    fault: 'counted_people: national_id',
    why: 'bin/karkhaneh check compares a province with what the country keeps of it',
  },
  {
    from: 'src/platform/checks.ts',
    fault: 'counted_people: national_id',
    why: 'bin/karkhaneh check says how many rows it compared',
  },
  {
    from: 'src/accounts/staff/queries.ts',
    fault: 'sign_in_names: name',
    why: 'an account is untied from a name that it does not know itself; a write to every machine, once in a while',
  },
  {
    from: 'src/figures/erasure.ts',
    fault: 'orders: province_id',
    why: 'somebody who is made nobody may have bought in any province; a write to every machine, once a person',
  },
  {
    from: 'src/employment/checks.ts',
    fault: 'asked together: ',
    why: 'bin/karkhaneh check holds the two against each other',
  },
  {
    from: 'src/accounts/identity-queries.ts',
    fault: 'identity_checks: province_id',
    why: asksWhich,
  },
  {
    from: 'src/market/orders/show.ts',
    fault: 'orders: province_id',
    why: 'a buyer’s orders lie where they bought; each province then shows its own',
  },
  {
    from: 'src/market/requests/show.ts',
    fault: 'requests: province_id',
    why: 'a buyer’s requests lie where they asked',
  },
  {
    from: 'src/market/photo-shown.ts',
    fault: 'product_photos: province_id',
    why: 'a photo’s public address is its digest alone, and caches keep it',
  },
  {
    from: 'src/commands/surroundings.ts',
    fault: '',
    why: 'whether anybody is there at all, once when a process starts',
  },
  {
    from: 'src/commands/demo.ts',
    fault: '',
    why: 'what the demonstration holds, once when it starts',
  },
  {
    from: 'src/platform/marks/stock.ts',
    fault: '',
    why: 'all rows of the house are counted, once when it begins and behind a migration; not on many machines',
  },
  {
    from: 'src/platform/marks/check-rows.ts',
    fault: '',
    why: 'bin/karkhaneh check holds rows against their marks, which there are on one machine only',
  },
  {
    from: 'src/platform/sms.ts',
    fault: 'sms_outbox: province_id',
    why: 'the demonstration shows every message that would have been sent',
  },
];

/** Whether a fault of a statement is known and meant. */
export function isExcused(from: string, fault: string): boolean {
  return excuses.some((one) => one.from === from && fault.startsWith(one.fault));
}
