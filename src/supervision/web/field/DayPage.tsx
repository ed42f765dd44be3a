import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormats } from '../../../web/format.ts';
import { fieldPath } from '../../../web/paths.ts';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { EmptyState, PageHead } from '../../../web/ui/Blocks.tsx';
import { Button, buttonClass } from '../../../web/ui/Button.tsx';
import { LoadFailed } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { useLive } from './app-state.ts';
import { type Day, type Line, linesOf } from './day-order.ts';
import { Frame, type Opened } from './Frame.tsx';
import { useInstalled } from './install.ts';
import { takePack } from './phone.ts';
import { whereAmI } from './picture.ts';
import { RecordState } from './State.tsx';
import { database, draftRows, packRow } from './vault.ts';
import { useWords, wordFor } from './words.ts';

function useDay({ vault }: Opened): Day | null | undefined {
  return useLive(
    () => Promise.all([packRow(), draftRows(), database.records.orderBy('seq').toArray()]),
    vault,
    async ([box, boxes, rows]): Promise<Day | null> => {
      const pack = await vault.openPack(box);
      if (!pack) return null;
      const records = await vault.openRecords(rows);
      const drafts = await vault.openDrafts(boxes);
      return { pack, drafts, records: new Map(records.map((one) => [one.draft.id, one])) };
    },
  );
}

function VisitLine({ line, day, today }: { line: Line; day: Day; today: string }) {
  const t = useWords();
  const { day: jalali } = useFormats();
  const record = day.records.get(line.id);
  const begun = day.drafts.some(({ id }) => id === line.id);
  const late = line.dueOn !== undefined && line.dueOn < today;
  return (
    <li className="border-b border-line last:border-b-0">
      <AppLink
        href={fieldPath(`visits/${line.id}`)}
        className="grid min-h-16 gap-0.5 p-3 text-ink no-underline"
      >
        <span className="text-lg font-semibold">{line.name}</span>
        <span>{line.place}</span>
        <span className="text-sm text-soft">
          {wordFor(t, 'stage', line.stage)}
          {line.about ? ` · ${line.about}` : ''}
        </span>
        <span className="flex flex-wrap gap-2">
          {begun ? <Status meaning="late">{t('day.begun')}</Status> : null}
          {record ? <RecordState record={record} /> : null}
          {!record && line.dueOn ? (
            <Status meaning={late ? 'late' : 'waiting'}>
              {t('day.due', { day: jalali(line.dueOn, 'short') })}
            </Status>
          ) : null}
        </span>
      </AppLink>
    </li>
  );
}

function Visits({ day }: { day: Day }) {
  const t = useWords();
  const { label, digits } = useFormats();
  const [byDay, setByDay] = useState(false);
  const here = useMutation({ mutationFn: whereAmI, networkMode: 'always' });
  const order = byDay ? 'day' : { from: here.data ?? null };
  const lines = linesOf(day, order, label);
  if (lines.length === 0) return <EmptyState icon="check" title={t('day.none')} />;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2 pb-2">
        <span>{t('day.count', { count: digits(lines.length) })}</span>
        <span className="flex flex-wrap gap-2">
          {byDay ? null : (
            <Button look="quiet" pending={here.isPending} onPress={() => here.mutate()}>
              {t('day.fromHere')}
            </Button>
          )}
          <Button look="quiet" onPress={() => setByDay(!byDay)}>
            {byDay ? t('day.byWay') : t('day.byDay')}
          </Button>
        </span>
      </div>
      {here.data === null ? (
        <p className="pb-2" role="status">
          {t('day.nowhere')}
        </p>
      ) : null}
      <ul className="sheet">
        {lines.map((line) => (
          <VisitLine key={line.id} line={line} day={day} today={day.pack.today} />
        ))}
      </ul>
    </>
  );
}

function Take({ opened, first }: { opened: Opened; first: boolean }) {
  const t = useWords();
  const take = useMutation({
    mutationFn: () => takePack(opened.vault, opened.phone),
    networkMode: 'always',
  });
  return (
    <div className="grid gap-3">
      {take.error ? <LoadFailed error={take.error} onRetry={() => take.mutate()} /> : null}
      <Button
        look={first ? 'primary' : 'secondary'}
        pending={take.isPending}
        onPress={() => take.mutate()}
      >
        {first ? t('day.take') : t('day.takeAgain')}
      </Button>
    </div>
  );
}

function Body({ opened }: { opened: Opened }) {
  const t = useWords();
  const { instant } = useFormats();
  const { ready } = useInstalled();
  const day = useDay(opened);
  if (day === undefined) return null;
  const taken = day && instant(day.pack.serverNow);
  return (
    <>
      <PageHead title={t('day.title')}>
        {taken ? t('day.taken', { day: taken.day, time: taken.time }) : t('day.first')}
      </PageHead>
      {day ? <Visits day={day} /> : null}
      <div className="grid gap-3 pt-6">
        <Take opened={opened} first={day === null} />
        {day ? (
          <AppLink href={fieldPath('new')} className={buttonClass('secondary')}>
            {t('day.unplanned')}
          </AppLink>
        ) : null}
        <AppLink href={fieldPath('phone')} className={buttonClass('quiet')}>
          {t('phone.title')}
        </AppLink>
      </div>
      <p className="pt-6 text-sm text-soft">{ready ? t('day.ready') : t('day.notReady')}</p>
    </>
  );
}

/** The inspector's day: whom to visit, where, and what the server has of it. */
export function DayPage() {
  const t = useWords();
  return <Frame title={t('day.title')}>{(opened) => <Body opened={opened} />}</Frame>;
}
