import { SelectField, TextField } from '../../../web/form/Form.tsx';
import { useFormats } from '../../../web/format.ts';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { ActForm } from '../ActForm.tsx';
import type { Purchase } from './purchase.ts';
import { quantityTyped } from './quantity.ts';
import { useQuantity, useWords } from './words.ts';

/** A part of the goods came to a delivery point. */
export function DeliverForm({ it }: { it: Purchase }) {
  const t = useWords();
  const points = it.points
    .filter(({ ordered, delivered }) => delivered < ordered)
    .map(({ number, place }) => ({ id: String(number), name: place }));
  return (
    <ActForm
      url="/api/purchases/{code}/deliveries"
      code={it.code}
      name={t('one.deliver')}
      toBody={({ point, quantity, note }) => ({
        ...{ point: Number(point), quantity: quantityTyped(quantity) },
        ...(note ? { note } : {}),
      })}
    >
      <SelectField
        name="point"
        label={t('office.point')}
        options={points}
        defaultValue={points[0]?.id ?? ''}
      />
      <TextField name="quantity" label={t('one.quantity')} inputMode="numeric" ltr />
      <TextField name="note" label={t('one.note')} optional />
    </ActForm>
  );
}

/** Where goods go: what was ordered for each point, came there, and was handed out. */
export function Points({ it }: { it: Purchase }) {
  const t = useWords();
  const { label, line } = useFormats();
  const quantity = useQuantity();
  const { unit } = it.material;
  return (
    <Sheet title={t('one.points')} id="points">
      <ul>
        {it.points.map((point) => (
          <li key={point.number} className="border-b border-line py-2 last:border-b-0">
            <b>{line(point.place, label(point.county.label))}</b>
            {point.ordered > 0 ? (
              <span className="block text-sm text-soft">
                {t('one.pointLine', {
                  ordered: quantity(point.ordered, unit),
                  delivered: quantity(point.delivered, unit),
                  collected: quantity(point.collected, unit),
                })}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
