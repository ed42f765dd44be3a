import { useQueryClient } from '@tanstack/react-query';
import { parseJalali } from '../../../kit/jalali.ts';
import { toAsciiDigits } from '../../../kit/persian-text.ts';
import { answer, api, withKey } from '../../../web/api.ts';
import { Form, SelectField, TextField, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { refusedHere } from '../../../web/problem.ts';
import { type Column, DataTable } from '../../../web/table/DataTable.tsx';
import type { Nation } from './chart-data.ts';
import { useNationWords } from './words.ts';

type Province = Nation['provinces'][number];

function useEntering() {
  const t = useNationWords();
  const queries = useQueryClient();
  return useWrite(
    async (values: Values, opId) => {
      const plain = toAsciiDigits(values.people ?? '').replaceAll(/[\s,\u066c]/g, '');
      if (!/^[1-9]\d{0,8}$/.test(plain)) {
        throw refusedHere(t('people.wrongPeople'), { field: 'people' });
      }
      const countedOn = parseJalali(values.countedOn ?? '');
      if (!countedOn) throw refusedHere(t('people.wrongDay'), { field: 'countedOn' });
      const body = {
        ...{ province: values.province ?? '', people: Number(plain), countedOn },
        source: values.source ?? '',
        assumed: values.basis === 'assumed',
      };
      return answer(api.POST('/api/populations', { body, headers: withKey(opId) }));
    },
    () => queries.invalidateQueries({ queryKey: ['nation'] }),
  );
}

function useColumns(): Column<Province>[] {
  const t = useNationWords();
  const { label, count, day } = useFormats();
  return [
    { key: 'province', header: t('people.province'), cell: (row) => label(row.province.label) },
    {
      key: 'people',
      header: t('people.people'),
      number: true,
      cell: ({ population }) => (population ? count(population.people) : ''),
      sort: ({ population }) => population?.people ?? 0,
    },
    {
      key: 'countedOn',
      header: t('people.countedOn'),
      cell: ({ population }) => (population ? day(population.countedOn) : ''),
    },
    {
      key: 'source',
      header: t('people.source'),
      cell: ({ population }) =>
        population?.assumed
          ? `${population.source} (${t('people.assumed')})`
          : (population?.source ?? ''),
    },
  ];
}

function Entering({ nation }: { nation: Nation }) {
  const t = useNationWords();
  const { label } = useFormats();
  const options = nation.provinces.map(({ province }) => {
    return { id: province.id, name: label(province.label) };
  });
  const bases = (['counted', 'assumed'] as const).map((id) => ({ id, name: t(`people.${id}`) }));
  return (
    <Form write={useEntering()} submit={t('people.save')}>
      <SelectField name="province" label={t('people.province')} options={options} />
      <TextField name="people" label={t('people.people')} inputMode="numeric" ltr />
      <TextField name="countedOn" label={t('people.countedOn')} hint={t('people.dayHint')} ltr />
      <TextField name="source" label={t('people.source')} hint={t('people.sourceHint')} />
      <SelectField name="basis" label={t('people.basis')} options={bases} defaultValue="counted" />
    </Form>
  );
}

/** How many people each province has, with the source, and the form that enters it for whoever may. */
export function Populations({ nation, mayEnter }: { nation: Nation; mayEnter: boolean }) {
  const t = useNationWords();
  const columns = useColumns();
  const known = nation.provinces.filter(({ population }) => population !== null);
  return (
    <section className="sheet p-4 sm:p-6" aria-labelledby="people-title">
      <h2 id="people-title">{t('people.title')}</h2>
      <p className="max-w-prose pb-4 text-soft">{t('people.lede')}</p>
      {known.length === 0 ? (
        <p className="pb-4">{t('people.none')}</p>
      ) : (
        <DataTable
          caption={t('people.title')}
          hideCaption
          columns={columns}
          rows={known}
          rowKey={({ province }) => province.id}
        />
      )}
      {mayEnter ? <Entering nation={nation} /> : null}
    </section>
  );
}
