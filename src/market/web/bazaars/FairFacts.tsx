import type { Answer } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { criteria } from '../../bazaars/rules.ts';
import { useToman, useWords, wordFor } from './words.ts';

export type Fair = Answer<'/api/fairs'>['items'][number];

/** Basis points in a whole. */
const whole = 10_000;

/** When and where a fair is, and until when one can apply. */
export function Times({ fair }: { fair: Fair }) {
  const t = useWords();
  const { day, label } = useFormats();
  return (
    <>
      <p className="font-semibold">
        {t('fair.when', { from: day(fair.startsOn), to: day(fair.endsOn) })}
      </p>
      <p>{t('fair.where', { place: fair.place, county: label(fair.county.label) })}</p>
      {fair.state === 'announced' ? (
        <p className="text-soft">{t('fair.until', { day: day(fair.applyUntilOn) })}</p>
      ) : null}
      {fair.about ? <p className="pt-2">{fair.about}</p> : null}
    </>
  );
}

/** The kinds of stalls of a fair with what each costs after its discount. */
export function Stalls({ fair }: { fair: Fair }) {
  const t = useWords();
  const { count, percent } = useFormats();
  const toman = useToman();
  return (
    <ul>
      {fair.stalls.map((stall) => (
        <li key={stall.number} className="border-b border-line py-2 last:border-b-0">
          {t('fair.stall', {
            ...{ name: stall.name, places: count(stall.places) },
            fee: toman(stall.feeRial),
          })}
          {stall.discountBp > 0 ? (
            <span className="block text-sm text-soft">
              {t('fair.discount', {
                discount: percent(stall.discountBp / whole),
                price: toman(stall.priceRial),
              })}
            </span>
          ) : null}
          {fair.seed === null ? null : (
            <span className="block text-sm text-soft">
              {t('one.given', { allotted: count(stall.allotted), places: count(stall.places) })}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What applications are judged by, and what tells equals apart. */
export function Criteria({ fair }: { fair: Fair }) {
  const t = useWords();
  const { count } = useFormats();
  const asked = criteria.filter((one) => fair.weights[one] !== undefined);
  return (
    <>
      <h3 className="pt-3 font-semibold">{t('fair.criteria')}</h3>
      <ul>
        {asked.map((one) => (
          <li key={one}>
            {t('fair.weight', {
              name: wordFor(t, 'criteria', one),
              weight: count(fair.weights[one] ?? 0),
            })}
          </li>
        ))}
      </ul>
      <details className="pt-2 text-sm text-soft">
        <summary>{fair.seed === null ? t('fair.fingerprint') : t('fair.seed')}</summary>
        <p className="ltr break-all">{fair.seed ?? fair.fingerprint}</p>
        {fair.seed === null ? null : <p>{t('fair.seedHint')}</p>}
      </details>
    </>
  );
}
