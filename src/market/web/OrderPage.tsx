import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answer, api } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { PageHead, Sheet, SummaryList } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Code, Ltr } from '../../web/ui/Values.tsx';
import { OrderActs } from './OrderActs.tsx';
import { OrderState } from './OrderList.tsx';
import { OrderTalk } from './OrderTalk.tsx';
import type { Order } from './order.ts';
import { Payment } from './Payment.tsx';
import { useToman, useWords, wordFor } from './words.ts';

function Lines({ order }: { order: Order }) {
  const t = useWords();
  const { count, toman } = useFormats();
  const inToman = useToman();
  return (
    <Sheet title={t('order.what')} id="what">
      <ul>
        {order.lines.map((line) => (
          <li key={line.place} className="border-b border-line py-2 last:border-b-0">
            {t('order.pieces', {
              title: line.title,
              quantity: count(line.quantity),
              unit: line.unit,
              amount: toman(line.eachRial),
            })}
            {line.returned > 0 ? (
              <b className="block">{t('order.back', { quantity: count(line.returned) })}</b>
            ) : null}
            {line.returnAsked > 0 ? (
              <b className="block">
                {t('order.asked', {
                  quantity: count(line.returnAsked),
                  reason: order.returnReason ?? '',
                })}
              </b>
            ) : null}
          </li>
        ))}
      </ul>
      <p className="pt-2 text-lg font-semibold">{`${t('order.sum')}: ${inToman(order.goodsRial)}`}</p>
      {order.returnedRial === '0' ? null : (
        <p>{`${t('order.returned')}: ${inToman(order.returnedRial)}`}</p>
      )}
    </Sheet>
  );
}

function Facts({ order }: { order: Order }) {
  const t = useWords();
  const { label, line, digits } = useFormats();
  const pays = order.pays === 'online' ? t('buy.online') : t('buy.on_delivery');
  const { province, county, address, postalCode } = order.to;
  const place = county ? label(county.label) : '';
  const where = [label(province.label), place, address, digits(postalCode ?? '')];
  return (
    <Sheet>
      <SummaryList
        rows={[
          [
            t('order.stall'),
            <a key="stall" className="link" href={`/market/stalls/${order.stall.code}`}>
              {order.stall.name}
            </a>,
          ],
          [
            t('order.buyer'),
            <span key="buyer">
              {order.buyer.name} <Ltr>{digits(order.buyer.mobile ?? '')}</Ltr>
            </span>,
          ],
          [t('order.to'), order.to.address === '' ? t('order.fetched') : line(...where)],
          [t('order.pays'), pays],
          [t('order.note'), order.note],
        ]}
      />
    </Sheet>
  );
}

function Way({ order }: { order: Order }) {
  const t = useWords();
  const { instant, line } = useFormats();
  return (
    <Sheet title={t('order.way')} id="way">
      <ol>
        {order.steps.map((step) => {
          const { day, time } = instant(step.at);
          const verb = wordFor(t, 'verb', step.verb.slice('market.'.length));
          return (
            <li
              key={`${step.verb} ${step.at}`}
              className="border-b border-line py-2 last:border-b-0"
            >
              <span className="font-semibold">
                {t('order.by', { verb, party: wordFor(t, 'party', step.party) })}
              </span>
              <span className="block text-sm text-soft">{line(day, time, step.note)}</span>
            </li>
          );
        })}
      </ol>
    </Sheet>
  );
}

/** How often an order is asked about while a payment is on its way, milliseconds. */
const whilePaying = 2_000;

/** An order as each of its parties sees it: what it is, what can be done now, what was said. */
export function OrderPage() {
  const t = useWords();
  const { code } = useParams({ from: '/my/orders/$code' });
  const query = useQuery({
    queryKey: ['orders', code],
    queryFn: () => answer(api.GET('/api/orders/{code}', { params: { path: { code } } })),
    refetchInterval: ({ state }) =>
      state.data?.state === 'unpaid' && state.data.payment ? whilePaying : false,
  });
  useTitle(t('order.title', { code: code.slice(-6).toUpperCase() }));
  return (
    <div className="mx-auto grid max-w-3xl gap-6">
      <Loaded query={query} shape="page">
        {(order) => (
          <>
            <PageHead
              title={t('order.title', { code: '' })}
              end={<OrderState state={order.state} />}
            >
              <Code>{order.code.slice(-6).toUpperCase()}</Code>
            </PageHead>
            <Payment order={order} />
            <OrderActs order={order} />
            <Lines order={order} />
            <Facts order={order} />
            <Way order={order} />
            <OrderTalk order={order} />
          </>
        )}
      </Loaded>
    </div>
  );
}
