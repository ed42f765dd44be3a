import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Checklist, Question } from './checklist-rules.ts';
import { readForm, writeForm } from './xlsform.ts';
import { fromForm, toForm } from './xlsform-rules.ts';

const words = fc
  .constantFrom('کارگاه کجاست؟', 'چند نفر کار می‌کنند؟', 'Is it “open”, really?', '=1+1', "it's")
  .map((text) => ({ fa: text, en: `${text} (en)` }));
const bounds = fc.record(
  { min: fc.integer({ min: 0, max: 3 }), max: fc.integer({ min: 4, max: 9 }) },
  { requiredKeys: [] },
);
const choices = fc
  .uniqueArray(fc.constantFrom('yes', 'no', 'learning', 'other'), { minLength: 2 })
  .chain((ids) => fc.tuple(...ids.map((id) => words.map((label) => ({ id, label })))));

const plain = (kind: Question['kind']) =>
  fc.record({ kind: fc.constant(kind), label: words, required: fc.boolean() });
const anyQuestion: fc.Arbitrary<Omit<Question, 'id'>> = fc.oneof(
  plain('text'),
  plain('date'),
  plain('place'),
  fc.tuple(plain('number'), bounds).map(([one, more]) => ({ ...one, ...more })),
  fc.tuple(plain('photo'), bounds, words).map(([one, more, hint]) => ({ ...one, ...more, hint })),
  fc.tuple(plain('signature'), bounds).map(([one, more]) => ({ ...one, ...more })),
  fc.tuple(plain('choice'), choices).map(([one, list]) => ({ ...one, choices: list })),
  fc.tuple(plain('choices'), choices, bounds).map(([one, list, more]) => {
    return { ...one, ...more, choices: list };
  }),
);

/** Questions with ids, some asked only after an answer to one before them, some by some channels only. */
const checklists: fc.Arbitrary<Checklist> = fc
  .record({ title: words, questions: fc.array(anyQuestion, { minLength: 1, maxLength: 9 }) })
  .map(({ title, questions }) => ({
    title,
    questions: questions.map((one, at): Question => {
      const before = questions.findLastIndex((other, nth) => nth < at && other.choices);
      const is = questions[before]?.choices?.slice(0, 2).map(({ id }) => id) ?? [];
      const when = at % 2 > 0 && is.length > 0 ? { when: { question: `q${before}`, is } } : {};
      const channels = at % 3 === 2 ? { channels: ['phone', 'field'] as const } : {};
      return { ...one, id: `q${at}`, ...when, ...channels };
    }),
  }));

test('whatever a checklist asks comes back from its form as it was', () => {
  fc.assert(
    fc.property(checklists, (checklist) => {
      expect(fromForm(toForm(checklist, 'before', 3))).toEqual({ checklist, faults: [] });
    }),
  );
});

test('and through a workbook', async () => {
  const sample = fc.sample(checklists, { numRuns: 6, seed: 1401 });
  for (const checklist of sample) {
    const { checklist: back, faults } = await readForm(await writeForm(checklist, 'after', 1));
    expect(faults).toEqual([]);
    expect(back).toEqual(checklist);
  }
}, 60_000);

test('what cannot be read is told at its cell, and a file that is none is refused', async () => {
  const form = toForm(
    {
      title: { fa: 'پرسش‌نامه', en: 'Checklist' },
      questions: [
        { id: 'a', kind: 'number', label: { fa: 'چند؟', en: 'How many?' }, required: true },
      ],
    },
    'before',
    1,
  );
  const row = (cells: Record<string, string>) =>
    form.survey.header.map((name) => cells[name] ?? '');
  const label = { 'label::Persian (fa)': 'پرسش' };
  const rows = [
    row({ type: 'calculate', name: 'b', ...label }),
    row({ type: 'select_one nowhere', name: 'c', ...label }),
    row({ type: 'text', name: 'd', ...label, relevant: `\${a} > 3` }),
    row({ type: 'integer', name: 'e', ...label, constraint: 'regex(., "x")' }),
    row({ type: 'text', name: '' }),
  ].map((cells, at) => ({ number: at + 3, cells }));
  const survey = { ...form.survey, rows: [...form.survey.rows, ...rows] };
  const { faults } = fromForm({ ...form, survey });
  expect(faults.map(({ row: at, column, code }) => `${at} ${column} ${code}`)).toEqual([
    '3 type unknown',
    '4 type list_missing',
    '5 relevant unsupported',
    '6 constraint unsupported',
    '7 name missing',
    '7 label::Persian (fa) missing',
  ]);
  await expect(readForm(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))).rejects.toMatchObject({
    code: 'supervision.form_unreadable',
  });
});
