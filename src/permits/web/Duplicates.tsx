import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, TextArea, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { casePath } from '../../web/paths.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Button, buttonClass } from '../../web/ui/Button.tsx';
import { Dialog } from '../../web/ui/Dialog.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Code, Day } from '../../web/ui/Values.tsx';
import { duplicatesQuery } from './queue-data.ts';
import { State } from './State.tsx';
import { useMayWork } from './use-claims.ts';
import { useWords, wordFor } from './words.ts';

type Like = Answer<'/api/cases/{code}/duplicates'>['it'];
type Wish = 'same' | 'different' | 'undo';

function useRows(): readonly [string, (one: Like) => ReactNode, Like['why'][number] | null][] {
  const t = useWords();
  const { label } = useFormats();
  return [
    [t('column.name'), (one) => one.name, 'person'],
    [t('column.nationalId'), (one) => one.nationalId && <Code>{one.nationalId}</Code>, 'person'],
    [t('case.mobile'), (one) => one.mobile && <Code>{one.mobile}</Code>, 'phone'],
    [t('case.address'), (one) => one.address, 'address'],
    [t('column.county'), (one) => label(one.county.label), null],
    [t('column.occupation'), (one) => label(one.occupation.label), null],
    [t('column.agency'), (one) => label(one.agency.label), null],
    [t('column.kind'), (one) => wordFor(t, 'kind', one.kind), null],
    [t('column.state'), (one) => <State state={one.state} />, null],
    [t('case.submittedOn'), (one) => one.submittedOn && <Day iso={one.submittedOn} short />, null],
  ];
}

/** Two cases side by side; what they share is marked, in words too. */
function Compare({ it, other }: { it: Like; other: Like }) {
  const t = useWords();
  const rows = useRows();
  return (
    <div className="overflow-x-auto">
      <table className="table">
        <caption className="sr-only">{t('duplicates.compare', { name: other.name })}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('duplicates.this')}</th>
            <th scope="col">{t('duplicates.other')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, cell, why]) => {
            const shared = why !== null && other.why.includes(why);
            return (
              <tr key={name} className={shared ? 'bg-late-soft' : ''}>
                <th scope="row">
                  {name}
                  {shared ? <span className="block text-sm">{t('duplicates.shared')}</span> : null}
                </th>
                <td>{cell(it) || '—'}</td>
                <td>{cell(other) || '—'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function DecideForm({
  code,
  other,
  wish,
  onDone,
}: {
  code: string;
  other: Like;
  wish: Wish;
  onDone: () => void;
}) {
  const t = useWords();
  const queries = useQueryClient();
  const write = useWrite(
    ({ reason = '' }: Values, opId) => {
      const sent = { headers: withKey(opId), params: { path: { code } } };
      if (wish === 'undo') {
        const body = { id: other.decision?.id ?? '', reason };
        return answer(api.POST('/api/cases/{code}/duplicates/undo', { ...sent, body }));
      }
      const body = { other: other.code, verdict: wish, reason };
      return answer(api.POST('/api/cases/{code}/duplicates', { ...sent, body }));
    },
    async () => {
      await queries.invalidateQueries({ queryKey: ['duplicates'] });
      onDone();
    },
  );
  return (
    <Form write={write} submit={t(`duplicates.${wish}`)}>
      <TextArea name="reason" label={t('act.reason')} hint={t('duplicates.reasonHint')} rows={3} />
    </Form>
  );
}

function Decision({ code, other }: { code: string; other: Like }) {
  const t = useWords();
  const { label, instant } = useFormats();
  const [wish, setWish] = useState<Wish | null>(null);
  const close = () => setWish(null);
  const { decision } = other;
  const wishes: readonly Wish[] = decision ? ['undo'] : ['same', 'different'];
  return (
    <div className="flex flex-wrap items-center gap-3 pt-3">
      {decision ? (
        <p>
          <Status meaning={decision.verdict === 'same' ? 'late' : 'done'}>
            {t(`duplicates.verdict.${decision.verdict}`)}
          </Status>{' '}
          <span className="text-sm text-soft">
            {t('duplicates.decided', {
              name: label(decision.by),
              day: instant(decision.at).day,
              reason: decision.reason,
            })}
          </span>
        </p>
      ) : null}
      {wishes.map((one) => (
        <Button key={one} look="secondary" compact onPress={() => setWish(one)}>
          {t(`duplicates.${one}`)}
        </Button>
      ))}
      {other.open ? (
        <AppLink href={casePath(other.code)} className={buttonClass('quiet', true)}>
          {t('queue.open')}
        </AppLink>
      ) : null}
      <Dialog title={wish ? t(`duplicates.${wish}`) : ''} open={wish !== null} onClose={close}>
        {wish ? <DecideForm {...{ code, other, wish }} onDone={close} /> : null}
      </Dialog>
    </div>
  );
}

/** Cases that share the person, the dwelling or the telephone; nothing is shown where there are none. */
export function Duplicates({ code }: { code: string }) {
  const t = useWords();
  const { count } = useFormats();
  const { data } = useQuery({ ...duplicatesQuery(code), enabled: useMayWork() });
  if (!data || data.items.length === 0) return null;
  const open = data.items.filter(({ decision }) => decision === null).length;
  return (
    <Sheet
      title={t('duplicates.title', { count: count(data.items.length) })}
      id="duplicates"
      end={open > 0 ? <Status meaning="late">{t('duplicates.open')}</Status> : null}
    >
      <div className="grid gap-2">
        {data.items.map((other) => (
          <details key={other.code} className="rounded-md border border-line p-3">
            <summary className="cursor-pointer">
              <span className="font-semibold">{other.name}</span>{' '}
              <span className="text-sm text-soft">
                {other.why.map((why) => t(`duplicates.why.${why}`)).join(' · ')}
              </span>
            </summary>
            <Compare it={data.it} other={other} />
            <Decision code={code} other={other} />
          </details>
        ))}
      </div>
    </Sheet>
  );
}
