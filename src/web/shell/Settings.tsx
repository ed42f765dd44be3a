import { useRouter } from '@tanstack/react-router';
import { Button as AriaButton } from 'react-aria-components/Button';
import { useLocaleSwitch } from '../locale.tsx';
import { accountPath } from '../paths.ts';
import { type Account, useSignOut } from '../session.ts';
import { setTheme, type Theme, useTheme } from '../theme.ts';
import { buttonClass } from '../ui/Button.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Menu } from '../ui/Menu.tsx';
import { useShellWords } from '../words.ts';

const themes: readonly [Theme, IconName][] = [
  ['system', 'screen'],
  ['light', 'sun'],
  ['dark', 'moon'],
];

/** The other language, named in itself. */
export function LanguageButton() {
  const t = useShellWords();
  const { lang, setLang } = useLocaleSwitch();
  const other = lang === 'fa' ? 'en' : 'fa';
  return (
    <AriaButton className={buttonClass('quiet', true)} onPress={() => setLang(other)}>
      <span lang={other}>{t('settings.other')}</span>
    </AriaButton>
  );
}

/** Light, dark, or as the device. */
export function ThemeMenu() {
  const t = useShellWords();
  const theme = useTheme();
  const icon = themes.find(([name]) => name === theme)?.[1] ?? 'screen';
  return (
    <Menu
      label={t('settings.theme')}
      name={`${t('settings.theme')}: ${t(`settings.${theme}`)}`}
      face={<Icon name={icon} />}
      entries={themes.map(([name, sign]) => ({
        id: name,
        onAction: () => setTheme(name),
        name: (
          <>
            <Icon name={sign} />
            <span className={name === theme ? 'font-semibold' : ''}>{t(`settings.${name}`)}</span>
          </>
        ),
      }))}
    />
  );
}

/** Who is signed in, and the way out. */
export function AccountMenu({ account }: { account: Account }) {
  const t = useShellWords();
  const signOut = useSignOut();
  const router = useRouter();
  const { lang } = useLocaleSwitch();
  return (
    <Menu
      label={t('account.menu', { name: account.name[lang] })}
      face={
        <>
          <Icon name="user" />
          <span className="grid min-w-0 text-start leading-5">
            <span className="truncate">{account.name[lang]}</span>
            <span className="truncate text-xs font-normal text-soft">
              {account.organisation?.label[lang] ?? account.province.label[lang]}
            </span>
          </span>
          <Icon name="down" size={16} />
        </>
      }
      entries={[
        {
          id: 'account',
          name: t('account.own'),
          onAction: () => void router.navigate({ href: accountPath() }),
        },
        { id: 'out', name: t('account.signOut'), onAction: () => void signOut() },
      ]}
    />
  );
}
