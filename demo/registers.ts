import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { toPersianDigits } from '../src/kit/persian-text.ts';
import { RIAL_PER_TOMAN, type Rial, sumRial } from '../src/kit/rial.ts';
import { type WrittenCell, writeWorkbook } from '../src/platform/spreadsheet/index.ts';
import { type CaseStory, type Day, eventsOf, findEvent } from './case-story.ts';
import { makeRandom } from './random.ts';
import { readDemoText, readProductRows } from './reference.ts';
import { makeSpelling, type Spelling } from './spelling.ts';
import { SEED } from './story.ts';

export const REGISTER_KINDS = ['permits', 'referrals', 'payments', 'jobs'] as const;
export type RegisterKind = (typeof REGISTER_KINDS)[number];

/** One register as a sheet: its data rows, then a total row. */
export interface Register {
  readonly kind: RegisterKind;
  readonly file: string;
  readonly sheet: string;
  readonly titles: readonly string[];
  readonly header: readonly string[];
  /** What each column is, in the order of the header. */
  readonly fields: readonly string[];
  readonly widths: readonly number[];
  readonly rows: readonly (readonly WrittenCell[])[];
  readonly totalRow: readonly WrittenCell[];
  /** What the amount column adds up to; zero where there is none. */
  readonly total: Rial;
}

interface Layout {
  readonly file: string;
  readonly sheet: string;
  readonly titles: readonly string[];
  readonly columns: readonly (readonly [field: string, header: string, width: number])[];
}

interface Layouts extends Readonly<Record<RegisterKind, Layout>> {
  readonly total: string;
  readonly rowsCounted: string;
  readonly words: Readonly<Record<string, readonly string[]>>;
}

/** A line before it is laid out in columns: what can be asked of it, by field. */
interface Line {
  readonly on: Day;
  readonly amount?: Rial;
  readonly cells: Readonly<Record<string, WrittenCell>>;
}

/** What the lines are written with. */
interface Clerk {
  readonly spelling: Spelling;
  /** Permit numbers by case. */
  readonly permits: ReadonlyMap<string, string>;
  word(name: string): string;
  organisation(id: string): string;
  label(table: 'occupations' | 'counties' | 'branches', id: string): string;
}

const RIAL_PER_MILLION = 1_000_000n;

function makeClerk(spelling: Spelling, layouts: Layouts, cases: readonly CaseStory[]): Clerk {
  const grants = cases.flatMap((story) =>
    eventsOf(story, 'permits.grant').map((grant): [string, string] => [
      story.caseId,
      grant.permitNumber,
    ]),
  );
  const labels = new Map<string, string>();
  for (const table of ['occupations', 'counties', 'branches']) {
    for (const row of readProductRows(table)) {
      const id = table === 'counties' ? String(Number(row.id)) : row.id;
      labels.set(`${table}/${id}`, row.name_fa ?? '');
    }
  }
  const ways = new Map(
    readProductRows('organisations').map((row) => {
      const aliases = (row.aliases ?? '').split('|').filter((alias) => alias.includes(' '));
      const names = [row.name_fa ?? '', row.short_fa ?? ''];
      return [row.id, [...names, ...names, ...aliases.slice(0, 4)]];
    }),
  );
  const known = (name: string, text: string | undefined): string => {
    if (!text) throw new RangeError(`no label for ${name}`);
    return text;
  };
  return {
    spelling,
    permits: new Map(grants),
    word: (name) => spelling.either(layouts.words[name] ?? []),
    organisation: (id) => spelling.text(spelling.either(ways.get(id) ?? [])),
    label: (table, id) => spelling.text(known(id, labels.get(`${table}/${id}`))),
  };
}

/** What a register says of the case that a line belongs to. */
function caseCells({ spelling, ...clerk }: Clerk, story: CaseStory) {
  const { person, household } = story;
  return {
    permitNumber: spelling.digits(findEvent(story, 'permits.grant')?.permitNumber ?? ''),
    nationalId: spelling.id(person.nationalId),
    fullName: spelling.text(`${person.firstName} ${person.lastName}`),
    occupation: clerk.label('occupations', story.occupationId),
    agency: clerk.organisation(story.agencyId),
    county: clerk.label('counties', String(household.countyId)),
  };
}

function personCells({ spelling, word }: Clerk, person: CaseStory['person']) {
  return {
    nationalId: spelling.id(person.nationalId),
    firstName: spelling.text(person.firstName),
    lastName: spelling.text(person.lastName),
    fatherName: spelling.text(person.fatherName),
    birthOn: spelling.date(person.birthOn),
    sex: word(person.sex),
  };
}

function permitLines(clerk: Clerk, story: CaseStory): Line[] {
  return eventsOf(story, 'permits.grant').map(({ on }) => ({
    on,
    cells: {
      ...caseCells(clerk, story),
      ...personCells(clerk, story.person),
      mobile: clerk.spelling.digits(story.person.mobile ?? ''),
      kind: clerk.word(story.kind),
      area: clerk.word(story.household.area),
      address: clerk.spelling.text(story.household.address),
      issuedOn: clerk.spelling.date(on),
    },
  }));
}

