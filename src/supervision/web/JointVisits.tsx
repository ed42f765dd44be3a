import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { EmptyState } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { partyMeaning } from './meanings.ts';
import { useWords, wordFor } from './words.ts';

type Joint = Answer<'/api/joint-visits'>['items'][number];

function Line({ it }: { it: Joint }) {
  const t = useWords();
  const { label, line, day } = useFormats();
  const when = it.visitedOn
    ? t('ofCase.on', { day: day(it.visitedOn) })
    : t('due', { day: day(it.dueOn) });
  return (
    <li className="border-b border-line p-3 last:border-b-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-semibold">{line(it.name, label(it.party.label))}</span>
        <Status meaning={partyMeaning(it.partyState)}>
          {wordFor(t, 'parties.states', it.partyState)}
        </Status>
      </span>
      <span className="block text-sm">
        {line(wordFor(t, 'stage', it.stage), wordFor(t, 'state', it.state), when)}
      </span>
      <span className="block text-sm text-soft">
        {line(label(it.agency.label), label(it.county.label), it.address)}
      </span>
    </li>
  );
}

/** Visits that several agencies make together, and how each stands behind them. */
export function JointVisits() {
  const t = useWords();
  const query = useQuery({
    queryKey: ['joint-visits'],
    queryFn: () => answer(api.GET('/api/joint-visits')),
  });
  return (
    <Loaded query={query} shape="table">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon="check" title={t('parties.none')} />
        ) : (
          <ul className="sheet">
            {items.map((it) => (
              <Line key={`${it.visit} ${it.party.id}`} it={it} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
