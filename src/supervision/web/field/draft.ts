import { newOpId } from '../../../web/api.ts';
import type { Label } from '../../../web/format.ts';
import { type Answers, answerFaults, isAsked, type Question } from '../../checklist-rules.ts';
import { unsigned } from '../../joint-rules.ts';
import type { Stage } from '../../rules.ts';
import type {
  Draft,
  KeptRecord,
  Pack,
  PackChecklist,
  PackPlan,
  PackVisit,
  PhotoMeta,
  RecordBody,
  SentRecord,
} from './shapes.ts';

type Say = (label: Label | null | undefined) => string;

/** Where somebody lives, as it is read on the phone: most addresses begin with the county already. */
export function placeOf(
  { county, address }: Pick<PackPlan, 'county' | 'address'>,
  say: (label: PackPlan['county']['label']) => string,
): string {
  const where = say(county.label);
  if (address === null) return where;
  return address.startsWith(county.label.fa) ? address : `${where} · ${address}`;
}

/** A draft of a visit that was planned. */
export function draftOf(visit: PackVisit, label: Say): Draft {
  const { code, base, caseCode, stage, checklist, name, address, county } = visit;
  return {
    ...{ id: code, visit: code, base, caseCode, stage: stage as Stage, checklist, name },
    ...{ place: address ?? label(county.label), answers: {}, photos: [], note: '' },
    parties: visit.parties,
  };
}

/** A draft of a visit that nobody had planned, with the newest checklist of its stage. */
export function unplannedDraft(plan: PackPlan, pack: Pack, label: Say): Draft | undefined {
  const { caseCode, name, address, county } = plan;
  const stage = plan.stage as Stage;
  const lists = pack.checklists.filter((one) => one.stage === stage);
  const newest = lists.toSorted((a, b) => b.version - a.version)[0];
  if (!newest) return undefined;
  return {
    ...{ id: `new-${newOpId()}`, caseCode, stage, checklist: newest.id, name },
    ...{ place: address ?? label(county.label), answers: {}, photos: [], note: '' },
    parties: [],
  };
}

/** A draft that puts a record right, beginning with what was said in it. */
export const correctionOf = ({ id, draft }: KeptRecord): Draft => ({ ...draft, corrects: id });

/** The questions that are asked now, after what was answered. */
export function askedOf(checklist: PackChecklist, answers: Answers): Question[] {
  const questions: readonly Question[] = checklist.questions;
  return questions.filter((one) => isAsked(one, 'field', answers));
}

function digestsOf(answer: Answers[string] | undefined): string[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((one) => (typeof one === 'string' ? one : (one?.sha256 ?? [])));
}

/** What is still missing or wrong, by field: a question's id, `outcome`, `deviation`, `note`. */
export function faultsOf(draft: Draft, checklist: PackChecklist): Map<string, string> {
  const answers = answersOf(draft, checklist);
  const faults = new Map(
    answerFaults(checklist, 'field', answers).map(({ pointer, code }) => {
      return [pointer.replace('/answers/', ''), code] as const;
    }),
  );
  const { verb, deviation, note } = draft;
  if (!verb) faults.set('outcome', 'missing');
  const parties = draft.parties.map(({ id }) => ({ organisationId: id, excused: false }));
  if (verb === 'supervision.pass' && unsigned(parties, answers).length > 0) {
    faults.set('outcome', 'parties');
  }
  if (verb === 'supervision.findDeviation' && !deviation) faults.set('deviation', 'missing');
  if (verb && verb !== 'supervision.pass' && !note.trim()) faults.set('note', 'missing');
  return faults;
}

function answersOf({ answers }: Draft, checklist: PackChecklist): Answers {
  const asked = askedOf(checklist, answers).map(({ id }) => id);
  return Object.fromEntries(Object.entries(answers).filter(([id]) => asked.includes(id)));
}

/** The record that a draft without faults becomes; its number is the phone's to give. */
export function recordOf(draft: Draft, checklist: PackChecklist, at: Date): RecordBody {
  const answers = answersOf(draft, checklist);
  const named = new Set(Object.values(answers).flatMap(digestsOf));
  const photos: PhotoMeta[] = draft.photos.filter(({ sha256 }) => named.has(sha256));
  const { verb = 'supervision.pass', visit, base, caseCode, stage, corrects } = draft;
  const about = visit
    ? { kind: 'outcome' as const, visit, ...(base === undefined ? {} : { base }) }
    : { kind: 'unplanned' as const, caseCode, stage };
  const { note, deviation, correctUntil } = draft;
  const sent: Omit<SentRecord, 'seq'> = {
    ...{ id: newOpId(), ...about, checklist: draft.checklist, verb, answers },
    ...{ at: at.toISOString(), photos },
    ...(corrects ? { corrects } : {}),
    ...(note.trim() ? { note: note.trim() } : {}),
    ...(verb === 'supervision.findDeviation' && deviation ? { deviation } : {}),
    ...(verb === 'supervision.orderCorrection' && correctUntil ? { correctUntil } : {}),
  };
  return { sent, draft };
}
