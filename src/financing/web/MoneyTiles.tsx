import { unitFor, useFormats } from '../../web/format.ts';
import { useShellWords } from '../../web/words.ts';
import type { Allocation, Money } from './allocation.ts';
import { useWords } from './words.ts';

const tiles = ['allocated', 'committed', 'referred', 'contracted', 'paid', 'free'] as const;

function Tile({ name, rials }: { name: (typeof tiles)[number]; rials: string | null }) {
  const t = useWords();
  const shell = useShellWords();
  const { money, rial } = useFormats();
  const unit = unitFor(rials ?? '0');
  return (
    <li className="flex min-w-0 flex-col bg-sheet p-3 sm:p-4">
      <span className="text-xl font-bold sm:text-2xl sm:whitespace-nowrap">
        {rials === null ? '—' : money(rials, unit)}
        {rials === null || rials === '0' ? null : (
          <span className="ms-1 text-base font-normal">{shell(`money.${unit}`)}</span>
        )}
      </span>
      <span className="font-semibold">{t(`money.${name}`)}</span>
      <span className="text-sm text-soft">
        {rials === null ? t('money.noCeiling') : t('money.exact', { rial: rial(rials) })}
      </span>
    </li>
  );
}

/** An amount of an allocation by the name of its tile. */
export function amountOf(money: Money, name: (typeof tiles)[number]): string | null {
  return money[`${name}Rial`];
}

/** The money first: what was given, what plans hold and how far they are, what is free. */
export function MoneyTiles({ it }: { it: Allocation }) {
  return (
    <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line lg:grid-cols-6">
      {tiles.map((name) => (
        <Tile key={name} name={name} rials={amountOf(it.whole, name)} />
      ))}
    </ul>
  );
}
