import type { Checklist, Question, QuestionKind } from './checklist-rules.ts';
import type { Channel } from './rules.ts';

/** A sheet as text: its header, and its rows with their numbers as a spreadsheet shows them. */
export type FormSheet = {
  readonly header: readonly string[];
  readonly rows: readonly { readonly number: number; readonly cells: readonly string[] }[];
};
export type FormSheets = {
  readonly survey: FormSheet;
  readonly choices: FormSheet;
  readonly settings: FormSheet;
};

/** What is wrong with a form, at its cell. */
export type FormFault = {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly code: string;
};

/** XLSForm's types by our kinds; a signature is an image that is drawn. */
const types: Readonly<Record<QuestionKind, string>> = {
  text: 'text',
  number: 'integer',
  date: 'date',
  choice: 'select_one',
  choices: 'select_multiple',
  photo: 'image',
  place: 'geopoint',
  signature: 'image',
};
const fa = 'label::Persian (fa)';
const en = 'label::English (en)';
const hintFa = 'hint::Persian (fa)';
const hintEn = 'hint::English (en)';
/** `min`, `max` and `channels` are our own: what XLSForm has no word for; other tools pass over them. */
const surveyHeader = [
  ...['type', 'name', fa, en, hintFa, hintEn, 'required', 'relevant', 'constraint'],
  ...['appearance', 'min', 'max', 'channels'],
] as const;
type Column = (typeof surveyHeader)[number];

/** A checklist as XLSForm's three sheets. */
export function toForm(checklist: Checklist, id: string, version: number): FormSheets {
  const { questions, title } = checklist;
  const listed = questions.filter(({ choices }) => choices !== undefined);
  return {
    survey: sheetOf(
      surveyHeader,
      questions.map((one) => surveyRow(one, questions)),
    ),
    choices: sheetOf(
      ['list_name', 'name', fa, en],
      listed.flatMap((one) =>
        (one.choices ?? []).map((choice) => [one.id, choice.id, choice.label.fa, choice.label.en]),
      ),
    ),
    settings: sheetOf(
      ['form_title', 'form_id', 'version', 'default_language', 'title_en'],
      [[title.fa, id, String(version), 'Persian (fa)', title.en]],
    ),
  };
}

function sheetOf(header: readonly string[], rows: readonly (readonly string[])[]): FormSheet {
  return { header, rows: rows.map((cells, at) => ({ number: at + 2, cells })) };
}

function surveyRow(question: Question, all: readonly Question[]): string[] {
  const { kind, id, label, hint, when, channels = [] } = question;
  const numbered = kind === 'number';
  const bound = (value: number | undefined) => (value === undefined ? '' : String(value));
  const cells: Record<Column, string> = {
    type: question.choices ? `${types[kind]} ${id}` : types[kind],
    name: id,
    [fa]: label.fa,
    [en]: label.en,
    [hintFa]: hint?.fa ?? '',
    [hintEn]: hint?.en ?? '',
    required: question.required ? 'yes' : '',
    relevant: when ? relevantOf(when, all) : '',
    constraint: numbered ? constraintOf(question) : '',
    appearance: kind === 'signature' ? 'signature' : '',
    min: numbered ? '' : bound(question.min),
    max: numbered ? '' : bound(question.max),
    channels: channels.join(' '),
  };
  return surveyHeader.map((column) => cells[column]);
}

function relevantOf({ question, is }: NonNullable<Question['when']>, all: readonly Question[]) {
  const many = all.find(({ id }) => id === question)?.kind === 'choices';
  const asked = `\${${question}}`;
  return is.map((id) => (many ? `selected(${asked}, '${id}')` : `${asked} = '${id}'`)).join(' or ');
}

function constraintOf({ min, max }: Question): string {
  const parts = [
    ...(min === undefined ? [] : [`. >= ${min}`]),
    ...(max === undefined ? [] : [`. <= ${max}`]),
  ];
  return parts.join(' and ');
}

type Cells = (column: string) => string;

function cellsOf(sheet: FormSheet, cells: readonly string[]): Cells {
  return (column) => (cells[sheet.header.indexOf(column)] ?? '').trim();
}

/** Reads a form back: the checklist, as far as it can be read, and every fault at its cell. */
export function fromForm(form: FormSheets): { checklist: Checklist; faults: FormFault[] } {
  const faults: FormFault[] = missingColumns(form);
  const lists = readChoices(form.choices);
  const questions = form.survey.rows.flatMap(({ number, cells }) => {
    const cell = cellsOf(form.survey, cells);
    const wrong = (column: string, code: string) =>
      faults.push({ sheet: 'survey', row: number, column, code });
    return readQuestion(cell, lists, wrong) ?? [];
  });
  const [first] = form.settings.rows;
  const setting: Cells = first ? cellsOf(form.settings, first.cells) : () => '';
  const title = { fa: setting('form_title'), en: setting('title_en') || setting('form_title') };
  if (title.fa === '') {
    faults.push({ sheet: 'settings', row: 2, column: 'form_title', code: 'missing' });
  }
  return { checklist: { title, questions }, faults };
}

