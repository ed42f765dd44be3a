import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { answer, api, withKey } from '../../../web/api.ts';
import { Form, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { myPath } from '../../../web/paths.ts';
import { sessionQuery } from '../../../web/session.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { PageHead } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { identityQuery } from './draft.ts';
import { forget, useKept } from './kept.ts';
import { PersonFields, personOf } from './PersonFields.tsx';
import { useApplyWords } from './words.ts';

/** Where a citizen says who they are. */
export function IdentityPage() {
  const t = useApplyWords();
  useTitle(t('identity.title'));
  const query = useQuery(identityQuery);
  return (
    <div className="mx-auto max-w-xl">
      <PageHead title={t('identity.title')}>{t('identity.hint')}</PageHead>
      <Loaded query={query} shape="page">
        {({ person }) => <IdentityForm person={person} />}
      </Loaded>
    </div>
  );
}

type Known = { readonly [name: string]: string | null } | null;

function IdentityForm({ person }: { person: Known }) {
  const t = useApplyWords();
  const queries = useQueryClient();
  const router = useRouter();
  const { first, keep, onInput } = useKept('me', 'who');
  const write = useWrite(
    (values: Values, opId) => {
      const body = personOf(values, t('identity.birthWrong'));
      return answer(api.POST('/api/my/identity', { body, headers: withKey(opId) }));
    },
    async (said) => {
      queries.setQueryData(identityQuery.queryKey, said);
      await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
      forget('me', 'who');
      await router.navigate({ href: myPath() });
    },
  );
  return (
    <div onInput={onInput}>
      <Form write={write} submit={t('identity.save')}>
        <PersonFields first={{ ...person, ...first }} onKeep={keep} />
      </Form>
    </div>
  );
}
