import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answer, api, fileForm, withKey } from '../../web/api.ts';
import { Form, SelectField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { refusedHere } from '../../web/problem.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { buttonClass } from '../../web/ui/Button.tsx';
import { FileDrop } from '../../web/ui/FileDrop.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Code } from '../../web/ui/Values.tsx';
import { type Stage, stages } from '../rules.ts';
import { useWords, wordFor } from './words.ts';

type Kept = Answer<'/api/checklists'>['items'][number];
type Read = Awaited<ReturnType<typeof sendForm>>;
type Questions = Read['checklist']['questions'];

const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What is asked, in the order in which it is asked. */
function Preview({ questions }: { questions: Questions }) {
  const t = useWords();
  const { label, line } = useFormats();
  return (
    <ol className="list-decimal ps-6">
      {questions.map((one) => (
        <li key={one.id} className="py-1">
          {label(one.label)}
          <span className="block text-sm text-soft">
            {line(
              wordFor(t, 'form.kind', one.kind),
              one.required ? t('form.required') : '',
              one.choices?.map((choice) => label(choice.label)).join(' / '),
              one.when ? t('form.when', { question: one.when.question }) : '',
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

function OneChecklist({ it }: { it: Kept }) {
  const t = useWords();
  const { label, digits } = useFormats();
  const title = t('form.version', {
    ...{ stage: wordFor(t, 'stage', it.stage), title: label(it.title) },
    version: digits(it.version),
  });
  return (
    <details className="border-b border-line py-3 last:border-b-0">
      <summary className="w-fit font-semibold">{title}</summary>
      <div className="grid gap-3 pt-3">
        <Preview questions={it.questions} />
        <a
          className={buttonClass('secondary', true)}
          href={`/api/checklists/${it.stage}/form.xlsx`}
        >
          <Icon name="download" />
          {t('form.download')}
        </a>
      </div>
    </details>
  );
}

function sendForm(file: File, opId: string) {
  return answer(
    api.POST('/api/checklists/read-form', {
      body: { file: file.name },
      bodySerializer: () => fileForm({}, file),
      headers: withKey(opId),
    }),
  );
}

/** Reads a workbook without keeping it; says what is missing when there is no file. */
function useReading(file: File | null, onRead: (read: Read) => void) {
  const t = useWords();
  return useWrite(async (_values: Values, opId) => {
    if (!file) throw refusedHere(t('form.noFile'));
    return sendForm(file, opId);
  }, onRead);
}

function Faults({ faults }: { faults: Read['faults'] }) {
  const t = useWords();
  const { digits } = useFormats();
  return (
    <>
      <Status meaning="stopped">{t('form.faulty')}</Status>
      <ul>
        {faults.map((one) => (
          <li key={`${one.sheet} ${one.row} ${one.column}`} className="py-1">
            <Code>{one.sheet}</Code> {t('form.row', { row: digits(one.row) })}{' '}
            <Code>{one.column}</Code>: {wordFor(t, 'form.fault', one.code)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What was read is looked at, and kept as the next version of a stage; versions in use stay as they are. */
function KeepForm({ read, onDone }: { read: Read; onDone: () => void }) {
  const t = useWords();
  const queries = useQueryClient();
  const write = useWrite(
    ({ stage }: Values, opId) =>
      answer(
        api.POST('/api/checklists/{stage}', {
          params: { path: { stage: stage as Stage } },
          body: read.checklist,
          headers: withKey(opId),
        }),
      ),
    async () => {
      onDone();
      await queries.invalidateQueries({ queryKey: ['checklists'] });
    },
  );
  return (
    <Form write={write} submit={t('form.keep')}>
      <Preview questions={read.checklist.questions} />
      <SelectField
        name="stage"
        label={t('stageAsked')}
        options={stages.map((id) => ({ id, name: wordFor(t, 'stage', id) }))}
        empty=""
      />
    </Form>
  );
}

function ReadForm() {
  const t = useWords();
  const [file, setFile] = useState<File | null>(null);
  const [read, setRead] = useState<Read | null>(null);
  const write = useReading(file, setRead);
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setRead(null);
  };
  return (
    <Sheet title={t('form.readTitle')} id="read-form">
      <div className="grid max-w-2xl gap-6">
        <Form write={write} submit={t('form.read')}>
          <FileDrop
            file={file}
            onFile={choose}
            accepted={['.xlsx', workbook]}
            words={{
              drop: t('form.drop'),
              hint: t('form.dropHint'),
              choose: t('form.choose'),
              another: t('form.another'),
            }}
          />
        </Form>
        {read && read.faults.length > 0 ? <Faults faults={read.faults} /> : null}
        {read && read.faults.length === 0 ? (
          <KeepForm read={read} onDone={() => choose(null)} />
        ) : null}
      </div>
    </Sheet>
  );
}

/** The checklist of each stage, as it is asked now; out as XLSForm, and back in as the next version. */
export function Checklists() {
  const t = useWords();
  const kept = useQuery({
    queryKey: ['checklists'],
    queryFn: () => answer(api.GET('/api/checklists')),
  });
  return (
    <div className="grid gap-6">
      <Sheet title={t('form.title')} id="checklists">
        <p className="max-w-prose pb-2 text-soft">{t('form.about')}</p>
        <Loaded query={kept} shape="table">
          {({ items }) => (
            <>
              {items.map((it) => (
                <OneChecklist key={it.stage} it={it} />
              ))}
            </>
          )}
        </Loaded>
      </Sheet>
      <ReadForm />
    </div>
  );
}
