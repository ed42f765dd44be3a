import type { ReactNode } from 'react';
import { useId } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
} from 'react-aria-components/Button';

/** How loud a button is: one primary in a view, quiet in a row of tools. */
export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger';

const looks: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent border-transparent hover:bg-accent-strong',
  secondary: 'bg-sheet text-accent border-accent hover:bg-accent-soft',
  quiet: 'bg-transparent text-ink border-transparent hover:bg-sunk',
  danger: 'bg-sheet text-stopped border-stopped hover:bg-stopped-soft',
};

/** The classes of a button, for links that must look like one. */
export function buttonClass(look: ButtonLook = 'primary', compact = false): string {
  const size = compact ? 'min-h-10 px-3 text-sm' : 'min-h-12 px-6';
  return `inline-flex items-center justify-center gap-2 rounded-md border font-semibold no-underline transition-colors select-none ${size} ${looks[look]}`;
}

type ButtonProps = Omit<AriaButtonProps, 'children' | 'className' | 'isPending'> & {
  children: ReactNode;
  look?: ButtonLook;
  compact?: boolean;
  /** What it began is not over yet; a second press does nothing. */
  pending?: boolean;
};

/** A button. */
export function Button({
  children,
  look = 'primary',
  compact = false,
  pending = false,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      {...(pending ? { onPress: () => {}, 'aria-disabled': true } : {})}
      className={`${buttonClass(look, compact)} aria-disabled:opacity-70 disabled:opacity-60`}
    >
      {children}
    </AriaButton>
  );
}

/** Buttons that cannot be pressed now, all for one reason; they stay in the keyboard's reach and say why. */
export function BlockedButtons({ why, names }: { why: string; names: readonly string[] }) {
  const id = useId();
  return (
    <div className="grid gap-2">
      <p id={id} className="text-sm text-soft">
        {why}
      </p>
      <div className="flex flex-wrap gap-2">
        {names.map((name) => (
          <button
            key={name}
            type="button"
            aria-disabled="true"
            aria-describedby={id}
            className="min-h-10 cursor-not-allowed rounded-md border border-dashed border-strong px-3 text-sm font-semibold text-soft"
          >
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}

/** A button that is only an icon; its word is its name. */
export function IconButton({
  label,
  children,
  ...rest
}: Omit<AriaButtonProps, 'children' | 'className' | 'aria-label'> & {
  label: string;
  children: ReactNode;
}) {
  return (
    <AriaButton
      {...rest}
      aria-label={label}
      className="inline-flex size-11 items-center justify-center rounded-md border border-transparent text-ink hover:bg-sunk disabled:opacity-40"
    >
      {children}
    </AriaButton>
  );
}
