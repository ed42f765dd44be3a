import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { type Answer, answer, api } from '../../web/api.ts';
import { Filter } from '../../web/form/Filter.tsx';
import { useFormats } from '../../web/format.ts';
import { casePath, type Search, visitPath, visitsPath } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, PageHead } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Tabs } from '../../web/ui/Tabs.tsx';
import { stages } from '../rules.ts';
import { Checklists } from './Checklists.tsx';
import { Coverage } from './Coverage.tsx';
import { Deviations } from './Deviations.tsx';
import { Escalations } from './Escalations.tsx';
import { FieldRecords } from './FieldRecords.tsx';
import { JointVisits } from './JointVisits.tsx';
import { Overrides } from './Overrides.tsx';
import { Phones } from './Phones.tsx';
import { Samples } from './Samples.tsx';
import { useWords, wordFor } from './words.ts';

type Visit = Answer<'/api/visits'>['items'][number];
type Gate = Answer<'/api/gates'>['items'][number];
type Stage = (typeof stages)[number];

function VisitLine({ visit, today }: { visit: Visit; today: string }) {
  const t = useWords();
  const { label, line, day } = useFormats();
  const late = visit.dueOn < today;
  return (
    <li className="border-b border-line p-3 last:border-b-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <AppLink className="link font-semibold" href={visitPath(visit.code)}>
          {visit.name}
        </AppLink>
        <Status meaning={late ? 'late' : 'waiting'}>
          {t('due', { day: day(visit.dueOn, 'short') })}
        </Status>
      </span>
      <span className="block text-sm">
        {line(wordFor(t, 'stage', visit.stage), wordFor(t, 'channel', visit.channel))}
      </span>
      <span className="block text-sm text-soft">
        {line(
          label(visit.assignee) || wordFor(t, 'state', visit.state),
          label(visit.agency.label),
          label(visit.county.label),
        )}
      </span>
    </li>
  );
}

function VisitList({ items, total }: { items: readonly Visit[]; total: number }) {
  const t = useWords();
  const { count } = useFormats();
  const today = useAccount()?.today ?? '';
  return (
    <>
      <p className="pb-2">{t('visitCount', { count: count(total) })}</p>
      <ul className="sheet">
        {items.map((visit) => (
          <VisitLine key={visit.code} visit={visit} today={today} />
        ))}
      </ul>
    </>
  );
}

function Visits({ search }: { search: Search }) {
  const t = useWords();
  const router = useRouter();
  const stage = stages.find((one) => one === search.stage) as Stage | undefined;
  const visits = useQuery({
    queryKey: ['visits', stage],
    queryFn: () => answer(api.GET('/api/visits', { params: { query: stage ? { stage } : {} } })),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className="grid gap-3 pb-4 sm:w-1/2 lg:w-1/3">
        <Filter
          label={t('stageAsked')}
          all={t('every')}
          options={stages.map((id) => ({ id, name: wordFor(t, 'stage', id) }))}
          value={stage}
          onChange={(id) =>
            void router.navigate({ href: visitsPath({ stage: id }), replace: true })
          }
        />
      </div>
      <Loaded query={visits} shape="table">
        {({ total, items }) =>
          items.length === 0 ? (
            <EmptyState icon="check" title={t('noVisits')} />
          ) : (
            <VisitList items={items} total={total} />
          )
        }
      </Loaded>
    </>
  );
}

function GateLine({ gate }: { gate: Gate }) {
  const t = useWords();
  const { label, line, toman, digits, day } = useFormats();
  return (
    <li className="border-b border-line p-3 last:border-b-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <AppLink className="link font-semibold" href={casePath(gate.caseCode)}>
          {gate.name}
        </AppLink>
        <Status meaning={gate.waitsFor === 'deviation' ? 'stopped' : 'waiting'}>
          {wordFor(t, 'waits', gate.waitsFor ?? '')}
        </Status>
      </span>
      <span className="block text-sm">
        {line(
          t('tranche', { number: digits(gate.tranche), amount: toman(gate.leftRial) }),
          gate.dueOn ? t('due', { day: day(gate.dueOn, 'short') }) : '',
        )}
      </span>
      <span className="block text-sm text-soft">
        {line(label(gate.occupation.label), label(gate.agency.label), label(gate.bank.label))}
      </span>
    </li>
  );
}

function Gates() {
  const t = useWords();
  const { count } = useFormats();
  const gates = useQuery({
    queryKey: ['gates'],
    queryFn: () => answer(api.GET('/api/gates')),
  });
  return (
    <Loaded query={gates} shape="table">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon="check" title={t('noGates')} />
        ) : (
          <>
            <p className="pb-2">{t('gateCount', { count: count(items.length) })}</p>
            <ul className="sheet">
              {items.map((gate) => (
                <GateLine key={gate.caseCode} gate={gate} />
              ))}
            </ul>
          </>
        )
      }
    </Loaded>
  );
}

const tabs = [
  ...(['visits', 'late', 'gates', 'deviations', 'coverage', 'samples', 'checklists'] as const),
  ...(['overrides', 'joint', 'records', 'phones'] as const),
];

/** What some of the tabs need, besides seeing the page. */
const needs: { readonly [tab: string]: string } = {
  samples: 'supervision.showSample',
  checklists: 'supervision.keepChecklist',
  records: 'supervision.settle',
  phones: 'supervision.settle',
};

function openTabs(permissions: readonly string[]) {
  return tabs.filter((id) => needs[id] === undefined || permissions.includes(needs[id]));
}

const others = {
  late: <Escalations />,
  gates: <Gates />,
  deviations: <Deviations />,
  coverage: <Coverage />,
  samples: <Samples />,
  checklists: <Checklists />,
  overrides: <Overrides />,
  joint: <JointVisits />,
  records: <FieldRecords />,
  phones: <Phones />,
};

/** The visits to be made, what each payment waits for, how far the three stages reach, and the ways round. */
export function VisitsPage() {
  const t = useWords();
  const router = useRouter();
  const search: Search = useSearch({ from: '/office/visits' });
  const { permissions = [] } = useAccount() ?? {};
  const may = permissions.includes('supervision.coverage');
  const open = openTabs(permissions);
  const panels = {
    ...others,
    visits: <Visits search={search} />,
  };
  useTitle(t('title'));
  if (!may) {
    return (
      <>
        <PageHead title={t('title')} />
        {panels.visits}
      </>
    );
  }
  return (
    <>
      <PageHead title={t('title')}>{t('about')}</PageHead>
      <Tabs
        label={t('title')}
        selected={open.find((id) => id === search.tab) ?? 'visits'}
        onSelect={(id) =>
          void router.navigate({ href: visitsPath({ tab: id === 'visits' ? undefined : id }) })
        }
        tabs={open.map((id) => ({ id, name: t(`tabs.${id}`), panel: panels[id] }))}
      />
    </>
  );
}
