import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api, withKey } from '../../../web/api.ts';
import { Form, SelectField, TextField, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { reportsPath, type Search } from '../../../web/paths.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { PageHead, Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { everies, formats } from '../../reports/rules.ts';
import { Builder } from './Builder.tsx';
import { Kept, Runs } from './Kept.tsx';
import { Preview } from './Preview.tsx';
import { type Question, questionOf, searchOf } from './question.ts';
import { useReportWords } from './words.ts';

/** Keeps a question or has its file made: one form, for both need a name and a kind of file. */
function useTaking(question: Question) {
  const queries = useQueryClient();
  return useWrite(
    ({ name = '', format, every, keep }: Values, opId) => {
      const asked = { name, question, format: formats.find((one) => one === format) ?? 'csv' };
      const headers = withKey(opId);
      if (keep === undefined) return answer(api.POST('/api/report-runs', { body: asked, headers }));
      const body = { ...asked, every: everies.find((one) => one === every) ?? 'never' };
      return answer(api.POST('/api/reports', { body, headers }));
    },
    () => queries.invalidateQueries({ queryKey: ['reports'] }),
  );
}

function Taking({ question }: { question: Question }) {
  const t = useReportWords();
  const taking = useTaking(question);
  const [keep, setKeep] = useState(false);
  const named = <Id extends string>(ids: readonly Id[], word: (id: Id) => string) =>
    ids.map((id) => ({ id, name: word(id) }));
  return (
    <Form write={taking} submit={keep ? t('keep') : t('run')}>
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField name="name" label={t('name')} maxLength={100} />
        <SelectField
          name="format"
          label={t('format')}
          options={named(formats, (id) => t(`formats.${id}`))}
          defaultValue="csv"
        />
        {keep ? (
          <SelectField
            name="every"
            label={t('every')}
            options={named(everies, (id) => t(`everies.${id}`))}
            defaultValue="never"
          />
        ) : null}
      </div>
      <label className="flex min-h-11 cursor-pointer items-center gap-2">
        <input
          type="checkbox"
          name="keep"
          className="size-5 accent-accent"
          checked={keep}
          onChange={(event) => setKeep(event.target.checked)}
        />
        {t('keep')}
      </label>
    </Form>
  );
}

function Mine() {
  const reports = useQuery({
    queryKey: ['reports'],
    queryFn: () => answer(api.GET('/api/reports')),
    // A file that is being written is looked for until it is there.
    refetchInterval: ({ state }) =>
      state.data?.runs.some((run) => run.state === 'waiting' || run.state === 'running')
        ? 1_500
        : false,
  });
  return (
    <Loaded query={reports} shape="table">
      {({ kept, runs }) => (
        <>
          <Kept kept={kept} />
          <Runs runs={runs} />
        </>
      )}
    </Loaded>
  );
}

/** Where anybody in the office makes the table they need, keeps it, and takes it away as a file. */
export function ReportsPage() {
  const t = useReportWords();
  const router = useRouter();
  const { lang } = useFormats();
  const search: Search = useSearch({ from: '/office/reports' });
  const question = questionOf(search, lang);
  useTitle(t('title'));
  return (
    <>
      <PageHead title={t('title')}>
        <span className="block max-w-prose">{t('lede')}</span>
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <Sheet>
          <Builder
            question={question}
            onChange={(next) =>
              void router.navigate({
                href: reportsPath(searchOf(next)),
                ...{ replace: true, resetScroll: false },
              })
            }
          />
        </Sheet>
        <Sheet title={t('preview')} id="preview">
          <Preview question={question} />
        </Sheet>
        <Sheet>
          <Taking question={question} />
        </Sheet>
        <Mine />
      </div>
    </>
  );
}
