import type { Values } from '../../../web/form/Form.tsx';
import { correctionFields } from '../../rules.ts';

/** Names of the fields of a decision's form: a form gives one text for each name. */
export const unmetName = (number: number) => `unmet-${number}`;
export const itemName = (key: string | number) => `item-${key}`;
export const noteName = (key: string | number) => `note-${key}`;

/** The keys of the boxes that were ticked under a prefix. */
function ticked(values: Values, prefix: string): string[] {
  return Object.keys(values).flatMap((name) =>
    name.startsWith(prefix) ? [name.slice(prefix.length)] : [],
  );
}

/** What an item is about: a field of the form, or a numbered document or condition. */
function subject(key: string) {
  const field = correctionFields.find((name) => name === key);
  return field ? { field } : { number: Number(key) };
}

/** What the form of a decision sends, from what was typed and ticked; what is empty is left out. */
export function decisionBody(values: Values) {
  const unmet = ticked(values, 'unmet-').map(Number);
  const items = ticked(values, 'item-').map((key) => ({
    ...subject(key),
    note: values[noteName(key)] ?? '',
  }));
  const conditions = (values.conditions ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const { reason, reference, conditionNumber } = values;
  return {
    ...(reason ? { reason } : {}),
    ...(reference ? { reference } : {}),
    ...(conditionNumber ? { conditionNumber: Number(conditionNumber) } : {}),
    ...(unmet.length > 0 ? { conditionNumbers: unmet } : {}),
    ...(items.length > 0 ? { items } : {}),
    ...(conditions.length > 0 ? { conditions } : {}),
  };
}
