import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { useAccount } from '../../web/session.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { AnswerFields, answersIn, useAsked } from './AnswerFields.tsx';
import { DeviationsPanel } from './DeviationsPanel.tsx';
import { useWords } from './words.ts';

type Ask = Answer<'/api/my-visits'>['items'][number];

function Questions({ ask }: { ask: Ask }) {
  const t = useWords();
  const queries = useQueryClient();
  const { asked, keep, said } = useAsked(ask.questions, 'sms');
  const write = useWrite(
    (values: Values, opId) =>
      answer(
        api.POST('/api/my-visits/{code}/answer', {
          params: { path: { code: ask.code } },
          body: { answers: answersIn(asked, values) },
          headers: withKey(opId),
        }),
      ),
    () => queries.invalidateQueries({ queryKey: ['my', 'visits'] }),
  );
  return (
    <Form write={write} submit={t('asks.send')}>
      <div className="grid gap-6" onChange={keep}>
        <AnswerFields asked={asked} said={said} />
      </div>
    </Form>
  );
}

/** What the holder of a plan is asked by SMS; nothing where nobody asked. */
function MyVisits({ code }: { code: string }) {
  const t = useWords();
  const { day } = useFormats();
  const may = useAccount()?.permissions.includes('supervision.answerAsk') ?? false;
  const { data } = useQuery({
    queryKey: ['my', 'visits'],
    queryFn: () => answer(api.GET('/api/my-visits')),
    enabled: may,
  });
  const mine = data?.items.filter(({ caseCode }) => caseCode === code) ?? [];
  return mine.map((ask) => (
    <Sheet key={ask.code} title={t('asks.title')} id="my-visits">
      {ask.answeredAt === null ? (
        <>
          <p className="pb-4 text-soft">{t('asks.about', { day: day(ask.dueOn) })}</p>
          <Questions ask={ask} />
        </>
      ) : (
        <Status meaning="done">{t('asks.sent')}</Status>
      )}
    </Sheet>
  ));
}

/** Supervision as the holder of a plan meets it: what is asked, and what was found and is decided. */
export function MySupervisionPanel({ code }: { code: string }) {
  return (
    <>
      <MyVisits code={code} />
      <DeviationsPanel code={code} />
    </>
  );
}
