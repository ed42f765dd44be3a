import { SelectField, TextArea, TextField } from '../../web/form/Form.tsx';
import { amountTyped, dayTyped, monthWords, rialTyped } from '../../web/form/typed.ts';
import { useFormats } from '../../web/format.ts';
import { ActForm, DayField, ReasonField } from './ActForm.tsx';
import { OfferForm } from './OfferForm.tsx';
import { type Cover, useProducts, useSupporter } from './use-supporter.ts';
import { useWords, wordFor } from './words.ts';

type FormProps = { readonly it: Cover };

function ProductField({ it }: FormProps) {
  const t = useWords();
  const options = useProducts(it).map(({ id, name, unit }) => {
    return { id, name: `${name} (${wordFor(t, 'units', unit)})` };
  });
  return <SelectField name="productId" label={t('field.product')} options={options} empty="" />;
}

const materialPaths = { issue: 'issue', returnMaterial: 'return', scrap: 'scrap' } as const;

function MaterialForm({ it, act }: FormProps & { act: keyof typeof materialPaths }) {
  const t = useWords();
  const materials = useSupporter(it.caseCode)?.materials ?? [];
  const unitOf = new Map(materials.map(({ id, unit }) => [id, unit]));
  const options = materials.map(({ id, name, unit }) => {
    return { id, name: `${name} (${wordFor(t, 'units', unit)})` };
  });
  return (
    <ActForm
      of="covers"
      code={it.code}
      act={act}
      path={materialPaths[act]}
      toBody={({ materialId = '', amount, day, reason }) => ({
        ...{ materialId, amount: amountTyped(amount), unit: unitOf.get(materialId) ?? 'kg' },
        ...{ happenedOn: dayTyped(day), ...(reason ? { reason } : {}) },
      })}
    >
      <SelectField name="materialId" label={t('field.material')} options={options} empty="" />
      <TextField name="amount" label={t('field.amount')} ltr />
      <DayField name="day" label={t('day')} />
      {act === 'scrap' ? <ReasonField /> : null}
    </ActForm>
  );
}

/** Of what quality the accepted goods are, and what there is to say of them. */
function QualityFields() {
  const t = useWords();
  const options = (['first', 'second'] as const).map((id) => {
    return { id, name: wordFor(t, 'qualities', id) };
  });
  const label = t('field.quality');
  return (
    <>
      <SelectField name="quality" label={label} options={options} defaultValue="first" />
      <TextArea name="note" label={t('field.note')} rows={2} optional />
    </>
  );
}

function ReceiveForm({ it }: FormProps) {
  const t = useWords();
  const open = it.orders.filter(({ state }) => state !== 'done');
  const options = open.map(({ id, product, deliverTo }) => ({
    id,
    name: `${product} · ${deliverTo}`,
  }));
  return (
    <ActForm
      of="covers"
      code={it.code}
      act="receive"
      path="receive"
      toBody={({ productId, accepted, rejected, quality, note, orderId, day }) => ({
        ...{ productId, accepted: amountTyped(accepted), happenedOn: dayTyped(day), quality },
        ...(note ? { note } : {}),
        ...(rejected ? { rejected: amountTyped(rejected) } : {}),
        ...(orderId ? { orderId } : {}),
      })}
    >
      <ProductField it={it} />
      <TextField name="accepted" label={t('field.accepted')} ltr />
      <TextField name="rejected" label={t('field.rejected')} ltr optional />
      <QualityFields />
      {options.length > 0 ? (
        <SelectField
          name="orderId"
          label={t('field.ofOrder')}
          options={options}
          empty=""
          optional
        />
      ) : null}
      <DayField name="day" label={t('day')} />
    </ActForm>
  );
}

function OrderForm({ it }: FormProps) {
  const t = useWords();
  return (
    <ActForm
      of="covers"
      code={it.code}
      act="order"
      path="orders"
      toBody={({ productId, amount, due, place }) => ({
        ...{ productId, amount: amountTyped(amount), dueOn: dayTyped(due), deliverTo: place },
      })}
    >
      <ProductField it={it} />
      <TextField name="amount" label={t('field.amount')} ltr />
      <DayField name="due" label={t('field.dueOn')} empty />
      <TextField name="place" label={t('field.place')} />
    </ActForm>
  );
}

function MonthField({ it }: FormProps) {
  const t = useWords();
  const formats = useFormats();
  const options = it.months
    .filter(({ takenRial }) => takenRial !== '0')
    .map(({ month }) => ({ id: String(month), name: monthWords(formats, month) }));
  return <SelectField name="month" label={t('month')} options={options} empty="" />;
}

function PayForm({ it }: FormProps) {
  const t = useWords();
  return (
    <ActForm
      of="covers"
      code={it.code}
      act="pay"
      path="pay"
      toBody={({ month, sum, reference, day }) => ({
        ...{ month: Number(month), amountRial: rialTyped(sum), reference },
        happenedOn: dayTyped(day),
      })}
    >
      <MonthField it={it} />
      <TextField name="sum" label={t('field.sum')} ltr inputMode="numeric" />
      <TextField name="reference" label={t('field.reference')} />
      <DayField name="day" label={t('day')} />
    </ActForm>
  );
}

function DeductForm({ it }: FormProps) {
  const t = useWords();
  const agreed = it.contracts.find(({ state }) => state === 'in_force')?.deductions ?? [];
  if (agreed.length === 0) return null;
  const options = agreed.map((id) => ({ id, name: wordFor(t, 'deductions', id) }));
  return (
    <ActForm
      of="covers"
      code={it.code}
      act="deduct"
      path="deduct"
      toBody={({ month, kind, sum, reason }) => ({
        ...{ month: Number(month), kind, amountRial: rialTyped(sum), reason },
      })}
    >
      <MonthField it={it} />
      <SelectField name="kind" label={t('field.deductions')} options={options} empty="" />
      <TextField name="sum" label={t('field.sum')} ltr inputMode="numeric" />
      <ReasonField />
    </ActForm>
  );
}

/** What the supporter, or the agency, can do about a covered person now. */
export function CoverForms({ it }: FormProps) {
  const may = (act: string) => it.acts.includes(`supporters.${act}`);
  const materials = (['issue', 'returnMaterial', 'scrap'] as const).filter(may);
  return (
    <div>
      {may('offer') ? <OfferForm it={it} /> : null}
      {may('sign') ? <ActForm of="covers" code={it.code} act="sign" path="sign" open /> : null}
      {may('order') ? <OrderForm it={it} /> : null}
      {materials.map((act) => (
        <MaterialForm key={act} it={it} act={act} />
      ))}
      {may('receive') ? <ReceiveForm it={it} /> : null}
      {may('pay') ? <PayForm it={it} /> : null}
      {may('deduct') ? <DeductForm it={it} /> : null}
      {may('endCover') ? (
        <ActForm
          of="covers"
          code={it.code}
          act="endCover"
          path="end"
          toBody={({ reason }) => ({ reason })}
        >
          <ReasonField />
        </ActForm>
      ) : null}
    </div>
  );
}
