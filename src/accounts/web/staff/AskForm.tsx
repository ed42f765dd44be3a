import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answer, api, withKey } from '../../../web/api.ts';
import { Form, SelectField, TextField, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { Segments } from '../../../web/ui/Segments.tsx';
import { type ChangeVerb, changeVerbs, staffRoles } from '../../staff-rules.ts';
import { useRoleName, useStaffWords, verbWord } from './words.ts';

type Staff = Answer<'/api/staff'>;

/** The fields that were filled in; an empty one means that it stays as it is. */
function bodyOf(verb: ChangeVerb, values: Values) {
  const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim()));
  return { verb, reason: '', ...filled };
}

function RoleFields({ staff, opens }: { staff: Staff; opens: boolean }) {
  const t = useStaffWords();
  const roleName = useRoleName();
  const { label } = useFormats();
  const kinds = new Set<string>(
    staff.roles.flatMap((role) => [...staffRoles[role as keyof typeof staffRoles]]),
  );
  const organisations = staff.organisations.filter(({ kind }) => kinds.has(kind));
  const empty = opens ? '' : t('same');
  const choice = { empty, optional: !opens };
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      <SelectField
        {...choice}
        name="role"
        label={t('role')}
        options={staff.roles.map((id) => ({ id, name: roleName(id) }))}
      />
      <SelectField
        {...choice}
        name="organisationId"
        label={t('organisation')}
        options={organisations.map((row) => ({ id: row.id, name: label(row.label) }))}
      />
    </div>
  );
}

function PersonFields({ opens }: { opens: boolean }) {
  const t = useStaffWords();
  const optional = !opens;
  return (
    <>
      {opens ? (
        <TextField name="username" label={t('username')} hint={t('usernameHint')} ltr />
      ) : null}
      <div className="grid gap-6 sm:grid-cols-2">
        <TextField name="nameFa" label={t('nameFa')} maxLength={80} {...{ optional }} />
        <TextField name="nameEn" label={t('nameEn')} maxLength={80} ltr optional />
      </div>
      <TextField
        name="mobile"
        label={t('mobile')}
        hint={t('mobileHint')}
        type="tel"
        inputMode="tel"
        ltr
        optional
      />
      <TextField name="externalName" label={t('external')} ltr optional />
    </>
  );
}

/** Asks for an account to be opened, changed, reset or closed. */
export function AskForm({ staff }: { staff: Staff }) {
  const t = useStaffWords();
  const { label, line } = useFormats();
  const queries = useQueryClient();
  const [verb, setVerb] = useState<ChangeVerb>('accounts.open');
  const [told, setTold] = useState<string | null>(null);
  const write = useWrite(
    (values: Values, opId) =>
      answer(
        api.POST('/api/staff/changes', { body: bodyOf(verb, values), headers: withKey(opId) }),
      ),
    async ({ state }) => {
      setTold(state === 'asked' ? t('sent') : t('done'));
      await queries.invalidateQueries({ queryKey: ['staff'] });
    },
  );
  const opens = verb === 'accounts.open';
  const open = staff.accounts.filter(({ closedAt }) => closedAt === null);
  const accounts = open.map((row) => ({ id: row.code, name: line(label(row.name), row.username) }));
  const verbs = changeVerbs.map((id) => ({ id, name: t(verbWord(id)) }));
  return (
    <div className="grid gap-6">
      <Segments label={t('what')} options={verbs} value={verb} onChange={setVerb} />
      {told ? <p role="status">{told}</p> : null}
      <Form key={verb} write={write} submit={t('send')}>
        {opens ? null : (
          <SelectField name="account" label={t('account')} options={accounts} empty="" />
        )}
        {opens || verb === 'accounts.change' ? (
          <>
            <PersonFields opens={opens} />
            <RoleFields staff={staff} opens={opens} />
          </>
        ) : null}
        <TextField name="reason" label={t('reason')} maxLength={500} />
      </Form>
    </div>
  );
}
