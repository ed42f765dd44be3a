import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Filter } from '../../web/form/Filter.tsx';
import { useFormats } from '../../web/format.ts';
import { referenceQuery } from '../../web/session.ts';
import { Button } from '../../web/ui/Button.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { kinds, permitStates } from '../rules.ts';
import { useWords, wordFor } from './words.ts';

/** The filters of the list, as they stand in its address. */
export const filterKeys = [
  'q',
  'state',
  'planState',
  'holder',
  'agency',
  'county',
  'bank',
  'kind',
  'occupation',
  'late',
  'referable',
  'expiring',
  'flow',
  'from',
  'to',
] as const;
export type FilterKey = (typeof filterKeys)[number];
export type Filters = { readonly [K in FilterKey]?: string };

const planStates = [
  'referred',
  'returned',
  'file_opened',
  'contracted',
  'paying',
  'refused',
  'withdrawn',
];
const holders = ['agency', 'applicant', 'directorate', 'bank', 'nobody'];
/** Long enough for a word to be typed, short enough to feel at once; milliseconds. */
const typingPause = 300;

/** Those that are not chosen from a list. */
const switches: readonly FilterKey[] = ['q', 'late', 'referable', 'expiring', 'flow', 'from', 'to'];

type Set = (change: { [K in FilterKey]?: string | undefined }) => void;

function SearchBox({ text, onType }: { text: string; onType: (typed: string) => void }) {
  const t = useWords();
  return (
    <label className="grid text-sm font-semibold">
      {t('list.search')}
      <span className="relative font-normal">
        <span className="pointer-events-none absolute start-3 top-3 text-soft">
          <Icon name="search" />
        </span>
        <input
          type="search"
          // Nothing typed yet: the hint runs as the page does.
          {...(text ? { dir: 'auto' } : {})}
          value={text}
          placeholder={t('list.searchHint')}
          onChange={(event) => onType(event.target.value)}
          className="field-box px-11! text-base placeholder:text-soft"
        />
      </span>
    </label>
  );
}

function Search({ filters, onChange }: { filters: Filters; onChange: Set }) {
  const [text, setText] = useState(filters.q ?? '');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => setText(filters.q ?? ''), [filters.q]);
  const apply = (value: string, pause: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange({ q: value.trim() || undefined }), pause);
  };
  return (
    <search className="grow">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          apply(text, 0);
        }}
      >
        <SearchBox
          text={text}
          onType={(typed) => {
            setText(typed);
            apply(typed, typingPause);
          }}
        />
      </form>
    </search>
  );
}

function Choices({ filters, onChange }: { filters: Filters; onChange: Set }) {
  const t = useWords();
  const { label, collator } = useFormats();
  const { data } = useQuery(referenceQuery);
  const named = (rows: readonly { id: string; label: { fa: string; en: string } }[] = []) =>
    rows
      .map((row) => ({ id: row.id, name: label(row.label) }))
      .sort((a, b) => collator.compare(a.name, b.name));
  const worded = (group: 'state' | 'planState' | 'holder' | 'kind', ids: readonly string[]) =>
    ids.map((id) => ({ id, name: wordFor(t, group, id) }));
  const groups = [
    { key: 'state', options: worded('state', permitStates) },
    {
      key: 'planState',
      options: [{ id: 'none', name: t('list.notReferred') }, ...worded('planState', planStates)],
    },
    { key: 'holder', options: worded('holder', holders) },
    { key: 'agency', options: named(data?.agencies) },
    { key: 'county', options: named(data?.counties) },
    { key: 'bank', options: named(data?.banks) },
    { key: 'kind', options: worded('kind', kinds) },
    { key: 'occupation', options: named(data?.occupations) },
  ] as const;
  return (
    <div className="grid grid-cols-2 gap-3 pt-2 md:grid-cols-4">
      {groups.map(({ key, options }) => (
        <Filter
          key={key}
          label={t(`column.${key}`)}
          all={t('list.all')}
          options={options}
          value={filters[key]}
          onChange={(value) => onChange({ [key]: value })}
        />
      ))}
    </div>
  );
}

function Switch({
  name,
  filters,
  onChange,
}: {
  name: 'late' | 'referable' | 'expiring';
  filters: Filters;
  onChange: Set;
}) {
  const t = useWords();
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-2">
      <input
        type="checkbox"
        className="size-5 accent-accent"
        checked={filters[name] === 'true'}
        onChange={(event) => onChange({ [name]: event.target.checked ? 'true' : undefined })}
      />
      {t(`list.${name}`)}
    </label>
  );
}

/** Search and filters of the list of cases; what is chosen is in the address. */
export function CaseFilters({ filters, onChange }: { filters: Filters; onChange: Set }) {
  const t = useWords();
  const { count } = useFormats();
  const chosen = filterKeys.filter((key) => !switches.includes(key) && filters[key]).length;
  const [open, setOpen] = useState(chosen > 0);
  return (
    <div className="grid gap-3 pb-4">
      <div className="flex flex-wrap items-end gap-3">
        <Search filters={filters} onChange={onChange} />
        {(['late', 'referable', 'expiring'] as const).map((name) => (
          <Switch key={name} {...{ name, filters, onChange }} />
        ))}
        <Button look="secondary" compact onPress={() => setOpen(!open)} aria-expanded={open}>
          <Icon name={open ? 'up' : 'down'} size={16} />
          {t('list.filters')}
          {chosen ? ` (${count(chosen)})` : ''}
        </Button>
        {chosen || switches.some((key) => filters[key]) ? (
          <Button
            look="quiet"
            compact
            onPress={() => onChange(Object.fromEntries(filterKeys.map((key) => [key, undefined])))}
          >
            {t('list.clear')}
          </Button>
        ) : null}
      </div>
      {open ? <Choices filters={filters} onChange={onChange} /> : null}
    </div>
  );
}
