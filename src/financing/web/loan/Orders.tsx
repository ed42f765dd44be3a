import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answer, api, withKey } from '../../../web/api.ts';
import { Form, TextField, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { useAccount } from '../../../web/session.ts';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { type Meaning, Status } from '../../../web/ui/Status.tsx';
import { Day, Ltr, Money } from '../../../web/ui/Values.tsx';
import { tomanIn } from './BankActs.tsx';
import { useWords, wordFor } from './words.ts';

type Shown = Answer<'/api/cases/{code}/payment-orders'>;
type Order = Shown['orders'][number];
type Next = NonNullable<Shown['next']>;

const meanings: { readonly [state: string]: Meaning } = {
  pending: 'waiting',
  confirmed: 'done',
  returned: 'stopped',
};

function OneOrder({ it }: { it: Order }) {
  const t = useWords();
  const { label, toman, lang } = useFormats();
  const takes = useAccount()?.permissions.includes('financing.takeOrders');
  const parts = it.confirmedRial !== '0' && it.confirmedRial !== it.amountRial;
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <div className="flex flex-wrap justify-between gap-x-4">
        <Money rials={it.amountRial} />
        <Status meaning={meanings[it.state] ?? 'waiting'}>
          {wordFor(t, 'order.state', it.state)}
        </Status>
      </div>
      <p className="text-sm text-soft">
        {label(it.bank.label)} · <Day iso={it.sentOn} />
      </p>
      <p className="text-sm text-soft">
        {t('order.reference')}: <Ltr>{it.reference}</Ltr>
      </p>
      {parts ? <p>{t('order.parts', { amount: toman(it.confirmedRial) })}</p> : null}
      {it.state === 'pending' && takes ? (
        <a
          className="link text-sm"
          href={`/api/payment-orders/${it.batch}/orders.xml?lang=${lang}`}
          download
        >
          {t('order.download')}
        </a>
      ) : null}
    </li>
  );
}

function useOrder(code: string, onDone: () => void) {
  const t = useWords();
  const queries = useQueryClient();
  return useWrite(
    async (values: Values, opId) => {
      const amountRial = tomanIn(values, 'amount', t('bank.wrongAmount'));
      const iban = (values.iban ?? '').trim();
      const order = { code, amountRial, ...(iban ? { iban } : {}) };
      return answer(
        api.POST('/api/payment-orders', { body: { orders: [order] }, headers: withKey(opId) }),
      );
    },
    async () => {
      onDone();
      await queries.invalidateQueries();
    },
  );
}

/** How much of what is left is to be paid now, and to which account. */
function OrderForm({ code, next, onDone }: { code: string; next: Next; onDone: () => void }) {
  const t = useWords();
  const { toman, label, digits } = useFormats();
  // The field is in whole toman; the last rial of an odd sum are for the API.
  const whole = toman(String((BigInt(next.leftRial) / 10n) * 10n));
  const words = { bank: label(next.bank.label), number: digits(next.tranche) };
  return (
    <Form write={useOrder(code, onDone)} submit={t('order.sure')}>
      <p>{t('order.about', { ...words, left: toman(next.leftRial) })}</p>
      <TextField
        name="amount"
        label={t('bank.amount')}
        inputMode="numeric"
        defaultValue={whole}
        ltr
      />
      <TextField name="iban" label={t('order.iban')} hint={t('order.ibanHint')} optional ltr />
    </Form>
  );
}

/** What the bank was ordered to pay for the case and what became of it, with the form for the next order. */
export function Orders({ code }: { code: string }) {
  const t = useWords();
  const { permissions = [] } = useAccount() ?? {};
  const [open, setOpen] = useState(false);
  const { data } = useQuery({
    queryKey: ['case', code, 'orders'],
    queryFn: () =>
      answer(api.GET('/api/cases/{code}/payment-orders', { params: { path: { code } } })),
    enabled: permissions.includes('financing.bankFiles'),
  });
  const next = permissions.includes('financing.orderPayments') ? data?.next : null;
  if (!data || (data.orders.length === 0 && !next)) return null;
  return (
    <Sheet title={t('order.title')} id="payment-orders">
      {data.orders.length === 0 ? <p className="text-soft">{t('order.none')}</p> : null}
      <ul>
        {data.orders.map((it) => (
          <OneOrder key={it.reference} it={it} />
        ))}
      </ul>
      {next && open ? (
        <div className="pt-4">
          <OrderForm code={code} next={next} onDone={() => setOpen(false)} />
        </div>
      ) : null}
      {next && !open ? (
        <div className="pt-4">
          <Button look="secondary" onPress={() => setOpen(true)}>
            {t('order.act')}
          </Button>
        </div>
      ) : null}
    </Sheet>
  );
}
