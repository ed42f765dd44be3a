import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { casePath } from '../../../web/paths.ts';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { EmptyState } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { useAheadWords } from './words.ts';

type Anomaly = Answer<'/api/anomalies'>['items'][number];

/** Why something is here, with its numbers in the digits of the language. */
function useReason() {
  const t = useAheadWords();
  const { count } = useFormats();
  return ({ kind, facts }: Anomaly) => {
    const said = Object.fromEntries(
      Object.entries(facts).map(([name, value]) => [name, count(value)]),
    );
    const say = t as unknown as (key: string, values: object) => string;
    return say(`anomalies.why.${kind}`, said);
  };
}

function OneAnomaly({ it }: { it: Anomaly }) {
  const t = useAheadWords();
  const reasonOf = useReason();
  const { label, count } = useFormats();
  return (
    <li className="sheet p-4 sm:p-6">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2>{label(it.subject)}</h2>
        <Status meaning="late">{t(`anomalies.kinds.${it.kind}`)}</Status>
      </span>
      <p className="max-w-prose pt-1">{reasonOf(it)}</p>
      <details className="pt-2">
        <summary className="link w-fit">{t('anomalies.cases', { count: count(it.total) })}</summary>
        {it.total > it.cases.length ? (
          <p className="pt-2 text-sm text-soft">{t('anomalies.first')}</p>
        ) : null}
        <ul className="columns-2 gap-6 pt-2 sm:columns-3">
          {it.cases.map(({ code, name }) => (
            <li key={code}>
              <AppLink className="link" href={casePath(code)}>
                {name}
              </AppLink>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

/** What is out of the ordinary, each with its reason and the cases behind it. */
export function Anomalies() {
  const t = useAheadWords();
  const anomalies = useQuery({
    queryKey: ['anomalies'],
    queryFn: () => answer(api.GET('/api/anomalies')),
  });
  return (
    <>
      <p className="max-w-prose pb-6 text-soft">{t('anomalies.lede')}</p>
      <Loaded query={anomalies} shape="page">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="check" title={t('anomalies.none')} />
          ) : (
            <ul className="grid gap-6">
              {items.map((it) => (
                <OneAnomaly key={`${it.kind} ${it.subject.en}`} it={it} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}
