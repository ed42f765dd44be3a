import { useFormats } from '../../../web/format.ts';
import { buttonClass } from '../../../web/ui/Button.tsx';
import { type Meaning, Status } from '../../../web/ui/Status.tsx';
import { Day } from '../../../web/ui/Values.tsx';
import type { Case } from '../case.ts';
import { useWords, wordFor } from '../words.ts';
import { useLifeWords } from './words.ts';

type Permit = NonNullable<Case['permit']>;
type Version = Permit['versions'][number];

const meanings: { readonly [status: string]: Meaning } = { valid: 'done', expired: 'late' };

/** What a permit is worth by its last version. */
function PermitStatus({ status }: { status: string }) {
  const life = useLifeWords();
  const key = `status.${status}` as Parameters<typeof life>[0];
  return (
    <Status meaning={meanings[status] ?? 'stopped'}>
      {life.has(key) ? String(life.raw(key)) : status}
    </Status>
  );
}

function VersionLine({ one }: { one: Version }) {
  const t = useWords();
  const life = useLifeWords();
  const { label, line, count, day } = useFormats();
  const verb = wordFor(t, 'verb', one.verb);
  const title = life('version', {
    version: count(one.version),
    verb: one.takesBack ? life('takesBack', { verb }) : verb,
  });
  return (
    <li className="grid gap-1 border-t border-line py-3">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-semibold">{title}</span>
        <PermitStatus status={one.status} />
      </p>
      <p className="text-sm text-soft">
        {life('validity', { from: day(one.validFrom), until: day(one.validUntil) })}
      </p>
      <p className="text-sm">
        {line(label(one.occupation.label), label(one.county.label), one.address ?? '')}
      </p>
      {one.conditions.length > 0 ? (
        <p className="text-sm">
          {life('conditions')}: {one.conditions.join('؛ ')}
        </p>
      ) : null}
    </li>
  );
}

/** Who or what approved each part of the permit as it stands. */
function Approvals({ one }: { one: Version }) {
  const t = useWords();
  const life = useLifeWords();
  const { label, day } = useFormats();
  return (
    <ul className="grid gap-1 text-sm">
      {one.approvals.map((approval) => (
        <li key={`${approval.verb} ${approval.on}`}>
          {life('approvedBy', {
            verb: wordFor(t, 'verb', approval.verb),
            who: approval.actor ? label(approval.actor) : life('byRule'),
            day: day(approval.on),
          })}
        </li>
      ))}
    </ul>
  );
}

/** The permit's paper, who approved it, and all that it has said, newest first. */
export function Versions({ code, permit }: { code: string; permit: Permit }) {
  const life = useLifeWords();
  const newest = permit.versions.at(-1);
  return (
    <div className="grid gap-3 pt-3">
      <p className="flex flex-wrap items-center gap-3">
        {life('worth')}: <PermitStatus status={permit.status} />
        <span className="text-sm text-soft">
          {life('renewableFrom')} <Day iso={permit.renewableFrom} short />
        </span>
      </p>
      {newest ? <Approvals one={newest} /> : null}
      <p className="no-print flex flex-wrap gap-3">
        <a className={buttonClass('secondary', true)} href={`/api/permits/${code}/permit.pdf`}>
          {life('paper')}
        </a>
        <a className={buttonClass('quiet', true)} href={`/p/${encodeURIComponent(permit.number)}`}>
          {life('check')}
        </a>
      </p>
      {permit.versions.length > 1 ? (
        <details>
          <summary className="cursor-pointer">{life('versions')}</summary>
          <ol className="pt-2">
            {permit.versions.toReversed().map((one) => (
              <VersionLine key={one.version} one={one} />
            ))}
          </ol>
        </details>
      ) : null}
    </div>
  );
}
