import { useRouterState } from '@tanstack/react-router';
import { type FocusEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { overviewPath } from '../paths.ts';
import { AppLink } from '../ui/AppLink.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useShellWords } from '../words.ts';
import { type Entry, type Section, useEntries } from './menu-entries.ts';

/** More entries than this have a row of their own on a desktop. */
export const inOneRow = 4;

const lineClass =
  'flex min-h-12 w-full items-center gap-1 border-s-4 border-transparent px-3 text-ink no-underline hover:bg-sunk lg:border-s-0 lg:border-b-4';
const hereClass = 'border-accent! font-semibold';

type Line = { readonly current: string | undefined; readonly tall: boolean };

function SectionLink({ section, current, tall }: { section: Section } & Line) {
  const here = section.id === current;
  return (
    <AppLink
      href={section.href}
      {...(here ? { 'aria-current': 'page' as const } : {})}
      className={`${lineClass} ${here ? hereClass : ''} ${tall ? 'lg:min-h-16' : ''}`}
    >
      {section.name}
    </AppLink>
  );
}

type Group = Extract<Entry, { of: unknown }>;

/** Whether a list is open: Escape closes it, and so does going elsewhere, by page or by focus. */
function useDisclosure() {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const at = useRouterState({ select: (state) => state.location.href });
  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the list
  useEffect(() => setOpen(false), [at]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    setOpen(false);
    button.current?.focus();
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  return { open, button, onClick: () => setOpen(!open), around: { onKeyDown, onBlur } };
}

/** A button and the list that it opens. */
function SectionGroup({ group, current, tall }: { group: Group } & Line) {
  const { open, button, onClick, around } = useDisclosure();
  const list = useId();
  const here = group.of.some(({ id }) => id === current);
  return (
    <li className="relative" {...around}>
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-controls={list}
        onClick={onClick}
        className={`${lineClass} cursor-pointer ${here ? hereClass : ''} ${tall ? 'lg:min-h-16' : ''}`}
      >
        {group.name}
        <Icon name="down" size={16} />
      </button>
      <ul
        id={list}
        hidden={!open}
        className="bg-sheet ps-4 lg:absolute lg:start-0 lg:top-full lg:z-50 lg:min-w-56 lg:rounded-b-lg lg:border lg:border-line lg:ps-0 lg:shadow-lift"
      >
        {group.of.map((section) => (
          <li key={section.id}>
            <SectionLink section={section} current={current} tall={false} />
          </li>
        ))}
      </ul>
    </li>
  );
}

/** Where this account can go: few entries, the rest behind a button for each group. */
export function Sections({ sections, tall }: { sections: readonly Section[]; tall: boolean }) {
  const t = useShellWords();
  const entries = useEntries(sections);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const current = sections.find(
    ({ href }) => path === href || (href !== overviewPath() && path.startsWith(`${href}/`)),
  )?.id;
  return (
    <nav aria-label={t('nav.label')}>
      <ul className="flex flex-col lg:flex-row">
        {entries.map((entry) =>
          'of' in entry ? (
            <SectionGroup key={entry.id} group={entry} current={current} tall={tall} />
          ) : (
            <li key={entry.id}>
              <SectionLink section={entry} current={current} tall={tall} />
            </li>
          ),
        )}
      </ul>
    </nav>
  );
}
