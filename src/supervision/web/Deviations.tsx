import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { casePath } from '../../web/paths.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { deviationMeaning } from './meanings.ts';
import { useWords, wordFor } from './words.ts';

type Deviation = Answer<'/api/deviations'>['items'][number];

function Line({ it }: { it: Deviation }) {
  const t = useWords();
  const { label, line, day } = useFormats();
  return (
    <li className="border-b border-line p-3 last:border-b-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <AppLink className="link font-semibold" href={casePath(it.caseCode)}>
          {it.name}
        </AppLink>
        <Status meaning={deviationMeaning(it.state)}>
          {wordFor(t, 'deviationState', it.state)}
        </Status>
      </span>
      <span className="block">
        {line(
          wordFor(t, 'deviation', it.kind),
          it.measure ? wordFor(t, 'measure', it.measure) : '',
        )}
      </span>
      <span className="block text-sm text-soft">
        {line(day(it.since), label(it.agency.label), label(it.bank.label))}
      </span>
    </li>
  );
}

/** Deviations that visits found, each with where its decision stands; what to do is on its case. */
export function Deviations() {
  const t = useWords();
  const query = useQuery({
    queryKey: ['deviations'],
    queryFn: () => answer(api.GET('/api/deviations')),
  });
  return (
    <Loaded query={query} shape="table">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon="check" title={t('noDeviations')} />
        ) : (
          <ul className="sheet">
            {items.map((it) => (
              <Line key={it.code} it={it} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
