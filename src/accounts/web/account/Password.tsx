import { useState } from 'react';
import { answer, api, withKey } from '../../../web/api.ts';
import { Form, TextField, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { CurrentPassword } from './AddFactor.tsx';
import { useAccountWords } from './words.ts';

/** Changes one's own password. */
export function Password() {
  const t = useAccountWords();
  const [changed, setChanged] = useState(0);
  const write = useWrite(
    ({ password: old = '', next = '' }: Values, opId) =>
      answer(
        api.POST('/api/my/password', { body: { old, password: next }, headers: withKey(opId) }),
      ),
    () => setChanged((times) => times + 1),
  );
  return (
    <Sheet title={t('passwordTitle')} id="password">
      {changed ? (
        <p role="status" className="pb-4">
          {t('changed')}
        </p>
      ) : null}
      <Form key={changed} write={write} submit={t('change')} look="secondary">
        <CurrentPassword />
        <TextField
          name="next"
          label={t('newPassword')}
          hint={t('newPasswordHint')}
          type="password"
          ltr
          autoComplete="new-password"
        />
      </Form>
    </Sheet>
  );
}
