import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { addJalaliMonths, isoToJalali, jalaliMonthRange } from '../../kit/jalali.ts';
import { type Answer, answer, api } from '../../web/api.ts';
import { monthWords } from '../../web/form/typed.ts';
import { useFormats } from '../../web/format.ts';
import { useToday } from '../../web/session.ts';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Day } from '../../web/ui/Values.tsx';
import { useToman, useWords, wordFor } from './words.ts';

type Answered = Answer<'/api/stalls/{code}/statement'>;

function Entries({ it }: { it: Answered }) {
  const t = useWords();
  const toman = useToman();
  return (
    <div className="overflow-x-auto">
      <table className="w-full">
        <caption className="sr-only">{t('statement.caption')}</caption>
        <thead>
          <tr>
            <th className="p-2 text-start">{t('statement.day')}</th>
            <th className="p-2 text-start">{t('statement.what')}</th>
            <th className="p-2 text-end">{t('statement.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {it.entries.map((entry, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a ledger have their place and no other name
            <tr key={at} className="border-t border-line">
              <td className="p-2">
                <Day iso={entry.on} short />
              </td>
              <td className="p-2">{wordFor(t, 'transferKind', entry.kind)}</td>
              <td className="p-2 text-end tabular-nums">{toman(entry.rial)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Whole({ it, code }: { it: Answered; code: string }) {
  const t = useWords();
  const { day } = useFormats();
  const toman = useToman();
  const period = `from=${it.from}&to=${it.to}`;
  return (
    <div className="grid gap-4">
      <p className="text-soft">
        {t('statement.periodHint', { from: day(it.from), to: day(it.to) })}
      </p>
      <p className="text-lg font-semibold">{`${t('statement.closing')}: ${toman(it.closingRial)}`}</p>
      <p className="text-sm text-soft">{t('statement.cash')}</p>
      <p>{`${t('statement.opening')}: ${toman(it.openingRial)}`}</p>
      {it.entries.length === 0 ? <p>{t('statement.none')}</p> : <Entries it={it} />}
      <a className="link" href={`/api/stalls/${code}/statement/paper?${period}`}>
        {t('statement.paper')}
      </a>
    </div>
  );
}

/** How many months back a maker can look from the list; older ones are asked of the directorate. */
const monthsBack = 24;

/** The months that can be chosen, the newest first, this one until today. */
function useMonths() {
  const today = useToday();
  const formats = useFormats();
  return Array.from({ length: monthsBack }, (_, back) => {
    const { year, month } = isoToJalali(addJalaliMonths(today, -back));
    const { from, to } = jalaliMonthRange(year, month);
    const name = monthWords(formats, year * 100 + month);
    return { id: `${year}-${month}`, name, from, to: back === 0 ? today : to };
  });
}

/** A stall's statement of a month, and the way to its paper. */
export function Statement({ code }: { code: string }) {
  const t = useWords();
  const id = useId();
  const months = useMonths();
  const [chosen, setChosen] = useState(months[0]?.id);
  const { from = '', to = '' } = months.find((month) => month.id === chosen) ?? {};
  const query = useQuery({
    queryKey: ['stalls', code, 'statement', from, to],
    queryFn: () =>
      answer(
        api.GET('/api/stalls/{code}/statement', {
          params: { path: { code }, query: { from, to } },
        }),
      ),
  });
  return (
    <div className="grid gap-4">
      <div className="grid w-fit">
        <label className="text-sm font-semibold" htmlFor={id}>
          {t('statement.period')}
        </label>
        <select
          id={id}
          className="field-box"
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
        >
          {months.map((month) => (
            <option key={month.id} value={month.id}>
              {month.name}
            </option>
          ))}
        </select>
      </div>
      <Loaded query={query} shape="table">
        {(it) => <Whole it={it} code={code} />}
      </Loaded>
    </div>
  );
}
