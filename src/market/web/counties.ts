import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../web/format.ts';
import { referenceQuery, useAccount } from '../../web/session.ts';

/** The counties of the reader's own province, in the order of the alphabet. */
export function useCounties(): { id: string; name: string }[] {
  const { label, collator } = useFormats();
  const { data } = useQuery(referenceQuery);
  const province = useAccount()?.province.id;
  return (data?.counties ?? [])
    .filter(({ provinceId }) => provinceId === province)
    .map((one) => ({ id: one.id, name: label(one.label) }))
    .sort((one, other) => collator.compare(one.name, other.name));
}
