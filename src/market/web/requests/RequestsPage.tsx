import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { requestPath } from '../../../web/paths.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { EmptyState, PageHead } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { requestMeaning } from './meanings.ts';
import { useWords, wordFor } from './words.ts';

type One = Answer<'/api/my-requests'>['items'][number];

function Line({ one }: { one: One }) {
  const t = useWords();
  const { count } = useFormats();
  const numbers = { pledged: count(one.pledged), quantity: count(one.quantity) };
  return (
    <li className="border-b border-line last:border-b-0">
      <AppLink
        href={requestPath(one.code)}
        className="flex min-h-14 flex-wrap items-center justify-between gap-x-4 p-3 text-ink no-underline hover:bg-accent-soft"
      >
        <span className="link font-semibold">{one.title}</span>
        <span className="text-sm text-soft">{t('list.line', numbers)}</span>
        <Status meaning={requestMeaning(one.state)}>{wordFor(t, 'states', one.state)}</Status>
      </AppLink>
    </li>
  );
}

/** What a buyer asked several makers for. */
export function RequestsPage() {
  const t = useWords();
  useTitle(t('list.title'));
  const query = useQuery({
    queryKey: ['my-requests'],
    queryFn: () => answer(api.GET('/api/my-requests')),
  });
  return (
    <div className="mx-auto grid max-w-3xl gap-6">
      <PageHead title={t('list.title')} />
      <Loaded query={query} shape="table">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="file" title={t('list.none')}>
              {t('list.noneHint')}
            </EmptyState>
          ) : (
            <ul className="sheet">
              {items.map((one) => (
                <Line key={one.code} one={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  );
}
