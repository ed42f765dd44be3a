import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextArea, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { problemOf } from '../../web/problem.ts';
import type { EvidenceKind, Relation } from '../rules.ts';
import { DayField, dayIn } from './fields.tsx';
import { useWords, wordFor } from './words.ts';

const chosen = (target: EventTarget) => (target as HTMLSelectElement).value;

const kinds = ['contract', 'insurance', 'visit', 'phone'] as const;

/** What the form's fields say, as the server wants it. */
function bodyOf(values: Values, wrongDay: string) {
  const { relation = 'holder', nationalId = '', firstName = '', lastName = '' } = values;
  const { sex, mobile, evidenceKind, evidence = '', raise, second } = values;
  const who = { nationalId, firstName, lastName, sex: sex as 'female' | 'male' };
  return {
    relation: relation as Relation,
    startedOn: dayIn(values, 'startedOn', wrongDay),
    ...(relation === 'holder' ? {} : { person: { ...who, ...(mobile ? { mobile } : {}) } }),
    ...(evidenceKind
      ? { evidence: { kind: evidenceKind as Exclude<EvidenceKind, 'sms'>, detail: evidence } }
      : {}),
    ...(raise ? { raise } : {}),
    ...(second ? { asSecond: true } : {}),
  };
}

function useRegistering(code: string, onDone: () => void) {
  const t = useWords();
  const queries = useQueryClient();
  return useWrite(
    async (values: Values, opId) => {
      const body = bodyOf(values, t('form.wrongDay'));
      const params = { path: { code } };
      return answer(api.POST('/api/cases/{code}/jobs', { params, body, headers: withKey(opId) }));
    },
    async () => {
      onDone();
      await queries.invalidateQueries();
    },
  );
}

/** Who is at work, where it is not the permit's holder. */
function WorkerFields() {
  const t = useWords();
  const sexes = (['female', 'male'] as const).map((id) => ({ id, name: t(`form.${id}`) }));
  return (
    <>
      <TextField
        name="nationalId"
        label={t('form.nationalId')}
        inputMode="numeric"
        maxLength={14}
        ltr
      />
      <TextField name="firstName" label={t('form.firstName')} maxLength={80} />
      <TextField name="lastName" label={t('form.lastName')} maxLength={80} />
      <SelectField name="sex" label={t('form.sex')} options={sexes} empty="" />
      <TextField
        name="mobile"
        label={t('form.mobile')}
        hint={t('form.mobileHint')}
        inputMode="tel"
        maxLength={20}
        ltr
        optional
      />
    </>
  );
}

/** What shows that the person is at work. */
function EvidenceFields() {
  const t = useWords();
  const [kind, setKind] = useState('');
  return (
    <>
      <div onChange={(event) => setKind(chosen(event.target))}>
        <SelectField
          name="evidenceKind"
          label={t('form.evidenceKind')}
          options={kinds.map((id) => ({ id, name: wordFor(t, 'kind', id) }))}
          empty={t('form.noEvidence')}
          optional
        />
      </div>
      {kind ? <TextField name="evidence" label={t('form.evidence')} maxLength={500} /> : null}
    </>
  );
}

/** What the server's refusals ask for, once each has been heard: it stays asked for. */
function useAskedFor(error: unknown) {
  const refused = error ? problemOf(error).code : '';
  const [asked, setAsked] = useState({ second: false, raise: false });
  const second = asked.second || refused === 'employment.already_at_work';
  const raise = asked.raise || refused === 'employment.beyond_promise';
  if (second !== asked.second || raise !== asked.raise) setAsked({ second, raise });
  return { second, raise };
}

/** Registers somebody at work in the case's plan; what needs a reason is asked for once the server says so. */
export function RegisterForm({
  code,
  relations,
  onDone,
}: {
  code: string;
  relations: readonly string[];
  onDone: () => void;
}) {
  const t = useWords();
  const write = useRegistering(code, onDone);
  const [relation, setRelation] = useState(relations[0] ?? 'holder');
  const { second, raise } = useAskedFor(write.error);
  return (
    <Form write={write} submit={t('form.register')}>
      <div onChange={(event) => setRelation(chosen(event.target))}>
        <SelectField
          name="relation"
          label={t('form.relation')}
          options={relations.map((id) => ({ id, name: wordFor(t, 'relation', id) }))}
          defaultValue={relation}
        />
      </div>
      {relation === 'holder' ? null : <WorkerFields />}
      <DayField name="startedOn" label={t('form.startedOn')} />
      <EvidenceFields />
      {second ? (
        <label className="flex min-h-12 items-center gap-3">
          <input type="checkbox" name="second" className="size-6 accent-accent" />
          {t('form.second')}
        </label>
      ) : null}
      {raise ? (
        <TextArea name="raise" label={t('form.raise')} hint={t('form.raiseHint')} rows={2} />
      ) : null}
    </Form>
  );
}
