import { answer, api, withKey } from '../../web/api.ts';
import { Form, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { PageHead } from '../../web/ui/Blocks.tsx';
import { useStaffWords } from './staff/words.ts';
import { useArrival } from './use-arrival.ts';

/** Where a new account begins: its owner chooses a password with the code that was handed over. */
export function OpenPage() {
  const t = useStaffWords();
  const arrive = useArrival();
  useTitle(t('begin'));
  const write = useWrite(
    ({ code = '', password = '' }: Values, opId) =>
      answer(api.POST('/api/session/open', { body: { code, password }, headers: withKey(opId) })),
    () => arrive(),
  );
  return (
    <div className="mx-auto max-w-xl">
      <PageHead title={t('begin')}>{t('beginHint')}</PageHead>
      <Form write={write} submit={t('choose')}>
        <TextField name="code" label={t('codeName')} ltr autoComplete="one-time-code" />
        <TextField
          name="password"
          label={t('password')}
          hint={t('passwordHint')}
          type="password"
          ltr
          autoComplete="new-password"
        />
      </Form>
    </div>
  );
}
