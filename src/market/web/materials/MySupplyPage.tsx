import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { EmptyState, PageHead, Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { ActForm } from '../ActForm.tsx';
import { purchaseMeaning } from './meanings.ts';
import { type Offer, OfferFacts } from './OfferFacts.tsx';
import { OfferForm } from './OfferForm.tsx';
import { useQuantity, useWords, wordFor } from './words.ts';

type Supply = Answer<'/api/my-supply'>;
type Purchase = Supply['purchases'][number];

function OwnOffer({ offer, unit }: { offer: Offer; unit: string }) {
  const t = useWords();
  return (
    <div className="border-b border-line py-3 last:border-b-0">
      <p className="flex flex-wrap justify-between gap-x-4">
        <b>{t('offer.title')}</b>
        <Status meaning={offer.state === 'chosen' ? 'done' : 'waiting'}>
          {wordFor(t, 'offerStates', offer.state)}
        </Status>
      </p>
      <OfferFacts offer={offer} unit={unit} />
      {offer.state === 'standing' ? (
        <ActForm
          url="/api/offers/{code}/withdraw"
          code={offer.code}
          name={t('offer.withdraw')}
          look="danger"
        />
      ) : null}
    </div>
  );
}

/** Where a chosen offer's goods go. */
function Deliveries({ purchase }: { purchase: Purchase }) {
  const t = useWords();
  const { label } = useFormats();
  const quantity = useQuantity();
  const { unit } = purchase.material;
  return (
    <>
      <h3 className="pt-3 font-semibold">{t('supply.deliver')}</h3>
      <ul>
        {purchase.points.map((point) => (
          <li key={point.number} className="py-1">
            {t('supply.deliverLine', {
              place: point.place,
              county: label(point.county.label),
              ordered: quantity(point.ordered, unit),
              delivered: quantity(point.delivered, unit),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

function PurchaseSheet({ purchase, may }: { purchase: Purchase; may: boolean }) {
  const t = useWords();
  const { day } = useFormats();
  const quantity = useQuantity();
  const { material, state, pooled, closesOn, offers } = purchase;
  const takes = state === 'open' || state === 'closed';
  const stands = offers.some((one) => one.state === 'standing');
  return (
    <Sheet
      title={material.name}
      id={purchase.code}
      end={<Status meaning={purchaseMeaning(state)}>{wordFor(t, 'states', state)}</Status>}
    >
      <p>{`${t('one.pooled')}: ${quantity(pooled, material.unit)}`}</p>
      <p className="text-soft">{`${t('one.closesOn')}: ${day(closesOn)}`}</p>
      {offers.map((offer) => (
        <OwnOffer key={offer.code} offer={offer} unit={material.unit} />
      ))}
      {purchase.points.length > 0 ? <Deliveries purchase={purchase} /> : null}
      {may && takes && !stands ? <OfferForm purchase={purchase.code} /> : null}
    </Sheet>
  );
}

/** What a supplier can offer for, has offered, and has to deliver. */
export function MySupplyPage() {
  const t = useWords();
  useTitle(t('supply.title'));
  const query = useQuery({
    queryKey: ['my-supply'],
    queryFn: () => answer(api.GET('/api/my-supply')),
  });
  return (
    <div className="mx-auto grid max-w-2xl gap-6">
      <PageHead title={t('supply.title')}>{t('supply.about')}</PageHead>
      <Loaded query={query} shape="page">
        {({ supplier, purchases }) => {
          if (supplier === null) {
            return (
              <EmptyState icon="file" title={t('supply.nobody')}>
                {t('supply.nobodyHint')}
              </EmptyState>
            );
          }
          if (purchases.length === 0) return <EmptyState icon="check" title={t('supply.none')} />;
          const may = supplier.standing === 'good';
          return (
            <>
              {may ? null : (
                <p role="status" className="font-semibold text-stopped">
                  {wordFor(t, 'standings', supplier.standing)}
                </p>
              )}
              {purchases.map((one) => (
                <PurchaseSheet key={one.code} purchase={one} may={may} />
              ))}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
