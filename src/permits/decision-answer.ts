import { organisationLabel, type Reference } from '../accounts/index.ts';
import type { Clearance } from './decision-rules.ts';

/** A numbered condition or document with its words. */
function numbered(reference: Reference, number: unknown) {
  const row = reference.refusalConditions.get(Number(number));
  return row ? { number: row.number, label: { fa: row.name_fa, en: row.name_en } } : null;
}

type Item = { readonly number?: number; readonly field?: string; readonly note: string };

/** What a step says about a decision, from its facts, in wire form. */
export function decisionLine(reference: Reference, facts: Readonly<Record<string, unknown>>) {
  const { condition = null, condition_numbers, items, conditions, body, bodies } = facts;
  const numbers = (condition_numbers as number[] | undefined) ?? (condition ? [condition] : []);
  const asked = (bodies as string[] | undefined) ?? (body ? [String(body)] : []);
  return {
    condition: numbered(reference, condition),
    unmet: numbers.flatMap((number) => numbered(reference, number) ?? []),
    items: ((items as Item[] | undefined) ?? []).map(({ number, field, note }) => ({
      number: number ?? null,
      label: numbered(reference, number)?.label ?? null,
      field: field ?? null,
      note,
    })),
    conditions: (conditions as string[] | undefined) ?? [],
    bodies: asked.map((id) => organisationLabel(reference, id)),
    reference: typeof facts.reference === 'string' ? facts.reference : null,
  };
}

/** The clearances of a case in wire form: those told, then those never asked. */
export function clearanceLines(
  reference: Reference,
  told: readonly Clearance[],
  unasked: readonly string[],
  today: string,
) {
  const lines = told.map((one) => ({
    body: organisationLabel(reference, one.bodyId),
    state: one.state as string,
    askedOn: one.askedOn as string | null,
    dueOn: one.dueOn,
    late: one.state === 'asked' && one.dueOn !== null && one.dueOn < today,
    answeredOn: one.answeredOn,
    reference: one.reference,
    condition: numbered(reference, one.condition),
    reason: one.reason,
  }));
  const nothing = { answeredOn: null, reference: null, condition: null, reason: null };
  const open = unasked.map((id) => ({
    body: organisationLabel(reference, id),
    state: 'missing',
    askedOn: null,
    dueOn: null,
    late: false,
    ...nothing,
  }));
  return [...lines, ...open];
}
