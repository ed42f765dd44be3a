import { createHash } from 'node:crypto';
import { encodeCode } from '../kit/code.ts';
import { type Check, type CheckResult, type Difference, differencesShown } from './checks.ts';
import type { Tx } from './database.ts';
import { historyPayload, toStoredRow } from './history-row.ts';

/**
 * Follows every case's chain: a changed row breaks its own hash, a removed or inserted one the place
 * of those after it, and a missing newest row the head.
 */
export const chainCheck: Check = { name: 'history.chain', run: followChains };

type Head = { seq: number; hash: Buffer };

async function followChains(tx: Tx, provinceId: number): Promise<CheckResult> {
  const heads = await readHeads(tx, provinceId);
  const differences: Difference[] = [];
  const ends = new Map<string, Head>();
  let checked = 0;
  for await (const raw of rowsInOrder(tx, provinceId)) {
    const row = toStoredRow(raw);
    const before = ends.get(row.caseId);
    const seq = (before?.seq ?? 0) + 1;
    const hash = linkHash(before?.hash, historyPayload(row));
    checked += 1;
    if (row.seq !== seq || !row.hash.equals(hash)) {
      differences.push({
        what: `${encodeCode(provinceId, row.caseId)} #${row.seq}`,
        kept: row.hash.toString('hex'),
        recomputed: hash.toString('hex'),
      });
    }
    // The chain goes on from what is stored, so that one change is reported once.
    ends.set(row.caseId, { seq: row.seq, hash: row.hash });
  }
  differences.push(...headDifferences(provinceId, heads, ends));
  return { checked, differences: differences.slice(0, differencesShown) };
}

function linkHash(before: Buffer | undefined, payload: string): Buffer {
  return createHash('sha256')
    .update(before ?? '')
    .update(payload)
    .digest();
}

async function readHeads(tx: Tx, provinceId: number): Promise<Map<string, Head>> {
  const rows = await tx
    .selectFrom('history_heads')
    .select(['case_id', 'seq', 'hash'])
    .where('province_id', '=', provinceId)
    .execute();
  return new Map(rows.map((row) => [row.case_id, { seq: row.seq, hash: row.hash }]));
}

function rowsInOrder(tx: Tx, provinceId: number) {
  return tx
    .selectFrom('history')
    .selectAll()
    .where('province_id', '=', provinceId)
    .orderBy('case_id')
    .orderBy('seq')
    .stream(2000);
}

function headDifferences(
  provinceId: number,
  heads: ReadonlyMap<string, Head>,
  ends: ReadonlyMap<string, Head>,
): Difference[] {
  const cases = new Set([...heads.keys(), ...ends.keys()]);
  return [...cases].flatMap((caseId) => {
    const [head, end] = [heads.get(caseId), ends.get(caseId)];
    if (head && end && head.seq === end.seq && head.hash.equals(end.hash)) return [];
    const text = (at: Head | undefined) => (at ? `${at.seq} ${at.hash.toString('hex')}` : '');
    return [{ what: encodeCode(provinceId, caseId), kept: text(head), recomputed: text(end) }];
  });
}
