import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { useAccount } from '../../web/session.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { type Measure, measures } from '../deviation-rules.ts';
import { deviationMeaning } from './meanings.ts';
import { useWords, wordFor } from './words.ts';

type Deviation = Answer<'/api/cases/{code}/deviations'>['items'][number];

/** The addresses of the acts that take no more than a reason. */
const paths = {
  hear: 'hear',
  returnProposal: 'return',
  agree: 'agree',
  appeal: 'appeal',
  upholdMeasure: 'uphold',
  overturnMeasure: 'overturn',
  carryOut: 'carry-out',
} as const;

function useAct(code: string, act: string) {
  const queries = useQueryClient();
  return useWrite(
    ({ reason = '', measure }: Values, opId) => {
      const params = { path: { code } };
      const headers = withKey(opId);
      if (act === 'propose') {
        const body = { reason, measure: measure as Measure };
        return answer(api.POST('/api/deviations/{code}/propose', { params, headers, body }));
      }
      const path = paths[act as keyof typeof paths];
      const body = { reason };
      return answer(api.POST(`/api/deviations/{code}/${path}`, { params, headers, body }));
    },
    () => queries.invalidateQueries(),
  );
}

function ActForm({ code, act }: { code: string; act: string }) {
  const t = useWords();
  const write = useAct(code, act);
  const name = wordFor(t, 'ofCase.act', act);
  return (
    <details className="pt-3">
      <summary className="w-fit pb-3 font-semibold">{name}</summary>
      <Form write={write} submit={name}>
        {act === 'propose' ? (
          <SelectField
            name="measure"
            label={t('ofCase.measureAsked')}
            options={measures.map((id) => ({ id, name: wordFor(t, 'measure', id) }))}
            empty=""
          />
        ) : null}
        <TextArea name="reason" label={t('ofCase.reasonAsked')} rows={3} />
      </Form>
    </details>
  );
}

function One({ it }: { it: Deviation }) {
  const t = useWords();
  const { day } = useFormats();
  const said = [
    it.holderSaid ? t('ofCase.holderSaid', { words: it.holderSaid }) : null,
    it.measure
      ? t('ofCase.measureSaid', {
          measure: wordFor(t, 'measure', it.measure),
          words: it.measureReason ?? '',
        })
      : null,
    it.state === 'decided' && it.appealUntil
      ? t('ofCase.appealUntil', { day: day(it.appealUntil) })
      : null,
    it.appealReason ? t('ofCase.appealSaid', { words: it.appealReason }) : null,
  ].filter((words) => words !== null);
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-semibold">{wordFor(t, 'deviation', it.kind)}</span>
        <Status meaning={deviationMeaning(it.state)}>
          {wordFor(t, 'deviationState', it.state)}
        </Status>
      </span>
      <span className="block text-sm text-soft">
        {t('ofCase.deviationSince', { day: day(it.since) })}
      </span>
      {said.map((words) => (
        <p key={words}>{words}</p>
      ))}
      {it.acts.map((verb) => (
        <ActForm key={verb} code={it.code} act={verb.slice('supervision.'.length)} />
      ))}
    </li>
  );
}

/** Deviations that visits to the plan found, and what this reader can do about them now. */
export function DeviationsPanel({ code }: { code: string }) {
  const t = useWords();
  const may = useAccount()?.permissions.includes('supervision.showDeviations') ?? false;
  const { data } = useQuery({
    queryKey: ['case', code, 'deviations'],
    queryFn: () => answer(api.GET('/api/cases/{code}/deviations', { params: { path: { code } } })),
    enabled: may,
  });
  if (!data || data.items.length === 0) return null;
  return (
    <Sheet title={t('ofCase.deviationTitle')} id="deviations">
      <ul>
        {data.items.map((it) => (
          <One key={it.code} it={it} />
        ))}
      </ul>
    </Sheet>
  );
}
