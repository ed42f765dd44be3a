import { sql } from 'kysely';
import { makePermitNumber } from '../kit/identifiers.ts';
import type { Tx } from '../platform/database.ts';
import { issuingVerbs, type StepVerb } from './rules.ts';

/** Whether a step makes a permit. */
export function issues(verb: StepVerb): boolean {
  return (issuingVerbs as readonly StepVerb[]).includes(verb as never);
}

/** Of a million drawn numbers one in a thousand is taken already: of so many draws hardly ever all. */
const draws = 3;

/** Draws numbers for so many new permits that no permit of the province has, each another. */
export async function drawNumbers(tx: Tx, provinceId: number, count: number): Promise<string[]> {
  if (count === 0) return [];
  const drawn = new Set<string>();
  while (drawn.size < count * draws) drawn.add(makePermitNumber(provinceId));
  const { rows } = await sql<{ number: string }>`
    select number from permits where province_id = ${provinceId}::integer
      and number = any(${[...drawn]}::text[]) and taken_back_at is null`.execute(tx);
  for (const { number } of rows) drawn.delete(number);
  return [...drawn].slice(0, count);
}
