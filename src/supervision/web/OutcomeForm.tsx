import { useQueryClient } from '@tanstack/react-query';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import type { Answers, Question } from '../checklist-rules.ts';
import { type Channel, deviations } from '../rules.ts';
import { AnswerFields, answersIn, useAsked } from './AnswerFields.tsx';
import { useWords, wordFor } from './words.ts';

type Visit = Answer<'/api/visits/{code}'>;
type Outcome = 'pass' | 'order-correction' | 'find-deviation';
type Deviation = (typeof deviations)[number];

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
  const questions: readonly Question[] = visit.checklist.questions;
  const before = (visit.holder?.answers ?? {}) as Answers;
  const { asked, typed, keep, said } = useAsked(questions, visit.channel as Channel, before);
  const write = useOutcome(visit, asked);
  if (asked.some(({ kind }) => ['photo', 'place', 'signature'].includes(kind))) {
    return <p className="text-soft">{t('visit.fieldOnly')}</p>;
  }
  return (
    <Form write={write} submit={t('visit.save')}>
      <div className="grid gap-6" onChange={keep}>
        <AnswerFields asked={asked} said={said} />
        <Found outcome={typed.outcome ?? ''} />
      </div>
    </Form>
  );
}
