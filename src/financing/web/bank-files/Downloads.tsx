import { useFormats } from '../../../web/format.ts';
import { useAccount } from '../../../web/session.ts';
import { useWords } from './words.ts';

const forms = [
  { ending: 'xml', name: 'pain.001' },
  { ending: 'csv', name: 'CSV' },
  { ending: 'xlsx', name: 'XLSX' },
];

/** A batch of orders in each form that a bank takes, for whoever pays by it. */
export function Downloads({ code }: { code: string }) {
  const t = useWords();
  const { lang } = useFormats();
  if (!useAccount()?.permissions.includes('financing.takeOrders')) return null;
  return (
    <p className="flex flex-wrap gap-4 pt-1">
      {forms.map(({ ending, name }) => (
        <a
          key={ending}
          className="link"
          href={`/api/payment-orders/${code}/orders.${ending}?lang=${lang}`}
          download
        >
          {t('orders.download', { form: name })}
        </a>
      ))}
    </p>
  );
}
