import { useState } from 'react';
import { useFormats } from '../../../web/format.ts';
import { Button } from '../../../web/ui/Button.tsx';
import type { Answers } from '../../checklist-rules.ts';
import { deviations, outcomeVerbs } from '../../rules.ts';
import { sendNow } from './app-state.ts';
import { askedOf, faultsOf, recordOf } from './draft.ts';
import { Field, fieldId, Option, Stopped } from './Field.tsx';
import { QuestionField } from './Questions.tsx';
import { isFull } from './room.ts';
import type { Draft, PackChecklist } from './shapes.ts';
import { useDraft } from './use-draft.ts';
import type { Vault } from './vault.ts';
import { useWords, wordFor } from './words.ts';

type Change = (change: (draft: Draft) => Draft) => void;
type Faults = ReadonlyMap<string, string>;

type Asked = { draft: Draft; change: Change; faults: Faults };

function Deviation({ draft, change, faults }: Asked) {
  const t = useWords();
  return (
    <Field id="deviation" label={t('outcome.deviation')} fault={faults.get('deviation')}>
      {deviations.map((kind) => (
        <Option
          key={kind}
          type="radio"
          name="deviation"
          label={wordFor(t, 'deviation', kind)}
          chosen={draft.deviation === kind}
          onChange={() => change((before) => ({ ...before, deviation: kind }))}
        />
      ))}
    </Field>
  );
}

function Note({ draft, change, faults }: Asked) {
  const t = useWords();
  const optional = draft.verb === undefined || draft.verb === 'supervision.pass';
  return (
    <Field id="note" label={t('outcome.note')} optional={optional} fault={faults.get('note')}>
      <textarea
        aria-label={t('outcome.note')}
        rows={3}
        dir="auto"
        maxLength={2000}
        value={draft.note}
        onChange={({ target }) => change((before) => ({ ...before, note: target.value }))}
        className="field-box text-lg"
      />
    </Field>
  );
}

function Outcome(asked: Asked) {
  const t = useWords();
  const { draft, change, faults } = asked;
  return (
    <>
      <Field id="outcome" label={t('outcome.asked')} fault={faults.get('outcome')}>
        {outcomeVerbs.map((verb) => (
          <Option
            key={verb}
            type="radio"
            name="outcome"
            label={t(`outcome.${verb.replace('supervision.', '') as 'pass'}`)}
            chosen={draft.verb === verb}
            onChange={() => change((before) => ({ ...before, verb }))}
          />
        ))}
      </Field>
      {draft.verb === 'supervision.findDeviation' ? <Deviation {...asked} /> : null}
      <Note {...asked} />
    </>
  );
}

type FormOf = {
  readonly vault: Vault;
  readonly checklist: PackChecklist;
  readonly begun: Draft;
  readonly onDone: () => void;
};

/** Finishing: what is missing is gone to; what is whole becomes a record and is sent when it can be. */
function useFinish({ vault, checklist, onDone }: FormOf, settled: () => Promise<Draft>) {
  const [faults, setFaults] = useState<Faults>(new Map());
  const [full, setFull] = useState(false);
  const finish = async () => {
    const draft = await settled();
    const found = faultsOf(draft, checklist);
    setFaults(found);
    const [first] = found.keys();
    if (first !== undefined) {
      requestAnimationFrame(() => document.getElementById(fieldId(first))?.focus());
      return;
    }
    try {
      await vault.finish(recordOf(draft, checklist, new Date()));
    } catch (error) {
      if (!isFull(error)) throw error;
      setFull(true);
      return;
    }
    onDone();
    void sendNow();
  };
  return { faults, full, finish };
}

function answered(draft: Draft, id: string, value: Answers[string] | undefined): Draft {
  const { [id]: _before, ...rest } = draft.answers;
  return { ...draft, answers: value === undefined ? rest : { ...rest, [id]: value } };
}

/** A visit's checklist, question by question as the answers ask for them, its outcome, and the end of it. */
export function VisitForm(given: FormOf) {
  const t = useWords();
  const { digits } = useFormats();
  const { vault, checklist, begun } = given;
  const { draft, change, settled, full: short } = useDraft(vault, begun);
  const { faults, full, finish } = useFinish(given, settled);
  return (
    <div className="grid gap-8">
      {askedOf(checklist, draft.answers).map((question) => (
        <QuestionField
          key={question.id}
          question={question}
          vault={vault}
          parties={draft.parties}
          fault={faults.get(question.id)}
          value={draft.answers[question.id]}
          onAnswer={(value) => change((before) => answered(before, question.id, value))}
          onPicture={(photo) =>
            change((before) => ({ ...before, photos: [...before.photos, photo] }))
          }
        />
      ))}
      <Outcome draft={draft} change={change} faults={faults} />
      {faults.size > 0 ? (
        <Stopped>{t('form.missing', { count: digits(faults.size) })}</Stopped>
      ) : null}
      {full || short ? <Stopped>{t('form.full')}</Stopped> : null}
      <Button onPress={finish}>{t('form.finish')}</Button>
      <p className="text-sm text-soft">{t('form.kept')}</p>
    </div>
  );
}
