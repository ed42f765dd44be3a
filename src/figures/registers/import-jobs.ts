import type { KnownPerson } from '../../accounts/index.ts';
import {
  holdJobs,
  type JobsHeld,
  type JudgedJob,
  judgeJob,
  writeJobs,
} from '../../employment/index.ts';
import { findPlansForUpdate, type KnownPlan, planRow } from '../../financing/index.ts';
import type { CaseRow, KnownCase } from '../../permits/index.ts';
import { type CoverInput, findMembers, memberKey, writeMembers } from '../../supporters/index.ts';
import type { Sex } from './fields.ts';
import { type HeldCases, holdCases, withoutCase } from './held-cases.ts';
import {
  batchesThrough,
  batchThrough,
  type Desk,
  type Importer,
  type Judgement,
} from './importer.ts';
import { differs } from './match.ts';
import { personFaults, personOf, splitWarning, workerFields } from './person-rows.ts';
import type { JobRecord } from './records.ts';
import type { Fault } from './verdict.ts';

type Held = HeldCases &
  JobsHeld & {
    readonly plans: Map<string, KnownPlan[]>;
    /** Who is named under which plan, as {@link memberKey}s. */
    readonly members: Set<string>;
  };

/** A job, and the naming of its worker under the supporter's plan where that was not done yet. */
type Write = { readonly job: JudgedJob; readonly member: CoverInput | undefined };

/** A register of jobs: each row is a person at work in a plan (`employment.register`). */
const jobs: Importer<'jobs', Held, Write> = {
  async load(desk, records) {
    const { tx, act, reference } = desk;
    const held = await holdCases(desk, 'jobs', records);
    const workers = records.map(({ worker }) => worker.nationalId.value);
    const plans = await findPlansForUpdate(tx, act.provinceId, [...held.cases.keys()]);
    const planIds = [...plans.values()].flat().map(({ id }) => id);
    const known = { nationalIds: workers, planIds };
    return {
      ...held,
      plans,
      ...(await holdJobs(tx, act.provinceId, reference, known)),
      members: await findMembers(tx, act.provinceId, workers),
    };
  },
  judge: judgeRow,
  async write({ tx, act }, writes) {
    const members = writes.flatMap(({ member }) => member ?? []);
    await writeMembers(tx, act, members);
    const registered = writes.map(({ job }) => job);
    await writeJobs(tx, act, registered);
  },
};

export const takeJobs = batchesThrough(jobs);
export const takeOneJob = batchThrough(jobs);

function judgeRow(desk: Desk, held: Held, record: JobRecord): Judgement<Write> {
  const match = held.matches.get(record);
  const unsure = withoutCase(match);
  if (unsure || match?.kind !== 'sure') return unsure as Judgement<never>;
  const it = held.cases.get(match.it.id) as CaseRow;
  const { worker } = record;
  const { value: nationalId } = worker.nationalId;
  const known = held.people.get(nationalId);
  const sex = worker.sex ?? known?.sex;
  if (sex === undefined) return refuse({ code: 'sex_missing', field: 'worker_sex', details: {} });
  const person = workerOf(record, sex);
  const faults = [...personFaults(known, person, workerFields), ...ownPermitFaults(held, record)];
  if (faults.length > 0) return { verdict: 'rejected', faults };
  const job = held.jobs.get(nationalId);
  if (job?.caseId === it.id) {
    const found = [
      ...differs('relation', job.relation, record.relation),
      ...differs('started_on', job.startedOn, record.startedOn),
    ];
    return found.length === 0 ? { verdict: 'unchanged' } : { verdict: 'rejected', faults: found };
  }
  const plan = held.plans.get(it.id)?.at(-1);
  if (!plan) return refuse({ code: 'financing.no_plan', field: 'permit_number', details: {} });
  return accept(desk, held, record, { it, plan, person, known, holder: match.it });
}

function refuse(fault: Fault): Judgement<never> {
  return { verdict: 'rejected', faults: [fault] };
}

function workerOf({ worker }: JobRecord, sex: Sex) {
  const more = { fatherName: null, birthOn: worker.bornOn ?? null, mobile: null };
  return personOf(worker.nationalId, worker.name, sex, more);
}

/** A worker's own permit must be theirs; one that is not known here is the other register's matter. */
function ownPermitFaults({ book }: Held, { worker }: JobRecord): Fault[] {
  const own = worker.permitNumber === undefined ? undefined : book.byNumber(worker.permitNumber);
  if (!own) return [];
  return differs('worker_national_id', own.person.nationalId, worker.nationalId.value);
}

type At = {
  readonly it: CaseRow;
  readonly plan: KnownPlan;
  readonly person: ReturnType<typeof personOf>;
  readonly known: KnownPerson | undefined;
  readonly holder: KnownCase;
};

function accept({ act }: Desk, held: Held, record: JobRecord, at: At): Judgement<Write> {
  const { it, plan, person, known, holder } = at;
  const { relation, startedOn } = record;
  const input = { caseId: it.id, person, relation, startedOn, happenedOn: startedOn, raise: null };
  const to = { plan: planRow(plan), it, holder: holder.person.nationalId };
  const job = judgeJob(act, held, to, input);
  const { nationalId, fatherName = null, birthOn = null, sex, firstName, lastName } = person;
  const seen = { id: '', nationalId, firstName, lastName, sex, fatherName, birthOn };
  held.people.set(nationalId, known ?? seen);
  const warnings = known ? [] : splitWarning(record.worker.name, 'worker_full_name');
  return {
    verdict: 'accepted',
    write: { job, member: memberOf(held, record, at) },
    warnings,
  };
}

/** Someone at work under a supporter is one of the people that the supporter's plan covers. */
function memberOf(held: Held, record: JobRecord, { it, plan, person }: At): CoverInput | undefined {
  if (record.relation !== 'covered' || it.dims.kind !== 'supporter') return undefined;
  const key = memberKey(plan.id, person.nationalId);
  if (held.members.has(key)) return undefined;
  held.members.add(key);
  const { permitNumber } = record.worker;
  const own = permitNumber === undefined ? undefined : held.book.byNumber(permitNumber);
  return {
    planId: plan.id,
    agencyId: it.dims.agencyId,
    person,
    coveredCaseId: own?.id ?? null,
    since: record.startedOn,
  };
}
