import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { compactKey } from '../../../kit/persian-text.ts';
import { useFormats } from '../../../web/format.ts';
import { fieldPath } from '../../../web/paths.ts';
import { EmptyState, PageHead } from '../../../web/ui/Blocks.tsx';
import { useLive } from './app-state.ts';
import { placeOf, unplannedDraft } from './draft.ts';
import { Frame, type Opened } from './Frame.tsx';
import type { Pack, PackPlan } from './shapes.ts';
import { packRow } from './vault.ts';
import { useWords, wordFor } from './words.ts';

/** More than this is nothing to look through on a phone. */
const shown = 30;

function Plan({ plan, onPress }: { plan: PackPlan; onPress: () => void }) {
  const t = useWords();
  const { label, line } = useFormats();
  return (
    <li className="border-b border-line last:border-b-0">
      <button type="button" onClick={onPress} className="grid min-h-16 w-full p-3 text-start">
        <span className="text-lg font-semibold">{plan.name}</span>
        <span>{placeOf(plan, label)}</span>
        <span className="text-sm text-soft">
          {line(wordFor(t, 'stage', plan.stage), label(plan.occupation.label))}
        </span>
      </button>
    </li>
  );
}

function Plans({ opened, pack }: { opened: Opened; pack: Pack }) {
  const t = useWords();
  const { label } = useFormats();
  const router = useRouter();
  const [text, setText] = useState('');
  const key = compactKey(text);
  const found = pack.plannable.filter((plan) =>
    compactKey(`${plan.name} ${plan.address ?? ''} ${label(plan.county.label)}`).includes(key),
  );
  const begin = async (plan: PackPlan) => {
    const draft = unplannedDraft(plan, pack, label);
    if (!draft) return;
    await opened.vault.keepDraft(draft);
    await router.navigate({ href: fieldPath(`visits/${draft.id}`) });
  };
  return (
    <>
      <label className="block pb-4">
        {t('unplanned.search')}
        <input
          value={text}
          dir="auto"
          onChange={(event) => setText(event.target.value)}
          className="field-box min-h-14! text-lg"
        />
      </label>
      {found.length === 0 ? <EmptyState icon="search" title={t('unplanned.none')} /> : null}
      <ul className={found.length > 0 ? 'sheet' : ''}>
        {found.slice(0, shown).map((plan) => (
          <Plan key={plan.caseCode} plan={plan} onPress={() => void begin(plan)} />
        ))}
      </ul>
    </>
  );
}

function Body({ opened }: { opened: Opened }) {
  const t = useWords();
  const pack = useLive(packRow, opened.vault, (box) => opened.vault.openPack(box));
  return (
    <>
      <PageHead title={t('unplanned.title')}>{t('unplanned.about')}</PageHead>
      {pack ? <Plans opened={opened} pack={pack} /> : null}
    </>
  );
}

/** A visit that nobody had planned: to a plan whose next look is due. */
export function NewVisitPage() {
  const t = useWords();
  return (
    <Frame title={t('unplanned.title')} back={fieldPath()}>
      {(opened) => <Body opened={opened} />}
    </Frame>
  );
}
