import { decimalWords } from '../../web/form/typed.ts';
import { useFormats } from '../../web/format.ts';
import { useAccount } from '../../web/session.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { buttonClass } from '../../web/ui/Button.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { ActForm } from './ActForm.tsx';
import { workMeaning } from './meanings.ts';
import type { Cover } from './use-supporter.ts';
import { useWords, wordFor } from './words.ts';

type Version = Cover['contracts'][number];
type VersionProps = { readonly it: Cover; readonly one: Version };

function Terms({ one }: { one: Version }) {
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
      <p className="text-soft">
        {t('cover.signedBy', {
          parties: formats.line(...signed.map((party) => t(`cover.parties.${party}`))),
        })}
      </p>
    </>
  );
}

/** A version with its terms, who signed it, its paper, and what the covered person can say to it. */
function One({ it, one }: VersionProps) {
  const t = useWords();
  const formats = useFormats();
  const asked = one.state === 'offered' || one.state === 'accepted';
  const version = formats.digits(one.version);
  return (
    <div className="border-b border-line py-3 first:pt-0 last:border-b-0 last:pb-0">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="text-soft">
          {t('cover.version', { version, day: formats.day(one.fromOn) })}
        </span>
        <Status meaning={workMeaning(one.state)}>{wordFor(t, 'contractStates', one.state)}</Status>
      </p>
      <Terms one={one} />
      <a
        className={`${buttonClass('secondary', true)} mt-2`}
        href={`/api/covers/${it.code}/contract.pdf?version=${one.version}`}
      >
        <Icon name="download" />
        {t('cover.contractPdf', { version })}
      </a>
      {(['accept', 'decline'] as const)
        .filter((act) => asked && it.acts.includes(`supporters.${act}`))
        .map((act) => (
          <div key={act} className="pt-3">
            <ActForm of="covers" code={it.code} act={act} path={act} open />
          </div>
        ))}
    </div>
  );
}

/**
 * The three-party contract: an offer that waits for a signature and the version that holds today stand
 * open, every other version is folded beneath them.
 */
export function Contract({ it }: { it: Cover }) {
  const t = useWords();
  const { count } = useFormats();
  const today = useAccount()?.today ?? '';
  const offer = it.contracts.find(({ state }) => state === 'offered' || state === 'accepted');
  const holds =
    it.contracts.find(({ state, fromOn }) => state === 'in_force' && fromOn <= today) ??
    it.contracts.find(({ state }) => state === 'in_force');
  const shown = [offer, holds].filter((one) => one !== undefined);
  const others = it.contracts.filter((one) => !shown.includes(one));
  return (
    <Sheet title={t('cover.contract')} id="contract">
      {it.contracts.length === 0 ? <p className="text-soft">{t('cover.noContract')}</p> : null}
      {shown.map((one) => (
        <One key={one.version} it={it} one={one} />
      ))}
      {others.length > 0 ? (
        <details className="pt-3" open={shown.length === 0}>
          <summary className="w-fit font-semibold text-accent">
            {t('cover.otherVersions', { count: count(others.length) })}
          </summary>
          <div className="pt-3">
            {others.map((one) => (
              <One key={one.version} it={it} one={one} />
            ))}
          </div>
        </details>
      ) : null}
    </Sheet>
  );
}
