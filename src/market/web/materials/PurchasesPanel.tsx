import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { purchasePath } from '../../../web/paths.ts';
import { useAccount } from '../../../web/session.ts';
import type { Column } from '../../../web/table/DataTable.tsx';
import { Day } from '../../../web/ui/Values.tsx';
import { headColumns, OfficeList } from '../OfficeList.tsx';
import { OpenPurchase } from './OpenPurchase.tsx';
import { PricesSheet } from './PricesSheet.tsx';
import { Suppliers } from './Suppliers.tsx';
import { usePurchaseState, useQuantity, useWords } from './words.ts';

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
  const stateOf = usePurchaseState();
  return [
    ...headColumns<Line>(
      {
        ...{ key: 'material', header: t('office.material'), href: purchasePath },
        name: ({ material }) => material.name,
      },
      { header: t('office.state'), words: stateOf },
    ),
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
  const columns = useColumns();
  const may = useAccount()?.permissions.includes('market.openPurchase') ?? false;
  const query = useQuery({
    queryKey: ['purchases'],
    queryFn: () => answer(api.GET('/api/purchases')),
  });
  const materials = useQuery({
    queryKey: ['raw-materials'],
    queryFn: () => answer(api.GET('/api/raw-materials')),
  });
  const words = {
    ...{ none: t('office.none'), noneHint: t('office.noneHint') },
    caption: (count: string) => t('office.count', { count }),
  };
  return (
    <OfficeList query={query} columns={columns} icon="file" words={words}>
      {may ? <OpenPurchase /> : null}
      <PricesSheet materials={materials.data?.items ?? []} />
      <Suppliers may={may} />
    </OfficeList>
  );
}