function missingColumns({ survey, choices }: FormSheets): FormFault[] {
  const needed: [string, FormSheet, string[]][] = [
    ['survey', survey, ['type', 'name', fa]],
    ['choices', choices, choices.rows.length > 0 ? ['list_name', 'name', fa] : []],
  ];
  return needed.flatMap(([sheet, { header }, columns]) =>
    columns
      .filter((column) => !header.includes(column))
      .map((column) => ({ sheet, row: 1, column, code: 'column_missing' })),
  );
}

function readChoices(sheet: FormSheet) {
  const rows = sheet.rows.map(({ cells }) => {
    const cell = cellsOf(sheet, cells);
    const label = { fa: cell(fa), en: cell(en) || cell(fa) };
    return { list: cell('list_name'), choice: { id: cell('name'), label } };
  });
  return new Map(
    [...Map.groupBy(rows, ({ list }) => list)].map(([list, all]) => [
      list,
      all.map(({ choice }) => choice),
    ]),
  );
}

type Wrong = (column: string, code: string) => void;

function kindOf(type: string, appearance: string): QuestionKind | undefined {
  if (type === 'image') return appearance.includes('signature') ? 'signature' : 'photo';
  return (Object.keys(types) as QuestionKind[]).find((kind) => types[kind] === type);
}

function readQuestion(
  cell: Cells,
  lists: ReturnType<typeof readChoices>,
  wrong: Wrong,
): Question | undefined {
  const [type = '', list = ''] = cell('type').split(/\s+/);
  const kind = kindOf(type, cell('appearance'));
  if (!kind) return void wrong('type', 'unknown');
  const choices = kind === 'choice' || kind === 'choices' ? lists.get(list) : undefined;
  if (type.startsWith('select_') && !choices) wrong('type', 'list_missing');
  if (cell('name') === '') wrong('name', 'missing');
  if (cell(fa) === '') wrong(fa, 'missing');
  const required = cell('required').toLowerCase();
  if (!['', 'yes', 'no', 'true', 'false', 'true()', 'false()'].includes(required)) {
    wrong('required', 'unknown');
  }
  const hint = cell(hintFa);
  const when = readRelevant(cell('relevant'), wrong);
  const channels = cell('channels').split(/\s+/).filter(Boolean) as Channel[];
  return {
    ...{ id: cell('name'), kind, label: { fa: cell(fa), en: cell(en) || cell(fa) } },
    required: ['yes', 'true', 'true()'].includes(required),
    ...(hint ? { hint: { fa: hint, en: cell(hintEn) || hint } } : {}),
    ...(choices ? { choices } : {}),
    ...readBounds(cell, kind, wrong),
    ...(when ? { when } : {}),
    ...(channels.length > 0 ? { channels } : {}),
  };
}

const one =
  /^(?:\$\{(\w+)\}\s*=\s*['"](\w+)['"]|selected\(\s*\$\{(\w+)\}\s*,\s*['"](\w+)['"]\s*\))$/;

/** `${a} = 'x' or ${a} = 'y'`, or the same with selected(): one question, some of its answers. */
function readRelevant(text: string, wrong: Wrong): Question['when'] {
  if (text === '') return undefined;
  const parts = text.split(/\s+or\s+/).map((part) => one.exec(part.trim()));
  const asked = new Set(parts.map((part) => part?.[1] ?? part?.[3]));
  const [question] = asked;
  if (parts.includes(null) || asked.size !== 1 || question === undefined) {
    return void wrong('relevant', 'unsupported');
  }
  return { question, is: parts.map((part) => part?.[2] ?? part?.[4] ?? '') };
}

const bound = /^\.\s*(>=|<=)\s*(-?\d+)$/;

/** `. >= 1 and . <= 40` of a number; of what is counted, our own columns. */
function readBounds(cell: Cells, kind: QuestionKind, wrong: Wrong): { min?: number; max?: number } {
  const out: { min?: number; max?: number } = {};
  if (kind === 'number') {
    for (const part of cell('constraint')
      .split(/\s+and\s+/)
      .filter(Boolean)) {
      const found = bound.exec(part.trim());
      if (!found) {
        wrong('constraint', 'unsupported');
        return {};
      }
      out[found[1] === '>=' ? 'min' : 'max'] = Number(found[2]);
    }
    return out;
  }
  if (cell('constraint') !== '') wrong('constraint', 'unsupported');
  for (const key of ['min', 'max'] as const) {
    const text = cell(key);
    if (text === '') continue;
    if (/^\d+$/.test(text)) out[key] = Number(text);
    else wrong(key, 'not_a_number');
  }
  return out;
}
