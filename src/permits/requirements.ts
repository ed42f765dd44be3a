import {
  getOccupation,
  labelled,
  limitOn,
  organisationLabel,
  type Reference,
  settingOn,
} from '../accounts/index.ts';
import { deadlineSetting, type Kind } from './rules.ts';

/** What decides which conditions and documents an application has. */
export type Applicant = {
  readonly kind: Kind;
  readonly occupationId: string;
  /** Unknown until the applicant has said who they are. */
  readonly sex?: string | null;
};

/** Of the numbered documents, the military card: asked of men only (irangreenmushroom.epage.ir). */
const menOnly = 25;

function conditionsOf(reference: Reference, applicant: Applicant) {
  const occupation = getOccupation(reference, applicant.occupationId);
  return [...reference.refusalConditions.values()].filter(
    (row) =>
      (row.occupation_family === null || row.occupation_family === occupation.family) &&
      (row.applicant_kind === null || row.applicant_kind === applicant.kind) &&
      (row.clearance_id === null || occupation.clearance_ids.includes(row.clearance_id)),
  );
}

type ConditionRow = ReturnType<typeof conditionsOf>[number];

const numbersIn = (text: string) => new Set(text.split(' ').map(Number));

function wire({ number, name_fa, name_en }: ConditionRow) {
  return { number, label: { fa: name_fa, en: name_en } };
}

/** The documents that an application has to bring; those that come about later are not among them. */
export function documentsFor(
  reference: Reference,
  applicant: Applicant,
  provinceId: number,
  today: string,
) {
  const later = numbersIn(settingOn(reference, 'permits.documents_later', provinceId, today));
  return conditionsOf(reference, applicant)
    .filter(({ kind, number }) => kind === 'document' && !later.has(number))
    .filter(({ number }) => number !== menOnly || applicant.sex !== 'female')
    .map((row) => ({ ...wire(row), menOnly: row.number === menOnly }));
}

/** The conditions that an applicant can answer for by themselves. */
function questionsFor(
  reference: Reference,
  applicant: Applicant,
  provinceId: number,
  today: string,
) {
  const asked = numbersIn(settingOn(reference, 'permits.conditions_asked', provinceId, today));
  return conditionsOf(reference, applicant)
    .filter(({ kind, number }) => kind === 'condition' && asked.has(number))
    .map(wire);
}

/** What the applicant says: the number of a condition or document → whether it is met. */
export type Answers = Readonly<Record<string, boolean>>;

/** Which conditions are unmet, and which nobody answered for; eligible = neither is left. */
export function judgeEligibility(
  reference: Reference,
  applicant: Applicant,
  answers: Answers,
  provinceId: number,
  today: string,
) {
  const questions = questionsFor(reference, applicant, provinceId, today);
  const unmet = questions.filter(({ number }) => answers[number] === false);
  const unanswered = questions.filter(({ number }) => answers[number] === undefined);
  return { eligible: unmet.length === 0 && unanswered.length === 0, unmet, unanswered };
}

type Waiting = 'submitted' | 'clearance' | 'agency_signed';

/** Everything somebody wants to know of an occupation before they apply. */
export function describeOccupation(
  reference: Reference,
  applicant: Applicant,
  provinceId: number,
  today: string,
) {
  const row = getOccupation(reference, applicant.occupationId);
  const days = (state: Waiting) =>
    limitOn(reference, deadlineSetting(state) ?? '', provinceId, today);
  return {
    ...labelled(row.id, row),
    agency: organisationLabel(reference, row.agency_id),
    clearances: row.clearance_ids.map((id) => organisationLabel(reference, id)),
    grade: row.grade,
    validityMonths: row.validity_months,
    days: {
      agency: days('submitted'),
      clearance: row.clearance_ids.length > 0 ? days('clearance') : null,
      directorate: days('agency_signed'),
    },
    documents: documentsFor(reference, applicant, provinceId, today),
    questions: questionsFor(reference, applicant, provinceId, today),
  };
}
