import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { myProductPath } from '../../web/paths.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, PageHead, Sheet } from '../../web/ui/Blocks.tsx';
import { buttonClass } from '../../web/ui/Button.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Tabs } from '../../web/ui/Tabs.tsx';
import { Standing } from './MyStallsPage.tsx';
import { OrderList } from './OrderList.tsx';
import { Statement } from './Statement.tsx';
import { useToman, useWords } from './words.ts';

type Stall = Answer<'/api/my-stalls/{code}'>;

/** A stall of one's own with all it holds. */
export function useMyStall(code: string) {
  return useQuery({
    queryKey: ['stalls', code],
    queryFn: () => answer(api.GET('/api/my-stalls/{code}', { params: { path: { code } } })),
  });
}

function Products({ stall }: { stall: Stall }) {
  const t = useWords();
  const { count } = useFormats();
  const toman = useToman();
  const code = stall.code ?? '';
  if (stall.products.length === 0) {
    return (
      <EmptyState icon="file" title={t('stall.noProducts')}>
        {t('stall.noProductsHint')}
      </EmptyState>
    );
  }
  return (
    <ul className="sheet">
      {stall.products.map((product) => (
        <li key={product.code} className="border-b border-line last:border-b-0">
          <AppLink
            href={myProductPath(code, product.code)}
            className="flex min-h-14 flex-wrap items-center justify-between gap-x-4 p-3 text-ink no-underline hover:bg-accent-soft"
          >
            <span className="link font-semibold">{product.title}</span>
            <span className="text-sm text-soft">
              {`${toman(product.priceRial)} – ${product.onHand === 0 ? t('product.soldOut') : t('product.onHandNow', { count: count(product.onHand) })}${product.state === 'hidden' ? ` – ${t('product.hidden')}` : ''}`}
            </span>
          </AppLink>
        </li>
      ))}
    </ul>
  );
}

function Change({ stall }: { stall: Stall }) {
  const t = useWords();
  const queries = useQueryClient();
  const write = useWrite(
    ({ name = '', about = '', state }: Values, opId) =>
      answer(
        api.POST('/api/stalls/{code}', {
          params: { path: { code: stall.code ?? '' } },
          headers: withKey(opId),
          body: { name, about, state: state === 'closed' ? 'closed' : 'open' },
        }),
      ),
    () => queries.invalidateQueries(),
  );
  const states = [
    { id: 'open', name: t('stall.opened') },
    { id: 'closed', name: t('stall.closed') },
  ];
  return (
    <details className="sheet p-4">
      <summary className="font-semibold">{t('stall.change')}</summary>
      <div className="pt-4">
        <Form write={write} submit={t('stall.save')} look="secondary">
          <TextField name="name" label={t('stall.name')} defaultValue={stall.name} />
          <TextArea name="about" label={t('stall.about')} optional defaultValue={stall.about} />
          <SelectField
            name="state"
            label={t('stall.state')}
            options={states}
            defaultValue={stall.state ?? 'open'}
          />
        </Form>
      </div>
    </details>
  );
}

function Orders({ code }: { code: string }) {
  const t = useWords();
  const query = useQuery({
    queryKey: ['stalls', code, 'orders'],
    queryFn: () => answer(api.GET('/api/stalls/{code}/orders', { params: { path: { code } } })),
  });
  return (
    <Loaded query={query} shape="table">
      {({ items }) => <OrderList items={items} empty={t('stall.noOrders')} />}
    </Loaded>
  );
}

/** The stall's own feed, for the marketplaces that its maker sells on already. */
function Feeds({ code }: { code: string }) {
  const t = useWords();
  return (
    <p className="text-sm text-soft">
      {`${t('stall.feeds')} `}
      {(['csv', 'json'] as const).map((form) => (
        <a key={form} className="link me-2" href={`/market.${form}?stall=${code}`}>
          {t(`stall.${form}`)}
        </a>
      ))}
    </p>
  );
}

function Whole({ stall }: { stall: Stall }) {
  const t = useWords();
  const code = stall.code ?? '';
  const tabs = [
    { id: 'products', name: t('stall.products'), panel: <Products stall={stall} /> },
    { id: 'orders', name: t('stall.orders'), panel: <Orders code={code} /> },
    { id: 'statement', name: t('stall.statement'), panel: <Statement code={code} /> },
  ];
  return (
    <>
      <PageHead
        title={stall.name}
        end={
          <AppLink className={buttonClass('primary')} href={myProductPath(code, 'new')}>
            {t('stall.add')}
          </AppLink>
        }
      >
        <Standing permit={stall.permit} />{' '}
        <a className="link" href={`/market/stalls/${code}`}>
          {t('stall.see')}
        </a>
      </PageHead>
      {stall.permit.standing === 'suspended' ? (
        <Sheet>
          <p>{t('stall.suspended', { reason: stall.permit.reason ?? '' })}</p>
        </Sheet>
      ) : null}
      <Tabs label={stall.name} tabs={tabs} />
      <Change stall={stall} />
      <Feeds code={code} />
    </>
  );
}

/** A maker's stall: what it sells, what was ordered, what is due. */
export function MyStallPage() {
  const t = useWords();
  useTitle(t('stall.title'));
  const { code } = useParams({ from: '/my/stall/$code' });
  const query = useMyStall(code);
  return (
    <div className="mx-auto grid max-w-3xl gap-6">
      <Loaded query={query} shape="page">
        {(stall) => <Whole stall={stall} />}
      </Loaded>
    </div>
  );
}
