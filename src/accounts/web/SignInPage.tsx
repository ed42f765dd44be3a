import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { myPath, openAccountPath } from '../../web/paths.ts';
import { RequestFailed } from '../../web/problem.ts';
import { useAccount } from '../../web/session.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { PageHead, Sheet } from '../../web/ui/Blocks.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { Segments } from '../../web/ui/Segments.tsx';
import { Code } from '../../web/ui/Values.tsx';
import { wordsOf } from '../../web/words.ts';
import englishServer from '../en.ts';
import persianServer from '../fa.ts';
import { PasskeyButton, SecondStep, ServerButton } from './account/SecondStep.tsx';
import english from './en.ts';
import persian from './fa.ts';
import { useArrival } from './use-arrival.ts';
import { useOfficeReady } from './use-office-ready.ts';

const useWords = wordsOf(persian, english);
const roleWords = { fa: persianServer.roles, en: englishServer.roles };

type CastMember = Answer<'/api/demo/cast'>['members'][number];

/** The people of the demonstration; none where there is no demonstration. */
const castQuery = {
  queryKey: ['cast'],
  queryFn: async (): Promise<CastMember[]> => {
    try {
      return (await answer(api.GET('/api/demo/cast'))).members;
    } catch (error) {
      if (error instanceof RequestFailed && error.problem.status === 404) return [];
      throw error;
    }
  },
};

/** Goes where the visitor wanted to go once somebody is signed in. */
function useArrivalHere(): () => Promise<void> {
  return useArrival(useSearch({ from: '/sign-in' }).next);
}

function StaffForm() {
  const t = useWords();
  const arrive = useArrivalHere();
  const write = useWrite(
    (values: Values, opId) =>
      answer(
        api.POST('/api/session', {
          body: { username: values.username ?? '', password: values.password ?? '' },
          headers: withKey(opId),
        }),
      ),
    arrive,
  );
  return (
    <Form write={write} submit={t('signIn')}>
      <TextField name="username" label={t('username')} ltr autoComplete="username" />
      <TextField
        name="password"
        label={t('password')}
        type="password"
        ltr
        autoComplete="current-password"
      />
    </Form>
  );
}

/** Every way in for staff. */
function StaffDoors({ arrive }: { arrive: () => Promise<void> }) {
  const t = useWords();
  useOfficeReady();
  return (
    <div className="grid gap-6">
      <StaffForm />
      <PasskeyButton arrive={arrive} />
      <ServerButton />
      <AppLink href={openAccountPath()} className="link">
        {t('newAccount')}
      </AppLink>
    </div>
  );
}

type SentCode = { readonly mobile: string; readonly expiresAt: string };

function useCodeSignIn(mobile: string) {
  const arrive = useArrivalHere();
  return useWrite(
    (values: Values, opId) =>
      answer(
        api.POST('/api/session/citizen', {
          body: { mobile, code: values.code ?? '' },
          headers: withKey(opId),
        }),
      ),
    arrive,
  );
}

function CodeForm({ sent, onOther }: { sent: SentCode; onOther: () => void }) {
  const t = useWords();
  const { digits, instant } = useFormats();
  const { data: cast } = useQuery(castQuery);
  const write = useCodeSignIn(sent.mobile);
  const hint = t('codeHint', {
    mobile: `\u2066${digits(sent.mobile)}\u2069`,
    time: instant(sent.expiresAt).time,
  });
  const other = (
    <Button look="quiet" onPress={onOther}>
      {t('otherMobile')}
    </Button>
  );
  return (
    <Form write={write} submit={t('signIn')} end={other}>
      <TextField
        name="code"
        label={t('code')}
        hint={hint}
        ltr
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
      />
      {cast?.length ? <Outbox /> : null}
    </Form>
  );
}

