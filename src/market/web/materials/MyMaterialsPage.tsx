import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../web/api.ts';
import { SelectField, TextField } from '../../../web/form/Form.tsx';
import { dayTyped } from '../../../web/form/typed.ts';
import { useFormats } from '../../../web/format.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { EmptyState, PageHead, Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { ActForm, DayField } from '../ActForm.tsx';
import type { Mine } from './mine.ts';
import { NeedSheet } from './NeedSheet.tsx';
import { PricesSheet } from './PricesSheet.tsx';
import { quantityTyped } from './quantity.ts';
import { useWords, wordFor } from './words.ts';

function StateNeed({ it }: { it: Mine }) {
  const t = useWords();
  const { label, line } = useFormats();
  const permits = it.permits.map(({ code, occupation, county }) => {
    return { id: code, name: line(label(occupation.label), label(county.label)) };
  });
  const materials = it.materials.map(({ code, name, unit }) => {
    return { id: code, name: t('mine.materialOf', { name, unit: wordFor(t, 'units', unit) }) };
  });
  return (
    <Sheet title={t('mine.state')} id="new-need">
      <ActForm
        url="/api/needs"
        name={t('mine.submit')}
        open
        toBody={({ caseCode, material, quantity, neededBy }) => ({
          ...{ caseCode, material, quantity: quantityTyped(quantity) },
          neededBy: dayTyped(neededBy),
        })}
      >
        <SelectField
          name="caseCode"
          label={t('mine.permit')}
          options={permits}
          defaultValue={permits[0]?.id ?? ''}
        />
        <SelectField name="material" label={t('mine.material')} options={materials} empty="" />
        <TextField name="quantity" label={t('mine.quantity')} inputMode="numeric" ltr />
        <DayField name="neededBy" label={t('mine.neededBy')} empty />
      </ActForm>
    </Sheet>
  );
}

function Whole({ it }: { it: Mine }) {
  const t = useWords();
  if (it.permits.length === 0 && it.needs.length === 0) {
    return (
      <EmptyState icon="file" title={t('mine.noPermit')}>
        {t('mine.noPermitHint')}
      </EmptyState>
    );
  }
  return (
    <>
      {it.needs.length === 0 ? (
        <EmptyState icon="file" title={t('mine.none')}>
          {t('mine.noneHint')}
        </EmptyState>
      ) : null}
      {it.needs.map((need) => (
        <NeedSheet key={need.code} need={need} />
      ))}
      {it.permits.length > 0 && it.materials.length > 0 ? <StateNeed it={it} /> : null}
      <PricesSheet
        materials={it.materials}
        first={{ material: it.needs[0]?.material.code, county: it.permits[0]?.county.id }}
      />
    </>
  );
}

/** What a maker needs, their shares of what was bought together, and what others paid. */
export function MyMaterialsPage() {
  const t = useWords();
  useTitle(t('mine.title'));
  const query = useQuery({
    queryKey: ['my-needs'],
    queryFn: () => answer(api.GET('/api/my-needs')),
  });
  return (
    <div className="mx-auto grid max-w-2xl gap-6">
      <PageHead title={t('mine.title')}>{t('mine.about')}</PageHead>
      <Loaded query={query} shape="page">
        {(it) => <Whole it={it} />}
      </Loaded>
    </div>
  );
}
