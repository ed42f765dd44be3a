import type { Permissions, Principal } from '../platform/policy.ts';
import { reachesProvince } from '../platform/policy.ts';

const office = ['officer', 'director'] as const;
const readers = ['expert', ...office, 'ministry', 'auditor', 'admin'] as const;

/**
 * Which roles may do what. Supporters and covered people sign in as citizens: which of the two somebody is
 * towards a supporter is {@link sideOf}.
 */
export const supporterPermissions: Permissions = {
  'supporters.list': readers,
  'supporters.show': ['citizen', ...readers],
  'supporters.my': ['citizen'],
  'supporters.apply': ['citizen'],
  'supporters.addTrade': ['citizen'],
  'supporters.strikeTrade': ['citizen'],
  'supporters.assess': ['expert'],
  'supporters.name': ['citizen'],
  'supporters.endCover': ['citizen', 'expert', ...office],
  'supporters.offer': ['citizen'],
  'supporters.accept': ['citizen'],
  'supporters.decline': ['citizen'],
  'supporters.sign': ['expert'],
  'supporters.keepMaterial': ['citizen'],
  'supporters.addProduct': ['citizen'],
  'supporters.order': ['citizen'],
  'supporters.cancelOrder': ['citizen'],
  'supporters.train': ['citizen'],
  'supporters.issue': ['citizen'],
  'supporters.returnMaterial': ['citizen'],
  'supporters.scrap': ['citizen'],
  'supporters.receive': ['citizen'],
  'supporters.deduct': ['citizen'],
  'supporters.pay': ['citizen'],
  'supporters.takeBack': ['citizen'],
  'supporters.import': ['citizen'],
  'supporters.answerReceipt': ['citizen'],
  'supporters.closeReceipt': office,
  'supporters.declareDefault': ['director'],
  'supporters.endDefault': ['director'],
  'supporters.choose': ['citizen'],
  'supporters.clusters': readers,
  'supporters.keepClusters': ['expert', ...office],
};

/** A supporter as far as policy looks at it. */
export type PolicySupporter = {
  readonly provinceId: number;
  readonly agencyId: string;
  readonly personId: string;
  /** The covered person, where it is about one. */
  readonly coveredId?: string | null;
};

/** Where somebody stands: the supporter, the covered person, an office that looks on, or nobody. */
export type Side = 'supporter' | 'covered' | 'office' | null;

/** On which side of a supporter's relation a principal is; null = it is not theirs to see. */
export function sideOf(principal: Principal, it: PolicySupporter): Side {
  if (!reachesProvince(principal, it.provinceId)) return null;
  switch (principal.role) {
    case 'citizen':
      if (principal.personId === null) return null;
      if (principal.personId === it.personId) return 'supporter';
      return principal.personId === it.coveredId ? 'covered' : null;
    case 'expert':
      return principal.organisationId === it.agencyId ? 'office' : null;
    case 'officer':
    case 'director':
    case 'ministry':
    case 'auditor':
    case 'admin':
      return 'office';
    default:
      return null;
  }
}

const ofCovered: readonly string[] = [
  'supporters.accept',
  'supporters.decline',
  'supporters.answerReceipt',
  'supporters.choose',
];

/** Whether a principal on this side may take a step: a citizen the supporter's, or those of the covered. */
export function mayStep(principal: Principal, verb: string, it: PolicySupporter): boolean {
  const side = sideOf(principal, it);
  if (side === null || principal.provinceId !== it.provinceId) return false;
  if (!supporterPermissions[verb]?.includes(principal.role)) return false;
  if (side === 'office') return true;
  return ofCovered.includes(verb) ? side === 'covered' : side === 'supporter';
}
