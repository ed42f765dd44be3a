import type { Reference } from '../src/accounts/index.ts';
import type { Tx } from '../src/platform/database.ts';

/** Where a batch is carried out: the transaction of its week, and who sits at the desks. */
export interface Scene {
  readonly tx: Tx;
  readonly reference: Reference;
  /** Account ids by desk. */
  readonly accounts: Readonly<Record<string, string>>;
}
