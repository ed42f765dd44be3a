import { useEffect, useId, useState } from 'react';
import { useFormats } from '../../../web/format.ts';
import { Button, buttonClass } from '../../../web/ui/Button.tsx';
import type { Answering } from './answering.ts';
import { usePhone } from './app-state.ts';
import { Stopped } from './Field.tsx';
import { shrink, useSpotWords, whereAmI } from './picture.ts';
import { isFull } from './room.ts';
import type { Vault } from './vault.ts';
import { useWords } from './words.ts';

/** A kept picture as something to look at; empty once the phone forgot it. */
function usePicture(vault: Vault, sha256: string): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    let gone = false;
    void vault.photo(sha256).then((bytes) => {
      if (!bytes || gone) return;
      made = URL.createObjectURL(new Blob([bytes]));
      setUrl(made);
    });
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [vault, sha256]);
  return url;
}

/** A picture that the phone keeps. */
export function Picture({ vault, sha256, name }: { vault: Vault; sha256: string; name: string }) {
  const url = usePicture(vault, sha256);
  const look = 'h-32 w-full rounded-md border border-line bg-sunk object-contain';
  return url ? <img src={url} alt={name} className={look} /> : <div className={look} />;
}

/** Takes a photo: shrunk, stamped with time and place, kept sealed before it is shown. */
function useTaking({
  question,
  value = [],
  onAnswer,
  onPicture,
  vault,
}: Answering<readonly string[]>) {
  const t = useWords();
  const { instant, line } = useFormats();
  const spotWords = useSpotWords();
  const clockOffMs = usePhone()?.clockOffMs ?? 0;
  const [state, setState] = useState<'still' | 'busy' | 'full' | 'failed'>('still');
  const take = async (file: File) => {
    setState('busy');
    try {
      const [now, place] = [new Date(), await whereAmI()];
      const { day, time } = instant(new Date(now.getTime() + clockOffMs).toISOString());
      const where = place ? spotWords(place) : t('photo.nowhere');
      const bytes = await shrink(file, line(day, time, where));
      const sha256 = await vault.keepPhoto(bytes);
      const about = { type: 'image/jpeg', question: question.id } as const;
      onPicture({ sha256, bytes: bytes.byteLength, ...about, takenAt: now.toISOString(), place });
      onAnswer([...value.filter((one) => one !== sha256), sha256]);
      setState('still');
    } catch (error) {
      setState(isFull(error) ? 'full' : 'failed');
    }
  };
  return { state, take };
}

type Taking = ReturnType<typeof useTaking>;

/** The phone's camera, as large as a thumb. */
function Camera({ state, take, first }: Taking & { first: boolean }) {
  const t = useWords();
  const id = useId();
  return (
    <label htmlFor={id} className={`${buttonClass('secondary')} cursor-pointer`}>
      {state === 'busy' ? t('photo.busy') : t(first ? 'photo.take' : 'photo.another')}
      <input
        id={id}
        type="file"
        accept="image/*"
        capture="environment"
        className="sr-only"
        disabled={state === 'busy'}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) void take(file);
        }}
      />
    </label>
  );
}

/** Photos as evidence: taken with the phone's camera, each to be looked at and taken out again. */
export function Photos(given: Answering<readonly string[]>) {
  const t = useWords();
  const { digits } = useFormats();
  const { value = [], vault, onAnswer } = given;
  const taking = useTaking(given);
  const without = (sha256: string) => value.filter((one) => one !== sha256);
  return (
    <div className="grid gap-3">
      <ul className="grid grid-cols-2 gap-3">
        {value.map((sha256, at) => (
          <li key={sha256}>
            <Picture vault={vault} sha256={sha256} name={t('photo.name', { at: digits(at + 1) })} />
            <Button
              look="quiet"
              compact
              isDisabled={taking.state === 'busy'}
              onPress={() => onAnswer(value.length > 1 ? without(sha256) : undefined)}
            >
              {t('photo.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {taking.state === 'full' ? <Stopped>{t('photo.full')}</Stopped> : null}
      {taking.state === 'failed' ? <Stopped>{t('photo.failed')}</Stopped> : null}
      <Camera {...taking} first={value.length === 0} />
    </div>
  );
}
