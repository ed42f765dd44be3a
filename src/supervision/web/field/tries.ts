import { whereRoom } from './room.ts';
import type { Phone } from './shapes.ts';
import { database } from './vault.ts';

/** PINs that were tried since the last right one, and the moment before which no other is; ms. */
type Tries = Pick<Phone, 'tries' | 'nextTryAt'>;

/** Where the count is while the database has no room for it: web storage has a small room of its own. */
const place = 'karkhaneh-field-tries';

/** How often a PIN was tried. */
export function triesOf(phone: Phone): Tries {
  const aside = localStorage.getItem(place);
  return aside === null ? phone : (JSON.parse(aside) as Tries);
}

/** Keeps the count whatever room there is: nobody gets more tries by filling the phone. */
export async function keepTries(tries: Tries): Promise<void> {
  if (await whereRoom(() => database.phone.update('phone', tries))) localStorage.removeItem(place);
  else localStorage.setItem(place, JSON.stringify(tries));
}
