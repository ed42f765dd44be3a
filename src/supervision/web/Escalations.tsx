import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { casePath, visitPath } from '../../web/paths.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { useWords, wordFor } from './words.ts';

type Escalation = Answer<'/api/visit-escalations'>['items'][number];

function Line({ it }: { it: Escalation }) {
  const t = useWords();
  const { label, line, day } = useFormats();
  const who = it.assignee ? label(it.assignee) : t(it.visit ? 'late.nobody' : 'late.unplanned');
  return (
    <li className="border-b border-line p-3 last:border-b-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <AppLink
          className="link font-semibold"
          href={it.visit ? visitPath(it.visit) : casePath(it.caseCode)}
        >
          {it.name}
        </AppLink>
        <Status meaning="late">{t('late.since', { day: day(it.dueOn, 'short') })}</Status>
      </span>
      <span className="block text-sm">{line(wordFor(t, 'stage', it.stage), who)}</span>
      <span className="block text-sm text-soft">
        {line(label(it.agency.label), label(it.bank.label), label(it.county.label))}
      </span>
    </li>
  );
}

/** Visits whose day has passed, and paid plans that nobody looked at in time. */
export function Escalations() {
  const t = useWords();
  const { count } = useFormats();
  const query = useQuery({
    queryKey: ['visit-escalations'],
    queryFn: () => answer(api.GET('/api/visit-escalations')),
  });
  return (
    <Loaded query={query} shape="table">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon="check" title={t('late.none')} />
        ) : (
          <>
            <p className="pb-2">{t('late.count', { count: count(items.length) })}</p>
            <ul className="sheet">
              {items.map((it) => (
                <Line key={`${it.caseCode} ${it.stage}`} it={it} />
              ))}
            </ul>
          </>
        )
      }
    </Loaded>
  );
}
