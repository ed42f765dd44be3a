import { Type } from 'typebox';
import { IsoDay, Label, Named, Nullable } from '../accounts/contract.ts';
import type { ProblemTable } from '../kit/problem.ts';
import { questionKinds } from './checklist-rules.ts';
import { measures } from './deviation-rules.ts';
import { PartyLine } from './joint/contract.ts';
import { channels, deviations, stages } from './rules.ts';

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const Code = Type.String({ minLength: 28, maxLength: 60 });
const Rial = Type.String({ pattern: '^-?[0-9]+$', description: 'Rial' });
const Instant = Type.String({ format: 'date-time' });
const strict = { additionalProperties: false };

export const LangQuery = Type.Object({ lang: Type.Optional(Type.String()) });

/** A visit in a list. */
const VisitLine = Type.Object({
  code: Type.String(),
  caseCode: Type.String(),
  name: Type.String(),
  stage: Type.String(),
  channel: Type.String(),
  state: Type.String(),
  dueOn: IsoDay,
  tranche: Nullable(Type.Integer()),
  assignee: Nullable(Label),
  visitedOn: Nullable(IsoDay),
  note: Nullable(Type.String()),
  correctUntil: Nullable(IsoDay),
  deviation: Nullable(Type.String()),
  isRevisit: Type.Boolean(),
  agency: Named,
  county: Named,
});

/** The next tranche of a plan, and what it waits for. */
const GateLine = Type.Object({
  caseCode: Type.String(),
  name: Type.String(),
  occupation: Named,
  agency: Named,
  bank: Named,
  county: Named,
  tranche: Type.Integer(),
  leftRial: Rial,
  stage: Type.String(),
  open: Type.Boolean(),
  waitsFor: Nullable(
    Type.String({ description: 'deviation, correction, visit, assignee or plan' }),
  ),
  visit: Nullable(Type.String()),
  dueOn: Nullable(IsoDay),
});

const OverrideLine = Type.Object({
  code: Type.String(),
  caseCode: Type.String(),
  agency: Named,
  bank: Named,
  tranche: Type.Integer(),
  state: Type.String(),
  reason: Type.String(),
  askedBy: Label,
  askedAt: Instant,
  decidedBy: Nullable(Label),
  decidedAt: Nullable(Instant),
  decidedReason: Nullable(Type.String()),
  paidOn: Nullable(IsoDay),
});

export const CaseAnswer = Type.Object({
  gate: Nullable(GateLine),
  /** Stages for which a visit can be planned now. */
  plannable: Type.Array(Type.Object({ stage: Type.String(), least: Type.String() })),
  visits: Type.Array(VisitLine),
  paidWithoutGate: Type.Array(Type.Object({ number: Type.Integer(), paidOn: IsoDay })),
  overrides: Type.Array(OverrideLine),
});

export const VisitsQuery = Type.Object({
  stage: Type.Optional(Type.Enum(stages)),
  mine: Type.Optional(Type.Boolean()),
  all: Type.Optional(Type.Boolean()),
  lang: Type.Optional(Type.String()),
});
export const VisitsAnswer = Type.Object({ total: Type.Integer(), items: Type.Array(VisitLine) });
export const GatesAnswer = Type.Object({ items: Type.Array(GateLine) });
export const OverridesAnswer = Type.Object({ items: Type.Array(OverrideLine) });

const QuestionShape = Type.Object(
  {
    id: Text(40),
    kind: Type.Enum(questionKinds),
    label: Label,
    hint: Type.Optional(Label),
    required: Type.Boolean(),
    choices: Type.Optional(
      Type.Array(Type.Object({ id: Text(40), label: Label }), { maxItems: 60 }),
    ),
    min: Type.Optional(Type.Integer()),
    max: Type.Optional(Type.Integer()),
    when: Type.Optional(
      Type.Object({ question: Text(40), is: Type.Array(Text(40), { maxItems: 60 }) }),
    ),
    channels: Type.Optional(Type.Array(Type.Enum(channels), { maxItems: 3 })),
  },
  strict,
);
/** A checklist on the wire. */
export const ChecklistShape = Type.Object(
  { title: Label, questions: Type.Array(QuestionShape, { minItems: 1, maxItems: 200 }) },
  strict,
);

export const FormBody = Type.Object(
  { file: Type.String({ description: 'An .xlsx of at most 2 MB', format: 'binary' }) },
  strict,
);
/** What an XLSForm says, and every fault at its cell. */
export const FormAnswer = Type.Object({
  checklist: Type.Object({
    title: Label,
    questions: Type.Array(Type.Object({ ...QuestionShape.properties, id: Type.String() })),
  }),
  faults: Type.Array(
    Type.Object({
      sheet: Type.String(),
      row: Type.Integer(),
      column: Type.String(),
      code: Type.String(),
    }),
  ),
});

/** By question; `answerFaults` holds each to its question's kind, and nothing else is let through. */
export const AnswersShape = Type.Record(Type.String(), Type.Unknown(), { maxProperties: 200 });

