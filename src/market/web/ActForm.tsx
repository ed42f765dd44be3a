import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { answer, api, withKey } from '../../web/api.ts';
import { Form, TextArea, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { useAccount } from '../../web/session.ts';
import type { ButtonLook } from '../../web/ui/Button.tsx';
import { useWords } from './words.ts';

type ActFormProps = {
  /** The act's address, `{code}` where the thing's code stands. */
  readonly url: string;
  readonly code?: string;
  readonly name: string;
  /** The word on the button, where it is not the act's name. */
  readonly submit?: string;
  readonly look?: ButtonLook;
  readonly toBody?: (values: Values) => object;
  readonly children?: ReactNode;
  /** Stands open, with nothing to fold away. */
  readonly open?: boolean;
  readonly onDone?: (code: string) => void;
};

function useAct({ url, code = '', toBody, onDone }: ActFormProps) {
  const queries = useQueryClient();
  const [done, setDone] = useState(0);
  const write = useWrite(
    (values: Values, opId) => {
      const path = url as '/api/fairs/{code}/cancel';
      const body = (toBody?.(values) ?? {}) as { reason: string };
      return answer(api.POST(path, { params: { path: { code } }, headers: withKey(opId), body }));
    },
    async (made) => {
      await queries.invalidateQueries();
      setDone((times) => times + 1);
      onDone?.(made.code);
    },
  );
  return { write, done };
}

/** A form of one act of a purchase or a fair, folded under its name. */
export function ActForm(props: ActFormProps) {
  const { name, submit = name, look = 'primary', open = false, children } = props;
  // What was typed goes when it was done, and stays when it was refused.
  const { write, done } = useAct(props);
  const form = (
    <Form key={done} write={write} submit={submit} look={look}>
      {children}
    </Form>
  );
  if (open) return form;
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
  return <TextArea name="reason" label={t('order.reason')} rows={2} />;
}

/** A Jalali day; today unless another is typed, or nothing at first. */
export function DayField({
  name,
  label,
  empty = false,
}: {
  name: string;
  label: string;
  empty?: boolean;
}) {
  const t = useWords();
  const { day } = useFormats();
  const today = useAccount()?.today ?? '';
  const start = empty ? {} : { defaultValue: day(today, 'short') };
  return <TextField name={name} label={label} hint={t('dayHint')} ltr {...start} />;
}
