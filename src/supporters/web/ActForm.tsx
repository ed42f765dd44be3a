import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { useAccount } from '../../web/session.ts';
import { units } from '../quantity-rules.ts';
import { useWords, wordFor } from './words.ts';

type ActFormProps = {
  readonly of: 'supporters' | 'covers';
  readonly code: string;
  /** `receive` of `supporters.receive`. */
  readonly act: string;
  readonly path: string;
  readonly toBody?: (values: Values) => object;
  readonly children?: ReactNode;
  /** Stands open, with nothing to fold away. */
  readonly open?: boolean;
  /** Said instead of the act's own name. */
  readonly name?: string;
  /** The word on the button, where it is not the act's name. */
  readonly submit?: string;
};

/** Sends an act of a supporter's books; every act of them has the same way in and out. */
function useAct({ of, code, path, toBody }: ActFormProps) {
  const queries = useQueryClient();
  return useWrite(
    (values: Values, opId) => {
      const url = `/api/${of}/{code}/${path}` as '/api/covers/{code}/end';
      const params = { path: { code } };
      const body = (toBody?.(values) ?? {}) as { reason: string };
      return answer(api.POST(url, { params, headers: withKey(opId), body }));
    },
    () => queries.invalidateQueries(),
  );
}

/** A form of one act, folded under its name. */
export function ActForm(props: ActFormProps) {
  const t = useWords();
  const write = useAct(props);
  const name = props.name ?? wordFor(t, 'act', props.act);
  const form = (
    <Form
      key={write.submittedAt}
      write={write}
      submit={props.submit ?? (props.open ? name : t('save'))}
      look={props.act === 'decline' ? 'secondary' : 'primary'}
    >
      {props.children}
    </Form>
  );
  if (props.open) return form;
  return (
    <details className="border-b border-line py-2 last:border-b-0">
      <summary className="w-fit py-1 font-semibold text-accent">{name}</summary>
      <div className="py-3">{form}</div>
    </details>
  );
}

/** The reason of an act. */
export function ReasonField() {
  const t = useWords();
  return <TextArea name="reason" label={t('reason')} rows={2} />;
}

/** A Jalali day, today unless another is typed. */
export function DayField({ name, label, empty = false }: DayFieldProps) {
  const t = useWords();
  const { day } = useFormats();
  const today = useAccount()?.today ?? '';
  const start = empty ? {} : { defaultValue: day(today, 'short') };
  return (
    <TextField
      name={name}
      label={label}
      hint={t('field.dayHint')}
      ltr
      inputMode="text"
      {...start}
    />
  );
}

type DayFieldProps = { name: string; label: string; empty?: boolean };

/** A unit of any kind, or of those that fit. */
export function UnitField({ name = 'unit', start }: { name?: string; start?: string }) {
  const t = useWords();
  return (
    <SelectField
      name={name}
      label={t('field.unit')}
      options={units.map((id) => ({ id, name: wordFor(t, 'units', id) }))}
      defaultValue={start ?? 'kg'}
    />
  );
}
