import { decimalWords } from '../../web/form/typed.ts';
import { useFormats } from '../../web/format.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { buttonClass } from '../../web/ui/Button.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { ActForm, ReasonField } from './ActForm.tsx';
import type { Cover } from './CoverForms.tsx';
import { Balances, EndDay, Months } from './Lists.tsx';
import { workMeaning } from './meanings.ts';
import { useWords, wordFor } from './words.ts';

type Part = { readonly it: Cover };

function Terms({ one }: { one: Cover['contracts'][number] }) {
  const t = useWords();
  const formats = useFormats();
  const signed = (['supporter', 'covered', 'agency'] as const).filter(
    (party) => one[`${party}SignedAt`] !== null,
  );
  const unit = (id: string) => wordFor(t, 'units', id);
  const kinds = formats.line(...one.deductions.map((id) => wordFor(t, 'deductions', id)));
  const percent = formats.percent(one.deductionLimitBp / 10_000);
  return (
    <>
      <p className="text-soft">
        {t('cover.version', {
          version: formats.digits(one.version),
          day: formats.day(one.fromOn),
        })}
      </p>
      {one.lines.map((line) => (
        <p key={line.productId} className="font-semibold">
          {t('cover.line', {
            product: line.product,
            unit: unit(line.unit),
            rate: formats.toman(line.rateRial),
            promised: `${decimalWords(formats, line.promised)} ${unit(line.unit)}`,
          })}
        </p>
      ))}
      <p>{t('cover.payTerm', { days: formats.count(one.payWithinDays) })}</p>
      {one.deductions.length > 0 ? <p>{t('cover.deductTerm', { kinds, percent })}</p> : null}
      <p className="pb-3 text-soft">
        {t('cover.signedBy', {
          parties: formats.line(...signed.map((party) => t(`cover.parties.${party}`))),
        })}
      </p>
    </>
  );
}

/** The newest version of the three-party contract, with who has signed it. */
export function Contract({ it }: Part) {
  const t = useWords();
  const [one] = it.contracts;
  if (!one) {
    return (
      <Sheet title={t('cover.contract')} id="contract">
        <p className="text-soft">{t('cover.noContract')}</p>
      </Sheet>
    );
  }
  return (
    <Sheet
      title={t('cover.contract')}
      id="contract"
      end={
        <Status meaning={workMeaning(one.state)}>{wordFor(t, 'contractStates', one.state)}</Status>
      }
    >
      <Terms one={one} />
      <a className={buttonClass('secondary', true)} href={`/api/covers/${it.code}/contract.pdf`}>
        <Icon name="download" />
        {t('cover.contractPdf')}
      </a>
      {(['accept', 'decline'] as const)
        .filter((act) => it.acts.includes(`supporters.${act}`))
        .map((act) => (
          <div key={act} className="pt-3">
            <ActForm of="covers" code={it.code} act={act} path={act} open />
          </div>
        ))}
    </Sheet>
  );
}

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
    rejected,
    money && `${money} ${t('toman')}`,
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
