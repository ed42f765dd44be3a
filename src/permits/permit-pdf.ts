import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { qrSvg } from '../platform/qr.ts';

/** One standing approval on a permit's paper: what, by whom, of which body, on which day. */
export type PaperSignature = {
  readonly act: string;
  readonly who: string;
  readonly organisation: string;
  readonly day: string;
};

/** Everything that a permit's paper says, in words and digits as they are printed. */
export type PermitPaper = {
  readonly law: string;
  readonly title: string;
  readonly number: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly conditionsTitle: string;
  readonly conditions: readonly string[];
  readonly signaturesTitle: string;
  readonly signatures: readonly PaperSignature[];
  /** Set across the paper of a permit that is not valid. */
  readonly stamp: string | null;
  readonly check: string;
  /** Where anyone checks the permit: printed, and in the QR code. */
  readonly address: string;
  readonly hashTitle: string;
  readonly hash: string;
  readonly version: string;
  readonly printedOn: string;
  readonly demonstration: string | null;
};

/** Typst could not set the paper: a defect of ours, with what it complained of. */
export class PaperError extends Error {
  constructor(complaints: readonly unknown[]) {
    super(`The paper was not set: ${JSON.stringify(complaints)}`);
    this.name = 'PaperError';
  }
}

const source = readFileSync(new URL('./permit.typ', import.meta.url), 'utf8');
let compiler: NodeCompiler | undefined;

/** The compiler with the house's font only, made at the first paper: it takes a fifth of a second. */
function openCompiler(): NodeCompiler {
  const font = fileURLToPath(import.meta.resolve('vazirmatn/package.json'));
  const fontPaths = [join(dirname(font), 'fonts', 'ttf')];
  compiler ??= NodeCompiler.create({ fontArgs: [{ fontPaths }] });
  return compiler;
}

/**
 * Sets the paper and returns it as PDF/A-2b, A4, fonts embedded.
 * @param createdAt goes into the file's metadata
 * @throws PaperError when the paper cannot be set
 */
export function permitPdf(paper: PermitPaper, createdAt: Date): Buffer {
  return paperPdf(source, { ...paper, code: qrSvg(paper.address) }, createdAt);
}

/**
 * Sets any paper of the house: a template of typst, and its data as `sys.inputs.paper`.
 * @throws PaperError when the paper cannot be set
 */
export function paperPdf(template: string, data: object, createdAt: Date): Buffer {
  const typst = openCompiler();
  const document = setData(typst, template, data);
  const creationTimestamp = Math.floor(createdAt.getTime() / 1000);
  try {
    return typst.pdf(document, { pdfStandard: 'a-2b', creationTimestamp });
  } catch (error) {
    throw new PaperError([(error as { code?: unknown }).code]);
  } finally {
    // What was set some papers ago is let go, so that a long day does not fill the memory.
    typst.evictCache(10);
  }
}

/**
 * What the paper's lines say in the order they are set, for tests and for whoever reads by machine.
 * @param selector of typst, as `heading`
 * @throws PaperError when the paper cannot be set
 */
export function queryPaper(paper: PermitPaper, selector: string): unknown {
  const typst = openCompiler();
  return typst.query(setPaper(typst, source, paper), { selector });
}

/** Compiles a template with a paper's data. @throws PaperError with typst's diagnostics */
export function setPaper(typst: NodeCompiler, template: string, paper: PermitPaper) {
  return setData(typst, template, { ...paper, code: qrSvg(paper.address) });
}

function setData(typst: NodeCompiler, template: string, data: object) {
  const inputs = { paper: JSON.stringify(data) };
  const compiled = typst.compile({ mainFileContent: template, inputs });
  const document = compiled.result;
  if (document) return document;
  const fault = compiled.takeError();
  throw new PaperError(fault ? typst.fetchDiagnostics(fault) : []);
}
