import { useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { answer, api, newOpId, withKey } from '../../web/api.ts';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Button, buttonClass } from '../../web/ui/Button.tsx';
import type { Order } from './order.ts';
import { useWords } from './words.ts';

/** Back from the gateway: the server is asked, once, to ask it what became of the payment. */
function useConfirming(order: Order, isBack: boolean) {
  const queries = useQueryClient();
  const asked = useRef(false);
  const waits = isBack && order.state === 'unpaid' && order.payment?.state === 'ready';
  useEffect(() => {
    if (!waits || asked.current) return;
    asked.current = true;
    const params = { path: { code: order.code } };
    void answer(
      api.POST('/api/orders/{code}/confirm-payment', { params, headers: withKey(newOpId()) }),
    ).then(() => queries.invalidateQueries({ queryKey: ['orders'] }));
  }, [waits, order.code, queries]);
  return waits;
}

function usePaying(order: Order) {
  const queries = useQueryClient();
  return useWrite(
    (_: null, opId) =>
      answer(
        api.POST('/api/orders/{code}/pay', {
          params: { path: { code: order.code } },
          headers: withKey(opId),
        }),
      ),
    () => queries.invalidateQueries({ queryKey: ['orders'] }),
  );
}

/** How the payment of an order stands, and the way to the gateway. */
export function Payment({ order }: { order: Order }) {
  const t = useWords();
  const { instant } = useFormats();
  const search: { readonly payment?: string } = useSearch({ from: '/my/orders/$code' });
  const confirming = useConfirming(order, search.payment === 'back');
  const pay = usePaying(order);
  const state = order.payment?.state;
  const back = state === 'refunding' || state === 'refunded';
  if (!back && (order.state !== 'unpaid' || order.party !== 'buyer')) return null;
  if (back) return <Sheet>{t(`order.${state}`)}</Sheet>;
  const until = order.payUntil === null ? '' : instant(order.payUntil).time;
  return (
    <Sheet>
      <p className="pb-4">{t('order.payUntil', { time: until })}</p>
      {confirming ? <p role="status">{t('order.payConfirming')}</p> : null}
      {state === 'asked' ? <p role="status">{t('order.payWait')}</p> : null}
      {state === 'ready' && order.payment?.address ? (
        <a className={buttonClass('primary')} href={order.payment.address}>
          {t('order.payGo')}
        </a>
      ) : null}
      {state === undefined ? (
        <Button pending={pay.isPending} onPress={() => pay.mutate(null)}>
          {t('order.payNow')}
        </Button>
      ) : null}
    </Sheet>
  );
}
