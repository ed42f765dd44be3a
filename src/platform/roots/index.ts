export { deepChecks, treeFaults } from './deep-check.ts';
export { rootJobs } from './jobs.ts';
export { makeRoot, recordedProvinces } from './make-root.ts';
export { findRoot, listRoots } from './queries.ts';
export { isGenuine, publishedRoot } from './statement.ts';
