import { sql } from 'kysely';
import { compactKey, normaliseText, toAsciiDigits } from '../kit/persian-text.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { oneOf } from './people.ts';

/** Whose dwelling it is, and who gets to see it beside them: one for all, or one for each. */
export type HouseholdOwners = {
  readonly people: string | readonly string[];
  readonly organisations: string | readonly string[];
};

/** Where a household lives and works: the business is in the dwelling (law of 1389, art. 2). */
export type HouseholdInput = {
  readonly countyId: number;
  readonly area: 'urban' | 'rural';
  readonly address?: string | null;
  readonly postalCode?: string | null;
};

/** Adds households, one per input, and returns their ids in that order. */
export async function addHouseholds(
  tx: Tx,
  act: Act,
  owners: HouseholdOwners,
  inputs: readonly HouseholdInput[],
): Promise<string[]> {
  const { ids, written } = writeHouseholds(tx, act, owners, inputs);
  await written;
  return ids;
}

/** As {@link addHouseholds}, without waiting: what is asked for next finds them written. */
export function writeHouseholds(
  tx: Tx,
  act: Act,
  owners: HouseholdOwners,
  inputs: readonly HouseholdInput[],
): { ids: string[]; written: Promise<unknown> } {
  const ids = inputs.map(() => uuid7(act.now.getTime()));
  const addresses = inputs.map(({ address }) => (address ? normaliseText(address) : null));
  const keys = addresses.map((address) => (address ? compactKey(address) : null));
  const codes = inputs.map(({ postalCode }) =>
    postalCode ? toAsciiDigits(postalCode).trim() : null,
  );
  const written = sql`
    insert into households (province_id, id, person_id, county_id, area, address, address_key,
      postal_code, seen_by, recorded_at)
    select ${act.provinceId}::integer, i.id, i.person_id, i.county_id, i.area, i.address, i.address_key,
      i.postal_code, array[i.seen_by], ${act.now}::timestamptz
    from unnest(${ids}::uuid[], ${inputs.map((_, at) => oneOf(owners.people, at))}::uuid[],
      ${inputs.map((i) => i.countyId)}::integer[],
      ${inputs.map((i) => i.area)}::text[], ${addresses}::text[], ${keys}::text[],
      ${codes}::text[], ${inputs.map((_, at) => oneOf(owners.organisations, at))}::text[])
      as i(id, person_id, county_id, area, address, address_key, postal_code, seen_by)`.execute(tx);
  return { ids, written };
}
