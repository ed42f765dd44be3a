import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../web/api.ts';
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
  const toman = useToman();
  return (
    <div className="grid gap-4">
      <p className="text-lg font-semibold">{`${t('statement.closing')}: ${toman(it.closingRial)}`}</p>
      <p className="text-sm text-soft">{t('statement.cash')}</p>
      <p>{`${t('statement.opening')}: ${toman(it.openingRial)}`}</p>
      {it.entries.length === 0 ? <p>{t('statement.none')}</p> : <Entries it={it} />}
      <a className="link" href={`/api/stalls/${code}/statement/paper`}>
        {t('statement.paper')}
      </a>
    </div>
  );
}

/** This month's statement of a stall, and the way to its paper. */
export function Statement({ code }: { code: string }) {
  const query = useQuery({
    queryKey: ['stalls', code, 'statement'],
    queryFn: () => answer(api.GET('/api/stalls/{code}/statement', { params: { path: { code } } })),
  });
  return (
    <Loaded query={query} shape="table">
      {(it) => <Whole it={it} code={code} />}
    </Loaded>
  );
}
