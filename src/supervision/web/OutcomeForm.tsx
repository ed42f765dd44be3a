import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { parseJalali } from '../../kit/jalali.ts';
import { toAsciiDigits } from '../../kit/persian-text.ts';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { type Answers, isAsked, type Question } from '../checklist-rules.ts';
import { type Channel, deviations } from '../rules.ts';
import { useWords, wordFor } from './words.ts';

type Visit = Answer<'/api/visits/{code}'>;
type Outcome = 'pass' | 'order-correction' | 'find-deviation';
type Deviation = (typeof deviations)[number];

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

function answersIn(questions: readonly Question[], values: Values): Answers {
  const answers: { [id: string]: Answers[string] } = {};
  for (const question of questions) {
    const given = answerIn(question, values);
    if (given !== undefined) answers[question.id] = given;
  }
  return answers;
}

function useOutcome(visit: Visit, asked: readonly Question[]) {
  const queries = useQueryClient();
  return useWrite(
    (values: Values, opId) => {
      const { outcome = 'pass', note, deviation } = values;
      const answers = answersIn(asked, values);
      const body = { answers, ...(note ? { note } : {}) };
      const params = { path: { code: visit.code } };
      const headers = withKey(opId);
      if ((outcome as Outcome) === 'find-deviation') {
        const found = { ...body, deviation: deviation as Deviation };
        return answer(
          api.POST('/api/visits/{code}/find-deviation', { params, headers, body: found }),
        );
      }
      const url = outcome === 'pass' ? 'pass' : 'order-correction';
      return answer(api.POST(`/api/visits/{code}/${url}`, { params, headers, body }));
    },
    () => queries.invalidateQueries(),
  );
}

function Ticks(field: {
  name: string;
  label: string;
  hint: string;
  options: readonly { id: string; name: string }[];
}) {
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
            className="size-5 accent-accent"
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

function Field({ question }: { question: Question }) {
  const { label } = useFormats();
  const { id: name, kind, required } = question;
  const t = useWords();
  const hint = label(question.hint) || (kind === 'date' ? t('visit.dayHint') : '');
  const field = { name, label: label(question.label), optional: !required, hint };
  const options = (question.choices ?? []).map((one) => ({ id: one.id, name: label(one.label) }));
  if (kind === 'choice') return <SelectField {...field} options={options} empty="" />;
  if (kind === 'choices') return <Ticks {...field} options={options} />;
  if (kind === 'date') return <TextField {...field} inputMode="numeric" ltr />;
  if (kind === 'number') return <TextField {...field} inputMode="numeric" ltr />;
  return <TextArea {...field} rows={2} />;
}

function Found({ outcome }: { outcome: string }) {
  const t = useWords();
  const all = [
    { id: 'pass', name: t('visit.pass') },
    { id: 'order-correction', name: t('visit.correct') },
    { id: 'find-deviation', name: t('visit.deviate') },
  ];
  return (
    <>
      <SelectField name="outcome" label={t('visit.outcome')} options={all} empty="" />
      {outcome === 'find-deviation' ? (
        <SelectField
          name="deviation"
          label={t('visit.deviation')}
          options={deviations.map((id) => ({ id, name: wordFor(t, 'deviation', id) }))}
          empty=""
        />
      ) : null}
      <TextArea
        name="note"
        label={t('visit.note')}
        hint={t('visit.noteHint')}
        optional={outcome === 'pass' || outcome === ''}
        rows={3}
      />
    </>
  );
}

/**
 * The checklist as a form, question by question as the answers ask for them, and the outcome. What only
 * somebody on the spot can give (photos, place, signatures) is not asked here.
 */
export function OutcomeForm({ visit }: { visit: Visit }) {
  const t = useWords();
  const [typed, setTyped] = useState<Values>({});
  const questions: readonly Question[] = visit.checklist.questions;
  const given = answersIn(questions, typed);
  const asked = questions.filter((one) => isAsked(one, visit.channel as Channel, given));
  const write = useOutcome(visit, asked);
  if (asked.some(({ kind }) => ['photo', 'place', 'signature'].includes(kind))) {
    return <p className="text-soft">{t('visit.fieldOnly')}</p>;
  }
  const keep = (event: FormEvent<HTMLDivElement>) => {
    const { name, value, type, checked } = event.target as HTMLInputElement;
    setTyped((before) => ({ ...before, [name]: type === 'checkbox' && !checked ? '' : value }));
  };
  return (
    <Form write={write} submit={t('visit.save')}>
      <div className="grid gap-6" onChange={keep}>
        {asked.map((question) => (
          <Field key={question.id} question={question} />
        ))}
        <Found outcome={typed.outcome ?? ''} />
      </div>
    </Form>
  );
}
