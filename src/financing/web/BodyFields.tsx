import { queryOptions, useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../web/api.ts';
import { SelectField, type Values } from '../../web/form/Form.tsx';
import { useFormats } from '../../web/format.ts';
import { referenceQuery } from '../../web/session.ts';
import { useWords } from './words.ts';

/** A sitting that was called and not held yet. */
export type Agenda = Answer<'/api/agendas'>['items'][number];

/** The sittings to come. */
export const agendasQuery = queryOptions({
  queryKey: ['agendas'],
  queryFn: ({ signal }) => answer(api.GET('/api/agendas', { signal })),
});

const bodies = ['technical', 'county'] as const;

/** Who sits, as the form says it. */
export function bodyOf(values: Values) {
  return {
    body: bodies.find((one) => one === values.body) ?? 'technical',
    ...(values.county ? { county: values.county } : {}),
  };
}

/** Who sits, as the agenda that called the sitting says it. */
export function calledBy({ code, body, county }: Agenda) {
  return { agenda: code, body, ...(county ? { county: county.id } : {}) };
}

/** Which body sits; a working group has its county. */
export function BodyFields() {
  const t = useWords();
  const { label } = useFormats();
  const { data } = useQuery(referenceQuery);
  const counties = (data?.counties ?? []).map((row) => ({ id: row.id, name: label(row.label) }));
  return (
    <>
      <SelectField
        name="body"
        label={t('sitting.body')}
        options={bodies.map((id) => ({ id, name: t(`sitting.bodies.${id}`) }))}
        defaultValue="technical"
      />
      <SelectField
        name="county"
        label={t('form.county')}
        hint={t('sitting.countyHint')}
        options={counties}
        empty=""
        optional
      />
    </>
  );
}
