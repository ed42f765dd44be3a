import type { ReactNode } from 'react';
import { type MoneyUnit, unitFor, useFormats } from '../format.ts';
import { useShellWords } from '../words.ts';

/** Text that runs left to right wherever it stands: codes, telephone numbers, IBANs, Latin names. */
export function Ltr({ children }: { children: ReactNode }) {
  return <bdi dir="ltr">{children}</bdi>;
}

/** A code or number in the digits of the language, isolated left to right. */
export function Code({ children }: { children: string | number }) {
  const { digits } = useFormats();
  return <Ltr>{digits(children)}</Ltr>;
}

/** Letters that run right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufefc]/;

/** A file's name: a Latin one runs left to right; of a Persian one the ending stays at its end. */
export function FileName({ name }: { name: string }) {
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || !rightToLeft.test(name)) return <Ltr>{name}</Ltr>;
  return (
    <span>
      <bdi>{name.slice(0, dot)}</bdi>
      <Ltr>{name.slice(dot)}</Ltr>
    </span>
  );
}

/** An ISO day as a Jalali date, with the ISO day for machines. */
export function Day({ iso, short = false }: { iso: string; short?: boolean }) {
  const { day } = useFormats();
  return (
    <time dateTime={iso} className={short ? 'ltr whitespace-nowrap' : 'whitespace-nowrap'}>
      {day(iso, short ? 'short' : 'long')}
    </time>
  );
}

/** An amount in toman with its unit; the exact rial opens under it. */
export function Money({ rials }: { rials: string }) {
  const { money, rial } = useFormats();
  const t = useShellWords();
  const unit: MoneyUnit = unitFor(rials);
  return (
    <details className="group">
      <summary className="list-none whitespace-nowrap underline decoration-dotted decoration-strong underline-offset-4 [&::-webkit-details-marker]:hidden">
        <data value={rials}>
          {money(rials, unit, 3)} {t(`money.${unit}`)}
        </data>
      </summary>
      <span className="block text-sm font-normal text-soft">
        {rial(rials)} {t('money.rial')}
      </span>
    </details>
  );
}
