import { createHash } from 'node:crypto';
import { historyPayload, toStoredRow } from '../../src/platform/history-row.ts';
import type { StepSealer } from '../../src/platform/step-seals.ts';
import type { Row } from './bundles.ts';
import type { Copy } from './copies.ts';
import { cellOf, linePattern, withoutAllocation } from './line.ts';
import { joined, type Names, type Pattern, patternOf, place, write } from './pattern.ts';
import type { Column } from './tables.ts';

/** A step: the bytes that are hashed, and its line of COPY before and behind the hash. */
type Link = { readonly payload: Pattern; readonly before: Pattern; readonly behind: Pattern };

/** The steps of one case, in order. */
export type Chain = { readonly caseId: Pattern; readonly links: readonly Link[] };

/** The record of a bundle, case by case. */
export function chainPatterns(
  rows: readonly Row[],
  columns: readonly Column[],
  names: Names,
): Chain[] {
  const [caseId, seq] = [cellOf(columns, 'case_id'), cellOf(columns, 'seq')];
  return [...Map.groupBy(rows, caseId)].map(([id, steps]) => ({
    caseId: patternOf(id, names),
    links: [...steps]
      .sort((a, b) => Number(seq(a)) - Number(seq(b)))
      .map((row) => linkPattern(row, columns, names)),
  }));
}

const mark = '\u0001';
/** A county that there is none of: where its number stands in the bytes. */
const countyMark = -987_654_321;

function linkPattern(row: Row, columns: readonly Column[], names: Names): Link {
  const [facts, hash] = ['facts', 'hash'].map((name) =>
    columns.findIndex((one) => one.name === name),
  );
  const told = row.map((cell, at) =>
    at === hash ? mark : at === facts && cell !== null ? withoutAllocation(cell) : cell,
  );
  const line = linePattern('history', told, columns, names);
  const cut = line.indexOf(mark);
  const payload = payloadPattern(told, columns, names);
  return { payload, before: joined(line.slice(0, cut)), behind: joined(line.slice(cut + 1)) };
}

/** The bytes of {@link historyPayload} with the places in them. */
function payloadPattern(row: Row, columns: readonly Column[], names: Names): Pattern {
  const cells = Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null]));
  const stored = toStoredRow({
    ...cells,
    seq: Number(cells.seq),
    sign: Number(cells.sign),
    county_id: countyMark,
    people: cells.people === null ? null : Number(cells.people),
    recorded_at: new Date(String(cells.recorded_at).replace(' ', 'T').replace(/\+00$/, 'Z')),
    hash: Buffer.alloc(0),
    facts: JSON.parse(String(cells.facts)) as object,
  } as unknown as Parameters<typeof toStoredRow>[0]);
  const [before = '', behind = ''] = historyPayload(stored).split(`,${countyMark},`);
  const county = place({ is: 'county' });
  return joined([...patternOf(`${before},`, names), ...county, ...patternOf(`,${behind}`, names)]);
}

const sha256 = (before: Buffer | undefined, bytes: string | Buffer) => {
  const digest = createHash('sha256');
  if (before) digest.update(before);
  return digest.update(bytes).digest();
};

/** The record of one copy as lines of COPY: of its steps, and of the head of each chain. */
export function writeChains(
  chains: readonly Chain[],
  copy: Copy,
  sealer: StepSealer | undefined,
): { readonly steps: string; readonly heads: string } {
  let [steps, heads] = ['', ''];
  for (const { caseId, links } of chains) {
    let hash: Buffer | undefined;
    let seal: Buffer | undefined;
    for (const link of links) {
      const payload = write(link.payload, copy);
      hash = sha256(hash, payload);
      if (sealer) seal = sha256(seal, sealer.mac(payload));
      steps += `${write(link.before, copy)}\\\\x${hash.toString('hex')}${write(link.behind, copy)}`;
    }
    const sealed = seal ? `\\\\x${seal.toString('hex')}` : '\\N';
    heads += `${copy.home.provinceText}\t${write(caseId, copy)}\t${links.length}\t\\\\x${hash?.toString('hex')}\t${sealed}\n`;
  }
  return { steps, heads };
}

/** The columns of a head, in the order of its line. */
export const headColumns = ['province_id', 'case_id', 'seq', 'hash', 'seal'] as const;
