import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { answer, api, withKey } from '../../../web/api.ts';
import type { Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { findPath, identityPath, signInPath } from '../../../web/paths.ts';
import { useAccount } from '../../../web/session.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { PageHead } from '../../../web/ui/Blocks.tsx';
import { identityQuery, usePlaces } from './draft.ts';
import { Finder } from './Finder.tsx';
import { useApplyWords } from './words.ts';

type Kind = 'independent' | 'supporter' | 'covered';

/** The finder for anybody; whoever may apply begins with the occupation that they found. */
export function FindPage() {
  const t = useApplyWords();
  useTitle(t('find.title'));
  const router = useRouter();
  const places = usePlaces();
  const account = useAccount();
  const citizen = account?.role === 'citizen';
  const { data: identity } = useQuery({ ...identityQuery, enabled: citizen });
  const write = useWrite(
    async (values: Values, opId) => {
      if (!account) return signInPath(findPath());
      if (citizen && !identity?.person) return identityPath();
      const what = { kind: values.kind as Kind, occupationId: values.occupationId ?? '' };
      const sent = { body: { what }, headers: withKey(opId) };
      return places.draft((await answer(api.POST('/api/drafts', sent))).code);
    },
    async (href) => {
      await router.navigate({ href });
    },
  );
  return (
    <div className="mx-auto max-w-2xl">
      <PageHead title={t('find.title')} />
      <Finder write={write} submit={t('find.begin')} />
    </div>
  );
}
