import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answer, api } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { visitPath } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { visitMeaning } from './meanings.ts';
import { OverrideForm, PlanForm } from './PlanForm.tsx';
import { useWords, wordFor } from './words.ts';

type Supervised = Answer<'/api/cases/{code}/supervision'>;
type Visit = Supervised['visits'][number];
type Override = Supervised['overrides'][number];

function GateWords({ gate }: { gate: NonNullable<Supervised['gate']> }) {
  const t = useWords();
  const { toman, digits } = useFormats();
  return (
    <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 pb-4">
      <span className="font-semibold">
        {t('ofCase.tranche', { number: digits(gate.tranche), amount: toman(gate.leftRial) })}
      </span>
      <Status meaning={gate.open ? 'done' : gate.waitsFor === 'deviation' ? 'stopped' : 'waiting'}>
        {gate.open ? t('ofCase.open') : wordFor(t, 'ofCase.waits', gate.waitsFor ?? '')}
      </Status>
    </p>
  );
}

function VisitLine({ visit, linked }: { visit: Visit; linked: boolean }) {
  const t = useWords();
  const { day, label, line } = useFormats();
  const title = line(
    wordFor(t, 'stage', visit.stage),
    wordFor(t, 'channel', visit.channel),
    visit.isRevisit ? t('ofCase.again') : '',
  );
  const when = visit.visitedOn
    ? t('ofCase.on', { day: day(visit.visitedOn) })
    : t('due', { day: day(visit.dueOn) });
  return (
    <li className="border-b border-line py-2 last:border-b-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        {linked ? (
          <AppLink className="link font-semibold" href={visitPath(visit.code)}>
            {title}
          </AppLink>
        ) : (
          <span className="font-semibold">{title}</span>
        )}
        <Status meaning={visitMeaning(visit.state)}>{wordFor(t, 'state', visit.state)}</Status>
      </span>
      <span className="block text-sm text-soft">
        {line(when, visit.assignee ? t('ofCase.by', { name: label(visit.assignee) }) : '')}
      </span>
      {visit.deviation ? (
        <span className="block text-stopped">{wordFor(t, 'deviation', visit.deviation)}</span>
      ) : null}
      {visit.note ? <span className="block">{visit.note}</span> : null}
    </li>
  );
}

const overrideWords = {
  asked: 'ofCase.asked',
  granted: 'ofCase.granted',
  refused: 'ofCase.refused',
} as const;

function OverrideLine({ it }: { it: Override }) {
  const t = useWords();
  const { digits } = useFormats();
  return (
    <li className="border-b border-line py-2 last:border-b-0">
      {t('ofCase.override', { number: digits(it.tranche), reason: it.reason })}
      <span className="block">
        <Status meaning={it.state === 'asked' ? 'waiting' : 'late'}>
          {t(overrideWords[it.state as keyof typeof overrideWords])}
        </Status>
      </span>
    </li>
  );
}

function Acts({ code, it }: { code: string; it: Supervised }) {
  const t = useWords();
  const { permissions = [] } = useAccount() ?? {};
  const [open, setOpen] = useState<'plan' | 'override' | null>(null);
  const plans = permissions.includes('supervision.plan') && it.plannable.length > 0;
  const asked = it.overrides.some(({ state }) => state === 'asked');
  const asks =
    permissions.includes('supervision.askOverride') && it.gate && !it.gate.open && !asked;
  if (!plans && !asks) return null;
  const close = () => setOpen(null);
  return (
    <div className="grid gap-4 pt-4">
      <div className="flex flex-wrap gap-3">
        {plans ? (
          <Button look="secondary" onPress={() => setOpen('plan')}>
            {t('ofCase.planOne')}
          </Button>
        ) : null}
        {asks ? (
          <Button look="quiet" onPress={() => setOpen('override')}>
            {t('ofCase.askOverride')}
          </Button>
        ) : null}
      </div>
      {open === 'plan' ? <PlanForm code={code} stages={it.plannable} onDone={close} /> : null}
      {open === 'override' ? <OverrideForm code={code} onDone={close} /> : null}
    </div>
  );
}

function Body({ code, it }: { code: string; it: Supervised }) {
  const t = useWords();
  const { day, digits } = useFormats();
  const linked = useAccount()?.permissions.includes('supervision.list') ?? false;
  return (
    <>
      {it.gate ? <GateWords gate={it.gate} /> : null}
      {it.paidWithoutGate.map(({ number, paidOn }) => (
        <p key={`${number} ${paidOn}`} className="pb-2">
          <Status meaning="late">
            {t('ofCase.ungated', { number: digits(number), day: day(paidOn) })}
          </Status>
        </p>
      ))}
      {it.visits.length === 0 ? <p className="text-soft">{t('ofCase.none')}</p> : null}
      <ul>
        {it.visits.map((visit) => (
          <VisitLine key={visit.code} visit={visit} linked={linked} />
        ))}
        {it.overrides.map((one) => (
          <OverrideLine key={one.code} it={one} />
        ))}
      </ul>
      <Acts code={code} it={it} />
    </>
  );
}

/** What the next tranche waits for, and every visit to the plan; nothing where there is no plan to look at. */
export function VisitsPanel({ code }: { code: string }) {
  const t = useWords();
  const query = useQuery({
    queryKey: ['case', code, 'supervision'],
    queryFn: () => answer(api.GET('/api/cases/{code}/supervision', { params: { path: { code } } })),
  });
  const { data } = query;
  if (data && !data.gate && data.visits.length + data.plannable.length === 0) return null;
  return (
    <Sheet title={t('ofCase.title')} id="supervision">
      <Loaded query={query} shape="line">
        {(it) => <Body code={code} it={it} />}
      </Loaded>
    </Sheet>
  );
}
