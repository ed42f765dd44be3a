import type { ReactNode } from 'react';
import { TextField, type Values } from '../../../web/form/Form.tsx';
import { dayTyped, rialTyped } from '../../../web/form/typed.ts';
import { ActForm, DayField } from '../ActForm.tsx';
import { Rows, rowsOf } from '../Rows.tsx';
import { quantityTyped } from './quantity.ts';
import { useWords } from './words.ts';

/** As many prices as the server takes. */
const mostBreaks = 8;

function offerOf(values: Values) {
  const { freight, most, note, ...rest } = values;
  return {
    breaks: rowsOf(values, 'from').map((row) => ({
      from: quantityTyped(values[`from${row}`]),
      unitRial: rialTyped(values[`each${row}`]),
    })),
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
      <Rows legend={t('offer.breaks')} most={mostBreaks} add={t('offer.addBreak')}>
        {(row) => (
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField name={`from${row}`} label={t('offer.from')} {...number} />
            <TextField name={`each${row}`} label={t('offer.each')} {...number} />
          </div>
        )}
      </Rows>
      <TextField name="freight" label={t('offer.freight')} optional {...number} />
      <TextField name="most" label={t('offer.most')} optional {...number} />
      <DayField name="deliversOn" label={t('offer.deliversOn')} empty />
      <DayField name="validUntil" label={t('offer.validUntil')} empty />
      <TextField name="note" label={t('offer.note')} optional />
    </ActForm>
  );
}
