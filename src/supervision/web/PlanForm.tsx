import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { type Channel, channels, type Stage } from '../rules.ts';
import { useWords, wordFor } from './words.ts';

type PlannableStage = { readonly stage: string; readonly least: string };

function useDone(onDone: () => void) {
  const queries = useQueryClient();
  return async () => {
    onDone();
    await queries.invalidateQueries();
  };
}

function usePlanning(code: string, onDone: () => void) {
  return useWrite(({ stage, channel, assignee }: Values, opId) => {
    const body = {
      ...{ stage: stage as Stage, channel: channel as Channel },
      ...(assignee ? { assignee } : {}),
    };
    const params = { path: { code } };
    return answer(api.POST('/api/cases/{code}/visits', { params, body, headers: withKey(opId) }));
  }, useDone(onDone));
}

/** Who makes visits, the least burdened first. */
function AssigneeField() {
  const t = useWords();
  const { label, digits } = useFormats();
  const { data } = useQuery({
    queryKey: ['visit-assignees'],
    queryFn: () => answer(api.GET('/api/visit-assignees')),
  });
  const options = (data?.items ?? []).map((one) => ({
    id: one.id,
    name: t('assigneeLine', { name: label(one.name), open: digits(one.open) }),
  }));
  return (
    <SelectField
      name="assignee"
      label={t('ofCase.assignee')}
      options={options}
      empty={t('ofCase.nobody')}
      optional
    />
  );
}

/** Which stage, by which channel (no weaker than the plan needs), and whose it is to make. */
export function PlanForm({
  code,
  stages,
  onDone,
}: {
  code: string;
  stages: readonly PlannableStage[];
  onDone: () => void;
}) {
  const t = useWords();
  const write = usePlanning(code, onDone);
  const [stage, setStage] = useState(stages[0]);
  const named = (group: 'stage' | 'channel', id: string) => {
    return { id, name: wordFor(t, group, id) };
  };
  const enough = channels.slice(channels.indexOf((stage?.least ?? 'sms') as Channel));
  return (
    <Form write={write} submit={t('ofCase.save')}>
      <div onChange={(event) => setStage(stageIn(event.target, stages) ?? stage)}>
        <SelectField
          name="stage"
          label={t('stageAsked')}
          options={stages.map((one) => named('stage', one.stage))}
          defaultValue={stages[0]?.stage ?? ''}
        />
      </div>
      <SelectField
        key={stage?.stage}
        name="channel"
        label={t('ofCase.channelAsked')}
        options={enough.map((id) => named('channel', id))}
        defaultValue={enough[0] ?? ''}
      />
      <AssigneeField />
    </Form>
  );
}

function stageIn(target: EventTarget, stages: readonly PlannableStage[]) {
  return stages.find(({ stage }) => stage === (target as HTMLSelectElement).value);
}

/** Why a tranche should go without its visit. */
export function OverrideForm({ code, onDone }: { code: string; onDone: () => void }) {
  const t = useWords();
  const write = useWrite(
    ({ reason = '' }: Values, opId) =>
      answer(
        api.POST('/api/cases/{code}/gate-override', {
          params: { path: { code } },
          body: { reason },
          headers: withKey(opId),
        }),
      ),
    useDone(onDone),
  );
  return (
    <Form write={write} submit={t('ofCase.askSure')} look="danger">
      <TextArea
        name="reason"
        label={t('ofCase.overrideReason')}
        hint={t('ofCase.overrideHint')}
        rows={3}
      />
    </Form>
  );
}
