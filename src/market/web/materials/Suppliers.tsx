import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answer, api } from '../../../web/api.ts';
import { SelectField, TextField } from '../../../web/form/Form.tsx';
import { useFormats } from '../../../web/format.ts';
import { supporterPath } from '../../../web/paths.ts';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { ActForm } from '../ActForm.tsx';
import { useCounties } from '../counties.ts';
import { useWords, wordFor } from './words.ts';

/** The registered suppliers. */
export function useSuppliers() {
  return useQuery({ queryKey: ['suppliers'], queryFn: () => answer(api.GET('/api/suppliers')) });
}

/** The supporters of the province that could be a supplier. */
function SupporterField() {
  const t = useWords();
  const { data } = useQuery({
    queryKey: ['supporters'],
    queryFn: () => answer(api.GET('/api/supporters')),
  });
  const options = (data?.items ?? [])
    .filter(({ state }) => state === 'approved')
    .map((one) => ({ id: one.code, name: one.name }));
  return (
    <SelectField
      name="supporter"
      label={t('office.supporter')}
      hint={t('office.supporterHint')}
      options={options}
      empty=""
    />
  );
}

function Register() {
  const t = useWords();
  const [chosen, setChosen] = useState('cooperative');
  const counties = useCounties();
  const kinds = (['cooperative', 'supporter', 'shop'] as const).map((id) => {
    return { id, name: wordFor(t, 'kinds', id) };
  });
  return (
    <ActForm
      url="/api/suppliers"
      name={t('office.register')}
      onDone={() => setChosen('cooperative')}
      toBody={({ kind, name, county, phone, signInName, supporter }) => ({
        ...{ kind, name, county, ...(phone ? { phone } : {}) },
        ...(supporter ? { supporter } : {}),
        ...(signInName ? { signInName } : {}),
      })}
    >
      <SelectField
        name="kind"
        label={t('office.kind')}
        options={kinds}
        defaultValue="cooperative"
        onChange={setChosen}
      />
      {chosen === 'supporter' ? <SupporterField /> : null}
      <TextField name="name" label={t('office.name')} />
      <SelectField name="county" label={t('office.county')} options={counties} empty="" />
      <TextField name="phone" label={t('office.phone')} type="tel" ltr optional />
      <TextField name="signInName" label={t('office.signInName')} ltr optional />
    </ActForm>
  );
}

type Supplier = Answer<'/api/suppliers'>['items'][number];

/** Which supporter a supplier is, and whether it may offer today. */
function OfSupporter({ supporter }: Pick<Supplier, 'supporter'>) {
  const t = useWords();
  if (supporter === null) return null;
  return (
    <p className={supporter.standing === 'good' ? 'text-soft' : 'text-stopped'}>
      {wordFor(t, 'standings', supporter.standing)}{' '}
      {supporter.code === null ? null : (
        <AppLink className="text-accent" href={supporterPath(supporter.code, true)}>
          {t('office.supporterPage')}
        </AppLink>
      )}
    </p>
  );
}

/** Who supplies materials; the office registers them and ends them. */
export function Suppliers({ may }: { may: boolean }) {
  const t = useWords();
  const { label, line, digits } = useFormats();
  const query = useSuppliers();
  return (
    <Sheet title={t('office.suppliers')} id="suppliers">
      <Loaded query={query} shape="line">
        {({ items }) => (
          <ul>
            {items.length === 0 ? <li className="text-soft">{t('office.noSuppliers')}</li> : null}
            {items.map((one) => (
              <li key={one.code} className="border-b border-line py-2">
                <b>{one.name}</b>{' '}
                <span className="text-soft">
                  {line(
                    wordFor(t, 'kinds', one.kind),
                    label(one.county.label),
                    digits(one.phone ?? ''),
                    one.signsIn ? t('office.signsIn') : '',
                    one.state === 'ended' ? t('office.ended') : '',
                  )}
                </span>
                {one.state === 'ended' ? null : <OfSupporter supporter={one.supporter} />}
                {may && one.state !== 'ended' ? (
                  <ActForm
                    url="/api/suppliers/{code}/end"
                    code={one.code}
                    name={t('office.end')}
                    look="danger"
                  />
                ) : null}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {may ? <Register /> : null}
    </Sheet>
  );
}
