import { useQuery } from '@tanstack/react-query';
import type { Answer } from '../../../web/api.ts';
import { Form, SelectField, TextField, type Values } from '../../../web/form/Form.tsx';
import { useFormats } from '../../../web/format.ts';
import { referenceQuery } from '../../../web/session.ts';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Choice } from './Choice.tsx';
import { Conflict } from './Conflict.tsx';
import { type Answers, type Draft, useSave } from './draft.ts';
import { useKept } from './kept.ts';
import { useApplyWords } from './words.ts';

type Place = NonNullable<Answers['where']>;
type Counties = Answer<'/api/reference'>['counties'];

/** Where the work is done. */
export function WhereStep({ draft }: { draft: Draft }) {
  const t = useApplyWords();
  const query = useQuery(referenceQuery);
  const { first, keep, onInput } = useKept(draft.code, 'where');
  const save = useSave(draft, 'where');
  const held: { [name: string]: string | undefined } = { ...draft.answers.where, ...first };
  const write = {
    ...save,
    mutate: (values: Values) => save.mutate({ where: placeOf(values) }),
  };
  const areas = (['urban', 'rural'] as const).map((id) => ({ id, name: t(`where.${id}`) }));
  return (
    <Loaded query={query} shape="page">
      {({ counties }) => (
        <div onInput={onInput} onChange={onInput}>
          <Conflict draft={draft} error={save.error} />
          <Form write={write} submit={t('draft.next')}>
            <County counties={counties} first={held.countyId ?? ''} />
            <Choice
              name="area"
              label={t('where.area')}
              options={areas}
              first={held.area}
              onChange={(id) => keep('area', id)}
            />
            <Address address={held.address ?? ''} postalCode={held.postalCode ?? ''} />
          </Form>
        </div>
      )}
    </Loaded>
  );
}

/** The fields as the server takes them. */
function placeOf({ countyId = '', area, address = '', postalCode }: Values): Place {
  return {
    countyId,
    area: area === 'rural' ? 'rural' : 'urban',
    address,
    ...(postalCode ? { postalCode } : {}),
  };
}

/** The counties of the province, by name. */
export function County({ counties, first }: { counties: Counties; first: string }) {
  const t = useApplyWords();
  const { label, collator } = useFormats();
  return (
    <SelectField
      name="countyId"
      label={t('where.county')}
      empty={t('where.choose')}
      defaultValue={first}
      options={counties
        .map(({ id, label: name }) => ({ id, name: label(name) }))
        .sort((one, other) => collator.compare(one.name, other.name))}
    />
  );
}

/** Street and postal code. */
export function Address({ address, postalCode }: { address: string; postalCode: string }) {
  const t = useApplyWords();
  return (
    <>
      <TextField
        name="address"
        label={t('where.address')}
        defaultValue={address}
        maxLength={300}
        autoComplete="street-address"
      />
      <TextField
        name="postalCode"
        label={t('where.postalCode')}
        defaultValue={postalCode}
        inputMode="numeric"
        maxLength={20}
        optional
        ltr
      />
    </>
  );
}
