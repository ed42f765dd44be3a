import type { Reference } from '../../accounts/index.ts';
import { Problem } from '../../kit/problem.ts';
import type { Principal } from '../../platform/policy.ts';
import type { FileKey } from './lines.ts';

/** The bank whose files, orders and books alone the caller sees; null for whoever sees the province's. */
export function ownBank(principal: Principal | null): string | null {
  return principal?.role === 'bank' ? (principal.organisationId ?? '') : null;
}

/**
 * Whose file somebody sends: a bank its own, an officer that of the bank that is named.
 * @throws Problem `financing.unknown_bank` (422)
 */
export function bankOf(
  reference: Reference,
  principal: Principal | null,
  named: string | undefined,
): string {
  const bankId = ownBank(principal) ?? named ?? '';
  const isBank = reference.organisations.get(bankId)?.kind === 'bank';
  if (!isBank || (named !== undefined && named !== bankId)) {
    throw new Problem('financing.unknown_bank', { given: named ?? bankId });
  }
  return bankId;
}

/** A file of another bank is not there for a bank. @throws Problem `platform.not_found` (404) */
export function demandOwnFile(principal: Principal, file: FileKey): void {
  const own = ownBank(principal);
  if (own !== null && own !== file.bankId) throw new Problem('platform.not_found');
}
