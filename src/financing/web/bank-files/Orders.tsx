import { useQuery } from '@tanstack/react-query';
import { unitFor, useFormats } from '../../../web/format.ts';
import { useAccount } from '../../../web/session.ts';
import { EmptyState, Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Day } from '../../../web/ui/Values.tsx';
import { useShellWords } from '../../../web/words.ts';
import { type Batch, ordersQuery } from './bank-files.ts';
import { Downloads } from './Downloads.tsx';
import { OrderMany } from './OrderMany.tsx';
import { useWords } from './words.ts';

function BatchLine({ it }: { it: Batch }) {
  const t = useWords();
  const shell = useShellWords();
  const { label, count, money } = useFormats();
  const size = unitFor(it.controlRial);
  const unit = shell(`money.${size}`);
  const amounts = {
    ...{ orders: count(it.orders), amount: money(it.controlRial, size), unit },
    ...{ confirmed: money(it.confirmedRial, size), returned: money(it.returnedRial, size) },
  };
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <p className="font-semibold">
        {label(it.bank.label)} · <Day iso={it.sentOn} />
      </p>
      <p>{t('orders.line', amounts)}</p>
      <p className="text-sm text-soft">{t('orders.became', amounts)}</p>
      <Downloads code={it.code} />
    </li>
  );
}

/** The batches of orders, to be downloaded for their banks in each form, and the next ones to be ordered. */
export function Orders() {
  const t = useWords();
  const orders = useQuery(ordersQuery);
  const may = useAccount()?.permissions.includes('financing.orderPayments');
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-8 lg:grid-cols-2">
      {may ? <OrderMany /> : null}
      <Loaded query={orders} shape="table">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="file" title={t('orders.empty')} />
          ) : (
            <Sheet title={t('orders.title')} id="orders">
              <ul>
                {items.map((it) => (
                  <BatchLine key={it.code} it={it} />
                ))}
              </ul>
            </Sheet>
          )
        }
      </Loaded>
    </div>
  );
}
