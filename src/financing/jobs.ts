import type { Files } from '../platform/files.ts';
import type { JobHandlers } from '../platform/jobs.ts';
import type { Keyring } from '../platform/keyring.ts';
import type { Say } from '../platform/language.ts';
import { deliveryJobs } from './bank-api/deliver.ts';
import { webhookJobs } from './bank-api/webhooks.ts';
import { bankFileJobs } from './bank-files/take-file.ts';
import { closeJobs } from './ledger/jobs.ts';

/** What financing's background work meets outside the house. */
type Outside = {
  readonly files: Files;
  readonly publicUrl: string;
  /** Opens what signs the news to banks; without it no bank is told. */
  readonly keyring?: Keyring | undefined;
  readonly demonstration?: boolean;
};

/** Background work of financing: banks' files, the news to banks, the close of a day. */
export function financingJobs(
  { files, publicUrl, keyring, demonstration = false }: Outside,
  persian: Say,
): JobHandlers {
  const told = keyring && { ...deliveryJobs({ demonstration, keyring }), ...webhookJobs(keyring) };
  return { ...closeJobs, ...bankFileJobs(files, persian, publicUrl), ...told };
}
