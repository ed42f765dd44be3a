import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answer, api, withKey } from '../../../web/api.ts';
import { Form, TextArea, TextField, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { useAccount } from '../../../web/session.ts';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { tomanIn } from './BankActs.tsx';
import { useWords } from './words.ts';

type Ask = Answer<'/api/cases/{code}/payment-asks'>['asks'][number];
type Said = { answer: 'came' | 'not_came' } | { answer: 'other_sum'; values: Values };

function useAnswer(code: string, askId: string) {
  const t = useWords();
  const queries = useQueryClient();
  return useWrite(
    async (said: Said, opId) => {
      const sum = 'values' in said ? tomanIn(said.values, 'sum', t('bank.wrongAmount')) : undefined;
      const body = {
        askId,
        answer: said.answer,
        ...(sum === undefined ? {} : { amountRial: sum }),
      };
      const params = { path: { code } };
      return answer(
        api.POST('/api/cases/{code}/payment-asks/answer', {
          ...{ params, body },
          headers: withKey(opId),
        }),
      );
    },
    () => queries.invalidateQueries({ queryKey: ['case', code, 'asks'] }),
  );
}

/** Three buttons; another sum has to be written. */
function Question({ code, ask }: { code: string; ask: Ask }) {
  const t = useWords();
  const write = useAnswer(code, ask.id);
  const [other, setOther] = useState(false);
  const form = {
    ...write,
    mutate: (values: Values) => write.mutate({ answer: 'other_sum', values }),
  };
  return (
    <div className="grid gap-4 pt-4">
      <div className="flex flex-wrap gap-3">
        <Button onPress={() => write.mutate({ answer: 'came' })}>{t('asked.came')}</Button>
        <Button look="secondary" onPress={() => write.mutate({ answer: 'not_came' })}>
          {t('asked.notCame')}
        </Button>
        <Button look="secondary" onPress={() => setOther(true)}>
          {t('asked.otherSum')}
        </Button>
      </div>
      {other ? (
        <Form write={form} submit={t('asked.send')}>
          <TextField name="sum" label={t('asked.sum')} inputMode="numeric" ltr />
        </Form>
      ) : null}
    </div>
  );
}

/** What was found, by whoever at the directorate looked into it. */
function CloseForm({ code, ask }: { code: string; ask: Ask }) {
  const t = useWords();
  const queries = useQueryClient();
  const write = useWrite(
    ({ reason = '' }: Values, opId) =>
      answer(
        api.POST('/api/cases/{code}/payment-asks/close', {
          params: { path: { code } },
          body: { askId: ask.id, reason },
          headers: withKey(opId),
        }),
      ),
    () => queries.invalidateQueries({ queryKey: ['case', code, 'asks'] }),
  );
  return (
    <Form write={write} submit={t('asked.close')}>
      <TextArea name="reason" label={t('asked.found')} rows={2} />
    </Form>
  );
}

const answers = {
  came: 'asked.saidCame',
  not_came: 'asked.saidNotCame',
  other_sum: 'asked.saidOther',
} as const;

function OneAsk({ code, ask }: { code: string; ask: Ask }) {
  const t = useWords();
  const { toman, day } = useFormats();
  const { permissions = [] } = useAccount() ?? {};
  const said = answers[ask.answer as keyof typeof answers];
  const enquiry = ask.answer !== null && ask.answer !== 'came';
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <p>{t('asked.question', { amount: toman(ask.amountRial), day: day(ask.paidOn) })}</p>
      {said ? (
        <p>
          <Status meaning={enquiry && ask.closedAt === null ? 'late' : 'done'}>
            {t(said, { amount: ask.answeredRial ? toman(ask.answeredRial) : '' })}
          </Status>
        </p>
      ) : null}
      {ask.closedReason ? <p>{t('asked.closed', { reason: ask.closedReason })}</p> : null}
      {ask.answer === null && permissions.includes('financing.answerAsk') ? (
        <Question code={code} ask={ask} />
      ) : null}
      {enquiry && ask.closedAt === null && permissions.includes('financing.closeEnquiry') ? (
        <CloseForm code={code} ask={ask} />
      ) : null}
    </li>
  );
}

/** What the borrower was asked about payments; nothing for those who may not see it, or where nobody was. */
export function Asked({ code }: { code: string }) {
  const t = useWords();
  const may = useAccount()?.permissions.includes('financing.showAsks') ?? false;
  const { data } = useQuery({
    queryKey: ['case', code, 'asks'],
    queryFn: () =>
      answer(api.GET('/api/cases/{code}/payment-asks', { params: { path: { code } } })),
    enabled: may,
  });
  if (!data || data.asks.length === 0) return null;
  return (
    <Sheet title={t('asked.title')} id="asked">
      <ul>
        {data.asks.map((ask) => (
          <OneAsk key={ask.id} code={code} ask={ask} />
        ))}
      </ul>
    </Sheet>
  );
}
