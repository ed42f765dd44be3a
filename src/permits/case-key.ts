import { decodeCode } from '../kit/code.ts';
import { Problem } from '../kit/problem.ts';
import type { Principal } from '../platform/policy.ts';

/** The case that a code in the address names. @throws Problem `platform.not_found` (404) */
export function caseKey(code: string): { provinceId: number; id: string } {
  const key = decodeCode(code);
  if (!key) throw new Problem('platform.not_found');
  return key;
}

/** The id that a code names in a province, and in no other. @throws Problem `platform.not_found` (404) */
export function idIn(provinceId: number, code: string): string {
  const key = decodeCode(code);
  if (key?.provinceId !== provinceId) throw new Problem('platform.not_found');
  return key.id;
}

/** An endpoint with a permission never runs without a principal; this says so to the compiler. */
export function signedIn(principal: Principal | null): Principal {
  if (!principal) throw new Problem('platform.not_signed_in');
  return principal;
}

/** `permits.returnForCorrection` → `/api/permits/:code/return-for-correction`. */
export function stepUrl(verb: string): string {
  const name = verb.slice('permits.'.length).replaceAll(/[A-Z]/g, (l) => `-${l.toLowerCase()}`);
  return `/api/permits/:code/${name}`;
}
