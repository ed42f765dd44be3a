import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextField, type Values } from '../../web/form/Form.tsx';
import { dayTyped } from '../../web/form/typed.ts';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { supporterPath } from '../../web/paths.ts';
import { referenceQuery, useAccount } from '../../web/session.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, Sheet, TaskList } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { clusterSteps } from '../cluster-rules.ts';
import { DayField } from './ActForm.tsx';
import { useWords, wordFor } from './words.ts';

type Cluster = Answer<'/api/clusters'>['items'][number];

function useClusterAct(
  url: '/api/clusters/{code}/steps' | '/api/clusters/{code}/supporters',
  code: string,
  toBody: (values: Values) => object,
) {
  const queries = useQueryClient();
  return useWrite(
    (values: Values, opId) => {
      const body = toBody(values) as never;
      const params = { path: { code } };
      return answer(api.POST(url, { params, headers: withKey(opId), body }));
    },
    () => queries.invalidateQueries(),
  );
}

function StepForm({ it, step }: { it: Cluster; step: number }) {
  const t = useWords();
  const { count } = useFormats();
  const memorandum = clusterSteps.find((one) => one.step === step)?.memorandum ?? false;
  const write = useClusterAct('/api/clusters/{code}/steps', it.code, ({ note, day, firm }) => ({
    ...{ step, note, doneOn: dayTyped(day), ...(firm ? { firm } : {}) },
  }));
  const name = wordFor(t, 'clusters.steps', `s${step}`);
  return (
    <details className="pt-3">
      <summary className="w-fit pb-3 font-semibold text-accent">
        {t('clusters.step', { step: count(step), name })}
      </summary>
      <Form key={write.submittedAt} write={write} submit={t('save')}>
        {memorandum ? <TextField name="firm" label={t('clusters.firm')} /> : null}
        <TextField name="note" label={t('clusters.note')} />
        <DayField name="day" label={t('day')} />
      </Form>
    </details>
  );
}

function JoinForm({ it }: { it: Cluster }) {
  const t = useWords();
  const { data } = useQuery({
    queryKey: ['supporters'],
    queryFn: () => answer(api.GET('/api/supporters')),
  });
  const fits = (data?.items ?? []).filter(({ occupation }) => occupation.id === it.occupation.id);
  const write = useClusterAct('/api/clusters/{code}/supporters', it.code, ({ supporter }) => ({
    supporter,
  }));
  if (fits.length === 0) return null;
  const options = fits.map(({ code, name }) => ({ id: code, name }));
  return (
    <details className="pt-2">
      <summary className="w-fit pb-3 font-semibold text-accent">{t('clusters.join')}</summary>
      <Form key={write.submittedAt} write={write} submit={t('save')}>
        <SelectField name="supporter" label={t('clusters.supporter')} options={options} empty="" />
      </Form>
    </details>
  );
}

function One({ it, may }: { it: Cluster; may: boolean }) {
  const t = useWords();
  const { label, count, line, day } = useFormats();
  const done = new Map(it.steps.map((one) => [one.step, one]));
  const next = it.steps.length + 1;
  return (
    <Sheet title={it.name} id={it.code}>
      <p className="text-soft">
        {line(
          label(it.county.label),
          label(it.occupation.label),
          t('clusters.done', { done: count(it.steps.length) }),
          it.driverFirm && it.memorandumOn
            ? t('clusters.memorandum', { firm: it.driverFirm, day: day(it.memorandumOn) })
            : '',
        )}
      </p>
      <p>
        {it.supporters.map((one) => (
          <AppLink key={one.code} className="link me-4" href={supporterPath(one.code, true)}>
            {one.name}
          </AppLink>
        ))}
      </p>
      <TaskList
        tasks={clusterSteps.map(({ step, phase }) => {
          const it = done.get(step);
          const name = `${count(step)}. ${wordFor(t, 'clusters.steps', `s${step}`)}`;
          const note = line(wordFor(t, 'clusters.phases', phase), it?.note);
          return it
            ? { name, note, meaning: 'done' as const, word: day(it.doneOn, 'short') }
            : { name, note };
        })}
      />
      {may && next <= clusterSteps.length ? <StepForm it={it} step={next} /> : null}
      {may ? <JoinForm it={it} /> : null}
    </Sheet>
  );
}

function OpenForm() {
  const t = useWords();
  const { label } = useFormats();
  const queries = useQueryClient();
  const { data } = useQuery(referenceQuery);
  const write = useWrite(
    ({ name = '', county, occupationId = '' }: Values, opId) => {
      const body = { name, countyId: Number(county), occupationId };
      return answer(api.POST('/api/clusters', { headers: withKey(opId), body }));
    },
    () => queries.invalidateQueries(),
  );
  const named = (rows: readonly { id: string; label: { fa: string; en: string } }[] = []) =>
    rows.map((row) => ({ id: row.id, name: label(row.label) }));
  return (
    <details className="sheet p-4">
      <summary className="w-fit font-semibold text-accent">{t('clusters.open')}</summary>
      <div className="pt-4">
        <Form key={write.submittedAt} write={write} submit={t('save')}>
          <TextField name="name" label={t('name')} />
          <SelectField name="county" label={t('county')} options={named(data?.counties)} empty="" />
          <SelectField
            name="occupationId"
            label={t('clusters.occupation')}
            options={named(data?.occupations)}
            empty=""
          />
        </Form>
      </div>
    </details>
  );
}

/** Clusters of supporters on their way through the twelve steps to a driver firm. */
export function Clusters() {
  const t = useWords();
  const may = useAccount()?.permissions.includes('supporters.keepClusters') ?? false;
  const query = useQuery({
    queryKey: ['clusters'],
    queryFn: () => answer(api.GET('/api/clusters')),
  });
  return (
    <div className="grid gap-4">
      <p className="text-sm text-soft">{t('clusters.assumed')}</p>
      {may ? <OpenForm /> : null}
      <Loaded query={query} shape="table">
        {({ items }) => (
          <>
            {items.length === 0 ? <EmptyState icon="file" title={t('office.noClusters')} /> : null}
            {items.map((it) => (
              <One key={it.code} it={it} may={may} />
            ))}
          </>
        )}
      </Loaded>
    </div>
  );
}
