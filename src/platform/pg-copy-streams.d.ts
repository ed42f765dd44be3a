declare module 'pg-copy-streams' {
  import type { Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** COPY … FROM STDIN: what is written goes into the table. */
  export function from(sql: string): Writable & Submittable;
}
