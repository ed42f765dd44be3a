import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answer, api } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { casePath } from '../../web/paths.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Code } from '../../web/ui/Values.tsx';
import { type Job, JobActs } from './JobActs.tsx';
import { RegisterForm } from './RegisterForm.tsx';
import { jobMeaning, useWords, wordFor } from './words.ts';

type Jobs = Answer<'/api/cases/{code}/jobs'>;

/** How far the promise has come: four numbers that never stand for one another. */
function Stages({ it }: { it: Jobs }) {
  const t = useWords();
  const { count } = useFormats();
  const stages = ['expected', 'registered', 'verified', 'alive'] as const;
  return (
    <dl className="grid grid-cols-4 gap-px overflow-hidden rounded-lg border border-line bg-line">
      {stages.map((id) => (
        <div key={id} className="flex flex-col-reverse bg-sheet p-2 text-center">
          <dt className="text-sm text-soft">{t(`panel.${id}`)}</dt>
          <dd className="text-xl font-bold">{count(it[id])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What is known of the job's life, a line each. */
function useLife(job: Job): string[] {
  const t = useWords();
  const { day, label, percent } = useFormats();
  const on = (iso: string | null) => (iso ? day(iso, 'short') : '');
  const by = { day: on(job.verifiedOn), way: wordFor(t, 'way', job.through ?? '') };
  const { insurance } = job;
  return [
    job.registeredBy ? t('panel.registeredBy', { name: label(job.registeredBy) }) : '',
    job.verifiedOn && job.through === 'sms' ? t('panel.verifiedSelf', by) : '',
    job.verifiedOn && job.through !== 'sms'
      ? t('panel.verifiedBy', { ...by, name: label(job.verifiedBy) })
      : '',
    job.aliveOn ? t('panel.aliveOn', { day: on(job.aliveOn) }) : '',
    job.endedOn ? t('panel.ended', { day: on(job.endedOn), reason: job.endReason ?? '' }) : '',
    job.asked === 'open' ? t('panel.asked') : '',
    job.asked === 'no' ? t('panel.saidNo') : '',
    insurance
      ? t('panel.insurance', {
          ...{ number: insurance.number, day: on(insurance.paidUntil) },
          rate: percent(insurance.rateBp / 10_000),
          state: percent(insurance.stateBp / 10_000),
        })
      : '',
  ].filter((line) => line !== '');
}

function Others({ job }: { job: Job }) {
  const t = useWords();
  const { day, label } = useFormats();
  return (
    <>
      {job.others.map((other) => {
        const words = t('panel.other', {
          agency: label(other.agency?.label),
          province: label(other.province.label),
          day: day(other.since, 'short'),
        });
        return (
          <p key={`${other.province.id} ${other.caseCode} ${other.since}`} className="text-late">
            {other.caseCode ? (
              <AppLink className="link" href={casePath(other.caseCode)}>
                {words}
              </AppLink>
            ) : (
              words
            )}{' '}
            {other.counts ? t('panel.otherCounts') : ''}
          </p>
        );
      })}
    </>
  );
}

function OneJob({ job }: { job: Job }) {
  const t = useWords();
  const { day, line } = useFormats();
  const life = useLife(job);
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-semibold">{job.name}</span>
        <Status meaning={jobMeaning(job.state)}>{wordFor(t, 'state', job.state)}</Status>
      </span>
      <span className="block text-sm text-soft">
        {line(
          wordFor(t, 'relation', job.relation),
          t('started', { day: day(job.startedOn, 'short') }),
        )}{' '}
        <Code>{job.nationalId}</Code>
      </span>
      {job.uncountedFor ? <p>{wordFor(t, 'uncounted', job.uncountedFor)}</p> : null}
      {job.recheck ? <p className="text-sm">{wordFor(t, 'recheck', job.recheck)}</p> : null}
      {life.map((words) => (
        <p key={words} className="text-sm">
          {words}
        </p>
      ))}
      {job.evidence.map(({ kind, detail, seenOn }) => (
        <p key={`${kind} ${detail} ${seenOn}`} className="text-sm text-soft">
          {t('panel.evidence', {
            ...{ kind: wordFor(t, 'kind', kind), day: day(seenOn, 'short'), detail },
          })}
        </p>
      ))}
      <Others job={job} />
      <JobActs job={job} />
    </li>
  );
}

function Body({ code, it }: { code: string; it: Jobs }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      {it.expected > 0 ? <Stages it={it} /> : null}
      {it.jobs.length === 0 ? <p className="pt-2 text-soft">{t('panel.none')}</p> : null}
      <ul>
        {it.jobs.map((job) => (
          <OneJob key={job.code} job={job} />
        ))}
      </ul>
      {it.mayRegister ? (
        <div className="grid gap-4 pt-4">
          <Button look="secondary" onPress={() => setOpen(!open)}>
            {t('form.register')}
          </Button>
          {open ? (
            <RegisterForm code={code} relations={it.relations} onDone={() => setOpen(false)} />
          ) : null}
        </div>
      ) : null}
    </>
  );
}

/** The people at work in the case's plan, what shows it, and how far the promise has come. */
export function JobsPanel({ code }: { code: string }) {
  const t = useWords();
  const jobs = useQuery({
    queryKey: ['case', code, 'jobs'],
    queryFn: () => answer(api.GET('/api/cases/{code}/jobs', { params: { path: { code } } })),
  });
  return (
    <Sheet title={t('panel.title')} id="jobs">
      <Loaded query={jobs} shape="line">
        {(it) => <Body code={code} it={it} />}
      </Loaded>
    </Sheet>
  );
}
