import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Problem } from '../kit/problem.ts';
import { openSpreadsheet, SpreadsheetError, writeWorkbook } from '../platform/spreadsheet/index.ts';
import type { Checklist } from './checklist-rules.ts';
import { type FormFault, type FormSheet, fromForm, toForm } from './xlsform-rules.ts';

const sheets = ['survey', 'choices', 'settings'] as const;
/** A checklist has two hundred questions at most; what is far longer is no checklist. */
const mostRows = 5_000;

/** A checklist as an XLSForm workbook. */
export async function writeForm(
  checklist: Checklist,
  id: string,
  version: number,
): Promise<Uint8Array> {
  const form = toForm(checklist, id, version);
  const out = new PassThrough();
  const contents = sheets.map((name) => {
    const { header, rows } = form[name];
    return { name, rightToLeft: false, header, rows: rows.map(({ cells }) => cells) };
  });
  const [bytes] = await Promise.all([buffer(out), writeWorkbook(out, contents)]);
  return bytes;
}

/**
 * A workbook read as a checklist, with every fault at its cell.
 * @throws Problem `supervision.form_unreadable` (422) where it is no workbook
 */
export async function readForm(
  bytes: Uint8Array,
): Promise<{ checklist: Checklist; faults: FormFault[] }> {
  try {
    const [survey, choices, settings] = [
      await readSheet(bytes, 'survey'),
      await readSheet(bytes, 'choices'),
      await readSheet(bytes, 'settings'),
    ];
    return fromForm({ survey, choices, settings });
  } catch (error) {
    if (error instanceof SpreadsheetError) {
      throw new Problem('supervision.form_unreadable', { why: error.code });
    }
    throw error;
  }
}

/** A sheet by its name; one that is not there is empty: what it should hold is then told as missing. */
async function readSheet(bytes: Uint8Array, sheet: string): Promise<FormSheet> {
  const opened = await openSpreadsheet({ bytes }, { sheet }).catch((error) => {
    const missing = ['no_such_sheet', 'empty'];
    if (error instanceof SpreadsheetError && missing.includes(error.code)) return undefined;
    throw error;
  });
  if (!opened) return { header: [], rows: [] };
  const rows: { number: number; cells: string[] }[] = [];
  for await (const batch of opened.batches) {
    for (const { number, cells } of batch.rows) rows.push({ number, cells: cells.map(textOf) });
    if (rows.length > mostRows) break;
  }
  const [head, ...body] = rows;
  return { header: (head?.cells ?? []).map((cell) => cell.trim()), rows: body };
}

function textOf(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
}
