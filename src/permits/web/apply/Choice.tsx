import { useState } from 'react';

/** One of a few, each a large target; a required choice says so with the other fields of its form. */
export function Choice({
  name,
  label,
  options,
  first = '',
  onChange,
}: {
  name: string;
  label: string;
  options: readonly { id: string; name: string }[];
  first?: string | undefined;
  onChange?: (id: string) => void;
}) {
  const [chosen, setChosen] = useState(first);
  const choose = (id: string) => {
    setChosen(id);
    onChange?.(id);
  };
  return (
    <fieldset>
      <legend className="pb-2 font-semibold">{label}</legend>
      <input type="hidden" name={name} value={chosen} data-required={label} />
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <Option
            key={option.id}
            group={`${name}-choice`}
            name={option.name}
            chosen={chosen === option.id}
            onChoose={() => choose(option.id)}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Option({
  group,
  name,
  chosen,
  onChoose,
}: {
  group: string;
  name: string;
  chosen: boolean;
  onChoose: () => void;
}) {
  return (
    <label className="flex min-h-12 grow cursor-pointer items-center gap-3 rounded-md border border-strong bg-sheet px-4 has-checked:border-accent has-checked:bg-accent-soft">
      <input
        type="radio"
        name={group}
        checked={chosen}
        onChange={onChoose}
        className="size-6 shrink-0 accent-accent"
      />
      {name}
    </label>
  );
}