function referralLines(clerk: Clerk, story: CaseStory): Line[] {
  return eventsOf(story, 'financing.refer').map((refer) => ({
    on: refer.on,
    amount: refer.requestedRial,
    cells: {
      ...caseCells(clerk, story),
      bank: clerk.organisation(refer.bankId),
      branch: refer.branchId ? clerk.label('branches', refer.branchId) : null,
      requested: clerk.spelling.amount(refer.requestedRial / RIAL_PER_MILLION),
      people: refer.people,
      referredOn: clerk.spelling.date(refer.on),
    },
  }));
}

function paymentLines(clerk: Clerk, story: CaseStory): Line[] {
  const bankId = findEvent(story, 'financing.refer')?.bankId ?? '';
  return eventsOf(story, 'financing.pay').map((pay) => ({
    on: pay.on,
    amount: pay.amountRial,
    cells: {
      ...caseCells(clerk, story),
      bank: clerk.organisation(bankId),
      tranche: pay.trancheNumber,
      amount: clerk.spelling.amount(pay.amountRial / RIAL_PER_TOMAN),
      paidOn: clerk.spelling.date(pay.on),
      reference: clerk.spelling.digits(pay.bankReference),
    },
  }));
}

function jobLines(clerk: Clerk, story: CaseStory): Line[] {
  const members = findEvent(story, 'financing.refer')?.covered ?? [];
  const own = new Map(
    members.map(({ person, caseId }) => [person, clerk.permits.get(caseId ?? '')]),
  );
  return eventsOf(story, 'employment.register').map(({ on, person, relation, startedOn }) => ({
    on,
    cells: {
      permitNumber: clerk.spelling.digits(findEvent(story, 'permits.grant')?.permitNumber ?? ''),
      workerPermitNumber: own.get(person) ?? null,
      holderNationalId: clerk.spelling.id(story.person.nationalId),
      ...personCells(clerk, person),
      relation: clerk.word(`relation.${relation}`),
      startedOn: clerk.spelling.date(startedOn),
    },
  }));
}

const LINES: Readonly<Record<RegisterKind, (clerk: Clerk, story: CaseStory) => Line[]>> = {
  permits: permitLines,
  referrals: referralLines,
  payments: paymentLines,
  jobs: jobLines,
};

function totalRow(layouts: Layouts, layout: Layout, count: number, total: Rial): WrittenCell[] {
  const rows = layouts.rowsCounted.replace('{count}', toPersianDigits(String(count)));
  return layout.columns.map(([field], i) => {
    if (i === 0) return layouts.total;
    if (field === 'requested') return total / RIAL_PER_MILLION;
    if (field === 'amount') return total / RIAL_PER_TOMAN;
    return i === 1 ? rows : null;
  });
}

function layOut(kind: RegisterKind, layouts: Layouts, lines: readonly Line[]): Register {
  const layout = layouts[kind];
  const total = sumRial(lines.flatMap((line) => line.amount ?? []));
  const rows = lines.map((line, i) =>
    layout.columns.map(([field]) => (field === 'row' ? i + 1 : (line.cells[field] ?? null))),
  );
  return {
    kind,
    file: layout.file,
    sheet: layout.sheet,
    titles: layout.titles,
    header: layout.columns.map(([, header]) => header),
    fields: layout.columns.map(([field]) => field),
    widths: layout.columns.map(([, , width]) => width),
    rows,
    totalRow: totalRow(layouts, layout, rows.length, total),
    total,
  };
}

/**
 * The story as the four registers that offices keep, each by date: only what such a register knows,
 * spelt as people spell. Pure but for reading the layouts; the same story gives the same cells.
 */
export function makeRegisters(cases: readonly CaseStory[]): Register[] {
  const layouts = JSON.parse(readDemoText('registers.json')) as Layouts;
  return REGISTER_KINDS.map((kind) => {
    const spelling = makeSpelling(makeRandom(`${SEED}/registers/${kind}`));
    const clerk = makeClerk(spelling, layouts, cases);
    const lines = cases.flatMap((story) => LINES[kind](clerk, story));
    return layOut(
      kind,
      layouts,
      lines.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
    );
  });
}

/** Writes the four registers as .xlsx into a folder, made if missing; gives the paths by kind. */
export async function writeRegisters(
  folder: string,
  cases: readonly CaseStory[],
): Promise<Record<RegisterKind, string>> {
  await mkdir(folder, { recursive: true });
  const paths = { permits: '', referrals: '', payments: '', jobs: '' };
  for (const { kind, file, sheet, titles, header, widths, rows, totalRow } of makeRegisters(
    cases,
  )) {
    paths[kind] = join(folder, file);
    const content = { name: sheet, rightToLeft: true, titles, header, widths };
    const out = createWriteStream(paths[kind]);
    await writeWorkbook(out, [{ ...content, rows: [...rows, totalRow] }]);
  }
  return paths;
}
