import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, withKey } from '../../web/api.ts';
import { Filter } from '../../web/form/Filter.tsx';
import { Form, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { parseSearch, type Search, searchText } from '../../web/paths.ts';
import { referenceQuery } from '../../web/session.ts';
import { Button } from '../../web/ui/Button.tsx';
import { Dialog } from '../../web/ui/Dialog.tsx';
import { kinds } from '../rules.ts';
import {
  filtersOf,
  queueFilterKeys,
  savedFiltersQuery,
  type Tab,
  tabOf,
  tabs,
} from './queue-data.ts';
import { useMayWork } from './use-claims.ts';
import { useWords, wordFor } from './words.ts';

type Change = (to: { [key: string]: string | undefined }) => void;
type Bar = {
  readonly search: Search;
  readonly counts: Readonly<Record<Tab, number>> | undefined;
  readonly onChange: Change;
};

const waitingStates = [
  'submitted',
  'clearance',
  'agency_signed',
  'renewal_asked',
  'renewal_signed',
];

/** Parts that only mean something to who takes cases for themselves; a bank does not. */
const claimed: readonly Tab[] = ['mine', 'unclaimed'];

/** The parts of the queue, each with the length of its list; one that is empty is left out where not everybody has it. */
function Parts({ search, counts, onChange }: Bar) {
  const t = useWords();
  const { count } = useFormats();
  const chosen = tabOf(search);
  const works = useMayWork();
  const optional: readonly Tab[] = ['toSign', 'objections', 'escalated', 'atBank'];
  const means = (tab: Tab) => works || !claimed.includes(tab);
  const shown = tabs.filter(
    (tab) => tab === chosen || (means(tab) && (!optional.includes(tab) || counts?.[tab])),
  );
  return (
    <nav aria-label={t('queue.parts')} className="overflow-x-auto border-b border-line">
      <ul className="flex gap-5">
        {shown.map((tab) => (
          <li key={tab}>
            <button
              type="button"
              {...(tab === chosen ? { 'aria-current': 'true' as const } : {})}
              className="min-h-11 border-b-2 border-transparent whitespace-nowrap text-soft hover:text-ink aria-[current=true]:border-accent aria-[current=true]:font-semibold aria-[current=true]:text-ink"
              onClick={() => onChange({ tab: tab === 'all' ? undefined : tab })}
            >
              {t(`queue.tab.${tab}`)}{' '}
              <span className="tabular-nums">{counts ? count(counts[tab]) : ''}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The query that stands for what is filtered now; names in one order, so that equal filters are equal texts. */
function textOf(search: Search): string {
  const tab = tabOf(search);
  return searchText({ tab: tab === 'all' ? undefined : tab, ...filtersOf(search) }).slice(1);
}

function SaveForm({ text, onDone }: { text: string; onDone: () => void }) {
  const t = useWords();
  const queries = useQueryClient();
  const write = useWrite(
    ({ name = '' }: Values, opId) =>
      answer(
        api.POST('/api/queue/filters', { headers: withKey(opId), body: { name, search: text } }),
      ),
    async () => {
      await queries.invalidateQueries({ queryKey: savedFiltersQuery.queryKey });
      onDone();
    },
  );
  return (
    <Form write={write} submit={t('queue.save')}>
      <TextField name="name" label={t('queue.filterName')} maxLength={60} />
    </Form>
  );
}

/** Forgets a kept filter. */
function useDrop() {
  const queries = useQueryClient();
  return useWrite(
    (id: string, opId) => {
      const sent = { headers: withKey(opId), params: { path: { id } } };
      return answer(api.POST('/api/queue/filters/{id}/drop', sent));
    },
    () => queries.invalidateQueries({ queryKey: savedFiltersQuery.queryKey }),
  );
}

/** Filters kept under names, for this account alone. */
function Saved({ search, onChange }: Pick<Bar, 'search' | 'onChange'>) {
  const t = useWords();
  const [naming, setNaming] = useState(false);
  const { data } = useQuery(savedFiltersQuery);
  const text = textOf(search);
  const current = data?.items.find((it) => it.search === text);
  const drop = useDrop();
  const apply = (id: string | undefined) => {
    const kept = parseSearch(data?.items.find((it) => it.id === id)?.search ?? '');
    const none = Object.fromEntries(['tab', ...queueFilterKeys].map((key) => [key, undefined]));
    onChange({ ...none, ...kept });
  };
  return (
    <>
      <Filter
        label={t('queue.saved')}
        all={t('queue.noSaved')}
        options={data?.items ?? []}
        value={current?.id}
        onChange={apply}
      />
      <div className="flex items-end">
        {current ? (
          <Button look="quiet" compact onPress={() => drop.mutate(current.id)}>
            {t('queue.forget')}
          </Button>
        ) : text ? (
          <Button look="quiet" compact onPress={() => setNaming(true)}>
            {t('queue.save')}
          </Button>
        ) : null}
      </div>
      <Dialog title={t('queue.save')} open={naming} onClose={() => setNaming(false)}>
        <SaveForm text={text} onDone={() => setNaming(false)} />
      </Dialog>
    </>
  );
}

/** The parts of the queue and its filters; what is chosen is in the address. */
export function QueueFilterBar({ search, counts, onChange }: Bar) {
  const t = useWords();
  const { label, collator } = useFormats();
  const { data } = useQuery(referenceQuery);
  const works = useMayWork();
  // What waits at a bank has a permit: the permit's states tell a bank nothing.
  const keys = queueFilterKeys.filter((key) => works || key !== 'state' || search.state);
  const named = (rows: readonly { id: string; label: { fa: string; en: string } }[] = []) =>
    rows
      .map((row) => ({ id: row.id, name: label(row.label) }))
      .sort((a, b) => collator.compare(a.name, b.name));
  const worded = (group: 'state' | 'kind', ids: readonly string[]) =>
    ids.map((id) => ({ id, name: wordFor(t, group, id) }));
  const options = {
    county: named(data?.counties),
    occupation: named(data?.occupations),
    kind: worded('kind', kinds),
    state: worded('state', waitingStates),
  };
  return (
    <div className="grid gap-3 pb-6">
      <Parts {...{ search, counts, onChange }} />
      <div className="grid grid-cols-2 gap-3 md:grid-cols-3 lg:grid-cols-6">
        {keys.map((key) => (
          <Filter
            key={key}
            label={t(`column.${key}`)}
            all={t('list.all')}
            options={options[key]}
            value={filtersOf(search)[key]}
            onChange={(value) => onChange({ [key]: value })}
          />
        ))}
        <Saved search={search} onChange={onChange} />
      </div>
    </div>
  );
}
