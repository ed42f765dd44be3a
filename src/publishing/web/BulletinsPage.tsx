import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { bulletinPath, commentsPath } from '../../web/paths.ts';
import { referenceQuery, useAccount } from '../../web/session.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, PageHead, Sheet } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { useBulletinWords } from './words.ts';

type Summary = Answer<'/api/bulletins'>['items'][number];

const bulletinsQuery = queryOptions({
  queryKey: ['bulletins'],
  queryFn: ({ signal }) => answer(api.GET('/api/bulletins', { signal })),
});

/** The word for where a bulletin has come to. */
export function useStateWord() {
  const t = useBulletinWords();
  const { count } = useFormats();
  return ({ draft, signed, published, publicFrom }: Summary['state']) => {
    if (draft !== null) {
      return t(signed ? 'states.signed' : 'states.draft', { version: count(draft) });
    }
    const waits = publicFrom !== null && Date.parse(publicFrom) > Date.now();
    return t(waits ? 'states.embargo' : 'states.published', { version: count(published ?? 0) });
  };
}

function OneBulletin({ bulletin }: { bulletin: Summary }) {
  const t = useBulletinWords();
  const stateWord = useStateWord();
  const { day, digits, label, line } = useFormats();
  const { code, number, from, to, agency, county, state } = bulletin;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 border-b border-line py-3 last:border-b-0">
      <span className="min-w-0">
        <AppLink href={bulletinPath(code)} className="link font-semibold">
          {t('open', { number: digits(number) })}
        </AppLink>
        <span className="block text-sm text-soft">
          {line(
            `${day(from, 'short')} – ${day(to, 'short')}`,
            label(agency ?? undefined),
            label(county ?? undefined),
          )}
        </span>
      </span>
      <Status meaning={state.draft === null ? 'done' : 'waiting'}>{stateWord(state)}</Status>
    </li>
  );
}

/** Begins a bulletin and goes to its draft. */
function useBeginning() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useWrite(
    ({ from = '', to = '', language, agency, county }: Values, opId) =>
      answer(
        api.POST('/api/bulletins', {
          headers: withKey(opId),
          body: {
            ...{ from, to, language: language === 'en' ? 'en' : 'fa' },
            ...(agency ? { agency } : {}),
            ...(county ? { county } : {}),
          },
        }),
      ),
    async ({ code }) => {
      await queries.invalidateQueries({ queryKey: ['bulletins'] });
      await navigate({ to: bulletinPath(code) });
    },
  );
}

function BeginForm() {
  const t = useBulletinWords();
  const { label } = useFormats();
  const { data } = useQuery(referenceQuery);
  const write = useBeginning();
  const named = (rows: readonly { id: string; label: { fa: string; en: string } }[] = []) =>
    rows.map((row) => ({ id: row.id, name: label(row.label) }));
  const languages = (['fa', 'en'] as const).map((id) => ({ id, name: t(`languages.${id}`) }));
  const all = { empty: t('all'), optional: true };
  return (
    <Form write={write} submit={t('beginButton')}>
      <div className="grid gap-6 sm:grid-cols-2">
        <TextField name="from" label={t('from')} hint={t('dateHint')} ltr />
        <TextField name="to" label={t('to')} hint={t('dateHint')} ltr />
      </div>
      <SelectField name="language" label={t('language')} options={languages} defaultValue="fa" />
      <div className="grid gap-6 sm:grid-cols-2">
        <SelectField name="agency" label={t('agency')} options={named(data?.agencies)} {...all} />
        <SelectField name="county" label={t('county')} options={named(data?.counties)} {...all} />
      </div>
    </Form>
  );
}

function BulletinList() {
  const t = useBulletinWords();
  const query = useQuery(bulletinsQuery);
  return (
    <Loaded query={query} shape="table">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon="file" title={t('empty')} />
        ) : (
          <ul>
            {items.map((bulletin) => (
              <OneBulletin key={bulletin.code} bulletin={bulletin} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

/** The programme's bulletins: those there are, and a new one. */
export function BulletinsPage() {
  const t = useBulletinWords();
  const mayWrite = useAccount()?.permissions.includes('publishing.writeBulletins') ?? false;
  useTitle(t('title'));
  return (
    <>
      <PageHead
        title={t('title')}
        end={
          mayWrite ? (
            <AppLink href={commentsPath()} className="link">
              {t('comments')}
            </AppLink>
          ) : null
        }
      >
        {t('lede')}
      </PageHead>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Sheet title={t('list')} id="list">
          <BulletinList />
        </Sheet>
        {mayWrite ? (
          <Sheet title={t('begin')} id="begin">
            <BeginForm />
          </Sheet>
        ) : null}
      </div>
    </>
  );
}
