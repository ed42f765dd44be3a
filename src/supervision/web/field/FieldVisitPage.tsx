import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useFormats } from '../../../web/format.ts';
import { fieldPath } from '../../../web/paths.ts';
import { EmptyState, PageHead, Sheet, SummaryList } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { Code } from '../../../web/ui/Values.tsx';
import { useLive } from './app-state.ts';
import { correctionOf, draftOf, placeOf } from './draft.ts';
import { Frame, type Opened } from './Frame.tsx';
import { RecordLine } from './RecordLine.tsx';
import { type Draft, type KeptRecord, type Pack, type PackVisit, settledStates } from './shapes.ts';
import { useBegun } from './use-draft.ts';
import { VisitForm } from './VisitForm.tsx';
import { database, packRow } from './vault.ts';
import { useWords, wordFor } from './words.ts';

/** The address, and where somebody stood who was there before, for the phone's own map. */
function Home({ visit }: { visit: PackVisit }) {
  const t = useWords();
  const { label } = useFormats();
  const { spot } = visit;
  return (
    <span className="grid gap-1">
      {placeOf(visit, label)}
      {spot ? (
        <a className="link" href={`geo:${spot.latE6 / 1e6},${spot.lonE6 / 1e6}`}>
          {t('about.map')}
        </a>
      ) : null}
    </span>
  );
}

function About({ visit }: { visit: PackVisit }) {
  const t = useWords();
  const { label, digits, day, toman } = useFormats();
  const { mobile, toldBefore } = visit;
  return (
    <Sheet>
      <SummaryList
        rows={[
          [t('about.address'), <Home key="address" visit={visit} />],
          [
            t('about.mobile'),
            mobile ? (
              <a key="mobile" className="link" href={`tel:${mobile}`}>
                <Code>{mobile}</Code>
              </a>
            ) : null,
          ],
          [t('about.occupation'), label(visit.occupation.label)],
          [t('about.agency'), label(visit.agency.label)],
          [t('about.due'), day(visit.dueOn)],
          [t('about.tranche'), visit.tranche === null ? null : digits(visit.tranche)],
          [t('about.approved'), toman(visit.approvedRial)],
          [t('about.paid'), toman(visit.paidRial)],
          [
            t('about.permit'),
            visit.permitNumber ? <Code key="permit">{visit.permitNumber}</Code> : null,
          ],
        ]}
      />
      {toldBefore ? (
        <p className="pt-3">
          <span className="block text-soft">{t('about.toldBefore')}</span>
          {toldBefore}
        </p>
      ) : null}
    </Sheet>
  );
}

type Known = { readonly pack: Pack | undefined; readonly records: readonly KeptRecord[] };

function useKnown({ vault }: Opened, id: string): Known | undefined {
  return useLive(
    () => Promise.all([packRow(), database.records.orderBy('seq').toArray()]),
    vault,
    async ([box, rows]) => {
      const [pack, records] = await Promise.all([vault.openPack(box), vault.openRecords(rows)]);
      return { pack, records: records.filter(({ draft }) => draft.id === id) };
    },
  );
}

function Recorded({ last, onCorrect }: { last: KeptRecord; onCorrect: () => void }) {
  const t = useWords();
  return (
    <div className="grid gap-4 pt-4">
      <ul className="sheet">
        <RecordLine record={last} />
      </ul>
      <p className="text-soft">{t('correct.about')}</p>
      <Button look="secondary" onPress={onCorrect}>
        {t('correct.begin')}
      </Button>
    </div>
  );
}

function Filling({ opened, begun, pack }: { opened: Opened; begun: Draft; pack: Pack }) {
  const t = useWords();
  const router = useRouter();
  const checklist = pack.checklists.find(({ id }) => id === begun.checklist);
  if (!checklist) return <EmptyState icon="alert" title={t('form.noChecklist')} />;
  return (
    <VisitForm
      vault={opened.vault}
      checklist={checklist}
      begun={begun}
      onDone={() => void router.navigate({ href: fieldPath() })}
    />
  );
}

/** Whether a visit is still to be made: nothing was recorded, or the office has opened it anew since. */
function isOpen(visit: PackVisit, last: KeptRecord | undefined): boolean {
  return !last || (settledStates.includes(last.state) && visit.base !== last.draft.base);
}

function Body({ opened, id }: { opened: Opened; id: string }) {
  const t = useWords();
  const { label } = useFormats();
  const [corrected, setCorrected] = useState<Draft>();
  const known = useKnown(opened, id);
  const begun = useBegun(opened.vault, id);
  if (known === undefined || begun === undefined) return null;
  const { pack, records } = known;
  const visit = pack?.visits.find(({ code }) => code === id);
  const last = records.at(-1);
  const draft =
    begun ?? corrected ?? (visit && isOpen(visit, last) ? draftOf(visit, label) : undefined);
  const name = visit?.name ?? draft?.name ?? last?.draft.name;
  const stage = visit?.stage ?? draft?.stage ?? last?.draft.stage;
  if (!pack || name === undefined) {
    return <EmptyState icon="search" title={t('form.unknown')} as="h1" />;
  }
  const correct = async () => {
    if (!last) return;
    const correction = correctionOf(last);
    await opened.vault.keepDraft(correction);
    setCorrected(correction);
  };
  return (
    <>
      <PageHead title={name}>{wordFor(t, 'stage', stage ?? '')}</PageHead>
      {visit ? <About visit={visit} /> : null}
      <div className="pt-8">
        {draft ? <Filling opened={opened} begun={draft} pack={pack} /> : null}
        {!draft && last ? <Recorded last={last} onCorrect={() => void correct()} /> : null}
      </div>
    </>
  );
}

/** One visit: what is known of it, its checklist, or what was recorded and can be put right. */
export function FieldVisitPage({ code }: { code: string }) {
  const t = useWords();
  return (
    <Frame title={t('form.title')} back={fieldPath()}>
      {(opened) => <Body opened={opened} id={code} />}
    </Frame>
  );
}
