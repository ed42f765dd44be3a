import { sql } from 'kysely';
import { encodeCode } from '../../kit/code.ts';
import { type Check, type CheckResult, type Difference, differencesShown } from '../checks.ts';
import type { Tx } from '../database.ts';
import { type historyOfCase, type StoredRow, toStoredRow } from '../history-row.ts';
import type { SigningKey } from '../signing-key.ts';
import { type CaseEvidence, type Finding, inspectCase } from './inspect-case.ts';
import { MerkleTree } from './merkle.ts';
import { linksOfRoot, listRoots, streamed } from './queries.ts';
import { isGenuine, type RootRow, statementHash } from './statement.ts';

/**
 * What `check --deep` looks at besides: every step against its chain, the roots and the seal of its case, and
 * every root against the one before, its signature, and (the newest) the links under it.
 */
export function deepChecks(key: SigningKey): readonly Check[] {
  return [
    { name: 'history.steps', run: (tx, provinceId) => checkSteps(tx, provinceId, key) },
    { name: 'history.roots', run: (tx, provinceId) => checkRoots(tx, provinceId, key) },
  ];
}

async function checkSteps(tx: Tx, provinceId: number, key: SigningKey): Promise<CheckResult> {
  const roots = await listRoots(tx, provinceId);
  // A house that lost its key has a new one, which sealed nothing of before.
  const sealer = roots.every(({ key_id }) => key_id === key.id) ? key : undefined;
  const differences: Difference[] = [];
  let checked = 0;
  for await (const [known, rows] of casesWithRows(tx, provinceId)) {
    checked += rows.length;
    const found = inspectCase(known, rows, { sealer, rooted: roots.length > 0 });
    if (differences.length >= differencesShown) continue;
    for (const one of found) differences.push(differenceOf(provinceId, known, rows, one));
  }
  differences.push(...(await casesWithoutSteps(tx, provinceId)));
  return { checked, differences: differences.slice(0, differencesShown) };
}

function differenceOf(
  provinceId: number,
  { caseId, head, links }: CaseEvidence,
  rows: readonly StoredRow[],
  { verdict, from, to }: Finding,
): Difference {
  const place = from === to ? `#${from}` : `#${from}–#${to}`;
  const row = rows.find(({ seq }) => seq === from);
  const root = links.find(({ seq }) => seq >= from);
  return {
    what: `${encodeCode(provinceId, caseId)} ${place} ${verdict}`,
    kept: row ? `${row.id} ${row.hash.toString('hex').slice(0, 16)}` : `head ${head?.seq ?? ''}`,
    recomputed: root ? `root ${root.root} holds another` : 'no such step was sealed',
  };
}

type EvidenceRow = {
  case_id: string;
  seq: number | null;
  hash: Buffer | null;
  seal: Buffer | null;
  seqs: number[] | null;
  roots: number[] | null;
  hashes: Buffer | null;
  trail: Buffer | null;
};

/** Every case that anything is known of, with its rows in order: two cursors side by side. */
async function* casesWithRows(
  tx: Tx,
  provinceId: number,
): AsyncGenerator<[CaseEvidence, StoredRow[]]> {
  const known = streamed(
    tx,
    sql<EvidenceRow>`select * from (
      select case_id, d.seq, d.hash, d.seal, l.seqs, l.roots, l.hashes, l.trail
      from (select * from history_heads where province_id = ${provinceId}) d
      full join (
        select case_id, array_agg(seq order by seq) as seqs,
          array_agg(root_number order by seq) as roots,
          string_agg(hash, ''::bytea order by seq) as hashes,
          string_agg(trail, ''::bytea order by seq) as trail
        from history_root_links where province_id = ${provinceId} group by case_id
      ) l using (case_id)
    ) as known order by case_id`,
  );
  const steps = stepsByCase(tx, provinceId);
  let next = await steps.next();
  for await (const row of known) {
    const evidence = toEvidence(row);
    for (; !next.done && next.value[0] < row.case_id; next = await steps.next()) {
      yield [nothingKnown(next.value[0]), next.value[1]];
    }
    const own = !next.done && next.value[0] === row.case_id ? next.value[1] : undefined;
    if (own) next = await steps.next();
    yield [evidence, own ?? []];
  }
  for (; !next.done; next = await steps.next()) {
    yield [nothingKnown(next.value[0]), next.value[1]];
  }
}

