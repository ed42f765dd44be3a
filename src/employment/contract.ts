import { Type } from 'typebox';
import { IsoDay, Label, Named, Nullable } from '../accounts/contract.ts';
import type { ProblemTable } from '../kit/problem.ts';
import { evidenceKinds, jobStates, relations, ways } from './rules.ts';

const strict = { additionalProperties: false };
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const lang = { lang: Type.Optional(Type.String()) };

export const LangQuery = Type.Object(lang);
export const JobCode = Type.Object({ code: Type.String({ minLength: 28, maxLength: 60 }) });

/** A job as lists show it. */
const JobLine = {
  code: Type.String(),
  caseCode: Type.String(),
  name: Type.String(),
  nationalId: Type.String(),
  relation: Type.String(),
  state: Type.String(),
  startedOn: IsoDay,
  endedOn: Nullable(IsoDay),
  verifiedOn: Nullable(IsoDay),
  through: Nullable(Type.String({ description: 'sms, phone or visit' })),
  aliveOn: Nullable(IsoDay),
  uncountedFor: Nullable(Type.String({ description: 'again or relation' })),
  recheck: Nullable(Type.String({ description: 'open, agrees or disagrees' })),
  agency: Named,
};

const EvidenceLine = Type.Object({
  kind: Type.String(),
  detail: Type.String(),
  seenOn: IsoDay,
  by: Nullable(Label),
});

/** Another job of the same person: where it is, as far as the reader may know. */
const OtherJob = Type.Object({
  caseCode: Nullable(Type.String()),
  agency: Nullable(Named),
  province: Named,
  since: IsoDay,
  counts: Type.Boolean(),
});

const InsuranceLine = Type.Object({
  rateBp: Type.Integer(),
  stateBp: Type.Integer(),
  number: Type.String(),
  beginsOn: IsoDay,
  paidUntil: IsoDay,
});

/** The people at work in a case's plans, and how far the promise has come. */
export const JobList = Type.Object({
  expected: Type.Integer(),
  registered: Type.Integer(),
  verified: Type.Integer(),
  alive: Type.Integer(),
  mayRegister: Type.Boolean(),
  holder: Type.Object({ name: Type.String(), nationalId: Type.String() }),
  relations: Type.Array(Type.String({ description: 'Those that count for this plan' })),
  jobs: Type.Array(
    Type.Object({
      ...JobLine,
      registeredBy: Nullable(Label),
      verifiedBy: Nullable(Label),
      endReason: Nullable(Type.String()),
      asked: Nullable(Type.String({ description: 'open, yes or no' })),
      hasMobile: Type.Boolean(),
      evidence: Type.Array(EvidenceLine),
      insurance: Nullable(InsuranceLine),
      others: Type.Array(OtherJob),
      acts: Type.Array(Type.String({ description: 'Steps that the caller may take now' })),
    }),
  ),
});

export const JobsQuery = Type.Object({
  ...lang,
  state: Type.Optional(Type.Enum(jobStates)),
  agency: Type.Optional(Type.String({ maxLength: 40 })),
  county: Type.Optional(Type.String({ pattern: '^[0-9]{4}$' })),
  relation: Type.Optional(Type.Enum(relations)),
  /** Only those that wait to be looked at again. */
  recheck: Type.Optional(Type.Boolean()),
  cursor: Type.Optional(Type.String({ maxLength: 60 })),
});

/** A page of jobs; the numbers by state are of the same filters without the state. */
export const JobsAnswer = Type.Object({
  total: Type.Integer(),
  byState: Type.Record(Type.String(), Type.Integer()),
  items: Type.Array(Type.Object({ ...JobLine, county: Named })),
  next: Nullable(Type.String()),
});

const Evidence = Type.Object(
  { kind: Type.Enum(evidenceKinds.filter((kind) => kind !== 'sms')), detail: Text(500) },
  strict,
);

