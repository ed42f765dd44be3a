import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { purchasePath } from '../../../web/paths.ts';
import { useAccount } from '../../../web/session.ts';
import { type Column, DataTable } from '../../../web/table/DataTable.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { EmptyState } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { Day } from '../../../web/ui/Values.tsx';
import { purchaseMeaning } from './meanings.ts';
import { OpenPurchase } from './OpenPurchase.tsx';
import { Suppliers } from './Suppliers.tsx';
import { useQuantity, useWords, wordFor } from './words.ts';

type Line = Answer<'/api/purchases'>['items'][number];

function useNumbers(): Column<Line>[] {
  const t = useWords();
  const { count, toman } = useFormats();
  const quantity = useQuantity();
  return [
    {
      ...{ key: 'makers', header: t('office.makers'), number: true },
      ...{ sort: ({ makers }) => makers, cell: ({ makers }) => count(makers) },
    },
    {
      ...{ key: 'pooled', header: t('office.pooled'), number: true },
      cell: ({ pooled, material }) => quantity(pooled, material.unit),
    },
    {
      ...{ key: 'offers', header: t('office.offers'), number: true },
      ...{ sort: ({ offers }) => offers, cell: ({ offers }) => count(offers) },
    },
    {
      ...{ key: 'sum', header: t('office.sum'), number: true },
      sort: ({ priceRial }) => BigInt(priceRial ?? 0),
      cell: ({ priceRial }) => (priceRial === null ? '' : toman(priceRial)),
    },
  ];
}

function useColumns(): Column<Line>[] {
  const t = useWords();
  const numbers = useNumbers();
  return [
    {
      ...{ key: 'material', header: t('office.material'), wide: true },
      sort: ({ material }) => material.name,
      cell: ({ code, material }) => (
        <AppLink className="link font-semibold" href={purchasePath(code)}>
          {material.name}
        </AppLink>
      ),
    },
    {
      ...{ key: 'state', header: t('office.state'), sort: ({ state }) => state },
      cell: ({ state }) => (
        <Status meaning={purchaseMeaning(state)}>{wordFor(t, 'states', state)}</Status>
      ),
    },
    {
      ...{ key: 'closesOn', header: t('office.closesOn'), sort: ({ closesOn }) => closesOn },
      cell: ({ closesOn }) => <Day iso={closesOn} short />,
    },
    ...numbers,
  ];
}

/** Pooled purchases of the province, and what opens one. */
export function PurchasesPanel() {
  const t = useWords();
  const { count } = useFormats();
  const columns = useColumns();
  const may = useAccount()?.permissions.includes('market.openPurchase') ?? false;
  const query = useQuery({
    queryKey: ['purchases'],
    queryFn: () => answer(api.GET('/api/purchases')),
  });
  return (
    <div className="grid gap-6">
      <Loaded query={query} shape="table">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="file" title={t('office.none')}>
              {t('office.noneHint')}
            </EmptyState>
          ) : (
            <DataTable
              caption={t('office.count', { count: count(items.length) })}
              columns={columns}
              rows={items}
              rowKey={({ code }) => code}
            />
          )
        }
      </Loaded>
      {may ? <OpenPurchase /> : null}
      <Suppliers may={may} />
    </div>
  );
}
