/** One filter of a list: the device's own control, with every choice and "all" on top. */
export function Filter({
  label,
  all,
  options,
  value,
  onChange,
}: {
  label: string;
  all: string;
  options: readonly { id: string; name: string }[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  return (
    <label className="grid min-w-0 text-sm font-semibold">
      {label}
      <select
        className={`field-box truncate font-normal ${value ? 'border-2! border-accent!' : ''}`}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || undefined)}
      >
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.name}
          </option>
        ))}
      </select>
    </label>
  );
}
