declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** COPY … FROM STDIN: what is written goes into the table; counts its rows once it has finished. */
  export function from(sql: string): Writable & Submittable & { rowCount: number };

  /** COPY … TO STDOUT: the rows in COPY's text form; counts them once it has ended. */
  export function to(sql: string): Readable & Submittable & { rowCount: number };
}
