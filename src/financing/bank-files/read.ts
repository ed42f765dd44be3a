import { TextDecoder } from 'node:util';
import { Problem } from '../../kit/problem.ts';
import { readPlain } from './plain.ts';
import { LineSink } from './reading.ts';
import type { BankLine, MessageKind } from './rules.ts';
import { StatementState, statementShape } from './statement-shape.ts';
import { ReportState, reportShape } from './status-shape.ts';
import { type Element, XmlWalk } from './xml-walk.ts';

/** Lines that are handed over together. */
const together = 4_000;
const namespace = 'urn:iso:std:iso:20022:tech:xsd:';

type Walked = { readonly statement: StatementState; readonly report: ReportState };

/** What each message is read by; the version is part of the name, other versions are refused. */
const messages: Readonly<Record<string, { kind: MessageKind; shape: Element<Walked> }>> = {
  'camt.053.001.08': {
    kind: 'camt.053',
    shape: within('statement', statementShape('BkToCstmrStmt', 'Stmt')),
  },
  'camt.054.001.08': {
    kind: 'camt.054',
    shape: within('statement', statementShape('BkToCstmrDbtCdtNtfctn', 'Ntfctn')),
  },
  'pain.002.001.11': { kind: 'pain.002', shape: within('report', reportShape) },
};

/** A shape over one part of a state, as a shape over the whole. */
function within<K extends keyof Walked>(part: K, it: Element<Walked[K]>): Element<Walked> {
  const { open, text, close, children } = it;
  return {
    ...(open && { open: (state: Walked) => open(state[part]) }),
    ...(text && {
      text: (state: Walked, said: string, attributes: Readonly<Record<string, string>>) =>
        text(state[part], said, attributes),
    }),
    ...(close && { close: (state: Walked) => close(state[part]) }),
    ...(children && {
      children: Object.fromEntries(
        Object.entries(children).map(([name, child]) => [name, within(part, child)]),
      ),
    }),
  };
}

/** A bank's file being read. */
export type BankFileReading = {
  /** What it is; complete when the lines are all read. */
  readonly sink: LineSink;
  /** The lines in their order, some thousands at a time; to be looped over once. */
  readonly batches: AsyncGenerator<readonly BankLine[], void, void>;
};

/** Where a file comes from: as a stream, and, for a spreadsheet that is read in jumps, as bytes. */
export type BankFileSource = {
  readonly name: string;
  stream(): Promise<AsyncIterable<Uint8Array>>;
  bytes(): Promise<Uint8Array>;
};

/**
 * Opens a file from a bank: ISO 20022 XML, read as it comes, or the plain table.
 * @param shebaCodes of the bank whose file it should be
 * @throws Problem `financing.file_empty`, and while it is read `financing.not_xml`, `xml_cut`,
 * `xml_forbidden`, `xml_too_large`, `unknown_message`, `other_banks_file`, `control_differs`,
 * `columns_missing`, `total_missing` (all 422) and `spreadsheet.*`
 */
export async function openBankFile(
  source: BankFileSource,
  shebaCodes: readonly string[],
): Promise<BankFileReading> {
  const first = await firstBytes(source);
  if (first.length === 0) throw new Problem('financing.file_empty');
  const isXml = first[0] === lessThan || /\.xml$/i.test(source.name);
  const sink = new LineSink(isXml ? 'camt.053' : 'plain', shebaCodes);
  const pieces = isXml
    ? readXml(await source.stream(), sink)
    : readPlain({ bytes: await source.bytes() }, sink);
  return { sink, batches: batchesOf(pieces, sink) };
}

const lessThan = 60;
/** Storage may hand over a whole file in one piece. */
const pieceBytes = 64 * 1024;

/** The beginning of a file after blanks and the mark of its encoding; none for one that has nothing else. */
async function firstBytes(source: BankFileSource): Promise<Uint8Array> {
  for await (const piece of await source.stream()) {
    const at = piece.findIndex((byte) => !blanks.has(byte));
    if (at !== -1) return piece.subarray(at, at + 8);
  }
  return new Uint8Array();
}

const blanks = new Set([0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf]);

async function* batchesOf(pieces: AsyncGenerator<void, void, void>, sink: LineSink) {
  for await (const _ of pieces) if (sink.waiting >= together) yield sink.take();
  if (sink.waiting > 0) yield sink.take();
}

async function* readXml(
  source: AsyncIterable<Uint8Array>,
  sink: LineSink,
): AsyncGenerator<void, void, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const state = { statement: new StatementState(sink), report: new ReportState(sink) };
  const walk = new XmlWalk<Walked>(state, (name, attributes) => rootOf(sink, name, attributes));
  for await (const piece of source) {
    for (let at = 0; at < piece.length; at += pieceBytes) {
      walk.write(decoded(decoder, piece.subarray(at, at + pieceBytes)));
      yield;
    }
  }
  walk.write(decoded(decoder));
  walk.end();
  if (sink.head.messageId === '') throw new Problem('financing.not_xml', { why: 'MsgId' });
  yield;
}

function decoded(decoder: TextDecoder, piece?: Uint8Array): string {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
  } catch {
    throw new Problem('financing.not_xml', { why: 'UTF-8' });
  }
}

function rootOf(sink: LineSink, name: string, attributes: Record<string, string>) {
  const spaces = Object.entries(attributes).filter(([key]) => /^xmlns(?::|$)/.test(key));
  const space = spaces.map(([, value]) => value).find((value) => value.startsWith(namespace)) ?? '';
  const known = messages[space.slice(namespace.length)];
  if (name !== 'Document' || !known) {
    throw new Problem('financing.unknown_message', { given: space || name });
  }
  sink.head.kind = known.kind;
  return known.shape;
}
