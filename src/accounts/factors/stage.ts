import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Stage } from '../../platform/session.ts';
import { type Reference, settingOn } from '../reference.ts';
import { listFactors } from './queries.ts';

type Account = {
  readonly id: string;
  readonly role: string;
  readonly province_id: number;
  readonly demonstration: boolean;
};

/** The dated setting: roles that sign or pay, between spaces. */
const setting = 'accounts.second_factor_roles';

/** Whether an account's role asks for a second factor on this day. The demonstration's cast is exempt. */
export function needsSecondFactor(
  reference: Reference,
  account: Account,
  today: string,
): { readonly needed: boolean; readonly exempt: boolean } {
  const roles = settingOn(reference, setting, account.province_id, today).split(' ');
  const asked = roles.includes(account.role);
  return { needed: asked && !account.demonstration, exempt: asked && account.demonstration };
}

/** How far somebody has come who has shown a password, or whom an identity server vouches for. */
export async function stageOf(
  tx: Tx,
  act: Pick<Act, 'today'>,
  reference: Reference,
  account: Account,
): Promise<Stage> {
  const factors = await listFactors(tx, account.province_id, account.id);
  if (factors.length > 0) return 'code';
  return needsSecondFactor(reference, account, act.today).needed ? 'enrol' : 'whole';
}
