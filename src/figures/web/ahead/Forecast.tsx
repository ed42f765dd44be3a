import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type Answer, answer, api } from '../../../web/api.ts';
import { Filter } from '../../../web/form/Filter.tsx';
import { unitFor, useFormats } from '../../../web/format.ts';
import { aheadPath, type Search } from '../../../web/paths.ts';
import { type Column, DataTable } from '../../../web/table/DataTable.tsx';
import { EmptyState, Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { useShellWords } from '../../../web/words.ts';
import { WhatIf } from './WhatIf.tsx';
import { useAheadWords } from './words.ts';

type Money = Answer<'/api/forecast/allocations/{code}'>;
type Tested = Money['methods'][number];
type Method = 'steady' | 'recent' | 'season';

function Guess({ money: it }: { money: Money }) {
  const t = useAheadWords();
  const shell = useShellWords();
  const { money, digits, day } = useFormats();
  if (it.daysLeft === 0) {
    const left = String(BigInt(it.ceilingRial) - BigInt(it.paidRial));
    const unit = unitFor(left);
    const said = { amount: money(left, unit), unit: shell(`money.${unit}`) };
    return <p className="font-semibold">{t('forecast.over', said)}</p>;
  }
  if (!it.guess) return <p className="text-soft">{t('forecast.noGuess')}</p>;
  const { method, tests, unspentRial, lowRial, highRial, errorRial } = it.guess;
  const unit = unitFor(highRial);
  const off = unitFor(errorRial);
  return (
    <>
      <p className="text-soft">{t('forecast.unspent', { day: day(it.lastOn) })}</p>
      <p className="text-3xl font-bold">
        {money(unspentRial, unit)}{' '}
        <span className="text-base font-normal">{shell(`money.${unit}`)}</span>
      </p>
      <p className="font-semibold">
        {t('forecast.range', {
          ...{ low: money(lowRial, unit), high: money(highRial, unit) },
          unit: shell(`money.${unit}`),
        })}
      </p>
      <p className="max-w-prose pt-2 text-sm text-soft">
        {t('forecast.method', {
          method: t(`forecast.methods.${method as Method}`),
          ...{ tests: digits(tests), error: money(errorRial, off), unit: shell(`money.${off}`) },
        })}
      </p>
    </>
  );
}

function Methods({ methods }: { methods: readonly Tested[] }) {
  const t = useAheadWords();
  const shell = useShellWords();
  const { count, money } = useFormats();
  const columns: Column<Tested>[] = [
    {
      ...{ key: 'method', header: t('forecast.testedName'), wide: true },
      cell: ({ method }) => t(`forecast.methods.${method as Method}`),
    },
    { key: 'tests', header: t('forecast.tests'), number: true, cell: ({ tests }) => count(tests) },
    {
      ...{
        key: 'error',
        header: t('forecast.error'),
        unit: shell('money.millionToman'),
        number: true,
      },
      cell: ({ tests, errorRial }) => (tests === 0 ? '—' : money(errorRial, 'millionToman', 0)),
    },
  ];
  return (
    <details className="pt-3">
      <summary className="link w-fit">{t('forecast.tested')}</summary>
      <div className="pt-2">
        <DataTable
          caption={t('forecast.tested')}
          hideCaption
          columns={columns}
          rows={methods}
          rowKey={({ method }) => method}
        />
      </div>
    </details>
  );
}

function OfAllocation({ code, search }: { code: string; search: Search }) {
  const t = useAheadWords();
  const { label, digits } = useFormats();
  const forecast = useQuery({
    queryKey: ['forecast', code],
    queryFn: () =>
      answer(api.GET('/api/forecast/allocations/{code}', { params: { path: { code } } })),
  });
  return (
    <Loaded query={forecast} shape="chart">
      {(money) => (
        <>
          <Sheet
            title={t('forecast.option', {
              line: label(money.creditLine.label),
              year: digits(money.fiscalYear),
            })}
          >
            <Guess money={money} />
            <Methods methods={money.methods} />
          </Sheet>
          <WhatIf money={money} search={search} />
        </>
      )}
    </Loaded>
  );
}

function Allocations({ search }: { search: Search }) {
  const t = useAheadWords();
  const router = useRouter();
  const { label, digits } = useFormats();
  const allocations = useQuery({
    queryKey: ['allocations'],
    queryFn: () => answer(api.GET('/api/allocations')),
  });
  return (
    <Loaded query={allocations} shape="chart">
      {({ items }) => {
        const chosen = items.find(({ code }) => code === search.allocation) ?? items[0];
        if (!chosen) return <EmptyState icon="chart" title={t('forecast.none')} />;
        const options = items.map(({ code, creditLine, fiscalYear }) => ({
          id: code,
          name: t('forecast.option', { line: label(creditLine.label), year: digits(fiscalYear) }),
        }));
        return (
          <>
            <div className="max-w-sm">
              <Filter
                label={t('forecast.allocation')}
                all={options[0]?.name ?? ''}
                options={options}
                value={chosen.code}
                onChange={(allocation) =>
                  void router.navigate({ href: aheadPath({ tab: 'forecast', allocation }) })
                }
              />
            </div>
            <OfAllocation code={chosen.code} search={{ ...search, allocation: chosen.code }} />
          </>
        );
      }}
    </Loaded>
  );
}

function WaitingFor({ it }: { it: Answer<'/api/forecast/waiting'> }) {
  const t = useAheadWords();
  const { count, digits, day } = useFormats();
  const now = { waiting: count(it.waiting), over: count(it.over), limit: digits(it.limitDays) };
  const pace = { comes: count(it.comesPerMonth), goes: count(it.goesPerMonth) };
  return (
    <>
      <p>{t('forecast.waitingNow', now)}</p>
      <p>{t('forecast.pace', pace)}</p>
      <ul className="py-3">
        {it.after.map(({ days, on, over }) => (
          <li key={days} className="font-semibold">
            {t('forecast.after', { day: day(on), over: count(over) })}
          </li>
        ))}
      </ul>
      <p className="max-w-prose text-sm text-soft">
        {it.error === null
          ? t('forecast.waitingUntested')
          : t('forecast.waitingError', { tests: digits(it.tests), error: count(it.error) })}
      </p>
    </>
  );
}

function Waiting() {
  const t = useAheadWords();
  const waiting = useQuery({
    queryKey: ['forecast', 'waiting'],
    queryFn: () => answer(api.GET('/api/forecast/waiting')),
  });
  return (
    <Sheet title={t('forecast.waiting')} id="waiting">
      <Loaded query={waiting} shape="figure">
        {(it) => <WaitingFor it={it} />}
      </Loaded>
    </Sheet>
  );
}

/** Where money and queues will be if things go on as they go, how that is reckoned, and how far off it was. */
export function Forecast({ search }: { search: Search }) {
  const t = useAheadWords();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <p className="max-w-prose text-soft">{t('forecast.lede')}</p>
      <Allocations search={search} />
      <Waiting />
    </div>
  );
}
