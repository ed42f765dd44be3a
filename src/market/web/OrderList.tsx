import type { Answer } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { orderPath } from '../../web/paths.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { type Meaning, Status } from '../../web/ui/Status.tsx';
import { useToman, useWords, wordFor } from './words.ts';

type Line = Answer<'/api/my-orders'>['items'][number];

const meanings: Readonly<Record<string, Meaning>> = {
  delivered: 'done',
  returned: 'done',
  cancelled: 'stopped',
  return_asked: 'late',
};

/** An order's state in its one colour and word. */
export function OrderState({ state }: { state: string }) {
  const t = useWords();
  return <Status meaning={meanings[state] ?? 'waiting'}>{wordFor(t, 'orderState', state)}</Status>;
}

/** Orders, each with what, from where, how much and how it stands. */
export function OrderList({ items, empty }: { items: readonly Line[]; empty: string }) {
  const { line, instant } = useFormats();
  const toman = useToman();
  if (items.length === 0) return <p className="text-soft">{empty}</p>;
  return (
    <ul className="sheet">
      {items.map((one) => (
        <li key={one.code} className="border-b border-line p-3 last:border-b-0">
          <span className="flex flex-wrap items-baseline justify-between gap-x-4">
            <AppLink className="link font-semibold" href={orderPath(one.code)}>
              {one.summary}
            </AppLink>
            <OrderState state={one.state} />
          </span>
          <span className="block text-sm text-soft">
            {line(one.stall, toman(one.goodsRial), instant(one.orderedAt).day)}
          </span>
        </li>
      ))}
    </ul>
  );
}