export const RegisterBody = Type.Object(
  {
    relation: Type.Enum(relations),
    startedOn: IsoDay,
    /** Absent for the permit's holder, whom the case knows. */
    person: Type.Optional(
      Type.Object(
        {
          nationalId: Text(20),
          firstName: Text(80),
          lastName: Text(80),
          sex: Type.Enum(['female', 'male']),
          birthOn: Type.Optional(IsoDay),
          mobile: Type.Optional(Text(20)),
        },
        strict,
      ),
    ),
    evidence: Type.Optional(Evidence),
    asSecond: Type.Optional(Type.Boolean()),
    raise: Type.Optional(Text(500)),
  },
  strict,
);
export const EvidenceBody = Type.Object(
  { ...Evidence.properties, seenOn: Type.Optional(IsoDay) },
  strict,
);
const people = ways.filter((way) => way !== 'sms');
export const SeenBody = Type.Object(
  { through: Type.Enum(people), detail: Text(500), happenedOn: Type.Optional(IsoDay) },
  strict,
);
export const EndBody = Type.Object({ reason: Text(500), endedOn: Type.Optional(IsoDay) }, strict);
export const ReasonBody = Type.Object({ reason: Text(500) }, strict);
export const RecheckBody = Type.Object({ agrees: Type.Boolean(), note: Text(500) }, strict);
export const InsureBody = Type.Object(
  {
    rateBp: Type.Integer({ minimum: 1, maximum: 10_000 }),
    number: Text(20),
    beginsOn: IsoDay,
    paidUntil: IsoDay,
  },
  strict,
);
export const AskAnswerBody = Type.Object({ answer: Type.Enum(['yes', 'no']) }, strict);
export const DrawBody = Type.Object({ seed: Type.Optional(Text(100)) }, strict);

/** Jobs of the caller's own, for them to say whether they are true. */
export const MyJobs = Type.Object({
  jobs: Type.Array(
    Type.Object({
      code: Type.String(),
      holder: Type.String(),
      relation: Type.String(),
      startedOn: IsoDay,
      about: Type.String({ description: 'work or alive' }),
      answer: Nullable(Type.String({ description: 'yes or no' })),
    }),
  ),
});

export const DrawsAnswer = Type.Object({
  /** Verified jobs that no draw has had yet. */
  undrawn: Type.Integer(),
  shareBp: Type.Integer(),
  draws: Type.Array(
    Type.Object({
      code: Type.String(),
      seed: Type.String(),
      shareBp: Type.Integer(),
      drawnOn: IsoDay,
      candidates: Type.Integer(),
      drawn: Type.Integer(),
      agreed: Type.Integer(),
      disagreed: Type.Integer(),
    }),
  ),
});

export const DrawAnswer = Type.Object({
  seed: Type.String(),
  shareBp: Type.Integer(),
  drawnOn: IsoDay,
  /** Whether the same seed and verifications give the same draw again. */
  same: Type.Boolean(),
  verifications: Type.Array(
    Type.Object({
      verification: Type.String(),
      job: Type.String(),
      drawn: Type.Boolean(),
      outcome: Nullable(Type.String()),
    }),
  ),
});

/** Problem codes of this slice and their statuses. */
export const employmentProblems: ProblemTable = {
  'employment.not_funded': 422,
  'employment.future_date': 422,
  'employment.wrong_relation': 422,
  'employment.reason_missing': 422,
  'employment.detail_missing': 422,
  'employment.wrong_day': 422,
  'employment.too_young': 422,
  'employment.beyond_promise': 422,
  'employment.wrong_rate': 422,
  'employment.wrong_number': 422,
  'employment.no_mobile': 422,
  'employment.already_at_work': 409,
  'employment.counted_already': 409,
  'employment.same_person': 409,
  'employment.recheck_open': 409,
  'employment.no_recheck': 409,
  'employment.nobody_to_draw': 409,
  'employment.ask_open': 409,
  'employment.no_ask': 409,
  'employment.stages_out_of_order': 409,
};

/** Named constraints of this slice's tables and the problems they stand for. */
export const employmentConstraints: Readonly<Record<string, string>> = {
  jobs_person_once: 'employment.already_at_work',
  jobs_plan_person_once: 'employment.already_at_work',
  counted_people_once: 'employment.counted_already',
  counted_people_pkey: 'employment.counted_already',
  jobs_two_people: 'employment.same_person',
  job_rechecks_somebody_else: 'employment.same_person',
  job_asks_one_open: 'employment.ask_open',
  plan_jobs_within_promise: 'employment.stages_out_of_order',
  plan_jobs_verified_registered: 'employment.stages_out_of_order',
  plan_jobs_alive_verified: 'employment.stages_out_of_order',
  job_insurances_number_shape: 'employment.wrong_number',
  job_insurances_paid_forward: 'employment.wrong_day',
};
