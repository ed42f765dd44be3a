import { useState } from 'react';
import { type Answer, answer, api, withKey } from '../../../web/api.ts';
import { Form, TextField, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { Button } from '../../../web/ui/Button.tsx';
import { Ltr } from '../../../web/ui/Values.tsx';
import { PressFailed } from './PressFailed.tsx';
import { addPasskey, knowsPasskeys } from './passkey.ts';
import { useAccountWords } from './words.ts';

type Begun = { readonly factor: string; readonly secret: string; readonly qr: string };
type OnAdded = (recoveryCodes: string[] | null) => void;

/** The password again, where the session is whole and the account has one. */
const withPassword = ({ password }: Values) => (password ? { password } : {});

function FirstCode({ begun, onAdded }: { begun: Begun; onAdded: OnAdded }) {
  const t = useAccountWords();
  const write = useWrite(
    ({ code = '' }: Values, opId) =>
      answer(
        api.POST('/api/my/factors/totp/confirm', {
          body: { factor: begun.factor, code },
          headers: withKey(opId),
        }),
      ),
    ({ recoveryCodes }) => onAdded(recoveryCodes),
  );
  return (
    <div className="grid gap-4">
      <p>{t('scan')}</p>
      <img src={begun.qr} alt={t('qr')} width={220} height={220} className="rounded bg-white p-2" />
      <p>
        {t('secret')}: <Ltr>{begun.secret}</Ltr>
      </p>
      <Form write={write} submit={t('confirm')}>
        <TextField
          name="code"
          label={t('firstCode')}
          ltr
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
        />
      </Form>
    </div>
  );
}

/** Sets up an app that makes codes. */
function AddTotp({ asksPassword, onAdded }: { asksPassword: boolean; onAdded: OnAdded }) {
  const t = useAccountWords();
  const [begun, setBegun] = useState<Begun | null>(null);
  const write = useWrite(
    (values: Values, opId) =>
      answer(
        api.POST('/api/my/factors/totp', {
          body: { ...withPassword(values), name: t('totp') },
          headers: withKey(opId),
        }),
      ),
    setBegun,
  );
  if (begun) return <FirstCode begun={begun} onAdded={onAdded} />;
  if (asksPassword) {
    return (
      <Form write={write} submit={t('addTotp')} look="secondary">
        <CurrentPassword />
      </Form>
    );
  }
  return (
    <>
      <PressFailed error={write.error} />
      <Button pending={write.isPending} onPress={() => write.mutate({})}>
        {t('addTotp')}
      </Button>
    </>
  );
}

/** The password that is in use. */
export function CurrentPassword() {
  const t = useAccountWords();
  return (
    <TextField
      name="password"
      label={t('password')}
      type="password"
      ltr
      autoComplete="current-password"
    />
  );
}

/** Makes a passkey in this browser. */
function AddPasskey({ asksPassword, onAdded }: { asksPassword: boolean; onAdded: OnAdded }) {
  const t = useAccountWords();
  const write = useWrite(
    ({ password }: Values, opId) => addPasskey(t('passkey'), password, opId),
    ({ recoveryCodes }) => onAdded(recoveryCodes),
  );
  if (!knowsPasskeys()) return <p className="text-soft">{t('noPasskeys')}</p>;
  if (asksPassword) {
    return (
      <Form write={write} submit={t('addPasskey')} look="secondary">
        <CurrentPassword />
      </Form>
    );
  }
  return (
    <>
      <PressFailed error={write.error} />
      <Button look="secondary" pending={write.isPending} onPress={() => write.mutate({})}>
        {t('addPasskey')}
      </Button>
    </>
  );
}

/** Recovery codes, shown once, to be written down before one goes on. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = useAccountWords();
  return (
    <div role="status" className="grid gap-4 rounded-md bg-done-soft p-4">
      <p className="font-semibold">{t('recoveryOnce')}</p>
      <ul className="grid gap-1 sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>
            <Ltr>{code}</Ltr>
          </li>
        ))}
      </ul>
      <Button onPress={onKept}>{t('recoveryKept')}</Button>
    </div>
  );
}

/** Both ways to a second factor, and the recovery codes that the first one brings. */
export function AddFactor({ asksPassword, onDone }: { asksPassword: boolean; onDone: () => void }) {
  const [codes, setCodes] = useState<string[] | null>(null);
  const onAdded: OnAdded = (made) => (made ? setCodes(made) : onDone());
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />;
  return (
    <div className="grid gap-6">
      <AddTotp asksPassword={asksPassword} onAdded={onAdded} />
      <AddPasskey asksPassword={asksPassword} onAdded={onAdded} />
    </div>
  );
}

export type Factors = Answer<'/api/my/factors'>;
