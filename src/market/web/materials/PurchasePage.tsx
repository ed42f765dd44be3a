import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answer, api } from '../../../web/api.ts';
import { SelectField } from '../../../web/form/Form.tsx';
import { useFormats } from '../../../web/format.ts';
import { useAccount } from '../../../web/session.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { Sheet, SummaryList } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { ActForm, ReasonField } from '../ActForm.tsx';
import { StateHead } from '../OfficeList.tsx';
import { DeliverForm, Points } from './Deliveries.tsx';
import { OfferFacts } from './OfferFacts.tsx';
import { OfferForm } from './OfferForm.tsx';
import type { Purchase } from './purchase.ts';
import { Shares } from './Shares.tsx';
import { useSuppliers } from './Suppliers.tsx';
import { usePurchaseState, useQuantity, useToman, useWords, wordFor } from './words.ts';

function Facts({ it }: { it: Purchase }) {
  const t = useWords();
  const { day, label, toman: bare } = useFormats();
  const quantity = useQuantity();
  const toman = useToman();
  const { unit } = it.material;
  const ordered = it.ordered > 0;
  const retail =
    it.retailUnitRial === null
      ? null
      : t('one.retailOf', {
          ...{ unit: wordFor(t, 'units', unit), amount: bare(it.retailUnitRial) },
          source: it.retailSource ?? '',
        });
  return (
    <Sheet title={t('one.facts')} id="facts">
      <SummaryList
        rows={[
          [t('one.county'), it.county ? label(it.county.label) : t('office.anyCounty')],
          [t('one.closesOn'), day(it.closesOn)],
          [t('one.pooled'), quantity(it.pooled, unit)],
          [t('one.retail'), retail],
          [t('one.ordered'), ordered ? quantity(it.ordered, unit) : null],
          [t('one.delivered'), ordered ? quantity(it.delivered, unit) : null],
          [t('one.price'), it.priceRial === null ? null : toman(it.priceRial)],
          [t('one.freight'), it.freightRial === null ? null : toman(it.freightRial)],
          [t('one.reason'), it.reason],
        ]}
      />
    </Sheet>
  );
}

function OfferByOffice({ code }: { code: string }) {
  const t = useWords();
  const suppliers = (useSuppliers().data?.items ?? [])
    .filter(
      ({ state, supporter }) => state !== 'ended' && (supporter?.standing ?? 'good') === 'good',
    )
    .map((one) => ({ id: one.code, name: one.name }));
  return (
    <OfferForm purchase={code}>
      <SelectField name="supplier" label={t('offer.supplier')} options={suppliers} empty="" />
    </OfferForm>
  );
}

function Offers({ it, may }: { it: Purchase; may: boolean }) {
  const t = useWords();
  const takes = it.state === 'open' || it.state === 'closed';
  return (
    <Sheet title={t('one.offers')} id="offers">
      {it.offerList.length === 0 ? <p className="text-soft">{t('one.noOffers')}</p> : null}
      {it.offerList.map((offer) => (
        <div key={offer.code} className="border-b border-line py-3">
          <p className="flex flex-wrap justify-between gap-x-4">
            <span>
              <b>{offer.supplier.name}</b>{' '}
              <span className="text-soft">{wordFor(t, 'kinds', offer.supplier.kind)}</span>
            </span>
            <Status meaning={offer.state === 'chosen' ? 'done' : 'waiting'}>
              {wordFor(t, 'offerStates', offer.state)}
            </Status>
          </p>
          <OfferFacts offer={offer} unit={it.material.unit} />
          {may && it.state === 'closed' && offer.state === 'standing' && offer.quote ? (
            <ActForm
              url="/api/offers/{code}/choose"
              code={offer.code}
              name={t('offer.choose')}
              toBody={({ reason }) => ({ reason })}
            >
              <ReasonField />
            </ActForm>
          ) : null}
        </div>
      ))}
      {may && takes ? <OfferByOffice code={it.code} /> : null}
    </Sheet>
  );
}

function Acts({ it }: { it: Purchase }) {
  const t = useWords();
  const open = it.state === 'open';
  if (!open && it.state !== 'closed' && it.state !== 'ordered') return null;
  return (
    <Sheet>
      {open ? (
        <ActForm url="/api/purchases/{code}/close" code={it.code} name={t('one.close')} />
      ) : null}
      {it.state === 'ordered' ? <DeliverForm it={it} /> : null}
      {it.state === 'ordered' ? null : (
        <ActForm
          url="/api/purchases/{code}/cancel"
          code={it.code}
          name={t('one.cancel')}
          look="danger"
          toBody={({ reason }) => ({ reason })}
        >
          <ReasonField />
        </ActForm>
      )}
    </Sheet>
  );
}

function Way({ it }: { it: Purchase }) {
  const t = useWords();
  const { day, line } = useFormats();
  return (
    <Sheet title={t('one.way')} id="way">
      <ol>
        {it.steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have their place and no other name
          <li key={at} className="border-b border-line py-2 last:border-b-0">
            <b>{wordFor(t, 'verb', step.verb.slice('market.'.length))}</b>
            <span className="block text-sm text-soft">
              {line(day(step.happenedOn), step.reason)}
            </span>
          </li>
        ))}
      </ol>
    </Sheet>
  );
}

/** A pooled purchase: its makers, offers, deliveries and shares, and what the office does next. */
export function PurchasePage() {
  const t = useWords();
  const { code } = useParams({ from: '/office/purchases/$code' });
  const may = useAccount()?.permissions.includes('market.openPurchase') ?? false;
  const query = useQuery({
    queryKey: ['purchases', code],
    queryFn: () => answer(api.GET('/api/purchases/{code}', { params: { path: { code } } })),
  });
  const stateOf = usePurchaseState();
  useTitle(t('office.title'));
  return (
    <Loaded query={query} shape="page">
      {(it) => (
        <div className="grid gap-6">
          <StateHead
            title={t('one.title', { material: it.material.name })}
            state={stateOf(it.state)}
          />
          <div className="grid items-start gap-6 lg:grid-cols-2">
            <div className="grid gap-6">
              {may ? <Acts it={it} /> : null}
              <Facts it={it} />
              <Points it={it} />
              <Way it={it} />
            </div>
            <div className="grid gap-6">
              <Offers it={it} may={may} />
              <Shares it={it} may={may} />
            </div>
          </div>
        </div>
      )}
    </Loaded>
  );
}
