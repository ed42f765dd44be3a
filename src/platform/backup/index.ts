/** What commands need of backups. */
export { backUp } from './back-up.ts';
export { restore, verifyBackup } from './restore.ts';
export type { Opening, Sealing } from './seal.ts';
