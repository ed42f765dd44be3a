import { Outlet, useRouterState } from '@tanstack/react-router';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { fieldPath } from '../paths.ts';
import { Late } from '../ui/Late.tsx';
import { useShellWords } from '../words.ts';
import { Header } from './Header.tsx';

const loadPalette = async () => (await import('./CommandPalette.tsx')).CommandPalette;

/** Sets the title of the browser's window: the page's name, then the product's. */
export function useTitle(name: string): void {
  const t = useShellWords();
  const product = t('product');
  useEffect(() => {
    document.title = name ? `${name} · ${product}` : product;
  }, [name, product]);
}

/** Moves the focus to the new page's beginning, so that a screen reader starts to read there. */
function useFocusOnArrival(main: RefObject<HTMLElement | null>): void {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new path is an arrival
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [path]);
}

/** Ctrl+K (⌘K) by the key's place, so that it works on a Persian keyboard too. */
function usePaletteKey(onOpen: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.code === 'KeyK') {
        event.preventDefault();
        onOpen();
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [onOpen]);
}

function SkipLink({ main }: { main: RefObject<HTMLElement | null> }) {
  const t = useShellWords();
  return (
    // biome-ignore lint/a11y/useValidAnchor: it is a link to the main part, which takes the focus too
    <a
      href="#main"
      className="absolute start-4 -top-24 z-50 rounded-md bg-sheet px-4 py-2 text-accent focus:top-2"
      onClick={(event) => {
        event.preventDefault();
        main.current?.focus();
      }}
    >
      {t('skip')}
    </a>
  );
}

/** What is around every page; the inspector's app, which works without a network, has its own. */
export function Shell() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const inField = path === fieldPath() || path.startsWith(`${fieldPath()}/`);
  return inField ? <FieldShell /> : <WholeShell />;
}

function FieldShell() {
  const main = useRef<HTMLElement>(null);
  useFocusOnArrival(main);
  return (
    <main ref={main} id="main" tabIndex={-1} className="outline-none focus-visible:shadow-none">
      <Outlet />
    </main>
  );
}

function WholeShell() {
  const main = useRef<HTMLElement>(null);
  const [palette, setPalette] = useState(false);
  const openPalette = useCallback(() => setPalette(true), []);
  useFocusOnArrival(main);
  usePaletteKey(openPalette);
  return (
    <>
      <SkipLink main={main} />
      <Header onPalette={openPalette} />
      <main
        ref={main}
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-7xl px-4 pt-6 pb-16 outline-none focus-visible:shadow-none focus-visible:outline-none sm:pt-8"
      >
        <Outlet />
      </main>
      {palette ? <Late load={loadPalette} props={{ onClose: () => setPalette(false) }} /> : null}
    </>
  );
}
