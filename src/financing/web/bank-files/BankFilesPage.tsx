import { useRouter, useSearch } from '@tanstack/react-router';
import { bankFilesPath, booksPath } from '../../../web/paths.ts';
import { useAccount } from '../../../web/session.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { PageHead } from '../../../web/ui/Blocks.tsx';
import { Tabs } from '../../../web/ui/Tabs.tsx';
import { FileList } from './FileList.tsx';
import { Orders } from './Orders.tsx';
import { SendForm } from './SendForm.tsx';
import { WaitingLines } from './WaitingLines.tsx';
import { useWords } from './words.ts';

const tabs = ['send', 'waiting', 'orders'] as const;

function Files() {
  const may = useAccount()?.permissions.includes('financing.sendBankFile');
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-8 lg:grid-cols-2">
      {may ? <SendForm /> : null}
      <FileList />
    </div>
  );
}

/** Banks' files: what comes in, what waits for a person in it, and the orders that went out. */
export function BankFilesPage() {
  const t = useWords();
  const router = useRouter();
  const { tab } = useSearch({ from: '/office/bank-files' });
  const panels = { send: <Files />, waiting: <WaitingLines />, orders: <Orders /> };
  useTitle(t('files.title'));
  return (
    <>
      <PageHead
        title={t('files.title')}
        end={
          <AppLink className="link" href={booksPath()}>
            {t('books.title')}
          </AppLink>
        }
      >
        <span className="block max-w-prose">{t('files.lede')}</span>
      </PageHead>
      <Tabs
        label={t('files.title')}
        selected={tabs.find((id) => id === tab) ?? 'send'}
        onSelect={(id) =>
          void router.navigate({ href: bankFilesPath({ tab: id === 'send' ? undefined : id }) })
        }
        tabs={tabs.map((id) => ({ id, name: t(`files.tabs.${id}`), panel: panels[id] }))}
      />
    </>
  );
}
