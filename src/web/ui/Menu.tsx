import { type ReactNode, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { buttonClass } from './Button.tsx';
import { bring, Late } from './Late.tsx';
import type { MenuEntry } from './MenuList.tsx';

// A list brings more scripts than most pages: they come when somebody reaches for one.
const load = async () => (await import('./MenuList.tsx')).MenuList;
const reach = () => bring(load);

/** A button that opens a short list of things to do; `name` says it where its face doesn't. */
export function Menu({
  label,
  name,
  face,
  entries,
}: {
  label: string;
  name?: string;
  face: ReactNode;
  entries: readonly MenuEntry[];
}) {
  const button = useRef<HTMLButtonElement>(null);
  const [from, setFrom] = useState<'first' | 'last'>();
  return (
    <>
      <AriaButton
        ref={button}
        {...(name === undefined ? {} : { 'aria-label': name })}
        aria-haspopup="menu"
        aria-expanded={from !== undefined}
        className={`${buttonClass('quiet', true)} max-w-full`}
        onHoverStart={reach}
        onFocus={reach}
        onPress={() => setFrom('first')}
        onKeyDown={({ key }) => {
          if (key === 'ArrowDown') setFrom('first');
          if (key === 'ArrowUp') setFrom('last');
        }}
      >
        {face}
      </AriaButton>
      {from === undefined ? null : (
        <Late
          load={load}
          props={{ label, button, entries, from, onClose: () => setFrom(undefined) }}
        />
      )}
    </>
  );
}
