import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Form, TextField, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { fieldPath, signInPath } from '../../../web/paths.ts';
import { refusedHere } from '../../../web/problem.ts';
import { type Account, sessionQuery } from '../../../web/session.ts';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { PageHead } from '../../../web/ui/Blocks.tsx';
import { Button, buttonClass } from '../../../web/ui/Button.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { openApp } from './app-state.ts';
import { enrol, newPhone, renewPin, shortestPin, unlock } from './phone.ts';
import type { Phone } from './shapes.ts';
import { useWords } from './words.ts';

/** Asks for a PIN twice; the two have to be the same. */
function usePin(): (values: Values) => string {
  const t = useWords();
  const { digits } = useFormats();
  return ({ pin = '', again = '' }) => {
    if (pin.length < shortestPin) {
      throw refusedHere(t('pin.short', { least: digits(shortestPin) }), { field: 'pin' });
    }
    if (pin !== again) throw refusedHere(t('pin.differs'), { field: 'again' });
    return pin;
  };
}

function PinFields() {
  const t = useWords();
  const { digits } = useFormats();
  const pin = { ltr: true, type: 'password', autoComplete: 'new-password' } as const;
  return (
    <>
      <TextField
        {...pin}
        name="pin"
        label={t('pin.new')}
        hint={t('pin.hint', { least: digits(shortestPin) })}
      />
      <TextField {...pin} name="again" label={t('pin.again')} />
    </>
  );
}

function EnrolForm({ account }: { account: Account }) {
  const t = useWords();
  const pinOf = usePin();
  const phone = useRef(newPhone());
  const write = useWrite(async (values: Values) => {
    const pin = pinOf(values);
    openApp(await enrol(phone.current, account, { label: values.label?.trim() ?? '', pin }));
  });
  return (
    <Form write={write} submit={t('enrol.submit')}>
      <TextField
        name="label"
        label={t('enrol.label')}
        defaultValue={t('enrol.mine')}
        maxLength={80}
      />
      <PinFields />
    </Form>
  );
}

/** A phone that nobody has enrolled: who signs in gives it their name and a PIN. */
export function Enrol() {
  const t = useWords();
  const { label } = useFormats();
  const session = useQuery(sessionQuery);
  return (
    <>
      <PageHead title={t('enrol.title')}>{t('enrol.about')}</PageHead>
      <Loaded query={session} shape="figure">
        {(account) => {
          if (!account) {
            return (
              <AppLink href={signInPath(fieldPath())} className={buttonClass()}>
                {t('signIn')}
              </AppLink>
            );
          }
          if (!account.permissions.includes('supervision.field'))
            return <p>{t('enrol.notYours')}</p>;
          return (
            <>
              <p className="pb-4">{t('enrol.as', { name: label(account.name) })}</p>
              <EnrolForm account={account} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

/** @param onForgotten what follows once no PIN opens the phone any more */
function useUnlock(onForgotten: () => void) {
  const t = useWords();
  const { digits } = useFormats();
  return useWrite(async ({ pin = '' }: Values) => {
    const came = await unlock(pin);
    if (!('why' in came)) return openApp(came);
    if (came.why === 'forgotten') return onForgotten();
    const left = digits(came.left);
    const said = came.why === 'wait' ? t('pin.wait') : t('pin.wrong', { left });
    throw refusedHere(said, { field: 'pin' });
  });
}

function Renew({ phone, onBack }: { phone: Phone; onBack: (() => void) | undefined }) {
  const t = useWords();
  const { label } = useFormats();
  const pinOf = usePin();
  const write = useWrite(async (values: Values) => openApp(await renewPin(phone, pinOf(values))));
  return (
    <>
      <PageHead title={t('renew.title')}>{t('renew.about', { name: label(phone.owner) })}</PageHead>
      <p className="pb-4">
        <AppLink href={signInPath(fieldPath())} className={buttonClass('secondary')}>
          {t('signIn')}
        </AppLink>
      </p>
      <Form write={write} submit={t('renew.submit')}>
        <PinFields />
      </Form>
      {onBack ? (
        <p className="pt-6">
          <Button look="quiet" onPress={onBack}>
            {t('renew.back')}
          </Button>
        </p>
      ) : null}
    </>
  );
}

/** The phone is locked: its PIN opens it, or, where that is forgotten, the server's key for its owner. */
export function Locked({ phone }: { phone: Phone }) {
  const t = useWords();
  const { label } = useFormats();
  const [forgot, setForgot] = useState(false);
  const write = useUnlock(() => setForgot(true));
  if (forgot || !phone.wrapped) {
    return <Renew phone={phone} onBack={phone.wrapped ? () => setForgot(false) : undefined} />;
  }
  return (
    <>
      <PageHead title={t('locked.title')}>{label(phone.owner)}</PageHead>
      <Form write={write} submit={t('locked.submit')}>
        <TextField name="pin" label={t('pin.name')} type="password" ltr autoComplete="off" />
      </Form>
      <p className="pt-6">
        <Button look="quiet" onPress={() => setForgot(true)}>
          {t('locked.forgot')}
        </Button>
      </p>
    </>
  );
}
