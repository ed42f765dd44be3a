import { useQueryClient } from '@tanstack/react-query';
import { type Answer, answer, api, withKey } from '../../../web/api.ts';
import { ErrorSummary } from '../../../web/form/ErrorSummary.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { problemOf } from '../../../web/problem.ts';
import { Button } from '../../../web/ui/Button.tsx';
import { useWords } from './words.ts';

export type Plan = Answer<'/api/orderable-plans'>['items'][number];
/** Orders that were given together, and the batch they are in. */
export type Made = { readonly orders: number; readonly code: string };

/** That part of the plan in whole toman, and no more than what is left of it; rial. */
function partOf({ planRial, leftRial }: Plan, share: string): string {
  const left = BigInt(leftRial);
  const part = ((BigInt(planRial) * BigInt(share)) / 1000n) * 10n;
  return String(share === '100' || part >= left || part === 0n ? left : part);
}

type Wish = { readonly plan: Plan; readonly amountRial: string };

function List({ wishes }: { wishes: readonly Wish[] }) {
  const t = useWords();
  const { toman, label } = useFormats();
  return (
    <ol
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-[45dvh] overflow-y-auto rounded-md border border-line"
    >
      {wishes.map(({ plan, amountRial }) => (
        <li
          key={plan.code}
          className="flex flex-wrap justify-between gap-x-3 border-b border-line px-3 py-2 last:border-b-0"
        >
          <span>
            <span className="font-semibold">{plan.name}</span>{' '}
            <span className="text-sm text-soft">{label(plan.county.label)}</span>
          </span>
          <span>{t('many.amount', { amount: toman(amountRial) })}</span>
        </li>
      ))}
    </ol>
  );
}

/** What will be ordered, plan by plan, and then the order. */
export function ConfirmOrders({
  plans,
  share,
  onDone,
}: {
  plans: readonly Plan[];
  /** Per cent of each plan. */
  share: string;
  onDone: (made: Made) => void;
}) {
  const t = useWords();
  const { toman, count } = useFormats();
  const queries = useQueryClient();
  const wishes = plans.map((plan) => ({ plan, amountRial: partOf(plan, share) }));
  const sum = wishes.reduce((all, { amountRial }) => all + BigInt(amountRial), 0n);
  const write = useWrite(
    (orders: { code: string; amountRial: string }[], opId) =>
      answer(api.POST('/api/payment-orders', { body: { orders }, headers: withKey(opId) })),
    async ({ batches }) => {
      onDone({ orders: plans.length, code: batches[0]?.code ?? '' });
      await queries.invalidateQueries();
    },
  );
  const orders = wishes.map(({ plan, amountRial }) => ({ code: plan.code, amountRial }));
  const problem = write.error ? problemOf(write.error) : null;
  return (
    <div className="grid gap-4">
      {problem ? <ErrorSummary problem={problem} fieldId={() => undefined} /> : null}
      <p>{t('many.will', { count: count(plans.length), amount: toman(String(sum)) })}</p>
      <List wishes={wishes} />
      <Button autoFocus pending={write.isPending} onPress={() => write.mutate(orders)}>
        {t('many.sure', { count: count(plans.length) })}
      </Button>
    </div>
  );
}
