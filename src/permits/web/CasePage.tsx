import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useFormats } from '../../web/format.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { PageHead, Sheet, SummaryList } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Code, Day } from '../../web/ui/Values.tsx';
import { type Case, caseQuery, type Panels } from './case.ts';
import { Clearances } from './decision/Clearances.tsx';
import { History } from './History.tsx';
import { Versions } from './life/Versions.tsx';
import { Neighbours } from './Neighbours.tsx';
import { SentApplication } from './Sent.tsx';
import { Where } from './Where.tsx';
import { useWords, wordFor } from './words.ts';

/** Who the case is about, and where they live. */
export function Person({ it }: { it: Case }) {
  const t = useWords();
  const { label } = useFormats();
  const { person, household } = it;
  return (
    <Sheet title={t('case.person')} id="person">
      <SummaryList
        rows={[
          [t('column.name'), person.name],
          [t('column.nationalId'), <Code key="id">{person.nationalId}</Code>],
          [t('case.fatherName'), person.fatherName],
          [t('case.birthOn'), person.birthOn ? <Day key="born" iso={person.birthOn} /> : null],
          [t('case.sex'), wordFor(t, 'sex', person.sex)],
          [t('case.mobile'), person.mobile ? <Code key="mobile">{person.mobile}</Code> : null],
          [t('column.county'), label(household.county.label)],
          [t('case.area'), wordFor(t, 'area', household.area)],
          [t('case.address'), household.address],
          [
            t('case.postalCode'),
            household.postalCode ? <Code key="post">{household.postalCode}</Code> : null,
          ],
        ]}
      />
    </Sheet>
  );
}

/** What the permit says, or will say. */
export function Permit({ it }: { it: Case }) {
  const t = useWords();
  const { label } = useFormats();
  const { permit } = it;
  const day = (iso: string | null | undefined) => (iso ? <Day key={iso} iso={iso} /> : null);
  return (
    <Sheet title={t('case.permit')} id="permit">
      {permit ? null : <p className="pb-2 text-soft">{t('case.noPermit')}</p>}
      <SummaryList
        rows={[
          [t('column.permitNumber'), permit ? <Code key="number">{permit.number}</Code> : null],
          [t('column.occupation'), label(it.occupation.label)],
          [t('column.agency'), label(it.agency.label)],
          [t('column.kind'), wordFor(t, 'kind', it.kind)],
          [t('case.submittedOn'), day(it.submittedOn)],
          [t('case.issuedOn'), day(permit?.issuedOn)],
          [t('case.validUntil'), day(permit?.validUntil)],
          [t('case.revokedOn'), day(permit?.revokedOn)],
        ]}
      />
      {permit ? <Versions code={it.code} permit={permit} /> : null}
    </Sheet>
  );
}

/** A case, and what slices that this one does not know show of it; `beside` names those that stand under the person. */
type Shown = { readonly it: Case; readonly panels: Panels; readonly beside: readonly string[] };

/** Where a panel stands in one column, whichever it is in of two. */
const places = ['order-3', 'order-4', 'order-5', 'order-6', 'order-7', 'order-8'] as const;

/** Two columns of sheets on a wide screen; on a narrow one, one column in the order of the programme. */
function Facts({ it, panels, beside }: Shown) {
  const all = Object.entries(panels).map(([id, Panel], nth) => ({
    isBeside: beside.includes(id),
    sheet: (
      <div key={id} className={`${places[nth] ?? places.at(-1)} grid gap-6 empty:hidden`}>
        <Panel code={it.code} kind={it.kind} />
      </div>
    ),
  }));
  return (
    <div className="grid items-start gap-6 xl:grid-cols-2">
      <div className="contents items-start gap-6 xl:grid">
        <div className="order-1">
          <Person it={it} />
        </div>
        {all.filter(({ isBeside }) => isBeside).map(({ sheet }) => sheet)}
      </div>
      <div className="contents items-start gap-6 xl:grid">
        <div className="order-2">
          <Permit it={it} />
        </div>
        {all.filter(({ isBeside }) => !isBeside).map(({ sheet }) => sheet)}
      </div>
    </div>
  );
}

function CaseBody({ it, ...shown }: Shown) {
  const t = useWords();
  const { label, line } = useFormats();
  useTitle(t('case.title', { name: it.person.name }));
  return (
    <>
      <PageHead title={it.person.name} end={<Neighbours code={it.code} />}>
        {line(label(it.occupation.label), label(it.household.county.label))}
        {it.person.demonstration ? (
          <p>
            <Status meaning="late">{t('case.demonstration')}</Status>
          </p>
        ) : null}
      </PageHead>
      <div className="grid items-start gap-6 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <Where it={it} />
        <div className="grid min-w-0 gap-6">
          <Clearances it={it} />
          <SentApplication code={it.code} />
          <Facts it={it} {...shown} />
          {it.history.length > 0 ? <History it={it} /> : null}
        </div>
      </div>
    </>
  );
}

/** The whole case: where it is, who holds it, since when and what unlocks it, always in the same corner. */
export function CasePage(shown: Omit<Shown, 'it'>) {
  const { code } = useParams({ from: '/office/cases/$code' });
  const found = useQuery(caseQuery(code));
  return (
    <Loaded query={found} shape="page">
      {(it) => <CaseBody key={it.code} it={it} {...shown} />}
    </Loaded>
  );
}
