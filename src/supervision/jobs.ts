import type { Files } from '../platform/files.ts';
import type { JobHandlers } from '../platform/jobs.ts';
import type { Keyring } from '../platform/keyring.ts';
import type { VirusScan } from '../platform/virus-scan.ts';
import { phoneKeyJobs } from './field/device-keys.ts';
import { photoJobs } from './field/photos.ts';
import { visitJobs } from './watch-visits.ts';

/** What supervision's background work meets outside the house. */
type Outside = {
  readonly files: Files;
  /** Where people find the house. */
  readonly publicUrl: string;
  readonly virusScan?: VirusScan | undefined;
  readonly keyring?: Keyring | undefined;
};

/** Supervision's background work: visits are watched, phones' photos are looked into and their keys sealed. */
export function supervisionJobs({ files, publicUrl, virusScan, keyring }: Outside): JobHandlers {
  return {
    ...visitJobs(publicUrl),
    ...photoJobs(files, virusScan),
    ...(keyring ? phoneKeyJobs(keyring) : {}),
  };
}
