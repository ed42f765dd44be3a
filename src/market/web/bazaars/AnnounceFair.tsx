import { useRouter } from '@tanstack/react-router';
import { parseNumber } from '../../../kit/persian-text.ts';
import { SelectField, TextArea, TextField, type Values } from '../../../web/form/Form.tsx';
import { dayTyped, rialTyped } from '../../../web/form/typed.ts';
import { fairPath } from '../../../web/paths.ts';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { criteria, fairKinds } from '../../bazaars/rules.ts';
import { ActForm, DayField } from '../ActForm.tsx';
import { useCounties } from '../counties.ts';
import { Rows, rowsOf } from '../Rows.tsx';
import { useWords, wordFor } from './words.ts';

const number = (text = '') => Number(parseNumber(text) ?? 0);
/** Basis points in a percent. */
const percent = 100;

/** As many kinds of stalls as the server takes. */
const mostKinds = 20;

function stallOf(values: Values, row: number) {
  const priceRial = rialTyped(values[`price${row}`] || '0');
  const discountBp = Math.round(number(values[`discount${row}`]) * percent);
  const places = number(values[`places${row}`]);
  return { name: values[`stall${row}`], places, priceRial, discountBp };
}

function fairOf(values: Values) {
  const { kind, name, county, place, about, applyUntilOn, startsOn, endsOn } = values;
  const weights = criteria.flatMap((one) => {
    const weight = number(values[`weight ${one}`]);
    return weight > 0 ? [[one, weight] as const] : [];
  });
  return {
    ...{ kind, name, county, place, ...(about ? { about } : {}) },
    applyUntilOn: dayTyped(applyUntilOn),
    startsOn: dayTyped(startsOn),
    endsOn: dayTyped(endsOn),
    weights: Object.fromEntries(weights),
    stalls: rowsOf(values, 'stall').map((row) => stallOf(values, row)),
  };
}

const typedNumber = { inputMode: 'numeric', ltr: true } as const;
/** What a province has published (mehrnews 6593832), with equal weights to begin with. */
const begin: Readonly<Record<string, string>> = {
  home_made: '40',
  quality: '30',
  production: '30',
};

function Weights() {
  const t = useWords();
  return (
    <fieldset className="grid gap-4 sm:grid-cols-3">
      <legend className="pb-2 font-semibold">{t('office.weights')}</legend>
      {criteria.map((one) => (
        <TextField
          key={one}
          name={`weight ${one}`}
          label={wordFor(t, 'criteria', one)}
          defaultValue={begin[one] ?? ''}
          optional
          {...typedNumber}
        />
      ))}
    </fieldset>
  );
}

function StallFields({ row }: { row: number }) {
  const t = useWords();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField name={`stall${row}`} label={t('office.stallName')} />
      <TextField name={`places${row}`} label={t('office.stallPlaces')} {...typedNumber} />
      <TextField name={`price${row}`} label={t('office.stallPrice')} optional {...typedNumber} />
      <TextField name={`discount${row}`} label={t('office.discount')} optional {...typedNumber} />
    </div>
  );
}

/** Announces a fair: place, days, stalls with prices, criteria with weights. */
export function AnnounceFair() {
  const t = useWords();
  const router = useRouter();
  const counties = useCounties();
  const kinds = fairKinds.map((id) => ({ id, name: wordFor(t, 'kinds', id) }));
  return (
    <Sheet>
      <ActForm
        url="/api/fairs"
        name={t('office.announce')}
        toBody={fairOf}
        onDone={(code) => void router.navigate({ href: fairPath(code) })}
      >
        <SelectField name="kind" label={t('office.kind')} options={kinds} defaultValue="fair" />
        <TextField name="name" label={t('office.name')} maxLength={120} />
        <SelectField name="county" label={t('office.county')} options={counties} empty="" />
        <TextField name="place" label={t('office.place')} maxLength={200} />
        <TextArea name="about" label={t('office.about')} rows={2} optional />
        <DayField name="applyUntilOn" label={t('office.applyUntil')} empty />
        <DayField name="startsOn" label={t('office.startsOn')} empty />
        <DayField name="endsOn" label={t('office.endsOn')} empty />
        <Weights />
        <Rows legend={t('office.stallKinds')} most={mostKinds} add={t('office.addStall')}>
          {(row) => <StallFields row={row} />}
        </Rows>
      </ActForm>
    </Sheet>
  );
}
