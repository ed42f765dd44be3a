import { useMemo } from 'react';
import { type Formats, useFormats } from '../../web/format.ts';
import { type Column, DataTable } from '../../web/table/DataTable.tsx';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Code, Day } from '../../web/ui/Values.tsx';
import { useShellWords } from '../../web/words.ts';
import type { Allocation } from './allocation.ts';
import { amountOf } from './MoneyTiles.tsx';
import { useWords } from './words.ts';

type Share = Allocation['shares'][number];
type Revision = Allocation['revisions'][number];

const amounts = ['allocated', 'committed', 'paid', 'free'] as const;

/** Whose share it is: its agency, county and bank, or the whole province. */
function holderOf(it: Pick<Share, 'agency' | 'county' | 'bank'>, formats: Formats, whole: string) {
  const { label, line } = formats;
  return line(label(it.agency?.label), label(it.county?.label), label(it.bank?.label)) || whole;
}

function useShareColumns(): Column<Share>[] {
  const t = useWords();
  const shell = useShellWords();
  const formats = useFormats();
  return useMemo(() => {
    const unit = shell('money.millionToman');
    const text = (rials: string | null) =>
      rials === null ? '—' : formats.money(rials, 'millionToman');
    const holder = (row: Share) => holderOf(row, formats, t('shares.whole'));
    return [
      { key: 'holder', header: t('shares.holder'), wide: true, cell: holder, sort: holder },
      ...amounts.map(
        (name): Column<Share> => ({
          ...{ key: name, header: t(`money.${name}`), unit, number: true },
          cell: (row) => text(amountOf(row, name)),
          sort: (row) => BigInt(amountOf(row, name) ?? 0),
        }),
      ),
      {
        ...{ key: 'floated', header: t('shares.floated'), unit, number: true },
        cell: (row) => text(row.floatedRial),
        sort: (row) => BigInt(row.floatedRial),
      },
    ];
  }, [t, shell, formats]);
}

/** Every ceiling under the allocation, with what is used of it. */
export function Shares({ it }: { it: Allocation }) {
  const t = useWords();
  const columns = useShareColumns();
  return (
    <Sheet title={t('shares.title')} id="shares">
      {it.shares.length === 0 ? (
        <p className="text-soft">{t('shares.empty')}</p>
      ) : (
        <DataTable
          caption={t('shares.title')}
          hideCaption
          columns={columns}
          rows={it.shares}
          rowKey={(row) => row.code}
        />
      )}
    </Sheet>
  );
}

function RevisionLine({ one }: { one: Revision }) {
  const t = useWords();
  const shell = useShellWords();
  const formats = useFormats();
  const { money, label, day } = formats;
  const amount = (rials: string) => money(rials, 'millionToman');
  const words = {
    holder: holderOf(one, formats, t('shares.whole')),
    after: amount(one.ceilingRial),
    unit: shell('money.millionToman'),
  };
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <p className="font-semibold">
        {one.beforeRial === null
          ? t('revisions.set', words)
          : t('revisions.changed', { ...words, before: amount(one.beforeRial) })}
      </p>
      <p>{one.reason}</p>
      <p className="flex flex-wrap gap-x-4 text-sm text-soft">
        <span>{t('revisions.by', { by: one.decidedBy, day: day(one.decidedOn) })}</span>
        {one.letter ? (
          <span>
            {t('revisions.letter', { letter: '' })}
            <Code>{one.letter}</Code>
          </span>
        ) : null}
        {one.by ? <span>{t('revisions.recorded', { who: label(one.by) })}</span> : null}
        <Day iso={one.recordedAt.slice(0, 10)} short />
      </p>
    </li>
  );
}

/** What was decided about the ceilings, the newest first: who, when, why, by which letter. */
export function Revisions({ it }: { it: Allocation }) {
  const t = useWords();
  if (it.revisions.length === 0) return null;
  return (
    <Sheet title={t('revisions.title')} id="revisions">
      <ol>
        {it.revisions.map((one) => (
          <RevisionLine key={`${one.recordedAt} ${JSON.stringify(one)}`} one={one} />
        ))}
      </ol>
    </Sheet>
  );
}
