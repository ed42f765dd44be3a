import { useQueries, useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../../web/api.ts';
import { unitFor, useFormats } from '../../../web/format.ts';
import { allocationsPath, casesPath } from '../../../web/paths.ts';
import { useAccount, useToday } from '../../../web/session.ts';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { Progress, Sheet, Skeleton } from '../../../web/ui/Blocks.tsx';
import { useShellWords } from '../../../web/words.ts';
import { useDeskWords } from './words.ts';

type Allocation = Answer<'/api/allocations/{code}'>;

/** The allocations that run today, each as it stands for the reader. */
function useRunning(): { readonly loading: boolean; readonly running: readonly Allocation[] } {
  const today = useToday();
  const { data } = useQuery({
    queryKey: ['allocations'],
    queryFn: () => answer(api.GET('/api/allocations')),
  });
  const now = (data?.items ?? []).filter(
    ({ fromOn, deadlineOn, carryOverOn }) =>
      fromOn <= today && today <= (carryOverOn ?? deadlineOn),
  );
  const found = useQueries({
    queries: now.map(({ code }) => ({
      queryKey: ['allocations', code],
      queryFn: () => answer(api.GET('/api/allocations/{code}', { params: { path: { code } } })),
    })),
  });
  const running = found.flatMap((one) => one.data ?? []);
  return { loading: !data || found.some(({ isPending }) => isPending), running };
}

function Lapse({ pace }: { pace: NonNullable<Allocation['absorption']> }) {
  const t = useDeskWords();
  const shell = useShellWords();
  const { money } = useFormats();
  if (pace.lapseRial === '0') return <p className="text-done">{t('noLapse')}</p>;
  const unit = unitFor(pace.lapseRial);
  return (
    <p className="font-semibold text-late">
      {t('lapses', { amount: money(pace.lapseRial, unit), unit: shell(`money.${unit}`) })}
    </p>
  );
}

function Running({ it }: { it: Allocation }) {
  const t = useDeskWords();
  const { label, digits, percent, day } = useFormats();
  const pace = it.absorption;
  const name = t('allocation', { line: label(it.creditLine.label), year: digits(it.fiscalYear) });
  return (
    <li className="grid gap-2 border-b border-line py-3 first:pt-0 last:border-b-0 last:pb-0">
      <span className="flex flex-wrap justify-between gap-x-4">
        <AppLink className="link font-semibold" href={allocationsPath({ code: it.code })}>
          {name}
        </AppLink>
        <span className="text-soft">
          {t('until', { day: day(it.carryOverOn ?? it.deadlineOn) })}
        </span>
      </span>
      {pace ? (
        <>
          <Progress
            label={t('days')}
            share={pace.elapsedBp / 10_000}
            word={percent(pace.elapsedBp / 10_000)}
          />
          <Progress
            label={t('held')}
            share={pace.committedBp / 10_000}
            word={percent(pace.committedBp / 10_000)}
          />
          <Lapse pace={pace} />
        </>
      ) : null}
    </li>
  );
}

function Expiring() {
  const t = useDeskWords();
  const { count } = useFormats();
  const { data } = useQuery({
    queryKey: ['waits', 'expiring'],
    queryFn: () =>
      answer(api.GET('/api/cases', { params: { query: { expiring: true, limit: 1 } } })),
  });
  if (!data || data.total === 0) return null;
  return (
    <p className="border-t border-line pt-3">
      <AppLink className="link font-semibold" href={casesPath({ expiring: 'true' })}>
        {t('open', { name: t('expiring'), count: count(data.total) })}
      </AppLink>
    </p>
  );
}

/** What is lost if work goes on as it goes: money of allocations that run out, permits that end. */
export function Lapses() {
  const t = useDeskWords();
  const permissions = useAccount()?.permissions ?? [];
  const { loading, running } = useRunning();
  if (loading) return <Skeleton shape="figure" />;
  return (
    <Sheet title={t('lapse')} id="lapse">
      <p className="pb-3 text-sm text-soft">{t('lapseHint')}</p>
      {running.length === 0 ? (
        <p className="pb-3 text-soft">{t('noAllocation')}</p>
      ) : (
        <ul className="pb-3">
          {running.map((it) => (
            <Running key={it.code} it={it} />
          ))}
        </ul>
      )}
      {permissions.includes('permits.list') ? <Expiring /> : null}
    </Sheet>
  );
}
