import { useRouter, useSearch } from '@tanstack/react-router';
import { importPath } from '../../web/paths.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { PageHead } from '../../web/ui/Blocks.tsx';
import { Tabs } from '../../web/ui/Tabs.tsx';
import { ImportForm } from './ImportForm.tsx';
import { ImportRun } from './ImportRun.tsx';
import { Matches } from './Matches.tsx';
import { RecentImports } from './RecentImports.tsx';
import { useWords } from './words.ts';

/** One register's way in: the form, then its run, whose code is in the address so that it can be left. */
function Upload() {
  const router = useRouter();
  const { run } = useSearch({ from: '/office/import' });
  const go = (code: string | undefined) =>
    void router.navigate({ href: importPath({ run: code }), resetScroll: false });
  if (run) {
    return <ImportRun key={run} code={run} onCommitted={go} onStartOver={() => go(undefined)} />;
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-8 lg:grid-cols-2">
      <ImportForm onStarted={go} />
      <RecentImports />
    </div>
  );
}

/** Registers in: a spreadsheet is checked row by row first, then recorded; what is doubtful is decided by a person. */
export function ImportPage() {
  const t = useWords();
  const router = useRouter();
  const { tab } = useSearch({ from: '/office/import' });
  useTitle(t('import.title'));
  return (
    <>
      <PageHead title={t('import.title')}>
        <span className="block max-w-prose">{t('import.lede')}</span>
      </PageHead>
      <Tabs
        label={t('import.title')}
        selected={tab === 'matches' ? 'matches' : 'upload'}
        onSelect={(id) =>
          void router.navigate({
            href: importPath({ tab: id === 'matches' ? id : undefined }),
          })
        }
        tabs={[
          { id: 'upload', name: t('import.upload'), panel: <Upload /> },
          { id: 'matches', name: t('import.matches'), panel: <Matches /> },
        ]}
      />
    </>
  );
}
