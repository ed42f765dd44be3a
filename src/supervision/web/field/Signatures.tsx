import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useFormats } from '../../../web/format.ts';
import { Button } from '../../../web/ui/Button.tsx';
import type { Signature } from '../../checklist-rules.ts';
import type { Answering } from './answering.ts';
import { Picture } from './Evidence.tsx';
import { Stopped } from './Field.tsx';
import { toBlob } from './picture.ts';
import { isFull } from './room.ts';
import { useWords } from './words.ts';

/** The pad's own size; it is shown as wide as the phone. */
const pad = { width: 640, height: 280 } as const;

const glass = 'w-full touch-none rounded-md border border-strong bg-[#fff]';

/** Draws with a finger or a pen. The page does not move while somebody signs. */
function usePad() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  const drawing = useRef(false);
  const pen = () => canvas.current?.getContext('2d') ?? undefined;
  const clear = () => {
    const tool = pen();
    if (!tool) return;
    tool.fillStyle = '#fff';
    tool.fillRect(0, 0, pad.width, pad.height);
    setDrawn(false);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pad begins white, once
  useEffect(clear, []);
  const at = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * pad.width;
    return [x, ((event.clientY - box.top) / box.height) * pad.height] as const;
  };
  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drawing.current = true;
    const tool = pen();
    tool?.beginPath();
    tool?.moveTo(...at(event));
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const tool = pen();
    if (!drawing.current || !tool) return;
    Object.assign(tool, { lineWidth: 4, lineCap: 'round', strokeStyle: '#14211f' });
    tool.lineTo(...at(event));
    tool.stroke();
    setDrawn(true);
  };
  const up = () => {
    drawing.current = false;
  };
  const on = { onPointerDown: down, onPointerMove: move, onPointerUp: up, onPointerCancel: up };
  return { canvas, drawn, clear, on };
}

function Line({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
}) {
  return (
    <label className="block">
      {label}
      <input
        value={value}
        maxLength={120}
        dir="auto"
        onChange={(event) => onChange(event.target.value)}
        className="field-box min-h-14!"
      />
    </label>
  );
}

type Parties = Answering['parties'];

/** For whom somebody signs: an agency that was asked to join, or anybody else by name. */
function ForWhom({
  parties,
  party,
  onParty,
}: {
  parties: Parties;
  party: string;
  onParty: (id: string) => void;
}) {
  const t = useWords();
  const { label } = useFormats();
  if (parties.length === 0) return null;
  return (
    <label className="block">
      {t('sign.party')}
      <select
        value={party}
        onChange={(event) => onParty(event.target.value)}
        className="field-box min-h-14!"
      >
        <option value="">{t('sign.other')}</option>
        {parties.map((one) => (
          <option key={one.id} value={one.id}>
            {label(one.label)}
          </option>
        ))}
      </select>
    </label>
  );
}

type Signed = (signature: Signature, image: Blob) => Promise<void>;

function Pad({ parties, onSigned }: { parties: Parties; onSigned: Signed }) {
  const t = useWords();
  const { canvas, drawn, clear, on } = usePad();
  const [name, setName] = useState('');
  const [organisation, setOrganisation] = useState('');
  const [party, setParty] = useState('');
  const { label } = useFormats();
  const agency = parties.find(({ id }) => id === party);
  const keep = async () => {
    if (!canvas.current) return;
    const image = await toBlob(canvas.current, 'image/png');
    const joined = agency && { party, organisation: label(agency.label) };
    await onSigned({ name: name.trim(), organisation: organisation.trim(), ...joined }, image);
  };
  return (
    <div className="grid gap-3 rounded-lg border border-strong p-3">
      <Line label={t('sign.name')} value={name} onChange={setName} />
      <ForWhom parties={parties} party={party} onParty={setParty} />
      {agency ? null : (
        <Line label={t('sign.organisation')} value={organisation} onChange={setOrganisation} />
      )}
      <canvas
        ref={canvas}
        {...pad}
        {...on}
        role="img"
        aria-label={t('sign.pad')}
        className={glass}
      />
      <div className="flex flex-wrap gap-2">
        <Button isDisabled={!drawn || name.trim() === ''} onPress={keep}>
          {t('sign.keep')}
        </Button>
        <Button look="quiet" onPress={clear}>
          {t('sign.clear')}
        </Button>
      </div>
    </div>
  );
}

/** Keeps a signature with its drawing, and says when the phone has no room for it. */
function useSigning({ question, value = [], vault, onAnswer, onPicture }: Signing) {
  const [signing, setSigning] = useState(false);
  const [full, setFull] = useState(false);
  const keep = async (signature: Signature, image: Blob) => {
    try {
      const bytes = await image.arrayBuffer();
      const sha256 = await vault.keepPhoto(bytes);
      const about = { bytes: bytes.byteLength, type: 'image/png', question: question.id } as const;
      onPicture({ sha256, ...about, takenAt: new Date().toISOString(), place: null });
      onAnswer([...value, { ...signature, sha256 }]);
      setSigning(false);
    } catch (error) {
      if (!isFull(error)) throw error;
      setFull(true);
    }
  };
  return { signing, begin: () => setSigning(true), full, keep };
}

type Signing = Answering<readonly Signature[]>;

/** Signatures on glass: who, for whom, and the drawing. */
export function Signatures(given: Signing) {
  const t = useWords();
  const { line } = useFormats();
  const { value = [], vault, onAnswer } = given;
  const { signing, begin, full, keep } = useSigning(given);
  const without = (at: number) => value.filter((_one, index) => index !== at);
  return (
    <div className="grid gap-3">
      {value.map(({ name, organisation, sha256 }, at) => (
        <div key={sha256 ?? name}>
          <p className="font-semibold">{line(name, organisation)}</p>
          {sha256 ? <Picture vault={vault} sha256={sha256} name={name} /> : null}
          <Button
            look="quiet"
            compact
            onPress={() => onAnswer(value.length > 1 ? without(at) : undefined)}
          >
            {t('sign.remove')}
          </Button>
        </div>
      ))}
      {full ? <Stopped>{t('photo.full')}</Stopped> : null}
      {signing ? (
        <Pad parties={given.parties} onSigned={keep} />
      ) : (
        <Button look="secondary" onPress={begin}>
          {t(value.length > 0 ? 'sign.another' : 'sign.take')}
        </Button>
      )}
    </div>
  );
}
