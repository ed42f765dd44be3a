import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';

/** One line of a menu. */
export type MenuEntry = { id: string; name: ReactNode; onAction: () => void };

/** A button (the child) that opens a short list of things to do. */
export function Menu({
  label,
  trigger,
  entries,
}: {
  label: string;
  trigger: ReactNode;
  entries: readonly MenuEntry[];
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover
        placement="bottom end"
        className="min-w-52 rounded-lg border border-line bg-sheet p-1 shadow-lift"
      >
        <AriaMenu aria-label={label} className="outline-none">
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
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
