import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { parseNumber } from '../../kit/persian-text.ts';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { marketPath, orderPath, type Search } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, PageHead } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Tabs } from '../../web/ui/Tabs.tsx';
import { FairsPanel } from './bazaars/FairsPanel.tsx';
import { PurchasesPanel } from './materials/PurchasesPanel.tsx';
import { useWords } from './words.ts';

type Due = Answer<'/api/market/dues'>['items'][number];

function Complaints() {
  const t = useWords();
  const { instant, line } = useFormats();
  const query = useQuery({
    queryKey: ['complaints'],
    queryFn: () => answer(api.GET('/api/market/complaints')),
  });
  return (
    <Loaded query={query} shape="table">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon="check" title={t('office.noComplaints')} />
        ) : (
          <ul className="sheet">
            {items.map((one) => (
              <li key={one.order} className="border-b border-line p-3 last:border-b-0">
                <p>{one.said}</p>
                <p className="text-sm text-soft">
                  {line(one.stall, instant(one.recordedAt).day)}{' '}
                  <AppLink className="link" href={orderPath(one.order)}>
                    {t('office.order')}
                  </AppLink>
                </p>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function PayOut({ due }: { due: Due }) {
  const t = useWords();
  const queries = useQueryClient();
  const write = useWrite(
    ({ amount = '', bankReference = '' }: Values, opId) =>
      answer(
        api.POST('/api/stalls/{code}/payouts', {
          params: { path: { code: due.stall } },
          headers: withKey(opId),
          body: { amountRial: parseNumber(amount) ?? '', bankReference },
        }),
      ),
    () => queries.invalidateQueries(),
  );
  return (
    <details>
      <summary className="link">{t('office.paid')}</summary>
      <div className="pt-4">
        <Form write={write} submit={t('office.paid')} look="secondary">
          <TextField
            name="amount"
            label={t('office.amount')}
            inputMode="numeric"
            ltr
            defaultValue={due.dueRial}
          />
          <TextField name="bankReference" label={t('office.reference')} ltr />
        </Form>
      </div>
    </details>
  );
}

function Dues() {
  const t = useWords();
  const { toman } = useFormats();
  const query = useQuery({
    queryKey: ['dues'],
    queryFn: () => answer(api.GET('/api/market/dues')),
  });
  return (
    <Loaded query={query} shape="table">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon="check" title={t('office.noDues')} />
        ) : (
          <ul className="sheet">
            {items.map((due) => (
              <li key={due.stall} className="border-b border-line p-3 last:border-b-0">
                <p className="font-semibold">{`${due.name} – ${due.holder}`}</p>
                <p>{t('office.due', { amount: toman(due.dueRial) })}</p>
                {BigInt(due.dueRial) > 0n ? <PayOut due={due} /> : null}
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

/** The office's side of the market: fairs, pooled purchases, complaints that wait, what makers are owed. */
export function MarketPage() {
  const t = useWords();
  const router = useRouter();
  const search: Search = useSearch({ from: '/office/market' });
  const settles = useAccount()?.permissions.includes('market.settle') ?? false;
  useTitle(t('office.title'));
  const tabs = [
    { id: 'fairs', name: t('office.fairs'), panel: <FairsPanel /> },
    { id: 'purchases', name: t('office.purchases'), panel: <PurchasesPanel /> },
    ...(settles
      ? [
          { id: 'complaints', name: t('office.complaints'), panel: <Complaints /> },
          { id: 'dues', name: t('office.dues'), panel: <Dues /> },
        ]
      : []),
  ];
  return (
    <>
      <PageHead title={t('office.title')}>{t('office.about')}</PageHead>
      <Tabs
        label={t('office.title')}
        selected={tabs.find(({ id }) => id === search.tab)?.id ?? 'fairs'}
        onSelect={(tab) => void router.navigate({ href: marketPath({ tab }) })}
        tabs={tabs}
      />
    </>
  );
}
