import {
  createContext,
  type FormEvent,
  type ReactNode,
  useContext,
  useId,
  useRef,
  useState,
} from 'react';
import type { ProblemDocument } from '../problem.ts';
import { problemOf } from '../problem.ts';
import { Button, type ButtonLook } from '../ui/Button.tsx';
import { useShellWords } from '../words.ts';
import { ErrorSummary, fieldName } from './ErrorSummary.tsx';

/** What a form gives: each field's text by its name. */
export type Values = { readonly [name: string]: string };

type FormValue = {
  readonly prefix: string;
  readonly errorOf: (name: string) => string | undefined;
};

const FormContext = createContext<FormValue>({ prefix: '', errorOf: () => undefined });

/** What `useWrite` returns, as far as a form needs it. */
type Write = {
  readonly isPending: boolean;
  readonly error: unknown;
  readonly mutate: (values: Values) => void;
  readonly reset: () => void;
};

function missing(
  form: HTMLFormElement,
  word: (field: string) => string,
): NonNullable<ProblemDocument['faults']> {
  const fields = [...form.querySelectorAll<HTMLInputElement>('[data-required]')];
  return fields
    .filter((field) => field.value.trim() === '')
    .map((field) => ({
      pointer: `/${field.name}`,
      title: word(field.dataset.required ?? field.name),
    }));
}

function textsOf(form: HTMLFormElement): Values {
  const pairs = [...new FormData(form)];
  return Object.fromEntries(
    pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

/** Checks that nothing is missing, then writes; gives the problem to show, the browser's or the server's. */
function useSending(write: Write) {
  const t = useShellWords();
  const [local, setLocal] = useState<ProblemDocument | null>(null);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (write.isPending) return;
    const faults = missing(event.currentTarget, (field) => t('form.required', { field }));
    const title = t('form.errorTitle');
    write.reset();
    setLocal(
      faults.length ? { type: 'about:blank', title, status: 0, code: 'web.missing', faults } : null,
    );
    if (faults.length === 0) write.mutate(textsOf(event.currentTarget));
  };
  return { send, problem: local ?? (write.error ? problemOf(write.error) : null) };
}

type FormProps = {
  readonly write: Write;
  readonly children: ReactNode;
  /** The word on the button. */
  readonly submit: string;
  readonly look?: ButtonLook;
  /** What stands beside the button. */
  readonly end?: ReactNode;
  /** The button has the focus from the start: Enter is enough. */
  readonly ready?: boolean;
};

/**
 * A form that cannot forget its errors: whatever the server objects to is listed on top and beside its field,
 * a problem that fits no field is still shown, and what was typed stays typed.
 */
export function Form({ write, children, submit, look = 'primary', end, ready }: FormProps) {
  const t = useShellWords();
  const prefix = useId();
  const form = useRef<HTMLFormElement>(null);
  const { send, problem } = useSending(write);
  const errorOf = (name: string) =>
    problem?.faults?.find((fault) => fieldName(fault.pointer) === name)?.title;
  const fieldId = (name: string) =>
    form.current?.elements.namedItem(name) ? `${prefix}${name}` : undefined;
  return (
    <FormContext value={{ prefix, errorOf }}>
      <form ref={form} onSubmit={send} noValidate className="grid gap-6">
        {problem ? <ErrorSummary problem={problem} fieldId={fieldId} /> : null}
        {children}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look={look} pending={write.isPending} autoFocus={ready ?? false}>
            {write.isPending ? t('form.saving') : submit}
          </Button>
          {end}
        </div>
      </form>
    </FormContext>
  );
}

type FieldProps = {
  name: string;
  label: string;
  hint?: string;
  optional?: boolean;
};

/** A field's label, hint and error around its input, tied together for screen readers. */
function useField({ name, label, hint, optional = false }: FieldProps) {
  const { prefix, errorOf } = useContext(FormContext);
  const t = useShellWords();
  const id = `${prefix}${name}`;
  const error = errorOf(name);
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : '']
    .filter(Boolean)
    .join(' ');
  const input = {
    id,
    name,
    ...(optional ? {} : { 'data-required': label, 'aria-required': true as const }),
    ...(error ? { 'aria-invalid': true as const } : {}),
    ...(described ? { 'aria-describedby': described } : {}),
  };
  const frame = (control: ReactNode) => (
    <div className={error ? 'border-s-4 border-stopped ps-4' : ''}>
      <label htmlFor={id} className="block font-semibold">
        {label}
        {optional ? <span className="font-normal text-soft"> ({t('form.optional')})</span> : null}
      </label>
      {hint ? (
        <span id={`${id}-hint`} className="block text-sm text-soft">
          {hint}
        </span>
      ) : null}
      {error ? (
        <span id={`${id}-error`} className="block font-semibold text-stopped">
          {error}
        </span>
      ) : null}
      {control}
    </div>
  );
  return { input, frame };
}

/** One line of text. `ltr` for codes and numbers, which run left to right. */
export function TextField({
  ltr = false,
  type = 'text',
  ...field
}: FieldProps & {
  ltr?: boolean;
  type?: 'text' | 'password' | 'tel';
  autoComplete?: string;
  inputMode?: 'numeric' | 'tel' | 'text';
  defaultValue?: string;
  maxLength?: number;
}) {
  const { autoComplete, inputMode, defaultValue, maxLength } = field;
  const { input, frame } = useField(field);
  return frame(
    <input
      {...input}
      type={type}
      {...(autoComplete ? { autoComplete } : {})}
      {...(inputMode ? { inputMode } : {})}
      {...(maxLength ? { maxLength } : {})}
      defaultValue={defaultValue}
      dir={ltr ? 'ltr' : 'auto'}
      spellCheck={false}
      className="field-box"
    />,
  );
}

/** Several lines of text. */
export function TextArea({
  rows = 4,
  defaultValue,
  ...field
}: FieldProps & { rows?: number; defaultValue?: string }) {
  const { input, frame } = useField(field);
  return frame(
    <textarea
      {...input}
      rows={rows}
      defaultValue={defaultValue}
      dir="auto"
      className="field-box"
    />,
  );
}

/** One of a list, with the device's own control. */
export function SelectField({
  options,
  empty,
  onChange,
  ...field
}: FieldProps & {
  options: readonly { id: string; name: string }[];
  empty?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
}) {
  const { input, frame } = useField(field);
  return frame(
    <select
      {...input}
      defaultValue={field.defaultValue ?? ''}
      {...(onChange ? { onChange: (event) => onChange(event.target.value) } : {})}
      className="field-box"
    >
      {empty === undefined ? null : <option value="">{empty}</option>}
      {options.map((option) => (
        <option key={option.id} value={option.id}>
          {option.name}
        </option>
      ))}
    </select>,
  );
}
