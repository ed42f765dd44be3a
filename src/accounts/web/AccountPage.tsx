import { useAccount } from '../../web/session.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { PageHead } from '../../web/ui/Blocks.tsx';
import { Factors } from './account/Factors.tsx';
import { Password } from './account/Password.tsx';
import { Sessions } from './account/Sessions.tsx';
import { useAccountWords } from './account/words.ts';

/** One's own account: where one is signed in, and what one signs in with. */
export function AccountPage() {
  const t = useAccountWords();
  const may = new Set(useAccount()?.permissions ?? []);
  useTitle(t('title'));
  return (
    <>
      <PageHead title={t('title')} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="grid gap-6">
          <Sessions />
          {may.has('accounts.changePassword') ? <Password /> : null}
        </div>
        {may.has('accounts.ownFactors') ? <Factors /> : null}
      </div>
    </>
  );
}
