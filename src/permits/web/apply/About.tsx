import { useFormats } from '../../../web/format.ts';
import { SummaryList } from '../../../web/ui/Blocks.tsx';
import type { About as Told } from './draft.ts';
import { useApplyWords } from './words.ts';

type Limit = Told['days']['agency'];

/** A limit in words: so many days, or working days. */
export function useLimitWords() {
  const t = useApplyWords();
  const { count } = useFormats();
  return ({ value, unit }: Limit): string =>
    t(unit === 'days' ? 'about.days' : 'about.workingDays', { days: count(value) });
}

/** What an occupation asks for: who decides, how long it takes, what to bring. */
export function About({ about }: { about: Told }) {
  const t = useApplyWords();
  const { label, line, count } = useFormats();
  const limit = useLimitWords();
  const { days } = about;
  const [agency, directorate] = [limit(days.agency), limit(days.directorate)];
  const time = days.clearance
    ? t('about.stepsClearance', { agency, directorate, clearance: limit(days.clearance) })
    : t('about.steps', { agency, directorate });
  const grade = `about.${about.grade}` as 'about.automatic';
  return (
    <>
      <SummaryList
        rows={[
          [t('about.agency'), label(about.agency.label)],
          [t('about.clearances'), line(...about.clearances.map((one) => label(one.label)))],
          [t('about.grade'), t.has(grade) ? t(grade) : null],
          [t('about.time'), time],
          [t('about.validity'), t('about.months', { months: count(about.validityMonths) })],
        ]}
      />
      <h3 className="pt-4">{t('about.documents')}</h3>
      <ul className="list-disc ps-6">
        {about.documents.map((document) => (
          <li key={document.number}>
            {label(document.label)}
            {document.menOnly ? <span className="text-soft"> ({t('about.menOnly')})</span> : null}
          </li>
        ))}
      </ul>
    </>
  );
}
