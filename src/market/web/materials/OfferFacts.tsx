import type { Answer } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { useQuantity, useWords } from './words.ts';

export type Offer = Answer<'/api/purchases/{code}'>['offerList'][number];

/** What an offer says: its prices by quantity, what it comes to now, and its days. */
export function OfferFacts({ offer, unit }: { offer: Offer; unit: string }) {
  const t = useWords();
  const { day, toman } = useFormats();
  const quantity = useQuantity();
  const { quote } = offer;
  return (
    <>
      {offer.breaks.map(({ from, unitRial }) => (
        <p key={from}>
          {t('offer.breakLine', { from: quantity(from, unit), amount: toman(unitRial) })}
        </p>
      ))}
      <p className="font-semibold">
        {quote === null
          ? t('offer.small')
          : t('offer.total', {
              amount: toman(quote.totalRial),
              freight: toman(offer.freightRial),
            })}
      </p>
      <p className="text-sm text-soft">
        {t('offer.days', { delivers: day(offer.deliversOn), valid: day(offer.validUntil) })}
      </p>
      {offer.note ? <p className="text-sm">{offer.note}</p> : null}
    </>
  );
}
