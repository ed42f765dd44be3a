import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Answer } from '../../web/api.ts';
import { Filter } from '../../web/form/Filter.tsx';
import { useFormats } from '../../web/format.ts';
import { allocationsPath } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { EmptyState, PageHead } from '../../web/ui/Blocks.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { Dialog } from '../../web/ui/Dialog.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { useShellWords } from '../../web/words.ts';
import { type Allocation, allocationQuery, allocationsQuery } from './allocation.ts';
import { FeeShares } from './FeeShares.tsx';
import { MoneyTiles } from './MoneyTiles.tsx';
import { OpenForm } from './OpenForm.tsx';
import { Pace } from './Pace.tsx';
import { ShareChart } from './ShareChart.tsx';
import { Revisions, Shares } from './Shares.tsx';
import { SplitForm } from './SplitForm.tsx';
import { useWords } from './words.ts';

type Head = Answer<'/api/allocations'>['items'][number];

/** Which budget line it is, and until when it may be used. */
function Basis({ it }: { it: Allocation }) {
  const t = useWords();
  const shell = useShellWords();
  const { day, money } = useFormats();
  const { law, note, clause, nationalRial, whole } = it;
  const provincial = BigInt(whole.allocatedRial ?? 0) - BigInt(nationalRial ?? 0);
  return (
    <div className="pb-4 text-soft">
      <p>{t('page.basis', { law, note: note ?? 'none', clause: clause ?? 'none' })}</p>
      <p>
        {t('page.until', { day: day(it.deadlineOn) })}
        {it.carryOverOn ? ` ${t('page.carried', { day: day(it.carryOverOn) })}` : ''}
      </p>
      {nationalRial === null ? null : (
        <p>
          {t('money.national', {
            provincial: money(String(provincial), 'billionToman', 3),
            national: money(nationalRial, 'billionToman', 3),
            unit: shell('money.billionToman'),
          })}
        </p>
      )}
      {it.floatsOn ? <p>{t('page.floats', { day: day(it.floatsOn) })}</p> : null}
    </div>
  );
}

function Body({ it }: { it: Allocation }) {
  return (
    <>
      <Basis it={it} />
      <MoneyTiles it={it} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 pt-6 lg:grid-cols-2">
        <Pace it={it} />
        <ShareChart it={it} cut="agency" />
        <ShareChart it={it} cut="county" />
        <ShareChart it={it} cut="bank" />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 pt-6">
        <Shares it={it} />
        <FeeShares />
        <Revisions it={it} />
      </div>
    </>
  );
}

function ActButtons({
  hasOne,
  onOpen,
}: {
  hasOne: boolean;
  onOpen: (act: 'open' | 'split') => void;
}) {
  const t = useWords();
  const account = useAccount();
  const may = (act: string) => account?.permissions.includes(`financing.${act}Allocation`);
  return (
    <>
      {hasOne && may('split') ? (
        <Button onPress={() => onOpen('split')}>{t('page.split')}</Button>
      ) : null}
      {may('open') ? (
        <Button look="secondary" onPress={() => onOpen('open')}>
          {t('page.open')}
        </Button>
      ) : null}
    </>
  );
}

/** The acts of a director: a new allocation, and a share of the one that is shown. */
function Acts({ code }: { code: string | undefined }) {
  const t = useWords();
  const router = useRouter();
  const [open, setOpen] = useState<'open' | 'split' | null>(null);
  const [said, setSaid] = useState('');
  const close = () => setOpen(null);
  const done = () => {
    close();
    setSaid(t('page.done'));
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <span role="status" className="text-done">
        {said}
      </span>
      <ActButtons hasOne={code !== undefined} onOpen={setOpen} />
      <Dialog
        title={t(open === 'open' ? 'page.open' : 'page.split')}
        open={open !== null}
        onClose={close}
      >
        {open === 'split' && code ? <SplitForm code={code} onDone={done} /> : null}
        {open === 'open' ? (
          <OpenForm
            onDone={(made) => {
              done();
              void router.navigate({ href: allocationsPath({ allocation: made }) });
            }}
          />
        ) : null}
      </Dialog>
    </div>
  );
}

function Chooser({ items, code }: { items: readonly Head[]; code: string }) {
  const t = useWords();
  const router = useRouter();
  const { label, digits } = useFormats();
  if (items.length < 2) return null;
  const options = items.map((one) => ({
    id: one.code,
    name: t('page.line', { line: label(one.creditLine.label), year: digits(one.fiscalYear) }),
  }));
  const go = (next: string | undefined) =>
    void router.navigate({ href: allocationsPath({ allocation: next }), replace: true });
  return (
    <div className="w-fit max-w-full pb-4">
      <Filter
        label={t('page.choose')}
        all={options[0]?.name ?? ''}
        options={options.slice(1)}
        value={code === options[0]?.id ? undefined : code}
        onChange={go}
      />
    </div>
  );
}

function Chosen({ items, code }: { items: readonly Head[]; code: string }) {
  const found = useQuery(allocationQuery(code));
  return (
    <>
      <Chooser items={items} code={code} />
      <Loaded query={found} shape="page">
        {(it) => <Body it={it} />}
      </Loaded>
    </>
  );
}

/** The province's allocations: what was given, what is used, what will lapse, and who could still use it. */
export function AllocationsPage() {
  const t = useWords();
  const { allocation } = useSearch({ from: '/office/allocations' });
  const list = useQuery(allocationsQuery);
  const code = allocation ?? list.data?.items[0]?.code;
  useTitle(t('page.title'));
  return (
    <>
      <PageHead title={t('page.title')} end={<Acts code={code} />} />
      <Loaded query={list} shape="page">
        {({ items }) =>
          code ? (
            <Chosen items={items} code={code} />
          ) : (
            <EmptyState icon="chart" title={t('page.empty')}>
              {t('page.emptyNext')}
            </EmptyState>
          )
        }
      </Loaded>
    </>
  );
}
