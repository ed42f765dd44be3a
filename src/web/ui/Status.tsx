import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

/** The four meanings a state can have for the person who waits for it. */
export type Meaning = 'waiting' | 'done' | 'stopped' | 'late';

const signs: Record<Meaning, { icon: IconName; look: string }> = {
  waiting: { icon: 'clock', look: 'text-waiting bg-waiting-soft' },
  done: { icon: 'check', look: 'text-done bg-done-soft' },
  stopped: { icon: 'stop', look: 'text-stopped bg-stopped-soft' },
  late: { icon: 'alert', look: 'text-late bg-late-soft' },
};

/** A state: its colour, its icon and its word, the same everywhere. */
export function Status({ meaning, children }: { meaning: Meaning; children: ReactNode }) {
  const { icon, look } = signs[meaning];
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded px-2 text-sm leading-7 font-semibold whitespace-nowrap ${look}`}
    >
      <Icon name={icon} size={16} />
      {children}
    </span>
  );
}
