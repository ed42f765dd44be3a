import type { ReactNode } from 'react';
import { useShellWords } from '../words.ts';
import { Icon, type IconName } from './Icon.tsx';
import { type Meaning, Status } from './Status.tsx';

/** A page's head: its name, a line under it, and what stands at its end. */
export function PageHead({
  title,
  children,
  end,
}: {
  title: ReactNode;
  children?: ReactNode;
  end?: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-2 pb-6">
      <div className="min-w-0">
        <h1>{title}</h1>
        {children ? <div className="text-soft">{children}</div> : null}
      </div>
      {end}
    </div>
  );
}

/** A titled part of a page on its own sheet. */
export function Sheet({
  title,
  children,
  end,
  id,
}: {
  title?: ReactNode;
  children: ReactNode;
  end?: ReactNode;
  id?: string;
}) {
  return (
    <section className="sheet p-4 sm:p-6" aria-labelledby={id}>
      {title ? (
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 pb-4">
          <h2 id={id}>{title}</h2>
          {end}
        </div>
      ) : null}
      {children}
    </section>
  );
}

/** Names and their values, as on a form that has been filled in. Rows without a value are left out. */
export function SummaryList({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl>
      {rows
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div
            key={name}
            className="grid grid-cols-[minmax(6rem,2fr)_3fr] gap-x-4 border-b border-line py-2 last:border-b-0"
          >
            <dt className="text-soft">{name}</dt>
            <dd className="min-w-0 font-semibold">{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** Steps of a task, each with its state: what is done, what waits, what cannot be begun. */
export function TaskList({
  tasks,
}: {
  tasks: readonly { name: string; note?: ReactNode; meaning?: Meaning; word?: string }[];
}) {
  return (
    <ol>
      {tasks.map((task) => (
        <li
          key={task.name}
          className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line py-2 last:border-b-0"
        >
          <span className={task.meaning ? 'font-semibold' : 'text-soft'}>
            {task.name}
            {task.note ? (
              <span className="block text-sm font-normal text-soft">{task.note}</span>
            ) : null}
          </span>
          {task.meaning && task.word ? <Status meaning={task.meaning}>{task.word}</Status> : null}
        </li>
      ))}
    </ol>
  );
}

/** An empty page teaches the first step. */
export function EmptyState({
  icon,
  title,
  as: Title = 'p',
  children,
}: {
  icon: IconName;
  title: string;
  /** `h1` where the page has nothing else. */
  as?: 'p' | 'h1';
  children?: ReactNode;
}) {
  return (
    <div className="grid justify-items-center gap-2 px-4 py-12 text-center">
      <span className="text-accent">
        <Icon name={icon} size={48} />
      </span>
      <Title className="text-lg font-semibold">{title}</Title>
      {children ? <div className="max-w-prose text-soft">{children}</div> : null}
    </div>
  );
}

const heights = {
  line: 'h-7',
  figure: 'h-36',
  chart: 'h-80',
  table: 'h-[28rem]',
  page: 'h-[70dvh]',
} as const;

/** The place of what is being loaded, in its real size, so that nothing jumps. */
export function Skeleton({ shape = 'line' }: { shape?: keyof typeof heights }) {
  const t = useShellWords();
  return (
    <div role="status" className={`animate-pulse rounded-lg bg-sunk ${heights[shape]}`}>
      <span className="sr-only">{t('load.loading')}</span>
    </div>
  );
}

/** How far a long task has come, 0 to 1, in words as well as length; runs with the text's direction. */
export function Progress({ share, label, word }: { share: number; label: string; word: string }) {
  return (
    <div>
      <div className="flex justify-between gap-4 pb-1">
        <span>{label}</span>
        <span className="tabular-nums">{word}</span>
      </div>
      <progress
        max={1}
        value={share}
        aria-label={label}
        className="block h-3 w-full appearance-none overflow-hidden rounded bg-sunk [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunk [&::-webkit-progress-value]:bg-accent [&::-webkit-progress-value]:transition-[width]"
      />
    </div>
  );
}
