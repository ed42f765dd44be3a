import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SelectField, TextArea, TextField } from '../../web/form/Form.tsx';
import { useFormats } from '../../web/format.ts';
import { referenceQuery, useAccount } from '../../web/session.ts';
import { useWords } from './words.ts';

/** Provinces, and counties of one of them, in the order of the alphabet. */
function usePlaces(provinceId: string) {
  const { label, collator } = useFormats();
  const { data } = useQuery(referenceQuery);
  type Place = NonNullable<typeof data>['provinces'][number];
  const inOrder = (places: readonly Place[]) =>
    places
      .map((one) => ({ id: one.id, name: label(one.label) }))
      .sort((one, other) => collator.compare(one.name, other.name));
  return {
    provinces: inOrder(data?.provinces ?? []),
    counties: inOrder((data?.counties ?? []).filter((one) => one.provinceId === provinceId)),
  };
}

/** How a place is asked for: its county not at all, or as the buyer likes, or it has to be said. */
type CountyAsked = 'never' | 'optional' | 'required';

function Place({ county }: { county: CountyAsked }) {
  const t = useWords();
  const own = useAccount()?.province.id ?? '';
  const [province, setProvince] = useState(own);
  const { provinces, counties } = usePlaces(province);
  return (
    <>
      <SelectField
        key={`province ${provinces.length}`}
        name="toProvince"
        label={t('buy.province')}
        options={provinces}
        empty=""
        defaultValue={province}
        onChange={setProvince}
      />
      {county === 'never' || counties.length === 0 ? null : (
        <SelectField
          key={`county ${province}`}
          name="toCounty"
          label={t('buy.county')}
          options={counties}
          empty=""
          optional={county === 'optional'}
        />
      )}
    </>
  );
}

/** Who receives something. */
export function Recipient() {
  const t = useWords();
  return (
    <>
      <TextField name="name" label={t('buy.name')} autoComplete="name" maxLength={100} />
      <TextField name="mobile" label={t('buy.mobile')} type="tel" inputMode="tel" ltr />
    </>
  );
}

/** To whom something goes, and where. */
export function Receiver({ county = 'never' }: { county?: CountyAsked }) {
  const t = useWords();
  return (
    <>
      <Recipient />
      <Place county={county} />
      <TextArea name="address" label={t('buy.address')} rows={3} />
      <TextField
        name="postalCode"
        label={t('buy.postalCode')}
        inputMode="numeric"
        ltr
        optional
        maxLength={12}
      />
    </>
  );
}
