import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../../web/format.ts';
import { EmptyState, Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { type Meaning, Status } from '../../../web/ui/Status.tsx';
import { Day, FileName } from '../../../web/ui/Values.tsx';
import { type BankFile, filesQuery } from './bank-files.ts';
import { useWords } from './words.ts';

/** What people call the messages. */
const kinds: Readonly<Record<string, 'report' | 'statement' | 'notification'>> = {
  'pain.002': 'report',
  'camt.053': 'statement',
  'camt.054': 'notification',
};

function meaningOf({ state, waiting }: BankFile): Meaning {
  if (state === 'refused') return 'stopped';
  return state === 'waiting' || waiting > 0 ? 'waiting' : 'done';
}

function FileLine({ it }: { it: BankFile }) {
  const t = useWords();
  const { label, count, line } = useFormats();
  const counts = {
    ...{ lines: count(it.lines), matched: count(it.matched) },
    ...{ waiting: count(it.waiting), decided: count(it.decided) },
  };
  const kind = it.kind === null ? null : t(`files.kind.${kinds[it.kind] ?? 'plain'}`);
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <p className="flex flex-wrap items-center gap-3">
        <span className="font-semibold">
          <FileName name={it.fileName} />
        </span>
        <Status meaning={meaningOf(it)}>{t(`files.state.${it.state as 'read'}`)}</Status>
      </p>
      <p className="text-sm text-soft">
        {line(label(it.bank.label), kind)} <Day iso={it.receivedAt.slice(0, 10)} />
      </p>
      {it.state === 'read' ? <p>{t('files.counts', counts)}</p> : null}
      {it.problem ? (
        <p className="text-stopped">
          {it.problem.title} {it.problem.next}
        </p>
      ) : null}
    </li>
  );
}

/** The files that came, with how many of their lines got which verdict, or why they were refused. */
export function FileList() {
  const t = useWords();
  const files = useQuery(filesQuery);
  return (
    <Sheet title={t('files.list')} id="bank-files">
      <Loaded query={files} shape="table">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="file" title={t('files.empty')} />
          ) : (
            <ul>
              {items.map((it) => (
                <FileLine key={it.code} it={it} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Sheet>
  );
}
