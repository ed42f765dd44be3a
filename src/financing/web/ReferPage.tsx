import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type Answer, answer, api } from '../../web/api.ts';
import { Filter } from '../../web/form/Filter.tsx';
import { useMarked } from '../../web/form/use-marked.ts';
import { type Label, useFormats } from '../../web/format.ts';
import { casePath, referralsPath, type Search } from '../../web/paths.ts';
import { referenceQuery } from '../../web/session.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, PageHead } from '../../web/ui/Blocks.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { Dialog } from '../../web/ui/Dialog.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { AgendaForm, Agendas } from './Agendas.tsx';
import { ReferForm } from './ReferForm.tsx';
import { type Chosen, SittingForm, Sittings } from './Sittings.tsx';
import { useWords } from './words.ts';

type Line = Answer<'/api/cases'>['items'][number];

/** As many as one act refers; a working group's list is about as long. */
const atOnce = 40;

const waitingQuery = ({ agency, county, kind = 'independent' }: Search) =>
  queryOptions({
    queryKey: ['cases', 'referable', agency, county, kind],
    queryFn: ({ signal }) => {
      const where = { ...(agency ? { agency } : {}), ...(county ? { county } : {}) };
      // Supporters apart: the form asks for the people of each of their plans.
      const query = { referable: true, kind, limit: atOnce, ...where };
      return answer(api.GET('/api/cases', { params: { query }, signal }));
    },
  });

function Filters({ search }: { search: Search }) {
  const t = useWords();
  const router = useRouter();
  const { label, collator } = useFormats();
  const { data } = useQuery(referenceQuery);
  const named = (rows: readonly { id: string; label: Label }[] = []) =>
    rows
      .map((row) => ({ id: row.id, name: label(row.label) }))
      .sort((a, b) => collator.compare(a.name, b.name));
  const go = (change: Search) =>
    void router.navigate({ href: referralsPath({ ...search, ...change }), replace: true });
  return (
    <div className="grid gap-3 pb-4 sm:grid-cols-3">
      <Filter
        label={t('form.agency')}
        all={t('form.every')}
        options={named(data?.agencies)}
        value={search.agency}
        onChange={(agency) => go({ agency })}
      />
      <Filter
        label={t('form.county')}
        all={t('form.every')}
        options={named(data?.counties)}
        value={search.county}
        onChange={(county) => go({ county })}
      />
      <Filter
        label={t('refer.kind')}
        all={t('refer.independent')}
        options={[{ id: 'supporter', name: t('refer.supporter') }]}
        value={search.kind}
        onChange={(kind) => go({ kind })}
      />
    </div>
  );
}

type Marks = { readonly marked: ReadonlySet<string>; readonly toggle: (code: string) => void };

function Row({ it, marked, toggle }: Marks & { it: Line }) {
  const t = useWords();
  const { label, line } = useFormats();
  return (
    <li className="flex gap-3 border-b border-line p-3 last:border-b-0">
      <input
        type="checkbox"
        className="mt-1 size-5 shrink-0 accent-accent"
        aria-label={t('refer.mark', { name: it.name })}
        checked={marked.has(it.code)}
        onChange={() => toggle(it.code)}
      />
      <span className="min-w-0">
        <AppLink className="font-semibold text-accent" href={casePath(it.code)}>
          {it.name}
        </AppLink>
        <span className="block text-sm text-soft">
          {line(label(it.occupation.label), label(it.agency.label), label(it.county.label))}
        </span>
      </span>
    </li>
  );
}

type Doing = 'refer' | 'call' | 'sit';
const titles = { refer: 'refer.title', call: 'sitting.callTitle', sit: 'sitting.title' } as const;

/** What can be done with the marked cases: a sitting is called or has decided about them, or they go to a bank. */
function Acts({ held, onDone }: { held: readonly Chosen[]; onDone: (said: string) => void }) {
  const t = useWords();
  const { count } = useFormats();
  const [open, setOpen] = useState<Doing | null>(null);
  const close = () => setOpen(null);
  const done = (words: 'refer.done' | 'sitting.called' | 'sitting.done') => (number: number) => {
    close();
    onDone(t(words, { count: count(number) }));
  };
  if (held.length === 0) return null;
  return (
    <>
      <Button compact onPress={() => setOpen('refer')}>
        {t('refer.act', { count: count(held.length) })}
      </Button>
      <Button look="secondary" compact onPress={() => setOpen('call')}>
        {t('sitting.call', { count: count(held.length) })}
      </Button>
      <Button look="secondary" compact onPress={() => setOpen('sit')}>
        {t('sitting.act', { count: count(held.length) })}
      </Button>
      <Dialog title={t(titles[open ?? 'refer'])} open={open !== null} onClose={close}>
        {open === 'call' ? <AgendaForm chosen={held} onDone={done('sitting.called')} /> : null}
        {open === 'refer' ? <ReferForm chosen={held} onDone={done('refer.done')} /> : null}
        {open === 'sit' ? <SittingForm chosen={held} onDone={done('sitting.done')} /> : null}
      </Dialog>
    </>
  );
}

/** The cases that wait, those that are marked, and the acts on them. */
function Waiting({ items, total }: { items: readonly Line[]; total: number }) {
  const t = useWords();
  const { count } = useFormats();
  const { held, marked, toggle, mark } = useMarked(items);
  const [said, setSaid] = useState('');
  const done = (words: string) => {
    mark([]);
    setSaid(words);
  };
  const all = items.map(({ code }) => code);
  return (
    <>
      <p role="status" className="pb-2">
        {said} {t('refer.waiting', { total: count(total) })}
      </p>
      <div className="flex flex-wrap items-center gap-3 pb-3">
        <Button look="secondary" compact onPress={() => mark(all)}>
          {t('refer.markAll', { count: count(items.length) })}
        </Button>
        <Acts held={held} onDone={done} />
      </div>
      <ul className="sheet">
        {items.map((it) => (
          <Row key={it.code} {...{ it, marked, toggle }} />
        ))}
      </ul>
    </>
  );
}

/** Cases with a permit and no loan yet, to be referred to a bank together. */
export function ReferPage() {
  const t = useWords();
  const search: Search = useSearch({ from: '/office/referrals' });
  const waiting = useQuery({ ...waitingQuery(search), placeholderData: keepPreviousData });
  useTitle(t('refer.title'));
  return (
    <>
      <PageHead title={t('refer.title')}>{t('refer.about')}</PageHead>
      <Agendas />
      <Filters search={search} />
      <Loaded query={waiting} shape="table">
        {({ items, total }) =>
          total === 0 ? (
            <EmptyState icon="check" title={t('refer.empty')} />
          ) : (
            <Waiting items={items} total={total} />
          )
        }
      </Loaded>
      <Sittings />
    </>
  );
}
