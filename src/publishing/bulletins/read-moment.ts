import { dayStart, parseJalali } from '../../kit/jalali.ts';
import { toAsciiDigits } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';

/**
 * Reads a Jalali day and a time in Tehran: «۱۴۰۱/۰۴/۱۵ ۰۸:۰۰»; undefined for nothing.
 * @throws Problem `publishing.bad_public_from` (422)
 */
export function readMoment(text: string | undefined): Date | undefined {
  const plain = toAsciiDigits(text ?? '').trim();
  if (plain === '') return undefined;
  const [day = '', time = '0:00'] = plain.split(/\s+/);
  const iso = parseJalali(day);
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (!iso || !clock) throw new Problem('publishing.bad_public_from', { text: text ?? '' });
  return new Date(dayStart(iso) + (Number(clock[1]) * 60 + Number(clock[2])) * 60_000);
}
