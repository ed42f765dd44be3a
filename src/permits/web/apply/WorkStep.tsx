import { useState } from 'react';
import { Form, TextArea, type Values } from '../../../web/form/Form.tsx';
import { useFormats } from '../../../web/format.ts';
import { Status } from '../../../web/ui/Status.tsx';
import { Choice } from './Choice.tsx';
import { Conflict } from './Conflict.tsx';
import { type Answers, type Draft, useSave } from './draft.ts';
import { useKept } from './kept.ts';
import { useApplyWords } from './words.ts';

type Work = NonNullable<Answers['work']>;
type Said = { readonly [name: string]: string };
type Question = NonNullable<Draft['about']>['questions'][number];

const nameOf = (number: number): string => `condition-${number}`;

/** The conditions as the applicant answers for them, judged before anything is sent. */
export function WorkStep({ draft }: { draft: Draft }) {
  const t = useApplyWords();
  const { first, keep, onInput } = useKept(draft.code, 'work');
  const save = useSave(draft, 'work');
  const questions = draft.about?.questions ?? [];
  const saved = draft.answers.work;
  const write = {
    ...save,
    mutate: (values: Values) => save.mutate({ work: workOf(questions, values) }),
  };
  return (
    <div onInput={onInput}>
      <p className="pb-4 text-soft">{t('work.hint')}</p>
      <Conflict draft={draft} error={save.error} />
      <Form write={write} submit={t('draft.next')}>
        <Conditions
          questions={questions}
          first={{ ...saidBefore(saved?.conditions ?? {}), ...first }}
          onKeep={keep}
        />
        <TextArea
          name="plan"
          label={t('work.plan')}
          hint={t('work.planHint')}
          defaultValue={first.plan ?? saved?.plan ?? ''}
          optional
        />
      </Form>
    </div>
  );
}

/** The fields as the server takes them. */
function workOf(questions: readonly Question[], values: Values): Work {
  const conditions = Object.fromEntries(
    questions.map(({ number }) => [String(number), values[nameOf(number)] === 'yes']),
  );
  return { conditions, ...(values.plan ? { plan: values.plan } : {}) };
}

/** What the server has, as the fields say it. */
function saidBefore(conditions: NonNullable<Work['conditions']>): Said {
  return Object.fromEntries(
    Object.entries(conditions).map(([number, met]) => [nameOf(Number(number)), met ? 'yes' : 'no']),
  );
}

function Conditions({
  questions,
  first,
  onKeep,
}: {
  questions: readonly Question[];
  first: Said;
  onKeep: (name: string, value: string) => void;
}) {
  const t = useApplyWords();
  const { label, digits } = useFormats();
  const [said, setSaid] = useState(first);
  const answers = (['yes', 'no'] as const).map((id) => ({ id, name: t(`work.${id}`) }));
  return (
    <>
      {questions.map(({ number, label: name }) => (
        <Choice
          key={number}
          name={nameOf(number)}
          label={`${digits(number)}. ${label(name)}`}
          options={answers}
          first={said[nameOf(number)]}
          onChange={(id) => {
            setSaid({ ...said, [nameOf(number)]: id });
            onKeep(nameOf(number), id);
          }}
        />
      ))}
      <Verdict questions={questions} said={said} />
    </>
  );
}

function Verdict({ questions, said }: { questions: readonly Question[]; said: Said }) {
  const t = useApplyWords();
  const { label, digits } = useFormats();
  const unmet = questions.filter(({ number }) => said[nameOf(number)] === 'no');
  const met = questions.every(({ number }) => said[nameOf(number)] === 'yes');
  return (
    <div role="status">
      {met ? <Status meaning="done">{t('work.met')}</Status> : null}
      {unmet.length > 0 ? (
        <div className="rounded-md bg-stopped-soft p-4 text-stopped">
          <p className="font-bold">{t('work.unmet')}</p>
          <ul className="list-disc ps-6">
            {unmet.map((one) => (
              <li key={one.number}>{`${digits(one.number)}. ${label(one.label)}`}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
