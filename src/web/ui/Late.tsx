import { type ComponentType, useEffect, useState } from 'react';
import { useShellWords } from '../words.ts';
import { Missing } from './Loaded.tsx';

/** What brings a part's scripts. */
type Load<Props> = () => Promise<ComponentType<Props>>;

/** Brings a part's scripts ahead of its being drawn, where there is a network. */
export function bring<Props>(load: Load<Props>): void {
  // Whatever does not come now is missed when it is drawn.
  if (navigator.onLine) load().catch(() => {});
}

/** What somebody does before they reach for anything. */
const signs = ['pointermove', 'pointerdown', 'keydown'] as const;

/** Brings a part's scripts at the first sign of somebody at the page, so that they don't hold up the page itself. */
export function useBringing<Props>(load: Load<Props>): void {
  useEffect(() => {
    const come = () => bring(load);
    for (const sign of signs) addEventListener(sign, come, { once: true });
    return () => {
      for (const sign of signs) removeEventListener(sign, come);
    };
  }, [load]);
}

/**
 * A part whose scripts come when it is drawn: nothing until they are there, which is at once when they were brought before.
 * Where they don't come it says so. A browser remembers of a script that it did not come, so only the page opened again helps;
 * the page around it stays as it is until then.
 */
export function Late<Props extends object>({ load, props }: { load: Load<Props>; props: Props }) {
  const t = useShellWords();
  const [Part, setPart] = useState<ComponentType<Props> | 'missing'>();
  useEffect(() => {
    load().then(
      (part) => setPart(() => part),
      () => setPart('missing'),
    );
  }, [load]);
  if (Part === undefined) return null;
  if (Part !== 'missing') return <Part {...props} />;
  return (
    <div className="fixed inset-x-4 bottom-4 z-50 mx-auto max-w-md rounded-lg bg-sheet text-start whitespace-normal shadow-lift">
      <Missing
        title={t('load.failed')}
        next={t('load.crashedNext')}
        onRetry={() => location.reload()}
      />
    </div>
  );
}
