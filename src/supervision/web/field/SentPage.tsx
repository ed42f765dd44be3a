import { useFormats } from '../../../web/format.ts';
import { fieldPath, signInPath } from '../../../web/paths.ts';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { EmptyState, PageHead } from '../../../web/ui/Blocks.tsx';
import { Button, buttonClass } from '../../../web/ui/Button.tsx';
import { sendNow, useAppState, useLive } from './app-state.ts';
import { Frame, type Opened } from './Frame.tsx';
import { RecordLine } from './RecordLine.tsx';
import { database } from './vault.ts';
import { useWords } from './words.ts';

/** A clock that is less wrong than this needs no word, ms. */
const clockTolerance = 5 * 60_000;

/** What stopped the sending, and what somebody can do about it. */
function Stopped() {
  const t = useWords();
  const { stopped } = useAppState().sending;
  if (stopped === null || stopped === 'busy') return null;
  return (
    <div className="grid gap-3 rounded-lg border-2 border-late p-4">
      <p>{t(`stopped.${stopped}`)}</p>
      {stopped === 'signedOut' || stopped === 'foreign' ? (
        <AppLink href={signInPath(fieldPath('sent'))} className={buttonClass('secondary')}>
          {t('signIn')}
        </AppLink>
      ) : null}
    </div>
  );
}

function Clock({ phone }: Pick<Opened, 'phone'>) {
  const t = useWords();
  const wrong = !phone.demonstration && Math.abs(phone.clockOffMs) > clockTolerance;
  return wrong ? <p className="text-late">{t('sent.clock')}</p> : null;
}

function Body({ opened }: { opened: Opened }) {
  const t = useWords();
  const { instant } = useFormats();
  const { sending } = useAppState();
  const records = useLive(
    () => database.records.orderBy('seq').reverse().toArray(),
    opened.vault,
    (rows) => opened.vault.openRecords(rows),
  );
  const done = sending.doneAt === null ? null : instant(new Date(sending.doneAt).toISOString());
  return (
    <div className="grid gap-4">
      <PageHead title={t('sent.title')}>
        {done ? t('sent.done', { time: done.time }) : t('sent.about')}
      </PageHead>
      <Stopped />
      <Clock phone={opened.phone} />
      <Button pending={sending.busy} onPress={() => void sendNow()}>
        {sending.busy ? t('sent.busy') : t('sent.now')}
      </Button>
      {records?.length === 0 ? <EmptyState icon="check" title={t('sent.none')} /> : null}
      <ul className={records && records.length > 0 ? 'sheet' : ''}>
        {records?.map((record) => (
          <RecordLine key={record.id} record={record} />
        ))}
      </ul>
    </div>
  );
}

/** What the phone made, record by record, and what the server has of it. */
export function SentPage() {
  const t = useWords();
  return (
    <Frame title={t('sent.title')} back={fieldPath()}>
      {(opened) => <Body opened={opened} />}
    </Frame>
  );
}
