import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../web/api.ts';
import { SelectField, TextArea, TextField } from '../../web/form/Form.tsx';
import { useFormats } from '../../web/format.ts';
import { useAccount } from '../../web/session.ts';
import { useWords } from './words.ts';

/** Provinces in the order of the alphabet. */
function useProvinces() {
  const { label, collator } = useFormats();
  const { data } = useQuery({
    queryKey: ['reference'],
    queryFn: () => answer(api.GET('/api/reference')),
  });
  return (data?.provinces ?? [])
    .map((one) => ({ id: one.id, name: label(one.label) }))
    .sort((one, other) => collator.compare(one.name, other.name));
}

/** To whom something goes, and where. */
export function Receiver() {
  const t = useWords();
  const account = useAccount();
  const provinces = useProvinces();
  return (
    <>
      <TextField name="name" label={t('buy.name')} autoComplete="name" maxLength={100} />
      <TextField name="mobile" label={t('buy.mobile')} type="tel" inputMode="tel" ltr />
      <SelectField
        key={provinces.length}
        name="toProvince"
        label={t('buy.province')}
        options={provinces}
        empty=""
        defaultValue={account?.province.id ?? ''}
      />
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
