import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { visitPath } from '../../web/paths.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, SummaryList } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { AnswerList } from './Answers.tsx';
import { problemTitle, useWords, wordFor } from './words.ts';

type Kept = Answer<'/api/field-records'>['items'][number];

/** States in which a person has something to decide. */
const open: readonly string[] = ['conflict', 'held', 'waits_photos'];

function Settle({ id }: { id: string }) {
  const t = useWords();
  const queries = useQueryClient();
  const write = useWrite(
    ({ take = 'office', reason = '' }: Values, opId) =>
      answer(
        api.POST('/api/field-records/settle', {
          body: { id, take: take as 'phone' | 'office', reason },
          headers: withKey(opId),
        }),
      ),
    () => queries.invalidateQueries(),
  );
  const sides = [
    { id: 'phone', name: t('records.takePhone') },
    { id: 'office', name: t('records.takeOffice') },
  ];
  return (
    <details className="pt-2">
      <summary className="w-fit pb-2 font-semibold">{t('records.settle')}</summary>
      <Form write={write} submit={t('records.settle')}>
        <SelectField name="take" label={t('records.which')} options={sides} empty="" />
        <TextArea name="reason" label={t('records.reason')} rows={2} />
      </Form>
    </details>
  );
}

function PhoneSide({ it }: { it: Kept }) {
  const t = useWords();
  const { label, line, instant } = useFormats();
  const { day, time } = instant(
    new Date(Date.parse(it.at) + it.clockOffSeconds * 1000).toISOString(),
  );
  return (
    <div>
      <h3>{t('records.phone')}</h3>
      <SummaryList
        rows={[
          [t('records.by'), line(label(it.by), it.device)],
          [t('records.at'), line(day, time)],
          [t('records.found'), wordFor(t, 'verb', it.verb.replace('supervision.', ''))],
          [t('records.deviation'), it.deviation ? wordFor(t, 'deviation', it.deviation) : null],
          [t('records.note'), it.note],
        ]}
      />
      <Answered it={it} answers={it.answers} />
    </div>
  );
}

/** Answers beside their questions; pictures once they belong to a visit. */
function Answered({ it, answers }: { it: Kept; answers: Kept['answers'] }) {
  if (!it.checklist) return null;
  return <AnswerList questions={it.checklist.questions} answers={answers} visit={it.visit} />;
}

function OfficeSide({ it, office }: { it: Kept; office: NonNullable<Kept['office']> }) {
  const t = useWords();
  const { label, day } = useFormats();
  return (
    <div>
      <h3>{t('records.office')}</h3>
      <SummaryList
        rows={[
          [t('records.state'), wordFor(t, 'state', office.state)],
          [t('records.assignee'), label(office.assignee)],
          [t('records.at'), office.visitedOn ? day(office.visitedOn) : null],
          [t('records.note'), office.note],
        ]}
      />
      {office.answers ? <Answered it={it} answers={office.answers} /> : null}
    </div>
  );
}

function Line({ it }: { it: Kept }) {
  const t = useWords();
  const { line } = useFormats();
  const title = line(it.name ?? t('records.unknown'), wordFor(t, 'stage', it.stage ?? ''));
  return (
    <li className="border-b border-line p-3 last:border-b-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        {it.visit ? (
          <AppLink className="link font-semibold" href={visitPath(it.visit)}>
            {title}
          </AppLink>
        ) : (
          <span className="font-semibold">{title}</span>
        )}
        <Status meaning={it.state === 'conflict' ? 'late' : 'waiting'}>
          {wordFor(t, 'records.states', it.state)}
        </Status>
      </span>
      {it.problem ? <p className="pb-2">{problemTitle(t, it.problem.code)}</p> : null}
      <div className="grid gap-4 md:grid-cols-2">
        <PhoneSide it={it} />
        {it.office ? <OfficeSide it={it} office={it.office} /> : null}
      </div>
      <Settle id={it.id} />
    </li>
  );
}

/** Records from phones that a person has to decide about, with both sides beside each other. */
export function FieldRecords() {
  const t = useWords();
  const query = useQuery({
    queryKey: ['field-records'],
    queryFn: () => answer(api.GET('/api/field-records')),
  });
  return (
    <Loaded query={query} shape="table">
      {({ items }) => {
        const waiting = items.filter(({ state }) => open.includes(state));
        if (waiting.length === 0) return <EmptyState icon="check" title={t('records.none')} />;
        return (
          <ul className="sheet">
            {waiting.map((it) => (
              <Line key={it.id} it={it} />
            ))}
          </ul>
        );
      }}
    </Loaded>
  );
}
