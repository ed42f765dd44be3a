import { historyPayload, type StoredRow } from '../history-row.ts';
import type { StepSealer } from '../step-seals.ts';
import { sha256 } from './merkle.ts';
import { openingSeal, sealAfter } from './seals.ts';

/** What is known of one case besides its rows: its head, and what the roots hold of it. */
export type CaseEvidence = {
  readonly caseId: string;
  readonly head: { seq: number; hash: Buffer; seal: Buffer | null } | undefined;
  /** Its links in the roots, in order. */
  readonly links: readonly { seq: number; hash: Buffer; root: number }[];
  /** Eight bytes of the hash of each step that a root holds. */
  readonly trail: Buffer;
};

/** A step, or steps, that are not what they were. */
export type Finding = {
  readonly verdict: 'changed' | 'removed' | 'inserted' | 'head' | 'unsealed';
  readonly from: number;
  readonly to: number;
};

/** With what steps are sealed, and whether a root has been made, after which every head has its seal. */
export type Sealing = { readonly sealer: StepSealer | undefined; readonly rooted: boolean };

/**
 * Holds the rows of a case (by `seq`) against their own chain, against the roots and against the seal, and
 * names the first step of everything that does not fit. Whoever rewrites the whole chain and its head meets
 * the trail of the roots; whoever touches what no root holds yet meets the seal.
 */
export function inspectCase(
  known: CaseEvidence,
  rows: readonly StoredRow[],
  sealing: Sealing,
): Finding[] {
  const bySeq = new Map(rows.map((row) => [row.seq, row]));
  const found = [
    ...missing(known, bySeq),
    ...beyond(known, rows),
    ...rows.flatMap((row) => (isChanged(known, bySeq, row) ? [at('changed', row.seq)] : [])),
  ].sort((a, b) => a.from - b.from);
  if (found.length > 0) return found;
  const { head } = known;
  const last = rows.at(-1);
  if (!head || !last?.hash.equals(head.hash)) return [at('head', head?.seq ?? rows.length)];
  return sealFindings(known, rows, head.seal, sealing);
}

const at = (verdict: Finding['verdict'], from: number, to = from): Finding => ({
  verdict,
  from,
  to,
});

const heldBy = ({ links }: CaseEvidence) => links.at(-1)?.seq ?? 0;

function missing(known: CaseEvidence, bySeq: ReadonlyMap<number, StoredRow>): Finding[] {
  const top = Math.max(known.head?.seq ?? 0, heldBy(known));
  const found: Finding[] = [];
  for (let seq = 1; seq <= top; seq += 1) {
    if (bySeq.has(seq)) continue;
    const last = found.at(-1);
    if (last?.to === seq - 1) found[found.length - 1] = { ...last, to: seq };
    else found.push(at('removed', seq));
  }
  return found;
}

function beyond(known: CaseEvidence, rows: readonly StoredRow[]): Finding[] {
  const top = Math.max(known.head?.seq ?? 0, heldBy(known));
  return rows.filter(({ seq }) => seq < 1 || seq > top).map(({ seq }) => at('inserted', seq));
}

/** Whether the hash of a row is the one that a root holds; undefined where none holds that step. */
function isHeld({ trail, links }: CaseEvidence, row: StoredRow): boolean | undefined {
  const held = trail.subarray((row.seq - 1) * 8, row.seq * 8);
  if (held.length < 8) return undefined;
  const whole = links.find(({ seq }) => seq === row.seq);
  return held.equals(row.hash.subarray(0, 8)) && (!whole || whole.hash.equals(row.hash));
}

/** Where what was changed drags what follows along, only the first step is named. */
function isChanged(
  known: CaseEvidence,
  bySeq: ReadonlyMap<number, StoredRow>,
  row: StoredRow,
): boolean {
  const before = bySeq.get(row.seq - 1);
  const held = isHeld(known, row);
  if (!before && row.seq > 1) return held === false;
  const beforeHeld = before ? isHeld(known, before) : true;
  const follows = sha256(before?.hash ?? Buffer.alloc(0), Buffer.from(historyPayload(row)));
  const fits = follows.equals(row.hash);
  if (beforeHeld === false) return held === false && !fits;
  return held === false || !fits;
}

function sealFindings(
  known: CaseEvidence,
  rows: readonly StoredRow[],
  seal: Buffer | null,
  { sealer, rooted }: Sealing,
): Finding[] {
  if (!sealer) return [];
  const end = rows.length;
  if (seal === null) return rooted ? [at('unsealed', end)] : [];
  const macs = rows.map((row) => sealer.mac(historyPayload(row)));
  const [first] = known.links;
  const starts = [chainSeals(macs, 0)];
  // Chains that are older than the key go on from their place in the first root.
  if (first?.root === 1) {
    const base = openingSeal(sealer, { ...first, caseId: known.caseId });
    starts.push(chainSeals(macs, first.seq, base));
  }
  if (starts.some((seals) => seals.get(end)?.equals(seal))) return [];
  for (const seals of starts) {
    const until = [...seals].find(([, one]) => one.equals(seal))?.[0];
    if (until !== undefined) return [at('inserted', until + 1, end)];
  }
  const held = heldBy(known);
  return held < end ? [at('changed', held + 1, end)] : [at('removed', end + 1)];
}

/** The seal after each step from the one behind `since` on, by its place. */
function chainSeals(macs: readonly Buffer[], since: number, base?: Buffer): Map<number, Buffer> {
  const seals = new Map<number, Buffer>(base ? [[since, base]] : []);
  let seal = base;
  for (const [index, mac] of macs.slice(since).entries()) {
    seal = sealAfter(seal, mac);
    seals.set(since + index + 1, seal);
  }
  return seals;
}
