import { useQueryClient } from '@tanstack/react-query';
import { parseNumber } from '../../kit/persian-text.ts';
import { answer, api, withKey } from '../../web/api.ts';
import { Form, TextArea, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import type { ButtonLook } from '../../web/ui/Button.tsx';
import type { Order } from './order.ts';
import { useWords } from './words.ts';

/** Steps that need nothing said, with their addresses and how loud their button is. */
const plain = {
  'market.acceptOrder': ['accept', 'acceptOrder', 'primary'],
  'market.sendOrder': ['send', 'sendOrder', 'primary'],
  'market.deliverOrder': ['deliver', 'deliverOrder', 'primary'],
  'market.declineOrder': ['decline', 'declineOrder', 'danger'],
  'market.cancelOrder': ['cancel', 'cancelOrder', 'danger'],
} as const satisfies Record<string, readonly [string, string, ButtonLook]>;
type Plain = keyof typeof plain;

function useDone() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries();
}

function PlainStep({ order, verb }: { order: Order; verb: Plain }) {
  const t = useWords();
  const [path, word, look] = plain[verb];
  const write = useWrite(
    ({ note }: Values, opId) =>
      answer(
        api.POST(`/api/orders/{code}/${path}`, {
          params: { path: { code: order.code } },
          headers: withKey(opId),
          body: note ? { note } : {},
        }),
      ),
    useDone(),
  );
  return (
    <Form write={write} submit={t(`order.step.${word}`)} look={look}>
      {verb === 'market.declineOrder' ? (
        <TextField name="note" label={t('order.reason')} optional />
      ) : null}
    </Form>
  );
}

function AskReturn({ order }: { order: Order }) {
  const t = useWords();
  const write = useWrite((values: Values, opId) => {
    const lines = order.lines.flatMap(({ place }) => {
      const quantity = Number(parseNumber(values[`back ${place}`] ?? '') ?? 0);
      return quantity > 0 ? [{ place, quantity }] : [];
    });
    const body = { reason: values.reason ?? '', lines };
    const params = { path: { code: order.code } };
    return answer(
      api.POST('/api/orders/{code}/ask-return', { params, headers: withKey(opId), body }),
    );
  }, useDone());
  return (
    <details>
      <summary className="font-semibold">{t('order.askReturn')}</summary>
      <div className="pt-4">
        <Form write={write} submit={t('order.askReturn')} look="secondary">
          {order.lines.map((line) => (
            <TextField
              key={line.place}
              name={`back ${line.place}`}
              label={t('order.howMany', { title: line.title })}
              inputMode="numeric"
              ltr
              defaultValue="1"
            />
          ))}
          <TextArea name="reason" label={t('order.reason')} rows={2} />
        </Form>
      </div>
    </details>
  );
}

function AcceptReturn({ order }: { order: Order }) {
  const t = useWords();
  const write = useWrite(
    ({ again }: Values, opId) =>
      answer(
        api.POST('/api/orders/{code}/accept-return', {
          params: { path: { code: order.code } },
          headers: withKey(opId),
          body: { onHandAgain: again === 'true' },
        }),
      ),
    useDone(),
  );
  return (
    <Form write={write} submit={t('order.acceptReturn')}>
      <label className="flex min-h-11 items-center gap-3">
        <input type="checkbox" name="again" value="true" className="size-5 accent-accent" />
        {t('order.again')}
      </label>
    </Form>
  );
}

function RefuseReturn({ order }: { order: Order }) {
  const t = useWords();
  const write = useWrite(
    ({ reason = '' }: Values, opId) =>
      answer(
        api.POST('/api/orders/{code}/refuse-return', {
          params: { path: { code: order.code } },
          headers: withKey(opId),
          body: { reason },
        }),
      ),
    useDone(),
  );
  return (
    <Form write={write} submit={t('order.step.refuseReturn')} look="danger">
      <TextArea name="reason" label={t('order.reason')} rows={2} />
    </Form>
  );
}

/** What the reader may do with an order now; nothing where there is nothing. */
export function OrderActs({ order }: { order: Order }) {
  const forms = order.acts.flatMap((verb) => {
    if (verb in plain) return [<PlainStep key={verb} order={order} verb={verb as Plain} />];
    if (verb === 'market.askReturn') return [<AskReturn key={verb} order={order} />];
    if (verb === 'market.acceptReturn') return [<AcceptReturn key={verb} order={order} />];
    return verb === 'market.refuseReturn' ? [<RefuseReturn key={verb} order={order} />] : [];
  });
  if (forms.length === 0) return null;
  return (
    <Sheet>
      <div className="grid gap-6">{forms}</div>
    </Sheet>
  );
}
