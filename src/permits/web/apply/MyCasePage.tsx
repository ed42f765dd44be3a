import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { Answer } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { myPath } from '../../../web/paths.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { PageHead, Sheet, SummaryList } from '../../../web/ui/Blocks.tsx';
import { buttonClass } from '../../../web/ui/Button.tsx';
import { Icon } from '../../../web/ui/Icon.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { Code, Day } from '../../../web/ui/Values.tsx';
import { type Case, caseQuery, type Panels } from '../case.ts';
import { Documents, OnBehalf } from '../Sent.tsx';
import { State } from '../State.tsx';
import { applicationQuery } from './application.ts';
import { Correction, isOpen, Refusal, Withdraw } from './CaseActs.tsx';
import { Chain } from './Chain.tsx';
import { Openings } from './Openings.tsx';
import { useApplyWords } from './words.ts';

type Application = Answer<'/api/cases/{code}/application'>;

/** One case as its applicant understands it: where it is, whose turn it is, and what they can do. */
export function MyCasePage({ panels }: { panels: Panels }) {
  const t = useApplyWords();
  const { code = '' } = useParams({ strict: false });
  const query = useQuery(caseQuery(code));
  useTitle(t('my.title'));
  return (
    <div className="mx-auto max-w-2xl">
      <AppLink href={myPath()} className="link mb-2 inline-flex min-h-12 items-center gap-1">
        <Icon name="back" />
        {t('my.title')}
      </AppLink>
      <Loaded query={query} shape="page">
        {(it) => <Parts it={it} panels={panels} />}
      </Loaded>
    </div>
  );
}

function Parts({ it, panels }: { it: Case; panels: Panels }) {
  const t = useApplyWords();
  const { label } = useFormats();
  const query = useQuery(applicationQuery(it.code));
  const refused = ['refused', 'objected', 'upheld'].includes(it.state);
  return (
    <div className="grid gap-6">
      <PageHead title={t('case.title', { occupation: label(it.occupation.label) })}>
        <State state={it.state} />
      </PageHead>
      {it.permit ? <Permit it={it} permit={it.permit} /> : null}
      {Object.entries(panels).map(([id, Panel]) => (
        <Panel key={id} code={it.code} kind={it.kind} />
      ))}
      {isOpen(it, 'permits.correct') ? <Correction it={it} /> : null}
      {refused ? <Refusal it={it} /> : null}
      <Loaded query={query} shape="figure">
        {(application) => <Sent it={it} application={application} />}
      </Loaded>
      {isOpen(it, 'permits.withdraw') ? <Withdraw it={it} /> : null}
      <Openings code={it.code} />
    </div>
  );
}

/** The application behind the case: who filled it in, how far it is, what was sent with it. */
function Sent({ it, application }: { it: Case; application: Application }) {
  const t = useApplyWords();
  return (
    <>
      <OnBehalf application={application} />
      {application.identity === 'unconfirmed' ? (
        <p>
          <Status meaning="waiting">{t('identity.unconfirmed')}</Status>{' '}
          {t('identity.unconfirmedHint')}
        </p>
      ) : null}
      <Chain it={it} about={application.about} />
      <Documents documents={application.documents} />
    </>
  );
}

function Permit({ it, permit }: { it: Case; permit: NonNullable<Case['permit']> }) {
  const t = useApplyWords();
  return (
    <Sheet title={t('case.permit')} id="permit">
      <SummaryList
        rows={[
          [t('case.number'), <Code key="number">{permit.number}</Code>],
          [t('case.until'), <Day key="until" iso={permit.validUntil} />],
        ]}
      />
      <p className="flex flex-wrap gap-3 pt-4">
        <a className={buttonClass('primary')} href={`/api/permits/${it.code}/permit.pdf`}>
          <Icon name="download" />
          {t('case.download')}
        </a>
        <a className={buttonClass('secondary')} href={`/p/${permit.number}`}>
          {t('case.public')}
        </a>
      </p>
    </Sheet>
  );
}
