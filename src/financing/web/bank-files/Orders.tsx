import { useQuery } from '@tanstack/react-query';
import { unitFor, useFormats } from '../../../web/format.ts';
import { EmptyState, Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Day } from '../../../web/ui/Values.tsx';
import { useShellWords } from '../../../web/words.ts';
import { type Batch, ordersQuery } from './bank-files.ts';
import { useWords } from './words.ts';

const forms = [
  { ending: 'xml', name: 'pain.001' },
  { ending: 'csv', name: 'CSV' },
  { ending: 'xlsx', name: 'XLSX' },
];

function BatchLine({ it }: { it: Batch }) {
  const t = useWords();
  const shell = useShellWords();
  const { label, count, money, lang } = useFormats();
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
      <p className="flex flex-wrap gap-4 pt-1">
        {forms.map(({ ending, name }) => (
          <a
            key={ending}
            className="link"
            href={`/api/payment-orders/${it.code}/orders.${ending}?lang=${lang}`}
            download
          >
            {t('orders.download', { form: name })}
          </a>
        ))}
      </p>
    </li>
  );
}

/** The batches of orders, to be downloaded for their banks in each form. */
export function Orders() {
  const t = useWords();
  const orders = useQuery(ordersQuery);
  return (
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
  );
}
