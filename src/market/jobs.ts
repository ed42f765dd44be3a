import type { Files } from '../platform/files.ts';
import type { JobHandlers } from '../platform/jobs.ts';
import type { VirusScan } from '../platform/virus-scan.ts';
import { materialJobs } from './materials/watch.ts';
import type { PaymentGateway } from './orders/gateway.ts';
import { paymentJobs } from './orders/payment-jobs.ts';
import { marketPhotoJobs } from './photos.ts';

/** What the market's background work meets outside the house. */
type MarketOutside = {
  readonly files: Files;
  readonly publicUrl: string;
  readonly virusScan?: VirusScan | undefined;
  readonly paymentGateway?: PaymentGateway | undefined;
};

/** The market's background work: photos are looked into, the gateway is spoken with, purchases close. */
export function marketJobs(outside: MarketOutside): JobHandlers {
  const { files, publicUrl, virusScan, paymentGateway } = outside;
  return {
    ...marketPhotoJobs(files, virusScan),
    ...paymentJobs(paymentGateway, publicUrl),
    ...materialJobs,
  };
}
