import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { answer, api } from '../../../web/api.ts';
import { SelectField, TextField, type Values } from '../../../web/form/Form.tsx';
import { dayTyped, rialTyped } from '../../../web/form/typed.ts';
import { purchasePath } from '../../../web/paths.ts';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { units } from '../../materials/rules.ts';
import { ActForm, DayField } from '../ActForm.tsx';
import { useCounties } from '../counties.ts';
import { Rows, rowsOf } from '../Rows.tsx';
import { quantityTyped } from './quantity.ts';
import { useWords, wordFor } from './words.ts';

/** As many delivery points as the server takes. */
const mostPoints = 20;

function purchaseOf(values: Values) {
  const { material, county, closesOn, enough, retail, source } = values;
  return {
    material,
    ...(county ? { county } : {}),
    closesOn: dayTyped(closesOn),
    ...(enough ? { enough: quantityTyped(enough) } : {}),
    ...(retail ? { retail: { unitRial: rialTyped(retail), source } } : {}),
    points: rowsOf(values, 'place').map((row) => {
      return { county: values[`county${row}`], place: values[`place${row}`] };
    }),
  };
}

function Fields() {
  const t = useWords();
  const counties = useCounties();
  const number = { inputMode: 'numeric', ltr: true, optional: true } as const;
  const pointCounty = { label: t('office.pointCounty'), options: counties, empty: '' };
  return (
    <>
      <SelectField
        name="county"
        label={t('office.county')}
        options={counties}
        empty={t('office.anyCounty')}
        optional
      />
      <DayField name="closesOn" label={t('one.closesOn')} empty />
      <TextField name="enough" label={t('office.enough')} {...number} />
      <TextField name="retail" label={t('office.retail')} {...number} />
      <TextField name="source" label={t('office.retailSource')} optional />
      <Rows legend={t('office.points')} most={mostPoints} add={t('office.addPoint')}>
        {(row) => (
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField name={`place${row}`} label={t('office.point')} />
            <SelectField name={`county${row}`} {...pointCounty} />
          </div>
        )}
      </Rows>
    </>
  );
}

/** What the office does before makers can join: adds a material, opens a purchase of it. */
export function OpenPurchase() {
  const t = useWords();
  const router = useRouter();
  const query = useQuery({
    queryKey: ['raw-materials'],
    queryFn: () => answer(api.GET('/api/raw-materials')),
  });
  const materials = (query.data?.items ?? []).map(({ code, name, unit }) => {
    return { id: code, name: t('mine.materialOf', { name, unit: wordFor(t, 'units', unit) }) };
  });
  const unitOptions = units.map((id) => ({ id, name: wordFor(t, 'units', id) }));
  return (
    <Sheet>
      <ActForm
        url="/api/purchases"
        name={t('office.open')}
        toBody={purchaseOf}
        onDone={(code) => void router.navigate({ href: purchasePath(code) })}
      >
        <SelectField name="material" label={t('office.material')} options={materials} empty="" />
        <Fields />
      </ActForm>
      <ActForm
        url="/api/raw-materials"
        name={t('office.addMaterial')}
        toBody={({ name, unit }) => ({ name, unit })}
      >
        <TextField name="name" label={t('office.name')} />
        <SelectField
          name="unit"
          label={t('office.unit')}
          options={unitOptions}
          defaultValue="kilogram"
        />
      </ActForm>
    </Sheet>
  );
}
