import { useQueryClient } from '@tanstack/react-query';
import { answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import type { Order } from './order.ts';
import { useWords, wordFor } from './words.ts';

function useSaying(order: Order, path: 'messages' | 'complaints' | 'answer-complaint') {
  const queries = useQueryClient();
  return useWrite(
    ({ said = '' }: Values, opId) =>
      answer(
        api.POST(`/api/orders/{code}/${path}`, {
          params: { path: { code: order.code } },
          headers: withKey(opId),
          body: { said },
        }),
      ),
    () => queries.invalidateQueries(),
  );
}

function Messages({ order }: { order: Order }) {
  const t = useWords();
  const { instant, line } = useFormats();
  const write = useSaying(order, 'messages');
  return (
    <Sheet title={t('order.messages')} id="messages">
      <ul className="pb-4">
        {order.messages.map((one) => {
          const { day, time } = instant(one.at);
          return (
            <li key={`${one.party} ${one.at}`} className="border-b border-line py-2">
              <span className="block text-sm text-soft">
                {line(wordFor(t, 'party', one.party), day, time)}
              </span>
              {one.said}
            </li>
          );
        })}
      </ul>
      <Form key={order.messages.length} write={write} submit={t('order.send')} look="secondary">
        <TextArea name="said" label={t('order.say')} rows={2} />
      </Form>
    </Sheet>
  );
}

function Complaints({ order }: { order: Order }) {
  const t = useWords();
  const complain = useSaying(order, 'complaints');
  const reply = useSaying(order, 'answer-complaint');
  const open = order.complaints.some(({ answer: given }) => given === null);
  const mayComplain = order.party === 'buyer' && !open;
  const mayAnswer = order.party === 'office' && open && order.acts !== undefined;
  if (order.complaints.length === 0 && !mayComplain) return null;
  return (
    <Sheet title={t('order.complaint')} id="complaint">
      {order.complaints.map((one) => (
        <div key={one.at} className="border-b border-line py-2">
          <p>{one.said}</p>
          <p className="font-semibold">
            {one.answer === null
              ? t('order.complaintOpen')
              : t('order.complaintAnswer', { answer: one.answer })}
          </p>
        </div>
      ))}
      {mayComplain ? (
        <details className="pt-2">
          <summary>{t('order.complain')}</summary>
          <Form write={complain} submit={t('order.complain')} look="secondary">
            <TextArea name="said" label={t('order.say')} rows={3} />
          </Form>
        </details>
      ) : null}
      {mayAnswer ? (
        <Form write={reply} submit={t('office.send')}>
          <TextArea name="said" label={t('office.answer')} rows={3} />
        </Form>
      ) : null}
    </Sheet>
  );
}

function Rating({ order }: { order: Order }) {
  const t = useWords();
  const { count } = useFormats();
  const queries = useQueryClient();
  const write = useWrite(
    ({ stars = '5', said = '' }: Values, opId) =>
      answer(
        api.POST('/api/orders/{code}/rate', {
          params: { path: { code: order.code } },
          headers: withKey(opId),
          body: { stars: Number(stars), said },
        }),
      ),
    () => queries.invalidateQueries(),
  );
  if (order.rating) {
    return (
      <Sheet>
        <p className="font-semibold">{t('order.rated', { stars: count(order.rating.stars) })}</p>
        <p>{order.rating.said}</p>
      </Sheet>
    );
  }
  const delivered = ['delivered', 'return_asked', 'returned'].includes(order.state);
  if (order.party !== 'buyer' || !delivered) return null;
  const stars = [5, 4, 3, 2, 1].map((one) => ({ id: String(one), name: count(one) }));
  return (
    <Sheet title={t('order.rate')} id="rate">
      <Form write={write} submit={t('order.rateSubmit')} look="secondary">
        <SelectField name="stars" label={t('order.stars')} options={stars} defaultValue="5" />
        <TextArea name="said" label={t('order.said')} rows={2} optional />
      </Form>
    </Sheet>
  );
}

/** What was said about an order: to one another, to the directorate, and to everybody. */
export function OrderTalk({ order }: { order: Order }) {
  return (
    <>
      <Rating order={order} />
      <Messages order={order} />
      <Complaints order={order} />
    </>
  );
}
