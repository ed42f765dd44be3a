import type { FastifyInstance } from 'fastify';
import accountsEn from './accounts/en.ts';
import accountsFa from './accounts/fa.ts';
import {
  accountConstraints,
  accountPermissions,
  accountProblems,
  accountRoutes,
  type CivilRegistry,
  clientRoutes,
  identityJobs,
  staffRoutes,
} from './accounts/index.ts';
import employmentEn from './employment/en.ts';
import employmentFa from './employment/fa.ts';
import {
  employmentConstraints,
  employmentJobs,
  employmentPermissions,
  employmentProblems,
  employmentRoutes,
} from './employment/index.ts';
import figuresEn from './figures/en.ts';
import figuresFa from './figures/fa.ts';
import {
  figureJobs,
  figurePermissions,
  figureProblems,
  figureRoutes,
  importRoutes,
  registerProblemStatuses,
  registerWords,
} from './figures/index.ts';
import financingEn from './financing/en.ts';
import financingFa from './financing/fa.ts';
import {
  allocationRoutes,
  bankApiPermissions,
  bankApiProblems,
  bankApiRoutes,
  bankApiWords,
  bankFileRoutes,
  committeeRoutes,
  financingConstraints,
  financingJobs,
  financingPermissions,
  financingProblems,
  financingRoutes,
  tellBankOfPermit,
} from './financing/index.ts';
import {
  marketConstraints,
  marketJobs,
  marketPermissions,
  marketProblems,
  marketRoutes,
  marketWords,
} from './market/index.ts';
import permitsEn from './permits/en.ts';
import permitsFa from './permits/fa.ts';
import {
  applicationRoutes,
  deadlineJobs,
  documentJobs,
  type PermitSubscriber,
  paperRoutes,
  permitChangeJobs,
  permitConstraints,
  permitPermissions,
  permitProblems,
  permitRoutes,
  queueRoutes,
  validityJobs,
} from './permits/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/database.ts';
import platformEn from './platform/en.ts';
import type { Doors, House } from './platform/endpoint.ts';
import platformFa from './platform/fa.ts';
import type { Files } from './platform/files.ts';
import type { JobHandlers, ScheduledJob } from './platform/jobs.ts';
import type { Keyring } from './platform/keyring.ts';
import { sayer, type Words } from './platform/language.ts';
import { platformProblems } from './platform/problem-document.ts';
import { rootJobs } from './platform/roots/index.ts';
import { createServer, type Limits } from './platform/server.ts';
import type { SigningKey } from './platform/signing-key.ts';
import { type Sms, smsJobs } from './platform/sms.ts';
import type { Log, Metrics } from './platform/telemetry.ts';
import type { VirusScan } from './platform/virus-scan.ts';
import { pageWords, publicSite, publishingParts, publishingRoutes } from './publishing/index.ts';
import supervisionEn from './supervision/en.ts';
import supervisionFa from './supervision/fa.ts';
import {
  fieldRoutes,
  supervisionConstraints,
  supervisionJobs,
  supervisionPermissions,
  supervisionProblems,
  supervisionRoutes,
} from './supervision/index.ts';
import { supporterParts } from './supporters/index.ts';

/** West Azerbaijan: the province that an address without one is about. */
export const homeProvince = 4;

/** The words of all slices. */
export const words: Words = {
  fa: {
    platform: platformFa,
    accounts: accountsFa,
    permits: permitsFa,
    ...supporterParts.words.fa,
    financing: financingFa,
    employment: employmentFa,
    supervision: supervisionFa,
    ...marketWords.fa,
    figures: figuresFa,
    ...bankApiWords.fa,
    ...registerWords.fa,
    ...pageWords.fa,
  },
  en: {
    platform: platformEn,
    accounts: accountsEn,
    permits: permitsEn,
    ...supporterParts.words.en,
    financing: financingEn,
    employment: employmentEn,
    supervision: supervisionEn,
    ...marketWords.en,
    figures: figuresEn,
    ...bankApiWords.en,
    ...registerWords.en,
    ...pageWords.en,
  },
};

/** Says any message of the house in either language. */
export const sayers = { fa: sayer(words, 'fa'), en: sayer(words, 'en') };

const statuses = {
  ...platformProblems,
  ...accountProblems,
  ...permitProblems,
  ...supporterParts.problems,
  ...financingProblems,
  ...bankApiProblems,
  ...employmentProblems,
  ...supervisionProblems,
  ...marketProblems,
  ...figureProblems,
  ...registerProblemStatuses,
  ...publishingParts.problems,
};

const constraints = {
  ...accountConstraints,
  ...permitConstraints,
  ...supporterParts.constraints,
  ...financingConstraints,
  ...employmentConstraints,
  ...supervisionConstraints,
  ...marketConstraints,
};

/** Problem codes with their statuses, and the constraints that stand for them. */
export const problems = { statuses, constraints };

