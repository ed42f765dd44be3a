import { rial, tomanParts } from '../../kit/rial.ts';
import { SelectField, TextField, type Values } from '../../web/form/Form.tsx';
import { amountTyped, dayTyped, rialTyped } from '../../web/form/typed.ts';
import { deductionKinds } from '../pay-rules.ts';
import { ActForm, DayField } from './ActForm.tsx';
import { Checks, checkedOf, linesTyped, Repeated } from './Repeated.tsx';
import { type Cover, useProducts } from './use-supporter.ts';
import { useWords, wordFor } from './words.ts';

type Terms = Cover['contracts'][number];

/** Rial as whoever types toman would type them. */
function tomanText(rialText: string): string {
  const { toman, rial: rest } = tomanParts(rial(rialText));
  return rest === 0n ? String(toman) : `${toman}.${rest}`;
}

/** Days as they were typed; what are none go as they are and are refused. */
function daysTyped(text = ''): number {
  const days = amountTyped(text);
  return (/^\d+$/.test(days) ? Number(days) : days) as number;
}

/** One product of an offer: its rate, and how much of it is bought each month. */
function Line({
  it,
  path,
  before,
}: {
  it: Cover;
  path: string;
  before: Terms['lines'][number] | undefined;
}) {
  const t = useWords();
  const options = useProducts(it).map(({ id, name, unit }) => {
    return { id, name: `${name} (${wordFor(t, 'units', unit)})` };
  });
  return (
    <>
      {/* The products come after the form: the choice is made once they are there. */}
      <SelectField
        key={options.length}
        name={`${path}/productId`}
        label={t('field.product')}
        options={options}
        empty=""
        defaultValue={before?.productId ?? ''}
      />
      <TextField
        name={`${path}/rateRial`}
        label={t('field.rate')}
        ltr
        inputMode="numeric"
        defaultValue={before ? tomanText(before.rateRial) : ''}
      />
      <TextField
        name={`${path}/promised`}
        label={t('field.promised')}
        ltr
        defaultValue={before?.promised ?? ''}
      />
    </>
  );
}

/** The body of an offer, as it was typed. */
function termsTyped(values: Values) {
  return {
    fromOn: dayTyped(values.fromOn),
    ...(values.payWithinDays ? { payWithinDays: daysTyped(values.payWithinDays) } : {}),
    deductions: checkedOf(values, 'deduction', deductionKinds),
    lines: linesTyped(values, 'lines', (field) => ({
      ...{ productId: field('productId'), rateRial: rialTyped(field('rateRial')) },
      promised: amountTyped(field('promised')),
    })),
  };
}

/** Offers a contract or its next version, which begins as the one in force stands. */
export function OfferForm({ it }: { it: Cover }) {
  const t = useWords();
  const before = it.contracts.find(({ state }) => state === 'in_force');
  const kinds = deductionKinds.map((id) => ({ id, name: wordFor(t, 'deductions', id) }));
  return (
    <ActForm of="covers" code={it.code} act="offer" path="offer" toBody={termsTyped}>
      <Repeated name="lines" most={20} start={before?.lines.length ?? 1} line={t('field.product')}>
        {(path, nth) => <Line it={it} path={path} before={before?.lines[nth]} />}
      </Repeated>
      <Checks
        name="deduction"
        legend={t('field.deductions')}
        options={kinds}
        checked={before?.deductions ?? []}
      />
      <TextField
        name="payWithinDays"
        label={t('field.payWithin')}
        hint={t('field.payWithinHint')}
        ltr
        inputMode="numeric"
        optional
        defaultValue={before ? String(before.payWithinDays) : ''}
      />
      <DayField name="fromOn" label={t('field.from')} />
    </ActForm>
  );
}
