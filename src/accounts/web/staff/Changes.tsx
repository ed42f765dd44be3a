import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answer, api, withKey } from '../../../web/api.ts';
import { ErrorSummary } from '../../../web/form/ErrorSummary.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { openAccountPath } from '../../../web/paths.ts';
import { problemOf } from '../../../web/problem.ts';
import { useAccount } from '../../../web/session.ts';
import { Sheet, SummaryList } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { Code, Ltr } from '../../../web/ui/Values.tsx';
import { useRoleName, useStaffWords, verbWord } from './words.ts';

type Change = Answer<'/api/staff'>['changes'][number];
type Decision = { readonly agree: boolean; readonly emergency?: boolean };

function useDecision(code: string) {
  const queries = useQueryClient();
  return useWrite(
    (body: Decision, opId) =>
      answer(
        api.POST('/api/staff/changes/{code}/decide', {
          params: { path: { code } },
          body,
          headers: withKey(opId),
        }),
      ),
    async () => {
      await queries.invalidateQueries({ queryKey: ['alarms'] });
      await queries.invalidateQueries({ queryKey: ['staff'] });
    },
  );
}

/** The buttons of a change: agree or refuse; who asked may refuse, or do it alone in an emergency. */
function Deciding({ change, onCode }: { change: Change; onCode: (code: string | null) => void }) {
  const t = useStaffWords();
  const [sure, setSure] = useState(false);
  const decide = useDecision(change.code);
  const send = (decision: Decision) =>
    decide.mutate(decision, { onSuccess: ({ openingCode }) => onCode(openingCode) });
  return (
    <div className="grid gap-3 pt-2">
      {decide.error ? (
        <ErrorSummary problem={problemOf(decide.error)} fieldId={() => undefined} />
      ) : null}
      <div className="flex flex-wrap gap-3">
        {change.mayAgree ? (
          <Button onPress={() => send({ agree: true })}>{t('agree')}</Button>
        ) : sure ? (
          <Button look="danger" onPress={() => send({ agree: true, emergency: true })}>
            {t('aloneSure')}
          </Button>
        ) : (
          <Button look="quiet" onPress={() => setSure(true)}>
            {t('alone')}
          </Button>
        )}
        <Button look="secondary" onPress={() => send({ agree: false })}>
          {t('refuse')}
        </Button>
      </div>
    </div>
  );
}

const meanings = { asked: 'waiting', done: 'done', refused: 'stopped' } as const;

function OneChange({ change, onCode }: { change: Change; onCode: (code: string | null) => void }) {
  const t = useStaffWords();
  const roleName = useRoleName();
  const { label, line, day } = useFormats();
  const mayDecide = useAccount()?.permissions.includes('accounts.decideChange') ?? false;
  const at = { day: day(change.askedAt.slice(0, 10), 'short') };
  const asked = change.byCommand
    ? t('byCommand', at)
    : t('asked', { ...at, name: label(change.askedBy) });
  const by = change.decidedBy ? t('by', { name: label(change.decidedBy) }) : null;
  const state = change.state as keyof typeof meanings;
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <span className="font-semibold">{t(verbWord(change.verb))}</span> {label(change.name)} (
      <Code>{change.username}</Code>)
      <span className="block text-sm text-soft">
        {line(roleName(change.role), label(change.organisation.label), change.reason)}
      </span>
      <span className="block text-sm text-soft">
        {line(asked, state === 'asked' ? null : by, change.emergency ? t('emergency') : null)}
      </span>
      <Status meaning={meanings[state]}>{t(`state.${state}`)}</Status>
      {state === 'asked' && mayDecide ? <Deciding change={change} onCode={onCode} /> : null}
    </li>
  );
}

function Opened({ code }: { code: string | null }) {
  const t = useStaffWords();
  return (
    <div role="status" className="my-4 rounded-md bg-done-soft p-4">
      {code === null ? (
        <p>{t('done')}</p>
      ) : (
        <>
          <p className="font-semibold">{t('codeOnce')}</p>
          <SummaryList
            rows={[
              [t('codeName'), <Ltr key="code">{code}</Ltr>],
              [t('codeWhere'), <Code key="where">{openAccountPath()}</Code>],
            ]}
          />
        </>
      )}
    </div>
  );
}

/** What waits for a second person, and what was decided. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const t = useStaffWords();
  const [made, setMade] = useState<{ code: string | null } | null>(null);
  const waiting = changes.filter(({ state }) => state === 'asked');
  const past = changes.filter(({ state }) => state !== 'asked');
  const list = (rows: readonly Change[]) => (
    <ul>
      {rows.map((change) => (
        <OneChange key={change.code} change={change} onCode={(code) => setMade({ code })} />
      ))}
    </ul>
  );
  return (
    <Sheet title={t('waiting')} id="changes">
      {made ? <Opened code={made.code} /> : null}
      {waiting.length === 0 ? <p className="text-soft">{t('nothingWaits')}</p> : list(waiting)}
      {past.length > 0 ? (
        <details className="pt-4">
          <summary className="cursor-pointer font-semibold">{t('past')}</summary>
          {list(past)}
        </details>
      ) : null}
    </Sheet>
  );
}
