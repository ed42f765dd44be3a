import { type Principal, reachesCountry } from '../platform/policy.ts';

/** Whoever looks at the country looks at cases, not at people: digits in the middle are not theirs to read. */
export function maskedId(principal: Principal, nationalId: string): string {
  return reachesCountry(principal)
    ? `${nationalId.slice(0, 3)}••••${nationalId.slice(-3)}`
    : nationalId;
}

/** What leads to a person or a home (mobile, address, postal code, birth): null for whoever looks at the country. */
export function contactFor<T>(principal: Principal, value: T): T | null {
  return reachesCountry(principal) ? null : value;
}

/** An account's last digits, which tell two apart; the whole of it for whoever orders and pays. */
export function maskedIban(principal: Principal, iban: string | null): string | null {
  return iban !== null && reachesCountry(principal) ? `IR••••${iban.slice(-4)}` : iban;
}
