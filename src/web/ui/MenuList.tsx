import type { ReactNode, RefObject } from 'react';
import { Menu, MenuItem, Popover } from 'react-aria-components/Menu';

/** One line of a menu. */
export type MenuEntry = { id: string; name: ReactNode; onAction: () => void };

/** The open list of a menu, at its button. */
export function MenuList({
  label,
  button,
  entries,
  from,
  onClose,
}: {
  label: string;
  button: RefObject<HTMLButtonElement | null>;
  entries: readonly MenuEntry[];
  from: 'first' | 'last';
  onClose: () => void;
}) {
  return (
    <Popover
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
      triggerRef={button}
      trigger="MenuTrigger"
      placement="bottom end"
      className="min-w-52 rounded-lg border border-line bg-sheet p-1 shadow-lift"
    >
      <Menu aria-label={label} autoFocus={from} onClose={onClose} className="outline-none">
        {entries.map((entry) => (
          <MenuItem
            key={entry.id}
            id={entry.id}
            onAction={entry.onAction}
            className="flex min-h-11 cursor-pointer items-center gap-3 rounded px-3 outline-none data-[focused]:bg-accent-soft"
          >
            {entry.name}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  );
}
