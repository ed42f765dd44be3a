import { useQueryClient } from '@tanstack/react-query';
import { useFormats } from '../../../web/format.ts';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { buttonClass } from '../../../web/ui/Button.tsx';
import { DocumentSlot, sentUnder } from './DocumentSlot.tsx';
import { type Draft, draftQuery, nextStep, usePlaces } from './draft.ts';
import { useApplyWords } from './words.ts';

/** A place for each document that the occupation asks for. */
export function DocumentsStep({ draft }: { draft: Draft }) {
  const t = useApplyWords();
  const { label } = useFormats();
  const places = usePlaces();
  const queries = useQueryClient();
  const done = () => queries.invalidateQueries({ queryKey: draftQuery(draft.code).queryKey });
  return (
    <div className="grid justify-items-start gap-6">
      <p className="text-soft">{t('documents.hint')}</p>
      <ul className="sheet w-full px-4">
        {(draft.about?.documents ?? []).map((one) => (
          <DocumentSlot
            key={one.number}
            name={label(one.label)}
            target={{ draft: draft.code, number: one.number }}
            sent={sentUnder(draft.documents, one.number)}
            onDone={() => void done()}
          />
        ))}
      </ul>
      <AppLink
        href={places.step(draft.code, nextStep(draft, 'documents'))}
        className={buttonClass('primary')}
      >
        {t('draft.next')}
      </AppLink>
    </div>
  );
}
