import type { JobHandlers } from '../platform/jobs.ts';
import { foldAll } from './fold.ts';
import { importJobs } from './registers/import-job.ts';
import { type ReportParts, reportJobs } from './reports/run.ts';

/** Background work of figures: folding deltas, reading registers, writing reports. */
export function figureJobs(parts: ReportParts): JobHandlers {
  return {
    ...importJobs(parts.files),
    ...reportJobs(parts),
    'figures.fold': async (_payload, { database }) => {
      await foldAll(database);
    },
  };
}
