import { sql } from 'kysely';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';

/** Roles whose people make visits. */
const visiting = ['inspector', 'officer', 'expert'];

/**
 * Whether visits can be given to these accounts: open ones of the province whose role makes visits.
 * @throws Problem `supervision.no_such_assignee` (422)
 */
export async function demandAssignees(
  tx: Tx,
  provinceId: number,
  ids: readonly string[],
): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  const rows = await tx
    .selectFrom('accounts')
    .select('id')
    .where('province_id', '=', provinceId)
    .where('id', 'in', wanted)
    .where('role', 'in', visiting)
    .where('closed_at', 'is', null)
    .execute();
  if (rows.length < wanted.length) throw new Problem('supervision.no_such_assignee');
}

/** Somebody who makes visits, with how many are theirs to make now. */
export type Assignee = {
  readonly id: string;
  readonly name: { readonly fa: string; readonly en: string };
  readonly role: string;
  readonly organisationId: string | null;
  readonly open: number;
};

/** Everybody in a province who makes visits, the least burdened first. */
export async function listAssignees(tx: Tx, provinceId: number): Promise<Assignee[]> {
  const { rows } = await sql<{
    id: string;
    name_fa: string;
    name_en: string;
    role: string;
    organisation_id: string | null;
    open: bigint;
  }>`
    select a.id, a.name_fa, a.name_en, a.role, a.organisation_id, count(v.id) as open
    from accounts a left join visits v on v.province_id = ${provinceId} and v.assignee_id = a.id
      and v.state = 'assigned'
    where a.province_id = ${provinceId} and a.role = any(${visiting}::text[]) and a.closed_at is null
    group by a.province_id, a.id order by open, a.id`.execute(tx);
  return rows.map((row) => ({
    ...{ id: row.id, name: { fa: row.name_fa, en: row.name_en }, role: row.role },
    ...{ organisationId: row.organisation_id, open: Number(row.open) },
  }));
}
