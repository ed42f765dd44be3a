import type { Static } from 'typebox';
import { getCounty, type Reference } from '../../accounts/index.ts';
import { parseJalali } from '../../kit/jalali.ts';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Principal } from '../../platform/policy.ts';
import type { AskTargetBody } from './contract.ts';
import {
  findVersionForUpdate,
  insertDecision,
  insertVersion,
  type TargetKey,
  targetForUpdate,
  versionsOf,
} from './queries.ts';
import { checkDue, checkLevel, type TargetLevel } from './rules.ts';

type Asked = Static<typeof AskTargetBody>;

/** The ministry plans for the country, a province for itself and what is in it. @throws Problem `platform.forbidden` (403) */
function demandLevel({ role }: Principal, level: string): void {
  if ((role === 'ministry') !== (level === 'country')) {
    throw new Problem('platform.forbidden', { permission: `figures.targets.${level}` });
  }
}

/**
 * Asks for a target, or for a new version of one that is there. Nothing holds before a second person agrees.
 * @returns the version's id
 * @throws Problem `figures.target_level`, `figures.target_day`, `figures.target_agency` (422),
 *   `figures.target_waits` (409), `platform.forbidden` (403), `accounts.unknown_county` (422)
 */
export async function askTarget(
  tx: Tx,
  act: Act,
  principal: Principal,
  reference: Reference,
  asked: Asked,
): Promise<string> {
  demandLevel(principal, asked.level);
  checkLevel(asked.level, { agency: asked.agency, county: asked.county });
  const dueOn = parseJalali(asked.dueOn);
  if (!dueOn) throw new Problem('figures.target_day');
  checkDue(asked.year, dueOn);
  const targetId = await targetForUpdate(tx, act, keyOf(act, reference, asked));
  const { versions, open } = await versionsOf(tx, act.provinceId, targetId);
  if (open) throw new Problem('figures.target_waits');
  return insertVersion(tx, act, {
    ...{ targetId, number: versions + 1, goal: asked.goal, dueOn },
    reason: normaliseText(asked.reason),
    letter: asked.letter ? normaliseText(asked.letter) : null,
  });
}

function keyOf(act: Act, reference: Reference, asked: Asked): TargetKey {
  const { agency, county } = asked;
  if (agency !== undefined && reference.organisations.get(agency)?.kind !== 'agency') {
    throw new Problem('figures.target_agency');
  }
  return {
    fiscalYear: asked.year,
    measure: asked.measure,
    level: asked.level satisfies TargetLevel,
    agencyId: agency ?? null,
    countyId: county === undefined ? null : getCounty(reference, Number(county), act.provinceId).id,
  };
}

/**
 * Agrees to a version or refuses it; from then on the newest that was agreed to is in force.
 * @throws Problem `platform.not_found` (404), `figures.target_own` (403), `figures.target_decided` (409)
 */
export async function decideTarget(
  tx: Tx,
  act: Act,
  principal: Principal,
  id: string,
  { agree, note }: { readonly agree: boolean; readonly note?: string },
): Promise<void> {
  const version = await findVersionForUpdate(tx, act.provinceId, id);
  if (!version) throw new Problem('platform.not_found');
  demandLevel(principal, version.level);
  if (version.decided) throw new Problem('figures.target_decided');
  if (version.asked_by === act.actorId) throw new Problem('figures.target_own');
  const kept = note ? normaliseText(note) : null;
  await insertDecision(tx, act, {
    ...{ versionId: id, askedBy: version.asked_by, agreed: agree, note: kept },
  });
}
