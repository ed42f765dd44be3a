declare module 'pg-cursor' {
  import type { Submittable } from 'pg';

  /** A server-side cursor: rows come in slices instead of all at once. */
  export default class Cursor implements Submittable {
    constructor(text: string, values?: unknown[]);
    submit(connection: unknown): void;
    read(rows: number): Promise<unknown[]>;
    close(): Promise<void>;
  }
}
