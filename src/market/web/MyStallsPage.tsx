import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, TextArea, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { myStallPath } from '../../web/paths.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, PageHead, Sheet } from '../../web/ui/Blocks.tsx';
import { buttonClass } from '../../web/ui/Button.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { useWords, wordFor } from './words.ts';

type Mine = Answer<'/api/my-stalls'>['items'][number];

function OpenStall({ it }: { it: Mine }) {
  const t = useWords();
  const router = useRouter();
  const queries = useQueryClient();
  const write = useWrite(
    ({ name = '', about = '' }: Values, opId) =>
      answer(
        api.POST('/api/stalls', {
          body: { caseCode: it.caseCode, name, about },
          headers: withKey(opId),
        }),
      ),
    async ({ code }) => {
      await queries.invalidateQueries();
      await router.navigate({ href: myStallPath(code) });
    },
  );
  return (
    <Form write={write} submit={t('stall.open')}>
      <TextField name="name" label={t('stall.name')} hint={t('stall.nameHint')} maxLength={80} />
      <TextArea name="about" label={t('stall.about')} optional rows={3} />
    </Form>
  );
}

/** The standing of a permit in its word and colour. */
export function Standing({ permit }: { permit: Mine['permit'] }) {
  const t = useWords();
  const { digits } = useFormats();
  return (
    <Status meaning={permit.standing === 'valid' ? 'done' : 'stopped'}>
      {`${t('stall.permit', { number: digits(permit.number) })} – ${wordFor(t, 'standing', permit.standing)}`}
    </Status>
  );
}

function Stall({ it }: { it: Mine }) {
  const t = useWords();
  const { label } = useFormats();
  const occupation = label(it.occupation.label);
  if (it.code === null) {
    return (
      <Sheet title={t('stall.openFor', { occupation })} end={<Standing permit={it.permit} />}>
        {it.permit.standing === 'valid' ? <OpenStall it={it} /> : null}
      </Sheet>
    );
  }
  return (
    <Sheet title={it.name} end={<Standing permit={it.permit} />}>
      <p className="pb-4 text-soft">{occupation}</p>
      <AppLink className={buttonClass('primary')} href={myStallPath(it.code)}>
        {t('stall.title')}
      </AppLink>
    </Sheet>
  );
}

/** A citizen's permits, each with its stall or the form that opens one. */
export function MyStallsPage() {
  const t = useWords();
  useTitle(t('stall.title'));
  const query = useQuery({
    queryKey: ['stalls'],
    queryFn: () => answer(api.GET('/api/my-stalls')),
  });
  return (
    <div className="mx-auto grid max-w-2xl gap-6">
      <PageHead title={t('stall.title')} />
      <Loaded query={query} shape="figure">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="file" title={t('stall.none')}>
              {t('stall.noneHint')}
            </EmptyState>
          ) : (
            items.map((it) => <Stall key={it.caseCode} it={it} />)
          )
        }
      </Loaded>
    </div>
  );
}
