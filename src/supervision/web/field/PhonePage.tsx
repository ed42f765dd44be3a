import { useQuery } from '@tanstack/react-query';
import { Form, TextField, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { useLocaleSwitch } from '../../../web/locale.tsx';
import { fieldPath } from '../../../web/paths.ts';
import { PageHead, Sheet, SummaryList } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { lockApp, useLive } from './app-state.ts';
import { Frame, type Opened } from './Frame.tsx';
import { giveUp } from './phone.ts';
import { settledStates } from './shapes.ts';
import { database } from './vault.ts';
import { useWords } from './words.ts';

const megabyte = 1_000_000;

/** How much room there is, as far as the browser says. */
function useRoom() {
  const { data } = useQuery({
    queryKey: ['field', 'room'],
    networkMode: 'always',
    queryFn: async () => (await navigator.storage?.estimate?.()) ?? {},
  });
  return data;
}

function GiveUp({ phone }: Pick<Opened, 'phone'>) {
  const t = useWords();
  const left = useLive(
    () => database.records.where('state').noneOf(settledStates).count(),
    database,
  );
  const write = useWrite(async ({ reason = '' }: Values) => {
    await giveUp(phone, reason);
    lockApp();
  });
  if (left === undefined) return null;
  if (left > 0 && !phone.revoked) return <p className="text-soft">{t('phone.notYet')}</p>;
  return (
    <Form write={write} submit={t('phone.giveUp')} look="danger">
      <TextField name="reason" label={t('phone.reason')} />
    </Form>
  );
}

function Body({ phone }: Opened) {
  const t = useWords();
  const { label, digits } = useFormats();
  const { lang, setLang } = useLocaleSwitch();
  const room = useRoom();
  const size = (bytes: number) => digits(Math.round(bytes / megabyte));
  const { usage = 0, quota = 0 } = room ?? {};
  return (
    <div className="grid gap-6">
      <PageHead title={t('phone.title')} />
      <Sheet>
        <SummaryList
          rows={[
            [t('phone.owner'), label(phone.owner)],
            [t('phone.label'), phone.label],
            [
              t('phone.room'),
              quota > 0 ? t('phone.roomOf', { used: size(usage), all: size(quota) }) : null,
            ],
          ]}
        />
      </Sheet>
      <Button look="secondary" onPress={() => setLang(lang === 'fa' ? 'en' : 'fa')}>
        <span lang={lang === 'fa' ? 'en' : 'fa'}>{t('phone.language')}</span>
      </Button>
      <Sheet title={t('phone.giveUpTitle')} id="give-up">
        <p className="pb-4 text-soft">{t('phone.giveUpAbout')}</p>
        <GiveUp phone={phone} />
      </Sheet>
    </div>
  );
}

/** The phone itself: whose it is, how much room there is, and how it is given up. */
export function PhonePage() {
  const t = useWords();
  return (
    <Frame title={t('phone.title')} back={fieldPath()}>
      {(opened) => <Body {...opened} />}
    </Frame>
  );
}
