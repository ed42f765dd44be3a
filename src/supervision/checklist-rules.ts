import { isIsoDate } from '../kit/jalali.ts';
import type { FieldFault } from '../kit/problem.ts';
import type { Channel } from './rules.ts';

type Words = { readonly fa: string; readonly en: string };

export const questionKinds = [
  ...(['text', 'number', 'date', 'choice', 'choices'] as const),
  ...(['photo', 'place', 'signature'] as const),
] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** One question. Its id stays the same in every version that still asks it. */
export type Question = {
  readonly id: string;
  readonly kind: QuestionKind;
  readonly label: Words;
  readonly required: boolean;
  /** More words about what is meant, where the question alone does not say. */
  readonly hint?: Words;
  /** Of a choice, or of choices. */
  readonly choices?: readonly { readonly id: string; readonly label: Words }[];
  /**
   * Of a number, whole, both included; of choices, photos and signatures, how many. An optional question
   * that is answered at all is held to them, too.
   */
  readonly min?: number;
  readonly max?: number;
  /** Asked only where another question, a choice or choices, was answered by one of these. */
  readonly when?: { readonly question: string; readonly is: readonly string[] };
  /** Asked by these channels only; by all when absent. A photo by phone is nobody's evidence. */
  readonly channels?: readonly Channel[];
};

export type Checklist = { readonly title: Words; readonly questions: readonly Question[] };

/** Where somebody stood: millionths of a degree, so that no float enters the record. */
export type Place = { readonly latE6: number; readonly lonE6: number; readonly accuracyM: number };
/** Who signed, for whom, and the digest of the drawing where there is one. */
export type Signature = {
  readonly name: string;
  readonly organisation: string;
  /** The agency that was asked to join, by its id. */
  readonly party?: string | undefined;
  readonly sha256?: string | undefined;
};

/**
 * Answers by question id: text, whole number, ISO day, id of a choice, ids of choices, digests of photos, a
 * place, signatures.
 */
export type AnswerValue = string | number | readonly string[] | Place | readonly Signature[];
export type Answers = Readonly<Record<string, AnswerValue>>;

/** Whether a question is asked on a visit by a channel, after what was answered before it. */
export function isAsked(question: Question, channel: Channel, answers: Answers): boolean {
  if (question.channels && !question.channels.includes(channel)) return false;
  const { when } = question;
  if (when === undefined) return true;
  const given = answers[when.question];
  return (Array.isArray(given) ? given : [given]).some((one) => when.is.includes(String(one)));
}

const digest = /^[0-9a-f]{64}$/;
const longest = 2000;

const mostPhotos = 12;
const mostSignatures = 12;

const fits: Record<QuestionKind, (value: unknown, question: Question) => boolean> = {
  text: (value) => typeof value === 'string' && value.length <= longest,
  number: (value, { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }) =>
    Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max,
  date: (value) => typeof value === 'string' && isIsoDate(value),
  choice: (value, { choices = [] }) => choices.some(({ id }) => id === value),
  choices: (value, { choices = [] }) =>
    Array.isArray(value) &&
    new Set(value).size === value.length &&
    value.every((one) => choices.some(({ id }) => id === one)),
  photo: (value) =>
    Array.isArray(value) && value.every((one) => typeof one === 'string' && digest.test(one)),
  place: isPlace,
  signature: (value) => Array.isArray(value) && value.every(isSignature),
};

const mostOf: Partial<Record<QuestionKind, number>> = {
  ...{ choices: 60, photo: mostPhotos, signature: mostSignatures },
};

/** Whether there are as many of what is given in numbers as are asked for. */
function isEnough({ kind, min = 1, max = mostOf[kind] }: Question, value: unknown): boolean {
  if (max === undefined || !Array.isArray(value)) return true;
  return value.length >= min && value.length <= Math.min(max, mostOf[kind] ?? max);
}

function isPlace(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { latE6, lonE6, accuracyM } = value as Record<string, unknown>;
  const within = (number: unknown, most: number) =>
    Number.isSafeInteger(number) && Math.abs(Number(number)) <= most;
  if (Object.keys(value).length !== 3) return false;
  return within(latE6, 90_000_000) && within(lonE6, 180_000_000) && within(accuracyM, 100_000);
}

function isSignature(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { name, organisation, party, sha256, ...more } = value as Record<string, unknown>;
  const isName = (text: unknown) => typeof text === 'string' && text.length <= 120;
  const named = isName(name) && String(name).trim() !== '' && isName(organisation);
  if (Object.keys(more).length > 0) return false;
  if (party !== undefined && (typeof party !== 'string' || party.length > 40)) return false;
  return named && (sha256 === undefined || digest.test(String(sha256)));
}

/** How an answer that does not fit is told; any other is not of the type. */
const wrongAs: Partial<Record<QuestionKind, string>> = {
  ...{ number: 'range', choice: 'choice', choices: 'choice', date: 'format' },
};

const isEmpty = (value: unknown) =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/**
 * What is wrong with the answers of a visit, each at its question: missing, not asked, or of the wrong
 * shape. Empty when all is well.
 */
export function answerFaults(
  checklist: Checklist,
  channel: Channel,
  answers: Answers,
): FieldFault[] {
  const known = new Map(checklist.questions.map((question) => [question.id, question]));
  const strangers = Object.keys(answers).filter((id) => !known.has(id));
  const faults: FieldFault[] = strangers.map((id) => fault(id, 'unknown'));
  for (const question of checklist.questions) {
    const value = answers[question.id];
    const asked = isAsked(question, channel, answers);
    if (isEmpty(value)) {
      if (asked && question.required) faults.push(fault(question.id, 'missing'));
    } else if (!asked) faults.push(fault(question.id, 'unknown'));
    else if (!fits[question.kind](value, question)) {
      faults.push(fault(question.id, wrongAs[question.kind] ?? 'type'));
    } else if (!isEnough(question, value)) faults.push(fault(question.id, 'range'));
  }
  return faults;
}

function fault(id: string, code: string): FieldFault {
  return { pointer: `/answers/${id}`, code };
}

const idShape = /^[a-z][a-z0-9_]{0,39}$/;

/** What is wrong with a checklist before anybody is asked by it: ids, choices, conditions. */
export function checklistFaults({ questions }: Checklist): FieldFault[] {
  const faults: FieldFault[] = [];
  const before = new Map<string, Question>();
  for (const [at, question] of questions.entries()) {
    const wrong = (code: string) => faults.push({ pointer: `/questions/${at}`, code });
    if (!idShape.test(question.id) || before.has(question.id)) wrong('format');
    if (!hasItsChoices(question)) wrong('choice');
    if ((question.min ?? 0) > (question.max ?? mostOf[question.kind] ?? Number.MAX_SAFE_INTEGER)) {
      wrong('range');
    }
    const asked = question.when && before.get(question.when.question);
    const known = question.when?.is.every((id) => asked?.choices?.some((one) => one.id === id));
    if (question.when && !known) wrong('unknown');
    before.set(question.id, question);
  }
  return faults;
}

/** A choice has at least two to choose from, each known by its own id; anything else has none. */
function hasItsChoices({ kind, choices }: Question): boolean {
  if (kind !== 'choice' && kind !== 'choices') return choices === undefined;
  const ids = new Set(choices?.map(({ id }) => id));
  return ids.size > 1 && ids.size === choices?.length;
}
