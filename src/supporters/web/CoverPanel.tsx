import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { coverPath, workPath } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { buttonClass } from '../../web/ui/Button.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { coverMeaning } from './meanings.ts';
import { useWords, wordFor } from './words.ts';

type Line = Answer<'/api/cases/{code}/covers'>['items'][number];

/** What comes next for the person, in a sentence; nothing where nobody has to do anything. */
function useNext({ state, contract, others }: Line): string {
  const t = useWords();
  const { count } = useFormats();
  if (state === 'seeking') {
    return others ? t('home.choose', { places: count(others) }) : t('home.noOthers');
  }
  if (state !== 'named') return '';
  if (contract === 'offered') return t('home.toSign');
  return contract === 'accepted' ? t('home.agencySigns') : t('home.toOffer');
}

function Cover({ one, mine, may }: { one: Line; mine: boolean; may: boolean }) {
  const t = useWords();
  const { day } = useFormats();
  const next = useNext(one);
  const href = mine ? workPath() : coverPath(one.code, true);
  return (
    <li className="border-b border-line py-3 first:pt-0 last:border-b-0 last:pb-0">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-semibold">{t('cover.bySupporter', { name: one.supporter })}</span>
        <Status meaning={coverMeaning(one.state)}>{wordFor(t, 'coverStates', one.state)}</Status>
      </p>
      <p className="text-soft">{t('home.since', { day: day(one.since) })}</p>
      {next ? <p className="pt-1">{next}</p> : null}
      {may ? (
        <p className="pt-3">
          <AppLink className={buttonClass('secondary', !mine)} href={href}>
            {one.state === 'seeking' && mine ? wordFor(t, 'act', 'choose') : t('home.open')}
          </AppLink>
        </p>
      ) : null}
    </li>
  );
}

/** On a covered person's own case: who covers them, whether that still holds, and what comes next. */
export function CoverPanel({ code }: { code: string }) {
  const t = useWords();
  const account = useAccount();
  const { data } = useQuery({
    queryKey: ['case', code, 'covers'],
    queryFn: () => answer(api.GET('/api/cases/{code}/covers', { params: { path: { code } } })),
  });
  if (!data || data.items.length === 0) return null;
  const may = account?.permissions.includes('supporters.show') ?? false;
  return (
    <Sheet title={t('home.title')} id="cover">
      <ul>
        {data.items.map((one) => (
          <Cover key={one.code} one={one} mine={account?.role === 'citizen'} may={may} />
        ))}
      </ul>
    </Sheet>
  );
}
