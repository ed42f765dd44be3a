import { decimalWords } from '../../web/form/typed.ts';
import { useFormats } from '../../web/format.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { ActForm, ReasonField } from './ActForm.tsx';
import { Balances, EndDay, Months } from './Lists.tsx';
import { workMeaning } from './meanings.ts';
import type { Cover } from './use-supporter.ts';
import { useWords, wordFor } from './words.ts';

type Part = { readonly it: Cover };

/** Where the material is that the person got. */
export function Materials({ it }: Part) {
  const t = useWords();
  const title = t(it.side === 'covered' ? 'cover.materials' : 'cover.materialsOf');
  return (
    <Sheet title={title} id="materials">
      {it.balances.length === 0 ? (
        <p className="text-soft">{t('cover.noMaterials')}</p>
      ) : (
        <>
          <Balances rows={it.balances} onHand={title} />
          <p className="pt-2 text-sm text-soft">{t('supporter.law')}</p>
        </>
      )}
    </Sheet>
  );
}

/** What was earned, paid and left each month, with its statement. */
export function Pay({ it }: Part) {
  const t = useWords();
  const { day } = useFormats();
  const states = new Map(it.months.map((one) => [one.month, one]));
  return (
    <Sheet title={t('cover.months')} id="months">
      {it.months.length === 0 ? (
        <p className="text-soft">{t('supporter.noMonths')}</p>
      ) : (
        <Months
          rows={it.months}
          end={({ month }) => {
            const one = states.get(month);
            if (!one) return null;
            return (
              <span className="grid justify-items-start gap-1">
                <Status meaning={workMeaning(one.state)}>
                  {wordFor(t, 'payStates', one.state)}
                </Status>
                {one.state === 'due' || one.state === 'late' ? (
                  <span className="text-sm whitespace-nowrap text-soft">
                    {t('cover.dueOn', { day: day(one.dueOn, 'short') })}
                  </span>
                ) : null}
                <a
                  className="link text-sm"
                  href={`/api/covers/${it.code}/statement.pdf?month=${month}`}
                >
                  {t('cover.statement')}
                </a>
              </span>
            );
          }}
        />
      )}
    </Sheet>
  );
}

type Entry = Cover['entries'][number];

/** What an entry is about, on one line. */
function useEntryWords(entry: Entry): string {
  const t = useWords();
  const formats = useFormats();
  const deduction = entry.verb === 'supporters.deduct';
  const amount =
    entry.amount !== null && entry.unit !== null
      ? `${decimalWords(formats, entry.amount)} ${wordFor(t, 'units', entry.unit)}`
      : '';
  const rejected = entry.rejected
    ? t('cover.rejectedToo', { amount: decimalWords(formats, entry.rejected) })
    : '';
  const money = entry.rial && !entry.verb.endsWith('scrap') ? formats.toman(entry.rial) : '';
  const words = formats.line(
    deduction ? wordFor(t, 'deductions', entry.what) : entry.what,
    amount,
    entry.quality ? wordFor(t, 'qualities', entry.quality) : '',
    rejected,
    money && `${money} ${t('toman')}`,
    entry.note,
    entry.reason,
  );
  return entry.takenBack ? `${words} (${t('cover.takenBack')})` : words;
}

function EntryLine({ it, entry }: Part & { entry: Entry }) {
  const t = useWords();
  const words = useEntryWords(entry);
  return (
    <li className={`border-b border-line py-2 ${entry.takenBack ? 'line-through' : ''}`}>
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-semibold">
          {wordFor(t, 'verb', entry.verb.slice('supporters.'.length))}
        </span>
        <EndDay iso={entry.happenedOn} />
      </span>
      <span className="block text-sm">{words}</span>
      {it.acts.includes('supporters.takeBack') && !entry.takenBack ? (
        <ActForm
          of="covers"
          code={it.code}
          act="takeBack"
          path="take-back"
          toBody={({ reason }) => ({ stepId: entry.stepId, reason })}
        >
          <ReasonField />
        </ActForm>
      ) : null}
    </li>
  );
}

/** Every entry of the person's ledger, the newest first. */
export function Ledger({ it }: Part) {
  const t = useWords();
  return (
    <Sheet title={t('cover.ledger')} id="ledger">
      {it.entries.length === 0 ? <p className="text-soft">{t('cover.noEntries')}</p> : null}
      <ul>
        {it.entries.map((entry) => (
          <EntryLine key={entry.stepId} it={it} entry={entry} />
        ))}
      </ul>
    </Sheet>
  );
}