export const VisitAnswer = Type.Object({
  ...VisitLine.properties,
  parties: Type.Array(PartyLine, { description: 'Agencies that were asked to join' }),
  mobile: Nullable(Type.String()),
  mayRecord: Type.Boolean(),
  checklist: Type.Object({ version: Type.Integer(), ...ChecklistShape.properties }),
  answers: Nullable(AnswersShape),
  holder: Nullable(
    Type.Object({
      askedAt: Instant,
      answeredAt: Nullable(Instant),
      answers: Nullable(AnswersShape),
    }),
  ),
});

export const ChecklistsAnswer = Type.Object({
  items: Type.Array(
    Type.Object({ stage: Type.String(), version: Type.Integer(), ...ChecklistShape.properties }),
  ),
});

export const PlanBody = Type.Object(
  {
    stage: Type.Enum(stages),
    channel: Type.Optional(Type.Enum(channels)),
    assignee: Type.Optional(Type.String({ format: 'uuid' })),
    dueOn: Type.Optional(IsoDay),
  },
  strict,
);
export const AssignBody = Type.Object(
  { assignee: Type.String({ format: 'uuid' }), dueOn: Type.Optional(IsoDay) },
  strict,
);
export const ReasonBody = Type.Object({ reason: Text(1000) }, strict);
const outcome = {
  answers: AnswersShape,
  visitedOn: Type.Optional(IsoDay),
  note: Type.Optional(Type.String({ maxLength: 2000 })),
};
export const PassBody = Type.Object(outcome, strict);
export const CorrectionBody = Type.Object(
  { ...outcome, correctUntil: Type.Optional(IsoDay) },
  strict,
);
export const DeviationBody = Type.Object({ ...outcome, deviation: Type.Enum(deviations) }, strict);

export const VisitCode = Type.Object({ code: Code });
export const AssigneesAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Label,
      role: Type.String(),
      organisation: Nullable(Named),
      open: Type.Integer(),
    }),
  ),
});

const Gated = Type.Object({
  paid: Type.Integer(),
  passed: Type.Integer(),
  overridden: Type.Integer(),
});
export const CoverageAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      agency: Named,
      before: Gated,
      during: Gated,
      after: Type.Object({ due: Type.Integer(), seen: Type.Integer(), late: Type.Integer() }),
      toCorrect: Type.Integer(),
      deviations: Type.Integer(),
    }),
  ),
});

export const EscalationsAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      ...{ caseCode: Type.String(), name: Type.String(), stage: Type.String(), dueOn: IsoDay },
      notedAt: Instant,
      ...{ agency: Named, bank: Named, county: Named, assignee: Nullable(Label) },
      visit: Nullable(Type.String({ description: 'The open visit that is late' })),
    }),
  ),
});

export const DeviationsAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      code: Type.String(),
      caseCode: Type.String(),
      name: Type.String(),
      agency: Named,
      bank: Named,
      kind: Type.String(),
      state: Type.String(),
      since: IsoDay,
      holderSaid: Nullable(Type.String()),
      measure: Nullable(Type.String()),
      measureReason: Nullable(Type.String()),
      appealUntil: Nullable(IsoDay),
      appealReason: Nullable(Type.String()),
      acts: Type.Array(Type.String({ description: 'Steps that the caller may take now' })),
    }),
  ),
});

export const ProposeBody = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 1000 }), measure: Type.Enum(measures) },
  { additionalProperties: false },
);

/** Problem codes of this slice and their statuses. */
export const supervisionProblems: ProblemTable = {
  'supervision.stage_not_due': 422,
  'supervision.channel_too_weak': 422,
  'supervision.visit_open': 409,
  'supervision.revisit_stands': 409,
  'supervision.no_such_assignee': 422,
  'supervision.answers_wrong': 422,
  'supervision.checklist_wrong': 422,
  'supervision.form_unreadable': 422,
  'supervision.wrong_day': 422,
  'supervision.deviation_missing': 422,
  'supervision.note_missing': 422,
  'supervision.measure_missing': 422,
  'supervision.too_late': 409,
  'supervision.appeal_open': 409,
  'supervision.deviation_moved': 409,
  'supervision.deviation_open': 409,
  'supervision.nobody_to_draw': 409,
  'supervision.no_inspector': 409,
  'supervision.two_people': 409,
  'supervision.override_open': 409,
  'supervision.device_foreign': 409,
  'supervision.device_revoked': 403,
  'supervision.photo_gap': 409,
  'supervision.photo_missing': 422,
  'supervision.photo_refused': 422,
  'supervision.record_changed': 409,
  'supervision.number_taken': 409,
  'supervision.base_moved': 409,
  'supervision.not_assigned': 409,
  'supervision.visit_unknown': 422,
  'supervision.checklist_unknown': 422,
  'supervision.party_wrong': 422,
  'supervision.party_asked': 409,
  'supervision.no_ask': 409,
  'supervision.party_unsigned': 422,
};

/** Named constraints of this slice's tables and the problems they stand for. */
export const supervisionConstraints: Readonly<Record<string, string>> = {
  visit_parties_pkey: 'supervision.party_asked',
  visits_one_open: 'supervision.visit_open',
  gate_overrides_one_open: 'supervision.override_open',
  gate_overrides_two_people: 'supervision.two_people',
};
