import { useState } from 'react';
import { parseJalali } from '../../../kit/jalali.ts';
import { toAsciiDigits } from '../../../kit/persian-text.ts';
import { useFormats } from '../../../web/format.ts';
import type { Place, Signature } from '../../checklist-rules.ts';
import type { Answering } from './answering.ts';
import { Photos } from './Evidence.tsx';
import { Field, Option } from './Field.tsx';
import { Signatures } from './Signatures.tsx';
import { WhereField } from './Where.tsx';
import { useWords } from './words.ts';

const box = 'field-box min-h-14! text-lg';

function TextAnswer({ question, value, onAnswer }: Answering<string>) {
  const { label } = useFormats();
  return (
    <textarea
      aria-label={label(question.label)}
      rows={2}
      dir="auto"
      maxLength={2000}
      value={value ?? ''}
      onChange={(event) => onAnswer(event.target.value || undefined)}
      className={box}
    />
  );
}

/** What is typed stays as it is typed; the answer is what it means. */
function TypedAnswer({
  question,
  value,
  onAnswer,
  read,
  show,
}: Answering<string | number> & {
  read: (text: string) => string | number | undefined;
  show: (value: string | number) => string;
}) {
  const { label } = useFormats();
  const [text, setText] = useState(value === undefined ? '' : show(value));
  return (
    <input
      aria-label={label(question.label)}
      inputMode="numeric"
      autoComplete="off"
      dir="ltr"
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        const typed = toAsciiDigits(event.target.value.trim());
        onAnswer(typed === '' ? undefined : (read(typed) ?? typed));
      }}
      className={box}
    />
  );
}

function NumberAnswer(given: Answering<string | number>) {
  const { digits } = useFormats();
  const read = (text: string) => (/^-?\d{1,15}$/.test(text) ? Number(text) : undefined);
  return <TypedAnswer {...given} read={read} show={digits} />;
}

function DayAnswer(given: Answering<string | number>) {
  const { day } = useFormats();
  return (
    <TypedAnswer {...given} read={parseJalali} show={(value) => day(String(value), 'short')} />
  );
}

function ChoiceAnswer({ question, value, onAnswer }: Answering<string>) {
  const { label } = useFormats();
  return (question.choices ?? []).map((one) => (
    <Option
      key={one.id}
      type="radio"
      name={question.id}
      label={label(one.label)}
      chosen={value === one.id}
      onChange={() => onAnswer(one.id)}
    />
  ));
}

function ChoicesAnswer({ question, value = [], onAnswer }: Answering<readonly string[]>) {
  const { label } = useFormats();
  const set = (id: string, chosen: boolean) => {
    const next = chosen ? [...value, id] : value.filter((one) => one !== id);
    onAnswer(next.length > 0 ? next : undefined);
  };
  return (question.choices ?? []).map((one) => (
    <Option
      key={one.id}
      type="checkbox"
      name={question.id}
      label={label(one.label)}
      chosen={value.includes(one.id)}
      onChange={(chosen) => set(one.id, chosen)}
    />
  ));
}

function Control(given: Answering) {
  switch (given.question.kind) {
    case 'text':
      return <TextAnswer {...(given as Answering<string>)} />;
    case 'number':
      return <NumberAnswer {...(given as Answering<string | number>)} />;
    case 'date':
      return <DayAnswer {...(given as Answering<string | number>)} />;
    case 'choice':
      return <ChoiceAnswer {...(given as Answering<string>)} />;
    case 'choices':
      return <ChoicesAnswer {...(given as Answering<readonly string[]>)} />;
    case 'photo':
      return <Photos {...(given as Answering<readonly string[]>)} />;
    case 'place':
      return <WhereField {...(given as unknown as Answering<Place>)} />;
    case 'signature':
      return <Signatures {...(given as unknown as Answering<readonly Signature[]>)} />;
  }
}

/** One question of a checklist with what answers it, by its kind. */
export function QuestionField({ fault, ...given }: Answering & { fault: string | undefined }) {
  const { label } = useFormats();
  const t = useWords();
  const { question } = given;
  const hint = label(question.hint) || (question.kind === 'date' ? t('form.dayHint') : '');
  return (
    <Field
      id={question.id}
      label={label(question.label)}
      hint={hint}
      optional={!question.required}
      fault={fault}
    >
      <Control {...given} />
    </Field>
  );
}
