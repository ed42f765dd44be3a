import type { ReactNode } from 'react';
import { Icon } from '../../../web/ui/Icon.tsx';
import { useWords, wordFor } from './words.ts';

/** The element of a question, so that what is missing can be gone to. */
export const fieldId = (id: string): string => `field-${id}`;

/** A question with its hint, what is wrong with the answer, and whatever answers it. */
export function Field({
  id,
  label,
  hint,
  optional = false,
  fault,
  children,
}: {
  id: string;
  label: string;
  hint?: string;
  optional?: boolean;
  fault?: string | undefined;
  children: ReactNode;
}) {
  const t = useWords();
  return (
    <fieldset
      id={fieldId(id)}
      tabIndex={-1}
      className={`min-w-0 outline-none ${fault ? 'border-s-4 border-stopped ps-3' : ''}`}
    >
      <legend className="pb-1 text-lg font-semibold">
        {label}
        {optional ? <span className="font-normal text-soft"> ({t('form.optional')})</span> : null}
      </legend>
      {hint ? <p className="pb-1 text-sm text-soft">{hint}</p> : null}
      {fault ? (
        <p className="flex items-center gap-1 pb-1 font-semibold text-stopped">
          <Icon name="alert" size={16} />
          {wordFor(t, 'fault', fault)}
        </p>
      ) : null}
      {children}
    </fieldset>
  );
}

/** One of several answers as a large target; round where only one can be chosen. */
export function Option({
  type,
  name,
  label,
  chosen,
  onChange,
}: {
  type: 'radio' | 'checkbox';
  name: string;
  label: string;
  chosen: boolean;
  onChange: (chosen: boolean) => void;
}) {
  return (
    <label
      className={`mb-2 flex min-h-14 cursor-pointer items-center gap-3 rounded-md border px-4 text-lg ${chosen ? 'border-2 border-accent bg-accent-soft font-semibold' : 'border-strong bg-sheet'}`}
    >
      <input
        type={type}
        name={name}
        checked={chosen}
        onChange={(event) => onChange(event.target.checked)}
        className="size-6 shrink-0 accent-accent"
      />
      {label}
    </label>
  );
}

/** Something did not work, and says why. */
export function Stopped({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="font-semibold text-stopped">
      {children}
    </p>
  );
}
