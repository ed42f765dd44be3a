import type { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useFormats } from '../../web/format.ts';
import { casePath } from '../../web/paths.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Day } from '../../web/ui/Values.tsx';
import { More } from './More.tsx';
import type { QueueLine } from './queue-data.ts';
import { State } from './State.tsx';
import { type useClaims, useMayWork } from './use-claims.ts';
import { useWords } from './words.ts';

/** As many as one batch may hold. */
const batchLimit = 100;

type Rows = {
  readonly lines: readonly QueueLine[];
  readonly wide: boolean;
  readonly chosen: string | undefined;
  readonly marked: readonly QueueLine[];
  readonly toggle: (code: string) => void;
  readonly choose: (code: string) => void;
};

function Due({ line }: { line: QueueLine }) {
  const t = useWords();
  if (!line.dueOn) return null;
  return line.late ? (
    <Status meaning="late">
      <span className="sr-only">{t('column.dueOn')}</span>
      <Day iso={line.dueOn} short />
    </Status>
  ) : (
    <span className="text-sm text-soft">
      {t('column.dueOn')} <Day iso={line.dueOn} short />
    </span>
  );
}

/** Who is working on the case. */
function Claimed({ line }: { line: QueueLine }) {
  const t = useWords();
  const { label } = useFormats();
  if (!line.claim) return null;
  return (
    <span className="flex items-center gap-1 text-sm text-soft">
      <Icon name="user" size={16} />
      {line.claim.mine ? t('queue.yours') : t('queue.by', { name: label(line.claim.by) })}
    </span>
  );
}

function Name({ line, wide, choose }: Pick<Rows, 'wide' | 'choose'> & { line: QueueLine }) {
  if (!wide) {
    return (
      <AppLink href={casePath(line.code)} data-row-link className="link font-semibold">
        {line.name}
      </AppLink>
    );
  }
  return (
    <button
      type="button"
      data-row-link
      className="text-start font-semibold text-accent hover:underline"
      onClick={() => choose(line.code)}
    >
      {line.name}
    </button>
  );
}

/** The mark for acting on many; a bank has no such act. */
function MarkBox({ line, marked, toggle }: Pick<Rows, 'marked' | 'toggle'> & { line: QueueLine }) {
  const t = useWords();
  if (!useMayWork()) return null;
  return (
    <input
      type="checkbox"
      className="mt-1 size-5 shrink-0 accent-accent"
      aria-label={t('queue.mark', { name: line.name })}
      checked={marked.some(({ code }) => code === line.code)}
      onChange={() => toggle(line.code)}
    />
  );
}

function Row({ line, ...rows }: Rows & { line: QueueLine }) {
  const t = useWords();
  const { label, line: facts } = useFormats();
  const current = rows.chosen === line.code;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <li
      ref={row}
      {...(current ? { 'aria-current': 'true' as const } : {})}
      className="flex scroll-my-4 gap-3 border-b border-line p-3 last:border-b-0 aria-[current=true]:bg-accent-soft aria-[current=true]:shadow-[inset_4px_0_0_var(--accent)] rtl:aria-[current=true]:shadow-[inset_-4px_0_0_var(--accent)]"
    >
      <MarkBox line={line} {...rows} />
      <div className="grid min-w-0 justify-items-start gap-1">
        <Name line={line} wide={rows.wide} choose={rows.choose} />
        <span className="text-sm text-soft">
          {facts(label(line.occupation.label), label(line.county.label))}
        </span>
        <span className="flex flex-wrap items-center gap-2">
          {line.planState && line.holder === 'bank' ? (
            <State of="plan" state={line.planState} />
          ) : (
            <State state={line.state} />
          )}
          <Due line={line} />
        </span>
        {line.escalated ? <Status meaning="late">{t('queue.tab.escalated')}</Status> : null}
        <Claimed line={line} />
      </div>
    </li>
  );
}

type Claims = ReturnType<typeof useClaims>;
type Mark = (codes: readonly string[]) => void;

/** Taking the next case in turn or this one, and marking all. */
function Tools({ claims, mark, lines, chosen, marked }: Rows & { claims: Claims; mark: Mark }) {
  const t = useWords();
  const { count } = useFormats();
  const codes = lines.slice(0, batchLimit).map(({ code }) => code);
  const current = lines.find(({ code }) => code === chosen);
  const { pending } = claims;
  return (
    <div className="flex flex-wrap items-center gap-2 pb-3">
      <Button look="secondary" compact pending={pending} onPress={claims.next}>
        {t('queue.next')}
      </Button>
      {current ? (
        <Button look="quiet" compact pending={pending} onPress={() => claims.change(current)}>
          {current.claim?.mine ? t('queue.release') : t('queue.claim')}
        </Button>
      ) : null}
      <Button look="quiet" compact onPress={() => mark(marked.length === 0 ? codes : [])}>
        {marked.length === 0
          ? t('queue.markAll', { count: count(codes.length) })
          : t('queue.markNone')}
      </Button>
    </div>
  );
}

/** What waits, one under the other: marks for acting on many, and the case that is looked at. */
export function QueueList({
  queue,
  total,
  claims,
  mark,
  ...rows
}: Rows & {
  queue: Pick<
    ReturnType<typeof useInfiniteQuery>,
    'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage' | 'isPlaceholderData'
  >;
  total: number;
  claims: Claims;
  mark: Mark;
}) {
  const t = useWords();
  return (
    <div
      className={`lg:sticky lg:top-20 lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto ${queue.isPlaceholderData ? 'opacity-60' : ''}`}
    >
      {useMayWork() ? <Tools claims={claims} mark={mark} {...rows} /> : null}
      <ul className="sheet" aria-label={t('queue.title')}>
        {rows.lines.map((line) => (
          <Row key={line.code} line={line} {...rows} />
        ))}
      </ul>
      <More list={queue} shown={rows.lines.length} total={total} />
    </div>
  );
}