const nothingKnown = (caseId: string): CaseEvidence => ({
  ...{ caseId, head: undefined, links: [], trail: Buffer.alloc(0) },
});

function toEvidence(row: EvidenceRow): CaseEvidence {
  const { case_id: caseId, seq, hash, seal, seqs, roots, hashes, trail } = row;
  return {
    caseId,
    head: seq === null || hash === null ? undefined : { seq, hash, seal },
    links: (seqs ?? []).map((linkSeq, at) => ({
      ...{ seq: linkSeq, root: roots?.[at] ?? 0 },
      hash: hashes?.subarray(at * 32, at * 32 + 32) ?? Buffer.alloc(0),
    })),
    trail: trail ?? Buffer.alloc(0),
  };
}

type RawStep = Awaited<ReturnType<typeof historyOfCase>>[number];

async function* stepsByCase(
  tx: Tx,
  provinceId: number,
): AsyncGenerator<[string, StoredRow[]], undefined> {
  const rows = streamed(
    tx,
    sql<RawStep>`select * from history where province_id = ${provinceId} order by case_id, seq`,
  );
  let held: StoredRow[] = [];
  for await (const raw of rows) {
    const row = toStoredRow(raw);
    const [first] = held;
    if (first && first.caseId !== row.caseId) {
      yield [first.caseId, held];
      held = [];
    }
    held.push(row);
  }
  const [first] = held;
  if (first) yield [first.caseId, held];
  return undefined;
}

/** Cases whose whole chain is gone, head and all, before any root held it. */
async function casesWithoutSteps(tx: Tx, provinceId: number): Promise<Difference[]> {
  const { rows } = await sql<{ id: string }>`select c.id from cases c
    where c.province_id = ${provinceId} and not exists (
      select 1 from history_heads d where d.province_id = ${provinceId} and d.case_id = c.id)
      and not exists (
      select 1 from history_root_links l where l.province_id = ${provinceId} and l.case_id = c.id)
    limit 100`.execute(tx);
  return rows.map(({ id }) => ({
    what: `${encodeCode(provinceId, id)} #1 removed`,
    ...{ kept: 'a case', recomputed: 'no step' },
  }));
}

async function checkRoots(tx: Tx, provinceId: number, key: SigningKey): Promise<CheckResult> {
  const roots = await listRoots(tx, provinceId);
  const differences = roots.flatMap((root, at) => rootFaults(root, roots[at - 1], key));
  const newest = roots.at(-1);
  if (newest) differences.push(...(await treeFaults(tx, newest)));
  return { checked: roots.length, differences: differences.slice(0, differencesShown) };
}

function rootFaults(root: RootRow, before: RootRow | undefined, key: SigningKey): Difference[] {
  const fault = (kept: string, recomputed: string) => [
    { what: `root ${root.number}`, kept, recomputed },
  ];
  const number = (before?.number ?? 0) + 1;
  if (root.number !== number) return fault(String(root.number), `root ${number} removed`);
  const previous = before ? statementHash(before).toString('hex') : '';
  const said = root.previous?.toString('hex') ?? '';
  if (said !== previous) return fault(said, previous);
  if (root.key_id !== key.id) return fault(root.key_id, `${key.id} is the key of this house`);
  return isGenuine(root) ? [] : fault(root.signature.toString('base64'), 'not signed');
}

/** The tree over the links that a root stands on, made again. */
export async function treeFaults(tx: Tx, root: RootRow): Promise<Difference[]> {
  const tree = new MerkleTree();
  for await (const link of linksOfRoot(tx, root.province_id, root.number)) {
    tree.add({ caseId: link.case_id, seq: link.seq, hash: link.hash });
  }
  if (tree.root().equals(root.hash) && tree.size === root.cases) return [];
  const [kept, recomputed] = [root.hash, tree.root()].map((one) => one.toString('hex'));
  return [{ what: `root ${root.number}`, kept: kept ?? '', recomputed: recomputed ?? '' }];
}
