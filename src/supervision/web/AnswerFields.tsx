import { type FormEvent, useState } from 'react';
import { parseJalali } from '../../kit/jalali.ts';
import { toAsciiDigits } from '../../kit/persian-text.ts';
import { SelectField, TextArea, TextField, type Values } from '../../web/form/Form.tsx';
import { useFormats } from '../../web/format.ts';
import { type Answers, isAsked, type Question } from '../checklist-rules.ts';
import type { Channel } from '../rules.ts';
import { useWords } from './words.ts';

/** The field of one of several choices; a form gives each its own name. */
const ticked = (question: string, choice: string): string => `${question} ${choice}`;

/** What was typed as an answer: numbers and days in either kind of digits, nothing where nothing was said. */
function answerIn({ id, kind, choices = [] }: Question, values: Values) {
  if (kind === 'choices') {
    const chosen = choices.filter((one) => values[ticked(id, one.id)]).map((one) => one.id);
    return chosen.length > 0 ? chosen : undefined;
  }
  const text = values[id]?.trim() || undefined;
  if (text === undefined || kind === 'text' || kind === 'choice') return text;
  return kind === 'number' ? Number(toAsciiDigits(text)) : (parseJalali(text) ?? text);
}

/** The answers that a form's values make. */
export function answersIn(questions: readonly Question[], values: Values): Answers {
  const answers: { [id: string]: Answers[string] } = {};
  for (const question of questions) {
    const given = answerIn(question, values);
    if (given !== undefined) answers[question.id] = given;
  }
  return answers;
}

/** Answers as a form's values: what was said before is there to be looked at and changed. */
function valuesOf(answers: Answers): Values {
  const said = Object.entries(answers).map(([id, value]) => {
    return [id, Array.isArray(value) ? value.join(' ') : String(value)] as const;
  });
  return Object.fromEntries(said);
}

function Ticks(field: {
  name: string;
  label: string;
  hint: string;
  said: string;
  options: readonly { id: string; name: string }[];
}) {
  const said = field.said.split(' ');
  return (
    <fieldset>
      <legend className="font-semibold">{field.label}</legend>
      {field.hint ? <p className="text-sm text-soft">{field.hint}</p> : null}
      {field.options.map(({ id, name }) => (
        <label key={id} className="flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            name={ticked(field.name, id)}
            value="true"
            defaultChecked={said.includes(id)}
            className="size-5 accent-accent"
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

function Field({ question, said }: { question: Question; said: string }) {
  const { label } = useFormats();
  const { id: name, kind, required } = question;
  const t = useWords();
  const hint = label(question.hint) || (kind === 'date' ? t('visit.dayHint') : '');
  const field = {
    name,
    label: label(question.label),
    optional: !required,
    hint,
    defaultValue: said,
  };
  const options = (question.choices ?? []).map((one) => ({ id: one.id, name: label(one.label) }));
  if (kind === 'choice') return <SelectField {...field} options={options} empty="" />;
  if (kind === 'choices') return <Ticks {...field} said={said} options={options} />;
  if (kind === 'date') return <TextField {...field} inputMode="numeric" ltr />;
  if (kind === 'number') return <TextField {...field} inputMode="numeric" ltr />;
  return <TextArea {...field} rows={2} />;
}

/** The questions that are asked now, after what was typed; it also tells of everything else in its form. */
export function useAsked(questions: readonly Question[], channel: Channel, before: Answers = {}) {
  const said = valuesOf(before);
  const [typed, setTyped] = useState<Values>(said);
  const asked = questions.filter((one) => isAsked(one, channel, answersIn(questions, typed)));
  const keep = (event: FormEvent<HTMLElement>) => {
    const { name, value, type, checked } = event.target as HTMLInputElement;
    setTyped((known) => ({ ...known, [name]: type === 'checkbox' && !checked ? '' : value }));
  };
  return { asked, typed, keep, said };
}

/** A checklist's questions as fields of a form. */
export function AnswerFields({ asked, said }: Pick<ReturnType<typeof useAsked>, 'asked' | 'said'>) {
  return asked.map((question) => (
    <Field key={question.id} question={question} said={said[question.id] ?? ''} />
  ));
}
