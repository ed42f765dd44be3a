import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { toAsciiDigits } from '../../kit/persian-text.ts';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { isAsked, type Question } from '../checklist-rules.ts';
import { type Channel, deviations } from '../rules.ts';
import { useWords, wordFor } from './words.ts';

type Visit = Answer<'/api/visits/{code}'>;
type Outcome = 'pass' | 'order-correction' | 'find-deviation';
type Deviation = (typeof deviations)[number];

/** What was typed as answers: numbers in either kind of digits, nothing where nothing was said. */
function answersIn(questions: readonly Question[], values: Values) {
  const said = questions.filter(({ id }) => values[id]?.trim());
  return Object.fromEntries(
    said.map(({ id, kind }) => {
      const text = values[id]?.trim() ?? '';
      return [id, kind === 'number' ? Number(toAsciiDigits(text)) : text];
    }),
  );
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

function Field({ question }: { question: Question }) {
  const { label } = useFormats();
  const { id: name, kind, required } = question;
  const field = { name, label: label(question.label), optional: !required };
  if (kind === 'choice') {
    const options = (question.choices ?? []).map((one) => ({ id: one.id, name: label(one.label) }));
    return <SelectField {...field} options={options} empty="" />;
  }
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
  const asked = questions.filter((one) => isAsked(one, visit.channel as Channel, typed));
  const write = useOutcome(visit, asked);
  if (asked.some(({ kind }) => ['photo', 'place', 'signature'].includes(kind))) {
    return <p className="text-soft">{t('visit.fieldOnly')}</p>;
  }
  const keep = (event: FormEvent<HTMLDivElement>) => {
    const { name, value } = event.target as HTMLSelectElement;
    setTyped((before) => ({ ...before, [name]: value }));
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
