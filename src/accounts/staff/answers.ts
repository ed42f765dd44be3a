import { encodeCode } from '../../kit/code.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Principal } from '../../platform/policy.ts';
import { organisationLabel } from '../label.ts';
import { accountPermissions } from '../policy.ts';
import type { Reference } from '../reference.ts';
import { askableRoles, staffRoles } from '../staff-rules.ts';
import { listAlarms } from './alarms.ts';
import { listAccounts, listChanges } from './queries.ts';

/** A name in both languages, of somebody who may be nobody. */
function nameOf(fa: string | null, en: string | null) {
  return fa === null ? null : { fa, en: en ?? fa };
}

/** Accounts and changes of the actor's province, and what there is to choose from. */
export async function staffAnswer(
  tx: Tx,
  { provinceId, actorId }: Act,
  reference: Reference,
  principal: Principal | null,
) {
  const [accounts, changes] = await Promise.all([
    listAccounts(tx, provinceId),
    listChanges(tx, provinceId),
  ]);
  const decides = accountPermissions['accounts.decideChange'] ?? [];
  const mayDecide = principal !== null && decides.includes(principal.role);
  const kinds = new Set<string>(Object.values(staffRoles).flat());
  return {
    accounts: accounts.map((row) => accountLine(reference, provinceId, row)),
    changes: changes.map((row) => ({
      ...changeLine(reference, provinceId, row),
      mayAgree: mayDecide && row.asked_by !== actorId && row.account_id !== actorId,
    })),
    roles: [...askableRoles],
    organisations: [...reference.organisations.values()]
      .filter(({ kind }) => kinds.has(kind))
      .map((row) => ({ id: row.id, label: { fa: row.name_fa, en: row.name_en }, kind: row.kind })),
  };
}

type AccountRow = Awaited<ReturnType<typeof listAccounts>>[number];

function accountLine(reference: Reference, provinceId: number, row: AccountRow) {
  return {
    code: encodeCode(provinceId, row.id),
    username: row.username,
    name: { fa: row.name_fa, en: row.name_en },
    role: row.role,
    organisation: row.organisation_id ? organisationLabel(reference, row.organisation_id) : null,
    openedAt: row.recorded_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    demonstration: row.demonstration,
  };
}

type ChangeRow = Awaited<ReturnType<typeof listChanges>>[number];

function changeLine(reference: Reference, provinceId: number, row: ChangeRow) {
  return {
    code: encodeCode(provinceId, row.id),
    verb: row.verb,
    username: row.username,
    name: { fa: row.name_fa, en: row.name_en },
    role: row.role,
    organisation: organisationLabel(reference, row.organisation_id),
    reason: row.reason,
    state: row.state,
    emergency: row.emergency,
    byCommand: row.by_command,
    askedBy: nameOf(row.asker_fa, row.asker_en),
    askedAt: row.asked_at.toISOString(),
    decidedBy: nameOf(row.decider_fa, row.decider_en),
    decidedAt: row.decided_at?.toISOString() ?? null,
  };
}

/** The alarms of the actor's province that nobody has looked at. */
export async function alarmsAnswer(tx: Tx, { provinceId, actorId }: Act) {
  const rows = await listAlarms(tx, provinceId);
  return {
    alarms: rows.map((row) => ({
      code: encodeCode(provinceId, row.id),
      kind: row.kind,
      account: nameOf(row.name_fa ?? row.change_fa, row.name_en ?? row.change_en),
      raisedBy: nameOf(row.raiser_fa, row.raiser_en),
      raisedAt: row.raised_at.toISOString(),
      reason: row.reason,
      mayClose: row.raised_by !== actorId,
    })),
  };
}
