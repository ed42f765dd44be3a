import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { useLang } from '../../../web/locale.tsx';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { useApplyWords } from './words.ts';

const openingsQuery = (code: string, lang: 'fa' | 'en') =>
  queryOptions({
    queryKey: ['openings', code, lang],
    queryFn: ({ signal }) => {
      const params = { path: { code }, query: { lang } };
      return answer(api.GET('/api/cases/{code}/openings', { params, signal }));
    },
  });

/** Who of an office looked into the case, for its applicant. */
export function Openings({ code }: { code: string }) {
  const t = useApplyWords();
  const lang = useLang();
  const { label, instant, line } = useFormats();
  const query = useQuery(openingsQuery(code, lang));
  return (
    <Sheet title={t('openings.title')} id="openings">
      <p className="text-soft">{t('openings.hint')}</p>
      <Loaded query={query} shape="line">
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('openings.none')}</p>
          ) : (
            <ul className="grid gap-2 pt-3">
              {items.map((one) => (
                <li key={JSON.stringify(one)}>
                  {line(one.role, label(one.organisation))}
                  <span className="block text-soft">
                    {t(`openings.${one.what}`, instant(one.openedAt))}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Sheet>
  );
}
