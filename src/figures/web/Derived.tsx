import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../web/format.ts';
import type { Search } from '../../web/paths.ts';
import { derivedQuery } from './queries.ts';

/** What follows from the figures of the scope: ratios, and how things stand now; each says what it means. */
export function Derived({ search }: { search: Search }) {
  const { label, count, percent } = useFormats();
  const { data } = useQuery(derivedQuery(search));
  const told = data?.items.filter(({ value }) => value !== null) ?? [];
  if (told.length === 0) return null;
  return (
    <dl className="grid gap-4 pb-6 sm:grid-cols-2">
      {told.map(({ name, unit, value, label: called, definition }) => (
        <div key={name} className="sheet p-3">
          <dt className="font-semibold">{label(called)}</dt>
          <dd>
            <span className="text-2xl font-bold">
              {unit === 'percent' ? percent(Number(value) / 100) : count(Number(value))}
            </span>
            <span className="block text-sm text-soft">{label(definition)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
