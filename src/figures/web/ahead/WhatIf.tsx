import { useRouter } from '@tanstack/react-router';
import type { Answer } from '../../../web/api.ts';
import { Filter } from '../../../web/form/Filter.tsx';
import { unitFor, useFormats } from '../../../web/format.ts';
import { aheadPath, type Search } from '../../../web/paths.ts';
import { type Column, DataTable } from '../../../web/table/DataTable.tsx';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Segments } from '../../../web/ui/Segments.tsx';
import { useShellWords } from '../../../web/words.ts';
import { endOf, type SharePace, whatIf } from '../../forecast/rules.ts';
import { useAheadWords } from './words.ts';

type Money = Answer<'/api/forecast/allocations/{code}'>;
type Share = Money['shares']['bank'][number];

const kinds = ['agency', 'bank', 'county'] as const;
type Kind = (typeof kinds)[number];
const rialsInMillionToman = 10_000_000;

const paceOf = ({ ceilingRial, paidRial, perDayRial }: Share): SharePace => ({
  ceiling: Number(ceilingRial),
  paid: Number(paidRial),
  perDay: Number(perDayRial),
});

function useShareColumns(daysLeft: number): Column<Share>[] {
  const t = useAheadWords();
  const shell = useShellWords();
  const { label, money } = useFormats();
  const column = (key: string, header: string, pick: (share: Share) => number): Column<Share> => ({
    ...{ key, header, unit: shell('money.millionToman'), number: true, sort: pick },
    cell: (share) => money(String(Math.round(pick(share))), 'millionToman', 0),
  });
  return [
    {
      ...{ key: 'share', header: t('forecast.share'), wide: true },
      cell: (share) => label(share.label),
      sort: (share) => label(share.label),
    },
    column('ceiling', t('forecast.ceiling'), ({ ceilingRial }) => Number(ceilingRial)),
    column('paid', t('forecast.paid'), ({ paidRial }) => Number(paidRial)),
    column('pace', t('forecast.paceOf'), ({ perDayRial }) => Number(perDayRial) * 30),
    column('left', t('forecast.left'), (share) => endOf(paceOf(share), daysLeft).unspent),
  ];
}

type Move = {
  readonly from: Share | undefined;
  readonly to: Share | undefined;
  readonly rial: number;
};

function Result({ move, daysLeft }: { move: Move; daysLeft: number }) {
  const t = useAheadWords();
  const shell = useShellWords();
  const { money } = useFormats();
  const { from, to, rial } = move;
  if (!from || !to || from.id === to.id || rial === 0) return null;
  const { before, after } = whatIf(paceOf(from), paceOf(to), rial, daysLeft);
  const text = (value: number) => String(Math.round(value));
  const unit = unitFor(text(before));
  return (
    <p
      role="status"
      className={`pt-4 text-lg font-semibold ${after < before ? 'text-done' : 'text-late'}`}
    >
      {t('forecast.result', {
        before: money(text(before), unit),
        after: money(text(after), unit),
        unit: shell(`money.${unit}`),
      })}
    </p>
  );
}

type Chosen = { readonly search: Search; readonly go: (change: Search) => void };

/** From whom to whom, and how much. */
function Choices({ search, go, shares }: Chosen & { shares: readonly Share[] }) {
  const t = useAheadWords();
  const { label } = useFormats();
  const options = shares.map(({ id, label: name }) => ({ id, name: label(name) }));
  return (
    <div className="grid gap-3 py-4 sm:grid-cols-3">
      {(['moveFrom', 'moveTo'] as const).map((name) => (
        <Filter
          key={name}
          label={t(name === 'moveFrom' ? 'forecast.from' : 'forecast.to')}
          all={t('forecast.nobody')}
          options={options}
          value={search[name]}
          onChange={(value) => go({ [name]: value })}
        />
      ))}
      <label className="grid text-sm font-semibold">
        {t('forecast.amount')}
        <input
          type="number"
          min={0}
          step={100}
          dir="ltr"
          className="field-box font-normal"
          value={search.amount ?? ''}
          onChange={(event) => go({ amount: event.target.value || undefined })}
        />
      </label>
    </div>
  );
}

function Shares({ money, kind, ...chosen }: Chosen & { money: Money; kind: Kind }) {
  const t = useAheadWords();
  const shares = money.shares[kind];
  const columns = useShareColumns(money.daysLeft);
  const { moveFrom, moveTo, amount } = chosen.search;
  const find = (id: string | undefined) => shares.find((share) => share.id === id);
  const rial = (Number(amount ?? 0) || 0) * rialsInMillionToman;
  if (shares.length === 0) return <p className="pt-4 text-soft">{t('forecast.noShares')}</p>;
  return (
    <>
      <Choices {...chosen} shares={shares} />
      <DataTable
        caption={t(`forecast.${kind}`)}
        hideCaption
        columns={columns}
        rows={shares}
        rowKey={({ id }) => id}
      />
      <Result move={{ from: find(moveFrom), to: find(moveTo), rial }} daysLeft={money.daysLeft} />
    </>
  );
}

/** Moves a part of an allocation from one share to another and shows what would be left; changes nothing. */
export function WhatIf({ money, search }: { money: Money; search: Search }) {
  const t = useAheadWords();
  const router = useRouter();
  const split = kinds.find((one) => money.shares[one].length > 1) ?? 'agency';
  const kind: Kind = kinds.find((one) => one === search.between) ?? split;
  const go = (change: Search) =>
    void router.navigate({
      href: aheadPath({ ...search, ...change }),
      ...{ replace: true, resetScroll: false },
    });
  return (
    <Sheet title={t('forecast.whatIf')} id="what-if">
      <p className="max-w-prose pb-3 text-soft">{t('forecast.whatIfHint')}</p>
      <Segments
        label={t('forecast.between')}
        value={kind}
        onChange={(between) => go({ between, moveFrom: undefined, moveTo: undefined })}
        options={kinds.map((id) => ({ id, name: t(`forecast.${id}`) }))}
      />
      <Shares money={money} kind={kind} search={search} go={go} />
    </Sheet>
  );
}
