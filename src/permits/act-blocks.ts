import { getOccupation, type Reference } from '../accounts/index.ts';
import type { Principal } from '../platform/policy.ts';
import { bodiesToAsk, type Clearance, neededBodies } from './decision-rules.ts';
import { appealUntil, bodiesNeededOn } from './demands.ts';

/** A case and its standing steps, as far as the acts on it depend on more than its state. */
export type ActScene = {
  readonly reference: Reference;
  readonly principal: Principal;
  readonly provinceId: number;
  /** ISO. */
  readonly today: string;
  readonly state: string;
  readonly stateSince: string;
  readonly occupationId: string;
  readonly agencyId: string;
  readonly told: readonly Clearance[];
  /** The steps that stand, oldest first. */
  readonly steps: readonly { readonly verb: string; readonly actorId: string | null }[];
};

function bodiesOf({ reference, occupationId, agencyId }: ActScene): string[] {
  return neededBodies(getOccupation(reference, occupationId).clearance_ids, agencyId);
}

/** The bodies that have never been asked; a body is told of itself only. */
export function bodiesUnasked(scene: ActScene): string[] {
  const { principal, agencyId, told } = scene;
  if (principal.role === 'expert' && principal.organisationId !== agencyId) return [];
  return bodiesOf(scene).filter((body) => !told.some(({ bodyId }) => bodyId === body));
}

function isProvisional({ steps }: ActScene): boolean {
  const last = steps.findLast(
    ({ verb }) => verb === 'permits.grantProvisionally' || verb === 'permits.confirm',
  );
  return last?.verb === 'permits.grantProvisionally';
}

/** Whether an act could ever be meant for this case: not worth a button otherwise. */
export function isOffered(scene: ActScene, verb: string): boolean {
  if (verb === 'permits.askClearance') return bodiesOf(scene).length > 0;
  if (verb === 'permits.confirm') return isProvisional(scene);
  const appeal = ['permits.object', 'permits.uphold', 'permits.overturn'].includes(verb);
  return !appeal || ['refused', 'objected', 'upheld'].includes(scene.state);
}

/** The problem that trying an act would meet besides the case's state; null = none. */
export function blockOf(scene: ActScene, verb: string): string | null {
  const { reference, provinceId, principal, today, told, steps } = scene;
  switch (verb) {
    case 'permits.sign': {
      const needed = bodiesNeededOn(reference, provinceId, scene, today);
      return bodiesToAsk(needed, told).length > 0 ? 'permits.clearance_missing' : null;
    }
    case 'permits.askClearance':
      return bodiesToAsk(bodiesOf(scene), told).length > 0 ? null : 'permits.no_clearance_needed';
    case 'permits.clear':
    case 'permits.denyClearance': {
      const own = told.find(({ bodyId }) => bodyId === principal.organisationId);
      return own?.state === 'asked' ? null : 'permits.not_asked';
    }
    case 'permits.object': {
      const until = appealUntil(reference, provinceId, scene.stateSince);
      return until !== null && today > until ? 'permits.appeal_over' : null;
    }
    case 'permits.uphold':
    case 'permits.overturn': {
      const refused = steps.findLast((step) => step.verb === 'permits.refuse');
      return refused?.actorId === principal.accountId ? 'permits.same_decider' : null;
    }
    default:
      return null;
  }
}
