import { useQueryClient } from '@tanstack/react-query';
import { type ComponentType, useState } from 'react';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useAccount } from '../../web/session.ts';
import { Button } from '../../web/ui/Button.tsx';
import type { EvidenceKind } from '../rules.ts';
import { DayField, dayIn } from './fields.tsx';
import { useWords, wordFor } from './words.ts';

export type Job = Answer<'/api/cases/{code}/jobs'>['jobs'][number];

type Send = (
  send: {
    readonly params: { path: { code: string } };
    readonly headers: ReturnType<typeof withKey>;
  },
  values: Values,
  wrongDay: string,
) => Promise<unknown>;

const seen = (values: Values) => ({
  through: values.through as 'phone' | 'visit',
  detail: values.detail ?? '',
});

/** What each act sends. */
const sends: { readonly [act: string]: Send } = {
  verify: (to, values) =>
    answer(api.POST('/api/jobs/{code}/verify', { ...to, body: seen(values) })),
  confirmAlive: (to, values) =>
    answer(api.POST('/api/jobs/{code}/confirm-alive', { ...to, body: seen(values) })),
  dispute: (to, { reason = '' }) =>
    answer(api.POST('/api/jobs/{code}/dispute', { ...to, body: { reason } })),
  takeBack: (to, { reason = '' }) =>
    answer(api.POST('/api/jobs/{code}/take-back', { ...to, body: { reason } })),
  end: (to, values, wrong) => {
    const body = { reason: values.reason ?? '', endedOn: dayIn(values, 'endedOn', wrong) };
    return answer(api.POST('/api/jobs/{code}/end', { ...to, body }));
  },
  recheck: (to, { agrees, note = '' }) => {
    const body = { agrees: agrees === 'yes', note };
    return answer(api.POST('/api/jobs/{code}/recheck', { ...to, body }));
  },
  addEvidence: (to, { kind, detail = '' }) => {
    const body = { kind: kind as Exclude<EvidenceKind, 'sms'>, detail };
    return answer(api.POST('/api/jobs/{code}/evidence', { ...to, body }));
  },
  insure: (to, values, wrong) => {
    const days = { beginsOn: dayIn(values, 'beginsOn', wrong) };
    const paidUntil = dayIn(values, 'paidUntil', wrong);
    const body = { rateBp: Number(values.rate), number: values.number ?? '', ...days, paidUntil };
    return answer(api.POST('/api/jobs/{code}/insure', { ...to, body }));
  },
  ask: (to) => answer(api.POST('/api/jobs/{code}/ask', { ...to, body: {} })),
};

type FieldsOf = { readonly job: Job };

function SeenFields() {
  const t = useWords();
  const options = (['phone', 'visit'] as const).map((id) => ({ id, name: wordFor(t, 'way', id) }));
  return (
    <>
      <SelectField name="through" label={t('act.through')} options={options} defaultValue="phone" />
      <TextArea name="detail" label={t('act.detail')} rows={2} />
    </>
  );
}

function ReasonField() {
  const t = useWords();
  return <TextArea name="reason" label={t('act.reason')} rows={2} />;
}

function EndFields() {
  const t = useWords();
  return (
    <>
      <DayField name="endedOn" label={t('act.endedOn')} />
      <ReasonField />
    </>
  );
}

function RecheckFields() {
  const t = useWords();
  const options = [
    { id: 'yes', name: t('act.agreesYes') },
    { id: 'no', name: t('act.agreesNo') },
  ];
  return (
    <>
      <SelectField name="agrees" label={t('act.agrees')} options={options} empty="" />
      <TextArea name="note" label={t('act.note')} rows={2} />
    </>
  );
}

function EvidenceFields() {
  const t = useWords();
  const kinds = ['contract', 'insurance', 'visit', 'phone'];
  const options = kinds.map((id) => ({ id, name: wordFor(t, 'kind', id) }));
  return (
    <>
      <SelectField name="kind" label={t('act.kind')} options={options} defaultValue="contract" />
      <TextField name="detail" label={t('form.evidence')} maxLength={500} />
    </>
  );
}

const rates = ['1200', '1400', '1800'] as const;

function InsuranceFields({ job: { insurance } }: FieldsOf) {
  const t = useWords();
  return (
    <>
      <SelectField
        name="rate"
        label={t('act.rate')}
        options={rates.map((id) => ({ id, name: t(`act.rates.${id}`) }))}
        defaultValue={String(insurance?.rateBp ?? rates[0])}
      />
      <TextField
        name="number"
        label={t('act.number')}
        inputMode="numeric"
        maxLength={12}
        defaultValue={insurance?.number ?? ''}
        ltr
      />
      <DayField
        name="beginsOn"
        label={t('act.beginsOn')}
        {...(insurance ? { first: insurance.beginsOn } : {})}
      />
      <DayField
        name="paidUntil"
        label={t('act.paidUntil')}
        {...(insurance ? { first: insurance.paidUntil } : {})}
      />
    </>
  );
}

/** What each act asks for; any other asks for a reason. */
const fields: { readonly [act: string]: ComponentType<FieldsOf> } = {
  verify: SeenFields,
  confirmAlive: SeenFields,
  end: EndFields,
  recheck: RecheckFields,
  addEvidence: EvidenceFields,
  insure: InsuranceFields,
  ask: () => null,
};

function ActForm({ act, job, onDone }: { act: string; job: Job; onDone: () => void }) {
  const t = useWords();
  const queries = useQueryClient();
  const write = useWrite(
    async (values: Values, opId) => {
      const to = { params: { path: { code: job.code } }, headers: withKey(opId) };
      return sends[act]?.(to, values, t('form.wrongDay'));
    },
    async () => {
      onDone();
      await queries.invalidateQueries();
    },
  );
  const Fields = fields[act] ?? ReasonField;
  return (
    <Form write={write} submit={wordFor(t, 'act', act)}>
      <Fields job={job} />
    </Form>
  );
}

/** What may be done with a job besides the steps of its life. */
function beside(job: Job, may: (permission: string) => boolean): string[] {
  const asks = ['registered', 'disputed'].includes(job.state) && job.asked !== 'open';
  return [
    ...(asks && job.hasMobile && may('employment.ask') ? ['ask'] : []),
    ...(job.state !== 'ended' && may('employment.addEvidence') ? ['addEvidence'] : []),
    ...(job.state !== 'ended' && may('employment.insure') ? ['insure'] : []),
    ...(may('employment.takeBack') ? ['takeBack'] : []),
  ];
}

/** The acts on a job, each with its form below when it is chosen. */
export function JobActs({ job }: { job: Job }) {
  const t = useWords();
  const { permissions = [] } = useAccount() ?? {};
  const [open, setOpen] = useState<string | null>(null);
  const steps = job.acts.map((verb) => verb.slice('employment.'.length)).filter((id) => sends[id]);
  const acts = [...steps, ...beside(job, (one) => permissions.includes(one))];
  if (acts.length === 0) return null;
  return (
    <div className="grid gap-4 pt-2">
      <div className="flex flex-wrap gap-2">
        {acts.map((act) => (
          <Button
            key={act}
            compact
            look={act === steps[0] ? 'secondary' : 'quiet'}
            onPress={() => setOpen(open === act ? null : act)}
          >
            {wordFor(t, 'act', act)}
          </Button>
        ))}
      </div>
      {open ? <ActForm key={open} act={open} job={job} onDone={() => setOpen(null)} /> : null}
    </div>
  );
}
