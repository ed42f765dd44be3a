import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { casePath } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { PageHead, Sheet, SummaryList } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Code, Day } from '../../web/ui/Values.tsx';
import { AnswerList } from './Answers.tsx';
import { visitMeaning } from './meanings.ts';
import { OutcomeForm } from './OutcomeForm.tsx';
import { Parties } from './Parties.tsx';
import { useWords, wordFor } from './words.ts';

type Visit = Answer<'/api/visits/{code}'>;

/** Whether the holder has answered what was asked by SMS. */
function Asked({ holder }: { holder: NonNullable<Visit['holder']> }) {
  const t = useWords();
  const { instant } = useFormats();
  const { askedAt, answeredAt } = holder;
  const said = t(answeredAt ? 'asks.answered' : 'asks.asked', {
    day: instant(answeredAt ?? askedAt).day,
  });
  return <Status meaning={answeredAt ? 'done' : 'waiting'}>{said}</Status>;
}

function Facts({ visit }: { visit: Visit }) {
  const t = useWords();
  const { label } = useFormats();
  return (
    <Sheet>
      <SummaryList
        rows={[
          [
            t('visit.found'),
            <Status key="state" meaning={visitMeaning(visit.state)}>
              {wordFor(t, 'state', visit.state)}
            </Status>,
          ],
          [t('visit.channel'), wordFor(t, 'channel', visit.channel)],
          [t('visit.due'), <Day key="due" iso={visit.dueOn} />],
          [t('visit.assignee'), label(visit.assignee) || t('visit.nobody')],
          [t('visit.call'), visit.mobile ? <Code key="call">{visit.mobile}</Code> : null],
          [
            t('visit.case'),
            <AppLink key="case" className="link" href={casePath(visit.caseCode)}>
              {visit.name}
            </AppLink>,
          ],
          [t('asks.row'), visit.holder ? <Asked key="asked" holder={visit.holder} /> : null],
          [t('visit.note'), visit.note],
          [t('visit.deviation'), visit.deviation ? wordFor(t, 'deviation', visit.deviation) : null],
        ]}
      />
    </Sheet>
  );
}

function AssignForm({ code }: { code: string }) {
  const t = useWords();
  const queries = useQueryClient();
  const { label, digits } = useFormats();
  const { data } = useQuery({
    queryKey: ['visit-assignees'],
    queryFn: () => answer(api.GET('/api/visit-assignees')),
  });
  const write = useWrite(
    ({ assignee = '' }: Values, opId) =>
      answer(
        api.POST('/api/visits/{code}/assign', {
          params: { path: { code } },
          body: { assignee },
          headers: withKey(opId),
        }),
      ),
    () => queries.invalidateQueries(),
  );
  const options = (data?.items ?? []).map((one) => ({
    id: one.id,
    name: t('assigneeLine', { name: label(one.name), open: digits(one.open) }),
  }));
  return (
    <Form write={write} submit={t('visit.assignSave')}>
      <SelectField name="assignee" label={t('visit.assign')} options={options} empty="" />
    </Form>
  );
}

function CancelForm({ code }: { code: string }) {
  const t = useWords();
  const queries = useQueryClient();
  const write = useWrite(
    ({ reason = '' }: Values, opId) =>
      answer(
        api.POST('/api/visits/{code}/cancel', {
          params: { path: { code } },
          body: { reason },
          headers: withKey(opId),
        }),
      ),
    () => queries.invalidateQueries(),
  );
  return (
    <details>
      <summary className="w-fit pb-4 font-semibold">{t('visit.cancel')}</summary>
      <Form write={write} submit={t('visit.cancelSure')} look="danger">
        <TextArea name="reason" label={t('visit.cancelReason')} rows={2} />
      </Form>
    </details>
  );
}

function Answers({ visit }: { visit: Visit }) {
  const { checklist, answers, code } = visit;
  return <AnswerList questions={checklist.questions} answers={answers} visit={code} />;
}

function Body({ visit }: { visit: Visit }) {
  const t = useWords();
  const { digits } = useFormats();
  const may = useAccount()?.permissions.includes('supervision.assign') ?? false;
  const open = visit.state === 'planned' || visit.state === 'assigned';
  useTitle(t('visit.title', { name: visit.name }));
  return (
    <>
      <PageHead title={t('visit.title', { name: visit.name })}>
        {wordFor(t, 'stage', visit.stage)}
      </PageHead>
      <div className="grid items-start gap-6 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <div className="contents items-start gap-6 lg:grid">
          <Facts visit={visit} />
          <Parties visit={visit} />
          {open && may ? (
            <div className="order-last">
              <Sheet>
                <div className="grid gap-6">
                  <AssignForm code={visit.code} />
                  <CancelForm code={visit.code} />
                </div>
              </Sheet>
            </div>
          ) : null}
        </div>
        <Sheet
          title={t('visit.checklist', { version: digits(visit.checklist.version) })}
          id="checklist"
        >
          {visit.mayRecord ? <OutcomeForm visit={visit} /> : <Answers visit={visit} />}
        </Sheet>
      </div>
    </>
  );
}

/** One visit: whose it is, what is asked, and what was found. */
export function VisitPage() {
  const { code } = useParams({ from: '/office/visits/$code' });
  const found = useQuery({
    queryKey: ['visit', code],
    queryFn: () => answer(api.GET('/api/visits/{code}', { params: { path: { code } } })),
  });
  return (
    <Loaded query={found} shape="page">
      {(visit) => <Body key={`${visit.code} ${visit.state}`} visit={visit} />}
    </Loaded>
  );
}
