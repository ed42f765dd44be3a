import type { JobHandlers } from '../platform/jobs.ts';
import { foldAll } from './fold.ts';
import { holderJobs } from './holders.ts';
import { importJobs } from './registers/import-job.ts';
import { type ReportParts, reportJobs } from './reports/run.ts';

/** Background work of figures: folding deltas, reading registers, writing reports, saying whose rows are. */
export function figureJobs(parts: ReportParts): JobHandlers {
  return {
    ...importJobs(parts.files),
    ...reportJobs(parts),
    ...holderJobs,
    'figures.fold': async (_payload, { database }) => {
      await foldAll(database);
    },
  };
}
