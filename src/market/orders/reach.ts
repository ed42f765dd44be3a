import type { Reference } from '../../accounts/index.ts';
import { Problem } from '../../kit/problem.ts';
import type { Reach } from '../rules.ts';

/** A thing that is ordered, as far as it matters where it goes. */
type Sent = { readonly title: string; readonly reach: Reach };

/** Where a buyer wants an order; whoever fetches it says nothing. */
export type Wish = {
  readonly toProvince?: number | undefined;
  readonly toCounty?: number | undefined;
  readonly address?: string | undefined;
};

/** Where the maker is. */
type Home = { readonly provinceId: number; readonly countyId: number };

/** Where an order goes; what is fetched stays at home and has no address. */
export type Destination = {
  readonly toProvince: number;
  readonly toCounty: number | null;
  readonly address: string;
};

/**
 * Where an order goes, if everything in it is sent there: across the country, within the province or the county
 * of its maker. What the buyer fetches asks for no address, and is an order of its own.
 * @throws Problem `market.fetched_apart`, `market.address_missing`, `market.county_missing`,
 *   `market.not_sent_there`, `accounts.unknown_county` (422)
 */
export function destinationOf(
  reference: Pick<Reference, 'counties'>,
  goods: readonly Sent[],
  home: Home,
  wish: Wish,
): Destination {
  const fetched = goods.filter(({ reach }) => reach === 'pick_up');
  const [first] = fetched;
  if (first) {
    if (fetched.length < goods.length) throw new Problem('market.fetched_apart', first);
    return { toProvince: home.provinceId, toCounty: home.countyId, address: '' };
  }
  const { toProvince, toCounty = null, address = '' } = wish;
  if (toProvince === undefined || address.trim() === '')
    throw new Problem('market.address_missing');
  if (toCounty !== null && reference.counties.get(toCounty)?.province_id !== toProvince) {
    throw new Problem('accounts.unknown_county');
  }
  for (const one of goods) checkReach(one, home, toProvince, toCounty);
  return { toProvince, toCounty, address };
}

function checkReach(
  { title, reach }: Sent,
  home: Home,
  toProvince: number,
  toCounty: number | null,
): void {
  if (reach === 'country') return;
  const near = toProvince === home.provinceId;
  if (near && reach === 'county' && toCounty === null) {
    throw new Problem('market.county_missing', { title });
  }
  if (!near || (reach === 'county' && toCounty !== home.countyId)) {
    throw new Problem('market.not_sent_there', { title });
  }
}
