import { useQuery } from '@tanstack/react-query';
import type { paths } from '../../../web/api.generated.ts';
import { SelectField, TextField, type Values } from '../../../web/form/Form.tsx';
import { useFormats } from '../../../web/format.ts';
import { referenceQuery } from '../../../web/session.ts';
import { kinds } from '../../rules.ts';
import type { Case } from '../case.ts';
import { useWords } from '../words.ts';
import { Choice } from './Choice.tsx';
import { BirthDate, dayOf, Mobile } from './PersonFields.tsx';
import { Address, County } from './WhereStep.tsx';
import { useApplyWords } from './words.ts';

type CorrectBody = NonNullable<
  paths['/api/permits/{code}/correct']['post']['requestBody']
>['content']['application/json'];

type Props = { readonly it: Case; readonly asked: ReadonlySet<string> };

/** The fields of the application that were named, as they stand, each to be written anew. */
export function CorrectedFields({ it, asked }: Props) {
  return (
    <>
      <Person it={it} asked={asked} />
      {asked.has('address') || asked.has('postalCode') ? <Place it={it} /> : null}
      {asked.has('kind') ? <Kind it={it} /> : null}
      {asked.has('occupation') ? <Occupation it={it} /> : null}
    </>
  );
}

function Person({ it, asked }: Props) {
  const t = useApplyWords();
  return (
    <>
      {asked.has('name') ? (
        <>
          <TextField name="firstName" label={t('identity.firstName')} maxLength={80} />
          <TextField name="lastName" label={t('identity.lastName')} maxLength={80} />
        </>
      ) : null}
      {asked.has('fatherName') ? (
        <TextField
          name="fatherName"
          label={t('identity.fatherName')}
          defaultValue={it.person.fatherName ?? ''}
          maxLength={80}
        />
      ) : null}
      {asked.has('birthOn') ? <BirthDate first={it.person.birthOn ?? ''} /> : null}
      {asked.has('mobile') ? <Mobile first={it.person.mobile ?? ''} /> : null}
    </>
  );
}

function Place({ it }: { it: Case }) {
  const t = useApplyWords();
  const { data } = useQuery(referenceQuery);
  const { county, area, address, postalCode } = it.household;
  if (!data) return null;
  const areas = (['urban', 'rural'] as const).map((id) => ({ id, name: t(`where.${id}`) }));
  return (
    <>
      <County counties={data.counties} first={county.id} />
      <Choice name="area" label={t('where.area')} options={areas} first={area} />
      <Address address={address ?? ''} postalCode={postalCode ?? ''} />
    </>
  );
}

function Kind({ it }: { it: Case }) {
  const t = useApplyWords();
  const options = kinds.map((id) => ({ id, name: t(`find.${id}`) }));
  return (
    <SelectField name="kind" label={t('find.kind')} options={options} defaultValue={it.kind} />
  );
}

/** Occupations of the same agency: another agency's is a new application. */
function Occupation({ it }: { it: Case }) {
  const t = useWords();
  const { label, collator } = useFormats();
  const { data } = useQuery(referenceQuery);
  const options = (data?.occupations ?? [])
    .filter(({ agencyId }) => agencyId === it.agency.id)
    .map(({ id, label: name }) => ({ id, name: label(name) }))
    .sort((one, other) => collator.compare(one.name, other.name));
  if (options.length === 0) return null;
  return (
    <SelectField
      name="occupationId"
      label={t('field.occupation')}
      options={options}
      defaultValue={it.occupation.id}
    />
  );
}

type Fields = NonNullable<CorrectBody['fields']>;

/** Fields that go as they are typed. */
const plain = ['firstName', 'lastName', 'fatherName', 'mobile', 'occupationId'] as const;

/**
 * What was written anew, as the server takes it; what did not change goes with it and changes nothing.
 * @throws RequestFailed at the birth date, in `wrong` words, when it is no Jalali day
 */
export function correctedOf(it: Case, { reason, ...values }: Values, wrong: string): CorrectBody {
  const { countyId, area, address, postalCode, birthOn, kind } = values;
  const texts = plain.flatMap((name) => {
    const value = values[name]?.trim();
    return value ? [[name, value] as const] : [];
  });
  const place = {
    countyId: countyId ?? it.household.county.id,
    area: area === 'rural' ? ('rural' as const) : ('urban' as const),
    ...(address ? { address } : {}),
    ...(postalCode ? { postalCode } : {}),
  };
  const fields: Fields = {
    ...Object.fromEntries(texts),
    ...(birthOn === undefined ? {} : { birthOn: dayOf(birthOn, wrong) }),
    ...(kind === undefined ? {} : { kind: kind as NonNullable<Fields['kind']> }),
    ...(countyId === undefined ? {} : { household: place }),
  };
  return { ...(reason ? { reason } : {}), ...(Object.keys(fields).length > 0 ? { fields } : {}) };
}
