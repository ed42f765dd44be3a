import { useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { importPath, searchText } from '../../web/paths.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { PageHead } from '../../web/ui/Blocks.tsx';
import { Tabs } from '../../web/ui/Tabs.tsx';
import { ImportForm, type Register } from './ImportForm.tsx';
import { ImportRun } from './ImportRun.tsx';
import { Matches } from './Matches.tsx';
import { useWords } from './words.ts';

/** One register's way in: the form, then its run, whose code is in the address so that it can be left. */
function Upload() {
  const router = useRouter();
  const { run } = useSearch({ from: '/office/import' });
  const [register, setRegister] = useState<Register | null>(null);
  const go = (code: string | undefined) =>
    void router.navigate({
      href: `${importPath()}${searchText({ run: code })}`,
      resetScroll: false,
    });
  if (run) {
    return (
      <ImportRun
        key={run}
        code={run}
        register={register}
        onCommitted={go}
        onStartOver={() => {
          setRegister(null);
          go(undefined);
        }}
      />
    );
  }
  return (
    <ImportForm
      onStarted={(started, code) => {
        setRegister(started);
        go(code);
      }}
    />
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
            href: `${importPath()}${searchText({ tab: id === 'matches' ? id : undefined })}`,
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
