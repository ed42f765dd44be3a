import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Menu, MenuItem } from 'react-aria-components/Menu';
import { Dialog } from 'react-aria-components/Modal';
import { Input, SearchField } from 'react-aria-components/SearchField';
import { compactKey } from '../../kit/persian-text.ts';
import { useLocaleSwitch } from '../locale.tsx';
import { casesPath } from '../paths.ts';
import { useAccount, useSignOut } from '../session.ts';
import { setTheme } from '../theme.ts';
import { Over } from '../ui/Over.tsx';
import { useShellWords } from '../words.ts';
import { useSections } from './menu-entries.ts';

type Command = { id: string; name: string; run: () => void };

function useCommands(text: string): Command[] {
  const t = useShellWords();
  const router = useRouter();
  const account = useAccount();
  const sections = useSections(account);
  const { lang, setLang } = useLocaleSwitch();
  const signOut = useSignOut();
  const go = (href: string) => () => void router.navigate({ href });
  const all: Command[] = [
    ...sections.map(({ id, href, name }) => ({ id, name, run: go(href) })),
    {
      id: 'language',
      name: t('settings.other'),
      run: () => setLang(lang === 'fa' ? 'en' : 'fa'),
    },
    {
      id: 'light',
      name: `${t('settings.theme')}: ${t('settings.light')}`,
      run: () => setTheme('light'),
    },
    {
      id: 'dark',
      name: `${t('settings.theme')}: ${t('settings.dark')}`,
      run: () => setTheme('dark'),
    },
    ...(account ? [{ id: 'out', name: t('account.signOut'), run: () => void signOut() }] : []),
  ];
  const key = compactKey(text);
  const found = all.filter((command) => compactKey(command.name).includes(key));
  const search: Command = {
    id: 'search',
    name: t('palette.search', { text: text.trim() }),
    run: go(casesPath({ q: text.trim() })),
  };
  return key && account ? [...found, search] : found;
}

function Found({ commands, onRun }: { commands: readonly Command[]; onRun: (id: string) => void }) {
  const t = useShellWords();
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={t('palette.title')}
      className="max-h-[50dvh] overflow-y-auto"
    >
      <Menu
        aria-label={t('palette.title')}
        items={commands}
        className="p-2 outline-none"
        renderEmptyState={() => <p className="p-3 text-soft">{t('palette.nothing')}</p>}
        onAction={(id) => onRun(String(id))}
      >
        {(command) => (
          <MenuItem
            id={command.id}
            textValue={command.name}
            className="flex min-h-11 cursor-pointer items-center rounded px-3 outline-none data-[focused]:bg-accent-soft data-[focused]:font-semibold"
          >
            {command.name}
          </MenuItem>
        )}
      </Menu>
    </section>
  );
}

function Box({ onClose }: { onClose: () => void }) {
  const t = useShellWords();
  const [text, setText] = useState('');
  const commands = useCommands(text);
  const run = (id: string) => {
    commands.find((command) => command.id === id)?.run();
    onClose();
  };
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField aria-label={t('palette.title')} autoFocus>
        <Input
          dir="auto"
          placeholder={t('palette.hint')}
          className="min-h-14 w-full border-b border-line bg-sheet px-4 text-ink outline-none placeholder:text-soft [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      <Found commands={commands} onRun={run} />
    </Autocomplete>
  );
}

/** One box to go anywhere and find anyone, opened by Ctrl+K (⌘K). */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const t = useShellWords();
  return (
    <Over onClose={onClose} place="items-start px-4 pt-[10dvh]" look="overflow-hidden rounded-lg">
      <Dialog aria-label={t('palette.title')} className="outline-none">
        <Box onClose={onClose} />
        <p className="border-t border-line px-4 py-2 text-sm text-soft">{t('palette.keys')}</p>
      </Dialog>
    </Over>
  );
}
