import { searchKey } from '../../kit/persian-text.ts';
import words from './words.json' with { type: 'json' };

/** A unit that offices write money in. */
export type AmountUnit = keyof typeof words.units;

/** Rials in one of each unit. */
export const rialsPerUnit: { readonly [U in AmountUnit]: bigint } = {
  rial: 1n,
  toman: 10n,
  thousand_rial: 1_000n,
  thousand_toman: 10_000n,
  million_rial: 1_000_000n,
  million_toman: 10_000_000n,
  billion_rial: 1_000_000_000n,
  billion_toman: 10_000_000_000n,
};

export const amountUnits = Object.keys(rialsPerUnit) as readonly AmountUnit[];

const SPELLINGS = Object.entries(words.units)
  .flatMap(([unit, spellings]) =>
    spellings.map((spelling) => ({ unit: unit as AmountUnit, key: spacedKey(spelling) })),
  )
  .sort((a, b) => b.key.length - a.key.length);
const TO = ` ${words.to} `;
const ANNOUNCERS = words.unit_announcers.map(spacedKey);

/** A text's words between single spaces, one space at each end, punctuation gone. */
function spacedKey(text: string): string {
  const bare = searchKey(text).replace(/[^\p{L}\p{N}]+/gu, ' ');
  return ` ${bare.trim()} `;
}

/**
 * Takes the unit of money out of a header: «مبلغ تسهیلات (میلیون ریال)» gives its text without the
 * unit, and million_rial. Two different units in one header give neither.
 */
export function takeUnit(header: string): { text: string; unit: AmountUnit | undefined } {
  let text = spacedKey(header);
  const found = new Set<AmountUnit>();
  for (const { unit, key } of SPELLINGS) {
    while (text.includes(key)) {
      text = text.replace(key, ' ');
      found.add(unit);
    }
  }
  if (found.size > 0 && text.endsWith(TO)) text = text.slice(0, -TO.length + 1);
  const [unit] = found;
  return { text: text.trim(), unit: found.size === 1 ? unit : undefined };
}

/**
 * The unit a title states for the whole sheet («ارقام به میلیون ریال»). A title that merely mentions
 * money («وام‌های ۵۰ میلیون تومانی») states none.
 */
export function announcedUnit(title: string): AmountUnit | undefined {
  const text = spacedKey(title);
  for (const announcer of ANNOUNCERS) {
    for (const { unit, key } of SPELLINGS) {
      if (text.includes(`${announcer}${key.slice(1)}`)) return unit;
    }
  }
  return undefined;
}