export type AppParts = Doors &
  Limits & {
    readonly database: Database;
    readonly clock: Clock;
    readonly log: Log;
    readonly metrics: Metrics;
    readonly sms: Sms;
    /** Where sent files are kept. */
    readonly files: Files;
    readonly publicUrl: string;
    readonly version: string;
    /** Shows the cast and the outbox. */
    readonly demonstration: boolean;
    /** Whether buyers may pay through a gateway. */
    readonly paysOnline?: boolean | undefined;
    /** The header in which a proxy on this machine hands over a client's TLS certificate; absent = none does. */
    readonly certificateHeader?: string | undefined;
    /** More routes, from what may know the app but not be known by it: the demonstration's pages. */
    readonly extend?: (app: FastifyInstance, house: House) => Promise<void>;
  };

/** Who may do what, in all slices. */
const permissions = {
  ...accountPermissions,
  ...permitPermissions,
  ...supporterParts.permissions,
  ...financingPermissions,
  ...bankApiPermissions,
  ...employmentPermissions,
  ...supervisionPermissions,
  ...marketPermissions,
  ...figurePermissions,
  ...publishingParts.permissions,
};

/** The whole product's web server, from all slices; it does not listen yet. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const house: House = { ...parts, permissions };
  const site = publicSite({ house, sayers, homeProvince });
  const app = await createServer({
    ...parts,
    errorPage: site.errorPage,
    wire: { house, sayers, statuses, homeProvince },
    problems,
    endpoints: [
      ...accountRoutes,
      ...clientRoutes,
      ...staffRoutes(sayers.fa),
      ...permitRoutes,
      ...paperRoutes(sayers.fa),
      ...applicationRoutes,
      ...queueRoutes,
      ...supporterParts.routes(sayers.fa),
      ...financingRoutes,
      ...allocationRoutes,
      ...bankApiRoutes,
      ...committeeRoutes(sayers.fa),
      ...bankFileRoutes(sayers.fa),
      ...employmentRoutes,
      ...supervisionRoutes,
      ...fieldRoutes,
      ...marketRoutes(sayers.fa),
      ...figureRoutes(sayers, homeProvince),
      ...importRoutes,
      ...publishingRoutes(sayers, homeProvince),
    ],
  });
  await app.register(site.routes);
  await parts.extend?.(app, house);
  return app;
}

/** Later slices that act when a permit changes; each finds out by itself what that means for it. */
export const permitSubscribers: readonly PermitSubscriber[] = [tellBankOfPermit];

/** What background work meets outside the house; what is absent is not asked. */
export type Outside = {
  readonly sms: Sms;
  readonly files: Files;
  /** Where people find the house. */
  readonly publicUrl: string;
  readonly civilRegistry?: CivilRegistry | undefined;
  readonly virusScan?: VirusScan | undefined;
  readonly signingKey?: SigningKey | undefined;
  /** Opens what signs the news to banks, and phones' keys; without it no bank is told. */
  readonly keyring?: Keyring | undefined;
  readonly paymentGateway?: Parameters<typeof marketJobs>[0]['paymentGateway'];
  /** May speak to its own machine, as no other house does. */
  readonly demonstration?: boolean;
};

/** Background work of all slices, by job name. */
export function jobHandlers(outside: Outside): JobHandlers {
  const { sms, files, civilRegistry, virusScan, publicUrl, signingKey } = outside;
  return {
    ...smsJobs(sms),
    ...figureJobs({ files, publicUrl, sayers }),
    ...identityJobs(civilRegistry),
    ...documentJobs(files, virusScan),
    ...deadlineJobs,
    ...permitChangeJobs(permitSubscribers),
    ...validityJobs(sayers.fa),
    ...supporterParts.jobs(files),
    ...employmentJobs(publicUrl),
    ...supervisionJobs(outside),
    ...marketJobs(outside),
    ...financingJobs(outside, sayers.fa),
    ...(signingKey ? rootJobs(signingKey) : {}),
  };
}

/** What runs by the clock. */
export const schedule: readonly ScheduledJob[] = [
  { name: 'figures.fold', cron: '* * * * *' },
  { name: 'figures.fillHolders', cron: '25 * * * *' },
  { name: 'figures.watchReports', cron: '30 2 * * *' }, // six in Tehran
  { name: 'accounts.confirmIdentities', cron: '*/10 * * * *' },
  { name: 'accounts.forgetTries', cron: '15 * * * *' },
  { name: 'permits.watchDeadlines', cron: '5 * * * *' },
  { name: 'permits.watchValidity', cron: '35 * * * *' },
  { name: 'supervision.watchVisits', cron: '20 * * * *' },
  { name: 'market.watchPayments', cron: '*/5 * * * *' },
  { name: 'supporters.closeMonths', cron: '15 21 * * *' },
  { name: 'employment.watchJobs', cron: '0 5 * * *' }, // 8:30 in Tehran, when an SMS disturbs nobody
  { name: 'market.watchPurchases', cron: '10 * * * *' },
  { name: 'financing.sealSecrets', cron: '50 * * * *' },
  { name: 'supervision.sealKeys', cron: '55 * * * *' },
  { name: 'platform.makeRoots', cron: '40 20 * * *' }, // ten past midnight in Tehran
  { name: 'financing.closeDay', cron: '0 21 * * *' }, // half past midnight in Tehran
];