function Outbox() {
  const t = useWords();
  const link = (
    <a key="outbox" className="link" href="/demo/outbox" target="_blank" rel="noreferrer">
      {t('outboxName')}
    </a>
  );
  const parts: ReactNode[] = t('outbox', { link: '\u0000' }).split('\u0000');
  return (
    <p className="rounded-md bg-late-soft px-4 py-2 text-sm text-late">
      {parts[0]}
      {link}
      {parts[1]}
    </p>
  );
}

function CitizenForm() {
  const t = useWords();
  const [sent, setSent] = useState<SentCode | null>(null);
  const write = useWrite(
    (values: Values, opId) =>
      answer(
        api.POST('/api/session/code', {
          body: { mobile: values.mobile ?? '' },
          headers: withKey(opId),
        }),
      ),
    setSent,
  );
  if (sent) return <CodeForm sent={sent} onOther={() => setSent(null)} />;
  return (
    <Form write={write} submit={t('sendCode')}>
      <TextField
        name="mobile"
        label={t('mobile')}
        hint={t('mobileHint')}
        ltr
        type="tel"
        inputMode="tel"
        autoComplete="tel"
      />
    </Form>
  );
}

/** One of the cast: a press signs in as that person. */
function Member({ member }: { member: CastMember }) {
  const { label, lang, line } = useFormats();
  const arrive = useArrivalHere();
  const write = useWrite(
    (_: string, opId) =>
      answer(
        api.POST('/api/session', {
          body: { username: member.username, password: member.password ?? '' },
          headers: withKey(opId),
        }),
      ),
    arrive,
  );
  const role = roleWords[lang][member.role as keyof typeof persianServer.roles];
  const about = line(role, label(member.organisation));
  const signs = member.password !== null;
  return (
    <li>
      <button
        type="button"
        disabled={!signs}
        onClick={() => write.mutate(member.username)}
        className="grid w-full grid-cols-[auto_1fr_auto] items-center gap-x-3 border-b border-line px-2 py-3 text-start enabled:hover:bg-accent-soft disabled:cursor-default"
      >
        <span className="row-span-2 text-accent">
          <Icon name="user" size={24} />
        </span>
        <span className="font-semibold">{label(member.name)}</span>
        <span className="row-span-2 text-sm text-soft">
          <Code>{member.mobile ?? member.username}</Code>
        </span>
        <span className="text-sm text-soft">
          {about}
          {member.about ? <span className="block">{label(member.about)}</span> : null}
        </span>
      </button>
    </li>
  );
}

function Cast() {
  const t = useWords();
  const { data: cast } = useQuery(castQuery);
  if (!cast?.length) return null;
  return (
    <Sheet title={t('cast')} id="cast">
      <p className="pb-2 text-soft">{t('castHint')}</p>
      <ul>
        {cast.map((member) => (
          <Member key={member.username} member={member} />
        ))}
      </ul>
    </Sheet>
  );
}

/** Sign-in: staff by password, applicants by a one-time code; in the demonstration, the cast to choose from. */
export function SignInPage() {
  const t = useWords();
  const arrive = useArrivalHere();
  const stage = useAccount()?.confinedTo;
  const { next = '' } = useSearch({ from: '/sign-in' });
  const [who, setWho] = useState<'staff' | 'citizen'>(
    next.startsWith(myPath()) ? 'citizen' : 'staff',
  );
  useTitle(t('title'));
  if (stage) return <SecondStep stage={stage} arrive={arrive} />;
  return (
    <div className="mx-auto grid max-w-5xl gap-8 lg:grid-cols-2">
      <div>
        <PageHead title={t('title')} />
        <div className="pb-6">
          <Segments
            label={t('who')}
            value={who}
            onChange={setWho}
            options={[
              { id: 'staff', name: t('staff') },
              { id: 'citizen', name: t('citizen') },
            ]}
          />
        </div>
        {who === 'staff' ? <StaffDoors arrive={arrive} /> : <CitizenForm />}
      </div>
      <Cast />
    </div>
  );
}
