import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** A row of a reference file as it is written there, by column. */
export type ShippedRow = Readonly<Record<string, string>>;

/**
 * The rows of a file of `src/accounts/data`, for what has to work without a database.
 * @param name without its ending: 'organisations'
 */
export async function readShipped(name: string): Promise<readonly ShippedRow[]> {
  const text = await readFile(join(import.meta.dirname, 'data', `${name}.csv`), 'utf8');
  return parse(text, { columns: true, skip_empty_lines: true });
}
