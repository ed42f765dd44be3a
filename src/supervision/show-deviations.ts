import { type ExpressionBuilder, sql } from 'kysely';
import { organisationLabel, type Reference } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { Problem } from '../kit/problem.ts';
import { availableVerbs } from '../kit/steps.ts';
import type { DB, Tx } from '../platform/database.ts';
import { type Principal, reachesCountry } from '../platform/policy.ts';
import { type DeviationState, deviationSteps } from './deviation-rules.ts';
import { supervisionPermissions } from './policy.ts';

/** Which deviations a principal sees: as their cases. */
function visibleDeviations(principal: Principal) {
  return ({ eb, and, ref }: ExpressionBuilder<DB, 'deviations'>) => {
    const within = reachesCountry(principal)
      ? and([])
      : eb(ref('deviations.province_id'), '=', principal.provinceId);
    const theirs = () => {
      switch (principal.role) {
        case 'citizen':
          return sql<boolean>`deviations.person_id::text = ${principal.personId ?? ''}`;
        case 'expert':
          return eb(ref('deviations.agency_id'), '=', principal.organisationId ?? '');
        case 'bank':
          return eb(ref('deviations.bank_id'), '=', principal.organisationId ?? '');
        case 'inspector':
        case 'supporter':
        case 'counter':
          return sql<boolean>`false`;
        default:
          return and([]);
      }
    };
    return and([within, theirs()]);
  };
}

function selectDeviations(tx: Tx, provinceId: number, principal: Principal) {
  return tx
    .selectFrom('deviations')
    .innerJoin('people', (join) =>
      join
        .onRef('people.id', '=', 'deviations.person_id')
        .on('people.province_id', '=', provinceId),
    )
    .selectAll('deviations')
    .select(['people.first_name', 'people.last_name'])
    .where('deviations.province_id', '=', provinceId)
    .where('deviations.state', '<>', 'void')
    .where(visibleDeviations(principal));
}

/** The deviations that a principal sees, of one case where asked for, the newest first. */
export async function listDeviations(
  tx: Tx,
  provinceId: number,
  { reference, principal }: { reference: Reference; principal: Principal },
  caseId?: string,
) {
  const base = selectDeviations(tx, provinceId, principal);
  const rows = await (caseId === undefined ? base : base.where('deviations.case_id', '=', caseId))
    .orderBy('deviations.id', 'desc')
    .limit(300)
    .execute();
  return rows.map((row) => ({
    code: encodeCode(provinceId, row.id),
    caseCode: encodeCode(provinceId, row.case_id),
    name: `${row.first_name} ${row.last_name}`,
    agency: organisationLabel(reference, row.agency_id),
    bank: organisationLabel(reference, row.bank_id),
    ...{ kind: row.kind, state: row.state, since: row.state_since, holderSaid: row.holder_said },
    ...{ measure: row.measure, measureReason: row.measure_reason },
    ...{ appealUntil: row.appeal_until_on, appealReason: row.appeal_reason },
    acts: availableVerbs(deviationSteps, row.state as DeviationState).filter((verb) =>
      supervisionPermissions[verb]?.includes(principal.role),
    ),
  }));
}

/** Whether a deviation is a principal's to see. @throws Problem `platform.not_found` (404) */
export async function demandDeviation(
  tx: Tx,
  principal: Principal,
  { provinceId, id }: { provinceId: number; id: string },
): Promise<void> {
  const row = await selectDeviations(tx, provinceId, principal)
    .where('deviations.id', '=', id)
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
}
