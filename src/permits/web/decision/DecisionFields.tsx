import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { SelectField, TextArea, TextField } from '../../../web/form/Form.tsx';
import { useFormats } from '../../../web/format.ts';
import { referenceQuery } from '../../../web/session.ts';
import { correctionFields } from '../../rules.ts';
import type { Case } from '../case.ts';
import { useWords, wordFor } from '../words.ts';
import { itemName, noteName, unmetName } from './decision-body.ts';

type Choice = { readonly key: string; readonly number: number | null; readonly name: string };

/** The numbered conditions and documents that are asked of this applicant, a body's own only for a body. */
function useNumbered(it: Case, bodyId?: string) {
  const { label, digits } = useFormats();
  const { data } = useQuery(referenceQuery);
  const occupation = data?.occupations.find(({ id }) => id === it.occupation.id);
  return (data?.refusalConditions ?? [])
    .filter(({ family }) => family === null || family === occupation?.family)
    .filter(({ applicantKind }) => applicantKind === null || applicantKind === it.kind)
    .filter(
      ({ clearanceId }) => clearanceId === null || occupation?.clearanceIds.includes(clearanceId),
    )
    .filter(({ clearanceId }) => bodyId === undefined || clearanceId === bodyId)
    .map(({ number, kind, label: words }) => ({
      key: String(number),
      number,
      kind,
      name: `${digits(number)}. ${label(words)}`,
    }));
}

function Question({ title, hint }: { title: string; hint: string }) {
  return (
    <div>
      <p className="font-semibold">{title}</p>
      <p className="text-sm text-soft">{hint}</p>
    </div>
  );
}

/** Boxes to tick, of one sort. */
function Boxes({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend className="text-soft">{legend}</legend>
      <div className="grid gap-1">{children}</div>
    </fieldset>
  );
}

function Box({
  name,
  children,
  onChange,
}: {
  name: string;
  children: ReactNode;
  onChange?: (ticked: boolean) => void;
}) {
  return (
    <label className="flex min-h-10 cursor-pointer items-start gap-3 py-1">
      <input
        type="checkbox"
        name={name}
        className="mt-1 size-5 shrink-0 accent-accent"
        onChange={(event) => onChange?.(event.currentTarget.checked)}
      />
      <span>{children}</span>
    </label>
  );
}

/** Numbers of a refusal: one or several. */
function Unmet({ it }: { it: Case }) {
  const t = useWords();
  const numbered = useNumbered(it);
  const of = (kind: string) => numbered.filter((one) => one.kind === kind);
  const groups = [
    [t('decision.conditionsMet'), of('condition')],
    [t('decision.documents'), of('document')],
  ] as const;
  return (
    <div className="grid gap-4">
      <Question title={t('decision.unmet')} hint={t('decision.unmetHint')} />
      {groups.map(([legend, choices]) => (
        <Boxes key={legend} legend={legend}>
          {choices.map(({ number, name }) => (
            <Box key={number} name={unmetName(number)}>
              {name}
            </Box>
          ))}
        </Boxes>
      ))}
    </div>
  );
}

/** One thing to correct; ticked, it asks what is wrong. */
function Item({ choice }: { choice: Choice }) {
  const t = useWords();
  const [ticked, setTicked] = useState(false);
  return (
    <div className="grid gap-2">
      <Box name={itemName(choice.key)} onChange={setTicked}>
        {choice.name}
      </Box>
      {ticked ? (
        <div className="border-s-4 border-line ps-4 pb-2">
          <TextField
            name={noteName(choice.key)}
            label={t('decision.itemNote', { label: choice.name })}
            maxLength={500}
          />
        </div>
      ) : null}
    </div>
  );
}

/** What is to be corrected: documents, parts of the form, conditions. */
function Items({ it }: { it: Case }) {
  const t = useWords();
  const numbered = useNumbered(it);
  const fields = correctionFields.map((key) => ({
    key,
    number: null,
    name: wordFor(t, 'field', key),
  }));
  const of = (kind: string) => numbered.filter((one) => one.kind === kind);
  const groups: readonly (readonly [string, readonly Choice[]])[] = [
    [t('decision.documents'), of('document')],
    [t('decision.fields'), fields],
    [t('decision.conditionsMet'), of('condition')],
  ];
  return (
    <div className="grid gap-4">
      <Question title={t('decision.items')} hint={t('decision.itemsHint')} />
      {groups.map(([legend, choices]) => (
        <Boxes key={legend} legend={legend}>
          {choices.map((choice) => (
            <Item key={choice.key} choice={choice} />
          ))}
        </Boxes>
      ))}
    </div>
  );
}

/** The number by which a clearing body says no. */
function Denied({ it, bodyId }: { it: Case; bodyId: string | undefined }) {
  const t = useWords();
  const numbered = useNumbered(it, bodyId);
  return (
    <SelectField
      name="conditionNumber"
      label={t('act.condition')}
      hint={t('act.conditionHint')}
      empty={t('act.choose')}
      options={numbered.map(({ key, name }) => ({ id: key, name }))}
    />
  );
}

function Answered() {
  const t = useWords();
  return (
    <TextField
      name="reference"
      label={t('decision.reference')}
      hint={t('decision.referenceHint')}
      optional
      ltr
      maxLength={60}
    />
  );
}

/** What a decision asks besides its reason. */
export function DecisionFields({ it, verb }: { it: Case; verb: string }) {
  const t = useWords();
  const asked = it.clearances.find(({ state }) => state === 'asked')?.body.id;
  switch (verb) {
    case 'permits.sign':
      return (
        <TextArea
          name="conditions"
          label={t('decision.signConditions')}
          hint={t('decision.signConditionsHint')}
          optional
          rows={3}
        />
      );
    case 'permits.refuse':
      return <Unmet it={it} />;
    case 'permits.returnForCorrection':
      return <Items it={it} />;
    case 'permits.clear':
      return <Answered />;
    case 'permits.denyClearance':
      return <Denied it={it} bodyId={asked} />;
    default:
      return null;
  }
}
