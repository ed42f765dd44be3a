import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../web/api.ts';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Day } from '../../web/ui/Values.tsx';
import { useToman, useWords, wordFor } from './words.ts';

/** This month's statement of a stall, and the way to its paper. */
export function Statement({ code }: { code: string }) {
  const t = useWords();
  const toman = useToman();
  const query = useQuery({
    queryKey: ['stalls', code, 'statement'],
    queryFn: () => answer(api.GET('/api/stalls/{code}/statement', { params: { path: { code } } })),
  });
  return (
    <Loaded query={query} shape="table">
      {(it) => (
        <div className="grid gap-4">
          <p className="text-lg font-semibold">{`${t('statement.closing')}: ${toman(it.closingRial)}`}</p>
          <p className="text-sm text-soft">{t('statement.cash')}</p>
          {it.entries.length === 0 ? (
            <p>{t('statement.none')}</p>
          ) : (
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
                  <tr>
                    <td className="p-2" />
                    <td className="p-2">{t('statement.opening')}</td>
                    <td className="p-2 text-end tabular-nums">{toman(it.openingRial)}</td>
                  </tr>
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
          )}
          <a className="link" href={`/api/stalls/${code}/statement/paper`}>
            {t('statement.paper')}
          </a>
        </div>
      )}
    </Loaded>
  );
}
