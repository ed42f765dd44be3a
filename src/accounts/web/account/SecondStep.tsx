import { useQuery } from '@tanstack/react-query';
import { answer, api, withKey } from '../../../web/api.ts';
import { Form, TextField, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useSignOut } from '../../../web/session.ts';
import { PageHead } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { AddFactor } from './AddFactor.tsx';
import { PressFailed } from './PressFailed.tsx';
import { knowsPasskeys, signInByPasskey } from './passkey.ts';
import { useAccountWords } from './words.ts';

type Arrive = () => Promise<void>;

function StartOver() {
  const t = useAccountWords();
  const signOut = useSignOut();
  return (
    <Button look="quiet" onPress={() => void signOut()}>
      {t('startOver')}
    </Button>
  );
}

/** Signs in with a passkey alone. */
export function PasskeyButton({ arrive }: { arrive: Arrive }) {
  const t = useAccountWords();
  const write = useWrite((_: string, opId) => signInByPasskey(opId), arrive);
  if (!knowsPasskeys()) return null;
  return (
    <div className="grid gap-2">
      <PressFailed error={write.error} />
      <Button look="secondary" pending={write.isPending} onPress={() => write.mutate('')}>
        {t('byPasskey')}
      </Button>
    </div>
  );
}

/** Leaves for the ministry's identity server, where there is one. */
export function ServerButton() {
  const t = useAccountWords();
  const { data } = useQuery({
    queryKey: ['servers'],
    queryFn: () => answer(api.GET('/api/session/servers')),
  });
  const leave = useWrite(
    (_: string, opId) => answer(api.POST('/api/session/oidc', { headers: withKey(opId) })),
    ({ url }) => location.assign(url),
  );
  if (!data?.identityServer) return null;
  return (
    <div className="grid gap-2">
      <PressFailed error={leave.error} />
      <Button look="secondary" pending={leave.isPending} onPress={() => leave.mutate('')}>
        {t('byServer', { name: data.identityServer })}
      </Button>
    </div>
  );
}

function ShowSecond({ arrive }: { arrive: Arrive }) {
  const t = useAccountWords();
  const write = useWrite(
    ({ code = '' }: Values, opId) =>
      answer(api.POST('/api/session/second', { body: { code }, headers: withKey(opId) })),
    arrive,
  );
  return (
    <div className="grid gap-6">
      <Form write={write} submit={t('show')} end={<StartOver />}>
        <TextField
          name="code"
          label={t('secondCode')}
          hint={t('secondHint')}
          ltr
          autoComplete="one-time-code"
          maxLength={40}
        />
      </Form>
      <PasskeyButton arrive={arrive} />
    </div>
  );
}

/** What is still to be done after the password: show the second factor, or set one up. */
export function SecondStep({ stage, arrive }: { stage: string; arrive: Arrive }) {
  const t = useAccountWords();
  const enrols = stage === 'enrol';
  return (
    <div className="mx-auto max-w-xl">
      <PageHead title={t(enrols ? 'enrolTitle' : 'secondTitle')}>
        {enrols ? t('enrolHint') : null}
      </PageHead>
      {enrols ? (
        <div className="grid gap-6">
          <AddFactor asksPassword={false} onDone={() => void arrive()} />
          <StartOver />
        </div>
      ) : (
        <ShowSecond arrive={arrive} />
      )}
    </div>
  );
}
