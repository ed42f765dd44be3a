import type { ReactNode } from 'react';
import { TextField, type Values } from '../../../web/form/Form.tsx';
import { dayTyped, rialTyped } from '../../../web/form/typed.ts';
import { ActForm, DayField } from '../ActForm.tsx';
import { quantityTyped } from './quantity.ts';
import { useWords } from './words.ts';

function offerOf({ from, each, from2, each2, freight, most, note, ...rest }: Values) {
  const first = { from: quantityTyped(from), unitRial: rialTyped(each) };
  const second = from2 ? [{ from: quantityTyped(from2), unitRial: rialTyped(each2) }] : [];
  return {
    breaks: [first, ...second],
    freightRial: rialTyped(freight || '0'),
    ...(most ? { most: quantityTyped(most) } : {}),
    ...(note ? { note } : {}),
    ...(rest.supplier ? { supplier: rest.supplier } : {}),
    deliversOn: dayTyped(rest.deliversOn),
    validUntil: dayTyped(rest.validUntil),
  };
}

/** An offer for a purchase: price by quantity, freight, until when. The office says first on whose behalf. */
export function OfferForm({ purchase, children }: { purchase: string; children?: ReactNode }) {
  const t = useWords();
  const number = { inputMode: 'numeric', ltr: true } as const;
  return (
    <ActForm
      url="/api/purchases/{code}/offers"
      code={purchase}
      name={t('offer.make')}
      toBody={offerOf}
    >
      {children}
      <TextField name="from" label={t('offer.from')} {...number} />
      <TextField name="each" label={t('offer.each')} {...number} />
      <TextField name="from2" label={t('offer.from2')} optional {...number} />
      <TextField name="each2" label={t('offer.each2')} optional {...number} />
      <TextField name="freight" label={t('offer.freight')} optional {...number} />
      <TextField name="most" label={t('offer.most')} optional {...number} />
      <DayField name="deliversOn" label={t('offer.deliversOn')} empty />
      <DayField name="validUntil" label={t('offer.validUntil')} empty />
      <TextField name="note" label={t('offer.note')} optional />
    </ActForm>
  );
}
