import { countInProvinces } from '../../accounts/index.ts';
import type { Database, Tx } from '../../platform/database.ts';
import type { JobHandlers } from '../../platform/jobs.ts';
import type { Keyring } from '../../platform/keyring.ts';

const purpose = 'field device key';
/** What stands in the place of a key that is sealed: older code reads there that the phone was not revoked. */
const standIn = Buffer.alloc(32);

/** A phone's key as the database holds it: neither after a revocation. */
export type HeldKey = { readonly dataKey: Buffer | null; readonly sealedKey: Buffer | null };

/** What a key is kept as. */
export function sealedKey(keyring: Keyring, key: Buffer) {
  return { data_key: standIn, sealed_key: keyring.seal(purpose, key) };
}

/**
 * The key that opens what a phone keeps; unsealed where nobody has sealed it yet, or where older code wrote it
 * beside a sealed one of before. @throws Error when it was sealed by no key of ours
 */
export function openKey(keyring: Keyring, { dataKey, sealedKey: sealed }: HeldKey): Buffer {
  if (sealed !== null && isStandIn(dataKey)) return keyring.open(purpose, sealed);
  return dataKey ?? Buffer.alloc(0);
}

const isStandIn = (dataKey: Buffer | null) => dataKey?.equals(standIn) ?? false;

/** Whether a key is sealed by the newest key of the house, or is forgotten. */
function isSealed(keyring: Keyring, { dataKey, sealedKey: sealed }: HeldKey): boolean {
  return dataKey === null || (isStandIn(dataKey) && sealed !== null && keyring.isCurrent(sealed));
}

/** Opens a locked phone's key, and seals it where it was not yet. */
export async function takeKey(
  tx: Tx,
  keyring: Keyring,
  { provinceId, id, ...held }: HeldKey & { readonly provinceId: number; readonly id: string },
): Promise<Buffer> {
  const key = openKey(keyring, held);
  if (isSealed(keyring, held)) return key;
  await tx
    .updateTable('field_devices')
    .set(sealedKey(keyring, key))
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .execute();
  return key;
}

/**
 * Seals the keys of all phones, in every province, with the newest key of the house: those of before, and those
 * under an older one. @returns how many were not yet
 */
export function resealPhones(database: Database, keyring: Keyring): Promise<number> {
  return countInProvinces(database, (tx, provinceId) => resealIn(tx, provinceId, keyring));
}

async function resealIn(tx: Tx, provinceId: number, keyring: Keyring): Promise<number> {
  const rows = await tx
    .selectFrom('field_devices')
    .select(['id', 'data_key as dataKey', 'sealed_key as sealedKey'])
    .where('province_id', '=', provinceId)
    .where('data_key', 'is not', null)
    .forUpdate()
    .execute();
  const old = rows.filter((row) => !isSealed(keyring, row));
  for (const row of old) await takeKey(tx, keyring, { provinceId, ...row });
  return old.length;
}

/** Seals by the clock what came in before keys were sealed; afterwards it finds nothing. */
export function phoneKeyJobs(keyring: Keyring): JobHandlers {
  return {
    'supervision.sealKeys': async (_payload, { database }) => {
      await resealPhones(database, keyring);
    },
  };
}
