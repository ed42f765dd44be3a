import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../web/api.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { EmptyState, PageHead } from '../../web/ui/Blocks.tsx';
import { buttonClass } from '../../web/ui/Button.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { OrderList } from './OrderList.tsx';
import { useWords } from './words.ts';

/** What the buyer ordered, wherever. */
export function OrdersPage() {
  const t = useWords();
  useTitle(t('order.bought'));
  const query = useQuery({
    queryKey: ['orders'],
    queryFn: () => answer(api.GET('/api/my-orders')),
  });
  return (
    <div className="mx-auto grid max-w-3xl gap-6">
      <PageHead
        title={t('order.bought')}
        end={
          <a className={buttonClass('secondary')} href="/market">
            {t('panel.browse')}
          </a>
        }
      />
      <Loaded query={query} shape="table">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="file" title={t('order.none')}>
              {t('order.noneHint')}
            </EmptyState>
          ) : (
            <OrderList items={items} empty={t('order.none')} />
          )
        }
      </Loaded>
    </div>
  );
}
