import { useQuery } from '@tanstack/react-query';
import { SelectField, TextField } from '../../../web/form/Form.tsx';
import { useFormats } from '../../../web/format.ts';
import { referenceQuery } from '../../../web/session.ts';
import type { Case } from '../case.ts';
import { useWords, wordFor } from '../words.ts';
import { useLifeWords } from './words.ts';

function AddressFields({ it }: { it: Case }) {
  const t = useWords();
  const { label } = useFormats();
  const { data } = useQuery(referenceQuery);
  const province = it.household.county.id.slice(0, 2);
  const counties = (data?.counties ?? [])
    .filter(({ id }) => id.startsWith(province))
    .map((county) => ({ id: county.id, name: label(county.label) }));
  const areas = ['urban', 'rural'].map((id) => ({ id, name: wordFor(t, 'area', id) }));
  return (
    <>
      <SelectField
        name="countyId"
        label={t('column.county')}
        empty={t('act.choose')}
        options={counties}
      />
      <SelectField name="area" label={t('case.area')} empty={t('act.choose')} options={areas} />
      <TextField name="address" label={t('case.address')} />
      <TextField name="postalCode" label={t('case.postalCode')} optional />
    </>
  );
}

function OccupationField({ it }: { it: Case }) {
  const t = useWords();
  const life = useLifeWords();
  const { label } = useFormats();
  const { data } = useQuery(referenceQuery);
  const options = (data?.occupations ?? [])
    .filter(({ id, agencyId }) => agencyId === it.agency.id && id !== it.occupation.id)
    .map((occupation) => ({ id: occupation.id, name: label(occupation.label) }));
  return (
    <SelectField
      name="occupationId"
      label={t('column.occupation')}
      hint={life('occupationHint')}
      empty={t('act.choose')}
      options={options}
    />
  );
}

function ConditionField({ it }: { it: Case }) {
  const t = useWords();
  const { label, digits } = useFormats();
  const { data } = useQuery(referenceQuery);
  const family = data?.occupations.find(({ id }) => id === it.occupation.id)?.family;
  const options = (data?.refusalConditions ?? [])
    .filter((condition) => condition.family === null || condition.family === family)
    .map(({ number, label: words }) => ({
      id: String(number),
      name: `${digits(number)}. ${label(words)}`,
    }));
  return (
    <SelectField
      name="conditionNumber"
      label={t('act.condition')}
      hint={t('act.conditionHint')}
      empty={t('act.choose')}
      options={options}
    />
  );
}

/** What a step of a permit's life asks for besides words. */
export function LifeFields({ it, verb }: { it: Case; verb: string }) {
  if (verb === 'permits.changeAddress') return <AddressFields it={it} />;
  if (verb === 'permits.changeOccupation') return <OccupationField it={it} />;
  if (verb === 'permits.refuseRenewal') return <ConditionField it={it} />;
  return null;
}
