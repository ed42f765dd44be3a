import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../../web/api.ts';
import { Filter } from '../../../web/form/Filter.tsx';
import { useMarked } from '../../../web/form/use-marked.ts';
import { useFormats } from '../../../web/format.ts';
import { casePath } from '../../../web/paths.ts';
import { referenceQuery } from '../../../web/session.ts';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { Dialog } from '../../../web/ui/Dialog.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Money } from '../../../web/ui/Values.tsx';
import { ConfirmOrders, type Made, type Plan } from './ConfirmOrders.tsx';
import { Downloads } from './Downloads.tsx';
import { useWords } from './words.ts';

/** Which part of each plan one payment is; a hundredth is the smallest. */
const shares = ['100', '50', '40', '33', '30', '25', '20'] as const;

const plansQuery = (bank: string) =>
  queryOptions({
    queryKey: ['orderable-plans', bank],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/orderable-plans', { params: { query: { bank } }, signal })),
  });

type Marking = { readonly out: ReadonlySet<string>; readonly toggle: (code: string) => void };

function Row({ it, out, toggle }: Marking & { it: Plan }) {
  const t = useWords();
  const { label, digits, line } = useFormats();
  return (
    <li className="flex gap-3 border-b border-line p-3 last:border-b-0">
      <input
        type="checkbox"
        className="mt-1 size-5 shrink-0 accent-accent"
        aria-label={t('many.mark', { name: it.name })}
        checked={!out.has(it.code)}
        onChange={() => toggle(it.code)}
      />
      <span className="flex min-w-0 flex-1 flex-wrap justify-between gap-x-4">
        <span>
          <AppLink className="font-semibold text-accent" href={casePath(it.code)}>
            {it.name}
          </AppLink>
          <span className="block text-sm text-soft">
            {line(label(it.county.label), t('many.tranche', { number: digits(it.tranche) }))}
          </span>
        </span>
        <Money rials={it.leftRial} />
      </span>
    </li>
  );
}

/** A bank's plans, all marked at first, and which part of each is to be paid now. */
function Choose({ plans, total, onDone }: { plans: readonly Plan[]; total: number } & OnDone) {
  const t = useWords();
  const { count, percent } = useFormats();
  // All are to be paid at first: marked are those that are left out.
  const { marked: out, toggle } = useMarked(plans);
  const [share, setShare] = useState<string>('100');
  const [open, setOpen] = useState(false);
  const marked = plans.filter(({ code }) => !out.has(code));
  const options = shares.map((id) => ({ id, name: percent(Number(id) / 100) }));
  if (plans.length === 0) return <p className="text-soft">{t('many.noPlans')}</p>;
  return (
    <div className="grid gap-4">
      <p role="status">{t('many.found', { shown: count(plans.length), total: count(total) })}</p>
      <div className="flex flex-wrap items-end gap-4">
        <Filter
          label={t('many.share')}
          all={t('many.whole')}
          options={options.slice(1)}
          value={share === '100' ? undefined : share}
          onChange={(value) => setShare(value ?? '100')}
        />
        <Button compact isDisabled={marked.length === 0} onPress={() => setOpen(true)}>
          {t('many.act', { count: count(marked.length) })}
        </Button>
      </div>
      <ul className="sheet max-h-[60dvh] overflow-y-auto">
        {plans.map((it) => (
          <Row key={it.code} {...{ it, out, toggle }} />
        ))}
      </ul>
      <Dialog title={t('many.title')} open={open} onClose={() => setOpen(false)}>
        <ConfirmOrders plans={marked} share={share} onDone={onDone} />
      </Dialog>
    </div>
  );
}

type OnDone = { readonly onDone: (made: Made) => void };

function BankPlans({ bank, onDone }: { bank: string } & OnDone) {
  const plans = useQuery(plansQuery(bank));
  return (
    <Loaded query={plans} shape="table">
      {({ items, total }) => (
        <Choose key={items.length} plans={items} total={total} onDone={onDone} />
      )}
    </Loaded>
  );
}

/** Orders the next payment of many plans of one bank, and hands over the file for the bank. */
export function OrderMany() {
  const t = useWords();
  const { label, count, collator } = useFormats();
  const { data } = useQuery(referenceQuery);
  const [bank, setBank] = useState<string>();
  const [made, setMade] = useState<Made>();
  const banks = (data?.banks ?? [])
    .map((row) => ({ id: row.id, name: label(row.label) }))
    .sort((a, b) => collator.compare(a.name, b.name));
  return (
    <Sheet title={t('many.title')} id="order-many">
      <div className="grid gap-4">
        <Filter
          label={t('many.bank')}
          all={t('many.noBank')}
          options={banks}
          value={bank}
          onChange={(id) => {
            setBank(id);
            setMade(undefined);
          }}
        />
        {made ? (
          <div role="status">
            <p className="text-done">{t('many.done', { count: count(made.orders) })}</p>
            <Downloads code={made.code} />
          </div>
        ) : null}
        {bank ? <BankPlans bank={bank} onDone={setMade} /> : null}
      </div>
    </Sheet>
  );
}
