import { askTarget, decideTarget } from '../src/figures/index.ts';
import { uuid7 } from '../src/kit/uuid7.ts';
import type { Act } from '../src/platform/history.ts';
import type { Principal } from '../src/platform/policy.ts';
import { readDemoRows } from './reference.ts';
import type { Scene } from './scene.ts';

const principalOf = (act: Act, role: 'officer' | 'director'): Principal => ({
  ...{ accountId: act.actorId ?? '', sessionId: act.actorId ?? '', role, personId: null },
  ...{ provinceId: act.provinceId, organisationId: act.organisationId },
});

/** Targets that an officer asks for and the director agrees to; the last one waits. All of them are invented, and say so. */
export async function planYears(
  { tx, reference }: Scene,
  { officer, director }: { readonly officer: Act; readonly director: Act },
): Promise<void> {
  const rows = readDemoRows('targets');
  for (const [nth, row] of rows.entries()) {
    const asked = {
      ...{ year: Number(row.fiscal_year), goal: Number(row.goal) },
      ...{ dueOn: row.due_on ?? '', reason: row.reason ?? '' },
      measure: row.measure as Parameters<typeof askTarget>[4]['measure'],
      level: row.level as Parameters<typeof askTarget>[4]['level'],
      ...(row.agency_id ? { agency: row.agency_id } : {}),
      ...(row.county_id ? { county: row.county_id } : {}),
    };
    const act = { ...officer, opId: uuid7(officer.now.getTime()) };
    const id = await askTarget(tx, act, principalOf(officer, 'officer'), reference, asked);
    if (nth === rows.length - 1) return;
    await decideTarget(tx, director, principalOf(director, 'director'), id, { agree: true });
  }
}
