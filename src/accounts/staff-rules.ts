import { compactKey } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';

/** What can be asked about an account of staff; each is its own verb in the record of accounts. */
export const changeVerbs = [
  'accounts.open',
  'accounts.change',
  'accounts.close',
  'accounts.reset',
] as const;
export type ChangeVerb = (typeof changeVerbs)[number];

/** The roles of staff, and of which kinds of organisation each is. */
export const staffRoles = {
  officer: ['directorate'],
  director: ['directorate'],
  admin: ['directorate'],
  inspector: ['directorate'],
  counter: ['directorate'],
  expert: ['agency', 'clearing'],
  bank: ['bank'],
  ministry: ['ministry'],
  auditor: ['ministry'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type StaffRole = keyof typeof staffRoles;

/** They look into every province, so no province gives them: only a command on the machine does. */
const ofTheCountry: readonly string[] = ['ministry', 'auditor'];

/** The roles that an administrator of a province can ask for. */
export const askableRoles = (Object.keys(staffRoles) as StaffRole[]).filter(
  (role) => !ofTheCountry.includes(role),
);

/** Whether a word is a role of staff. */
export function isStaffRole(word: string): word is StaffRole {
  return Object.hasOwn(staffRoles, word);
}

/** No mobile, which is a citizen's name, and no colon, which stands in the names of systems. */
const usernameShape = /^[a-z][a-z0-9._-]{2,39}$/;

/** What an account of staff is to be. */
export type StaffAccount = {
  readonly username: string;
  readonly role: string;
  /** Kind of the organisation it is of; undefined when there is no such organisation. */
  readonly organisationKind: string | undefined;
};

/**
 * Whether somebody may be given such an account.
 * @throws Problem `accounts.not_a_username`, `accounts.role_not_given`, `accounts.role_elsewhere` (422)
 */
export function checkStaff(account: StaffAccount, byCommand: boolean): void {
  const { username, role, organisationKind } = account;
  if (!usernameShape.test(username)) throw new Problem('accounts.not_a_username');
  if (!isStaffRole(role)) throw new Problem('accounts.role_not_given');
  if (!byCommand && ofTheCountry.includes(role)) throw new Problem('accounts.role_not_given');
  const kinds: readonly string[] = staffRoles[role];
  if (!kinds.includes(organisationKind ?? '')) throw new Problem('accounts.role_elsewhere');
}

/** A change as far as it matters who decides about it. */
export type ChangeToDecide = {
  readonly state: string;
  readonly verb: string;
  /** Who asked, and whose account it is; null for a command, and for an account to be opened. */
  readonly askedBy: string | null;
  readonly accountId: string | null;
};

/**
 * Nobody gives a role alone: who asked does not agree, and nobody decides about their own account. In an
 * emergency the asker may, and it is looked at afterwards; about one's own account never.
 * @throws Problem `accounts.change_is_over` (409), `accounts.second_person_needed` (403)
 */
export function checkDecision(
  change: ChangeToDecide,
  decider: string,
  decision: { readonly agree: boolean; readonly emergency: boolean },
): void {
  if (change.state !== 'asked') throw new Problem('accounts.change_is_over');
  if (!decision.agree) return;
  const own = change.accountId === decider;
  if (own || (change.askedBy === decider && !decision.emergency)) {
    throw new Problem('accounts.second_person_needed');
  }
}

/** How many characters a password has at least (OWASP ASVS 5.0, 6.2.1 and 6.2.9 ask for 8, and allow more). */
const shortestPassword = 12;
const longestPassword = 200;

/**
 * Whether somebody may choose this password: length is what counts, and that it is nothing one would try
 * first: the name, the product, one character or a short piece again and again, a run of the keyboard, or what
 * many people use, with or without digits and signs around it (ASVS 6.2.4).
 * @param common passwords that are often used, in small letters
 * @throws Problem `accounts.weak_password` (422)
 */
export function checkPassword(
  password: string,
  username: string,
  common: ReadonlySet<string>,
): void {
  const length = [...password].length;
  if (length < shortestPassword || length > longestPassword) throw weak();
  const plain = compactKey(password).toLowerCase();
  const bare = plain.replaceAll(/^[^a-z]+|[^a-z]+$/g, '');
  if (common.has(password.toLowerCase()) || common.has(plain) || common.has(bare)) throw weak();
  const rest = [username, 'karkhaneh', 'password', ...runs]
    .filter((word) => word.length > 2)
    .reduce((text, word) => text.replaceAll(word, ''), plain);
  if (new Set(rest).size < 4 || /^(.{1,6})\1+.{0,6}$/u.test(password)) throw weak();
}

const runs = [
  ...['1234567890', '0123456789', '123456', '12345', '1234', '4321'],
  ...['abcdef', 'abcd', 'qwertyuiop', 'qwerty', 'asdfghjkl', 'asdfgh', 'zxcvbnm'],
];

function weak(): Problem {
  return new Problem('accounts.weak_password', { least: shortestPassword });
}
