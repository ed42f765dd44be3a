import { useMemo } from 'react';
import { Bars } from '../../web/chart/Bars.tsx';
import { ChartFigure } from '../../web/chart/ChartFigure.tsx';
import type { ChartCell, ChartData } from '../../web/chart/data.ts';
import { type Formats, useFormats } from '../../web/format.ts';
import { allocationsPath, casesPath } from '../../web/paths.ts';
import { useShellWords } from '../../web/words.ts';
import type { Allocation } from './allocation.ts';
import { amountOf } from './MoneyTiles.tsx';
import { useWords } from './words.ts';

export type Cut = keyof Allocation['by'];
type Line = Allocation['by'][Cut][number];

const columns = ['allocated', 'committed', 'contracted', 'paid', 'free'] as const;

function amountCell(rials: string | null, formats: Formats): ChartCell {
  if (rials === null) return { value: 0, text: '—', exact: '' };
  return { value: Number(rials), text: formats.money(rials, 'millionToman'), exact: rials };
}

function cellsOf(line: Line, cut: Cut, formats: Formats) {
  const { couldUse } = line;
  const cells = columns.map((name) => [name, amountCell(amountOf(line, name), formats)]);
  const could: ChartCell = {
    value: couldUse ?? 0,
    text: formats.count(couldUse ?? 0),
    exact: String(couldUse ?? 0),
    href: casesPath({ referable: 'true', [cut]: line.id }),
  };
  return Object.fromEntries(couldUse === null ? cells : [...cells, ['couldUse', could]]);
}

function useShareData(it: Allocation, cut: Cut): ChartData {
  const t = useWords();
  const shell = useShellWords();
  const formats = useFormats();
  return useMemo(() => {
    const units = { unit: shell('money.millionToman'), exactUnit: shell('money.rial') };
    const amounts = columns.map((key) => ({ key, header: t(`money.${key}`), ...units }));
    const could = { key: 'couldUse', header: t('cut.couldUse') };
    const lines = it.by[cut].toSorted((a, b) => Number(b.committedRial) - Number(a.committedRial));
    const id = `by-${cut}`;
    return {
      id,
      title: t(`cut.${cut}`),
      scope: t('page.line', {
        line: formats.label(it.creditLine.label),
        year: formats.digits(it.fiscalYear),
      }),
      link: `${allocationsPath({ allocation: it.code })}#${id}`,
      keyHeader: t(`cut.${cut}Key`),
      columns: cut === 'bank' ? amounts : [...amounts, could],
      rows: lines.map((line) => ({
        key: line.id,
        label: formats.label(line.label),
        cells: cellsOf(line, cut, formats),
      })),
    };
  }, [it, cut, t, shell, formats]);
}

/** What agencies, counties or banks have and use: a chart of what is committed, with the table behind it. */
export function ShareChart({ it, cut }: { it: Allocation; cut: Cut }) {
  const t = useWords();
  const shell = useShellWords();
  const data = useShareData(it, cut);
  if (data.rows.length === 0) return null;
  return (
    <ChartFigure data={data} column="committed" shape="bars">
      <p className="pb-2 text-sm text-soft">
        {t('money.committed')} ({shell('money.millionToman')})
      </p>
      <Bars data={data} column="committed" />
    </ChartFigure>
  );
}
