export type EmbeddedPostgresFault =
  | 'already_serving'
  | 'binaries_missing'
  | 'data_folder_denied'
  | 'data_folder_unreachable'
  | 'initdb_failed'
  | 'start_failed'
  | 'stop_failed';

/** What kept the embedded database from working, said so that its reader knows what to do. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresFault;
  constructor(code: EmbeddedPostgresFault, message: string) {
    super(message);
    this.name = 'EmbeddedPostgresError';
    this.code = code;
  }
}
