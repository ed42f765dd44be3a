import type { ReactNode } from 'react';

/** One of a few, side by side: a group of radio buttons drawn as a switch. */
export function Segments<Id extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly { id: Id; name: ReactNode }[];
  value: Id;
  onChange: (id: Id) => void;
}) {
  return (
    <fieldset className="inline-flex max-w-full flex-wrap gap-1 rounded-md bg-sunk p-1">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.id}
          className="flex min-h-9 cursor-pointer items-center gap-1.5 rounded px-3 text-sm text-soft has-checked:bg-sheet has-checked:font-semibold has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--line-strong)] has-focus-visible:outline-3 has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            className="sr-only"
            name={label}
            checked={option.id === value}
            onChange={() => onChange(option.id)}
          />
          {option.name}
        </label>
      ))}
    </fieldset>
  );
}
