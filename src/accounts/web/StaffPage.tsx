import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { useAccount } from '../../web/session.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { PageHead, Sheet } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Code } from '../../web/ui/Values.tsx';
import { Alarms } from './staff/Alarms.tsx';
import { AskForm } from './staff/AskForm.tsx';
import { Changes } from './staff/Changes.tsx';
import { useRoleName, useStaffWords } from './staff/words.ts';

type Account = Answer<'/api/staff'>['accounts'][number];

function OneAccount({ account }: { account: Account }) {
  const t = useStaffWords();
  const roleName = useRoleName();
  const { label, line } = useFormats();
  const closed = account.closedAt !== null;
  const note = account.demonstration ? t('cast') : null;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 border-b border-line py-2 last:border-b-0">
      <span className="min-w-0">
        <span className="font-semibold">{label(account.name)}</span> <Code>{account.username}</Code>
        <span className="block text-sm text-soft">
          {line(roleName(account.role), label(account.organisation?.label), note)}
        </span>
      </span>
      <Status meaning={closed ? 'stopped' : 'done'}>{t(closed ? 'closed' : 'open')}</Status>
    </li>
  );
}

/** Accounts of staff: what has to be looked at, what waits for a second person, who there is. */
export function StaffPage() {
  const t = useStaffWords();
  const mayAsk = useAccount()?.permissions.includes('accounts.askChange') ?? false;
  const query = useQuery({ queryKey: ['staff'], queryFn: () => answer(api.GET('/api/staff')) });
  useTitle(t('title'));
  return (
    <>
      <PageHead title={t('title')}>{t('intro')}</PageHead>
      <Loaded query={query} shape="page">
        {(staff) => (
          <div className="grid items-start gap-6 lg:grid-cols-2">
            <div className="grid gap-6">
              <Alarms />
              <Changes changes={staff.changes} />
              {mayAsk ? (
                <Sheet title={t('ask')} id="ask">
                  <AskForm staff={staff} />
                </Sheet>
              ) : null}
            </div>
            <Sheet title={t('accounts')} id="accounts">
              {staff.accounts.some(({ demonstration }) => demonstration) ? (
                <p className="pb-2 text-soft">{t('castNote')}</p>
              ) : null}
              <ul>
                {staff.accounts.map((account) => (
                  <OneAccount key={account.code} account={account} />
                ))}
              </ul>
            </Sheet>
          </div>
        )}
      </Loaded>
    </>
  );
}
