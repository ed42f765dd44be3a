import { holidaysOf, limitOn, type Reference, settingOn } from '../accounts/index.ts';
import { endOfLimit } from '../kit/working-days.ts';
import type { Channel, ChannelRule, Stage } from './rules.ts';

/** How strong a channel a stage needs on a day, by the dated settings `supervision.*`. */
export function channelRuleOn(
  reference: Reference,
  provinceId: number,
  stage: Stage,
  day: string,
): ChannelRule {
  const setting = (key: string) => settingOn(reference, `supervision.${key}`, provinceId, day);
  const listed = setting('field_occupations');
  return {
    least: setting(`${stage}_channel`) as Channel,
    fieldFromRial: BigInt(setting('field_from')),
    fieldOccupations: listed === 'none' ? [] : listed.split(' '),
  };
}

/** The last day (ISO) of one of supervision's limits that began on a day (ISO). */
export function limitEnd(
  reference: Reference,
  provinceId: number,
  limit: 'before' | 'during' | 'after' | 'correct' | 'warning' | 'appeal',
  since: string,
): string {
  const term = limitOn(reference, `supervision.${limit}_limit`, provinceId, since);
  return endOfLimit(since, term, holidaysOf(reference, provinceId, since));
}

/** Whether an order to correct opens the gate already. */
export function orderOpensGateOn(reference: Reference, provinceId: number, day: string): boolean {
  return settingOn(reference, 'supervision.order_opens_gate', provinceId, day) === 'true';
}
