import { type Static, Type } from 'typebox';

/** The first entry of a backup's archive, and the last: one without its tally was cut off. */
export const manifestName = 'manifest.json';
export const tallyName = 'tally.json';
/** The keys that second factors' secrets are sealed with, before the rows that need them. */
export const keysName = 'keys';

/** What a backup says of itself before its rows. */
export const Manifest = Type.Object({
  format: Type.Literal(1),
  /** The product's version that made it. */
  version: Type.String(),
  madeAt: Type.String(),
  /** The migrations that had run, in their order. */
  migrations: Type.Array(Type.Object({ name: Type.String(), checksum: Type.String() })),
  tables: Type.Array(Type.Object({ name: Type.String(), columns: Type.Array(Type.String()) })),
});
export type Manifest = Static<typeof Manifest>;

/** How many rows each table gave, and how many files there were. */
export const Tally = Type.Object({
  rows: Type.Record(Type.String(), Type.Integer()),
  files: Type.Integer(),
});
export type Tally = Static<typeof Tally>;
