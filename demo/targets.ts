import { askTarget, decideTarget } from '../src/figures/index.ts';
import { closeDay } from '../src/financing/index.ts';
import { isoDate } from '../src/kit/jalali.ts';
import { uuid7 } from '../src/kit/uuid7.ts';
import type { Database } from '../src/platform/database.ts';
import type { Act } from '../src/platform/history.ts';
import type { Principal } from '../src/platform/policy.ts';
import { atCastDesk } from './carry-out.ts';
import { once } from './once.ts';
import { PROVINCE_ID, WINDOW } from './plan-targets.ts';
import { readDemoRows } from './reference.ts';
import type { Scene } from './scene.ts';

/** When the last day of the story is over, as the clock of a house closes it. */
const lastEvening = new Date(`${WINDOW.to}T20:30:00Z`);

/** Closes the last day, so that arrears can be told, and sets the targets of the years. */
export async function lookAhead({
  database,
  ...around
}: Omit<Scene, 'tx'> & { readonly database: Database }): Promise<void> {
  await closeDay(database, PROVINCE_ID, WINDOW.to, lastEvening);
  await once(database, { name: 'targets', day: isoDate(WINDOW.to) }, async (tx, act) => {
    const scene = { ...around, tx };
    const officer = atCastDesk(scene, act, 'officer');
    await planYears(scene, { officer, director: atCastDesk(scene, act, 'director') });
    return null;
  });
}

const principalOf = (act: Act, role: 'officer' | 'director'): Principal => ({
  ...{ accountId: act.actorId ?? '', sessionId: act.actorId ?? '', role, personId: null },
  ...{ provinceId: act.provinceId, organisationId: act.organisationId },
});

/** Targets that an officer asks for and the director agrees to; the last one waits. All of them are invented, and say so. */
async function planYears(
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
