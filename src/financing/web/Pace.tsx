import { unitFor, useFormats } from '../../web/format.ts';
import { casesPath } from '../../web/paths.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { Progress, Sheet } from '../../web/ui/Blocks.tsx';
import { useShellWords } from '../../web/words.ts';
import type { Allocation } from './allocation.ts';
import { useWords } from './words.ts';

/** An amount with its own largest unit, as the sentences of the page need it. */
function useAmount() {
  const shell = useShellWords();
  const { money } = useFormats();
  return (rials: string) => {
    const unit = unitFor(rials);
    return { amount: money(rials, unit), unit: shell(`money.${unit}`) };
  };
}

function Lapse({ pace }: { pace: NonNullable<Allocation['absorption']> }) {
  const t = useWords();
  const amount = useAmount();
  if (pace.lapseRial === '0') return <p className="text-done">{t('pace.noLapse')}</p>;
  const over = pace.elapsedDays === pace.totalDays;
  return (
    <p className="font-semibold text-late">
      {t(over ? 'pace.over' : 'pace.lapse', amount(pace.lapseRial))}
    </p>
  );
}

/** The days that are gone over the money that is held. */
function Bars({ pace }: { pace: NonNullable<Allocation['absorption']> }) {
  const t = useWords();
  const { percent, digits } = useFormats();
  const days = { gone: digits(pace.elapsedDays), all: digits(pace.totalDays) };
  return (
    <>
      <Progress
        label={t('pace.days')}
        share={pace.elapsedBp / 10_000}
        word={t('pace.dayWords', days)}
      />
      <Progress
        label={t('pace.held')}
        share={pace.committedBp / 10_000}
        word={percent(pace.committedBp / 10_000)}
      />
      <Lapse pace={pace} />
    </>
  );
}

/** How the money goes against the calendar, what will lapse, and who could still use it. */
export function Pace({ it }: { it: Allocation }) {
  const t = useWords();
  const { count } = useFormats();
  const amount = useAmount();
  const pace = it.absorption;
  const isOver = pace !== null && pace.elapsedDays === pace.totalDays;
  return (
    <Sheet title={t('pace.title')} id="pace">
      <div className="grid gap-3">
        {pace ? <Bars pace={pace} /> : null}
        {it.couldUse > 0 ? (
          <AppLink className="link w-fit" href={casesPath({ referable: 'true' })}>
            {t(isOver ? 'pace.waiting' : 'pace.couldUse', { count: count(it.couldUse) })}
          </AppLink>
        ) : null}
        {it.outside.plans > 0 ? (
          <p className="text-sm text-soft">
            {t('pace.outside', { plans: count(it.outside.plans), ...amount(it.outside.rial) })}
          </p>
        ) : null}
      </div>
    </Sheet>
  );
}
