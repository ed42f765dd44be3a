import { expect, test } from 'vitest';
import { knownPasswords } from './known-passwords.ts';
import { checkDecision, checkPassword, checkStaff } from './staff-rules.ts';

const code = (work: () => void): string | undefined => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test.each([
  ['n.alizadeh', 'expert', 'agency', false, undefined],
  ['n.alizadeh', 'expert', 'clearing', false, undefined],
  ['n.alizadeh', 'expert', 'bank', false, 'accounts.role_elsewhere'],
  ['n.alizadeh', 'expert', undefined, false, 'accounts.role_elsewhere'],
  ['n.alizadeh', 'admin', 'agency', false, 'accounts.role_elsewhere'],
  ['n.alizadeh', 'citizen', 'directorate', false, 'accounts.role_not_given'],
  ['n.alizadeh', 'constructor', 'directorate', false, 'accounts.role_not_given'],
  ['hesabras', 'auditor', 'ministry', false, 'accounts.role_not_given'],
  ['hesabras', 'auditor', 'ministry', true, undefined],
  ['09141234567', 'officer', 'directorate', false, 'accounts.not_a_username'],
  ['client:04', 'bank', 'bank', true, 'accounts.not_a_username'],
] as const)('%s as %s of a %s, by command: %s → %s', (username, role, kind, byCommand, said) => {
  expect(code(() => checkStaff({ username, role, organisationKind: kind }, byCommand))).toBe(said);
});

test.each([
  ['another agrees', { askedBy: 'a', accountId: null }, 'b', true, false, undefined],
  ['the asker alone', { askedBy: 'a' }, 'a', true, false, 'accounts.second_person_needed'],
  ['the asker in an emergency', { askedBy: 'a' }, 'a', true, true, undefined],
  ['about oneself', { accountId: 'b' }, 'b', true, false, 'accounts.second_person_needed'],
  ['oneself in an emergency', { accountId: 'b' }, 'b', true, true, 'accounts.second_person_needed'],
  ['the asker takes it back', { askedBy: 'a' }, 'a', false, false, undefined],
  ['what is over', { state: 'done' }, 'b', true, false, 'accounts.change_is_over'],
] as const)('%s', (_name, change, decider, agree, emergency, said) => {
  const whole = { ...asked, ...change };
  expect(code(() => checkDecision(whole, decider, { agree, emergency }))).toBe(said);
});

const asked = { state: 'asked', verb: 'accounts.change', askedBy: 'a', accountId: 'c' };

const common = await knownPasswords();

test('6.2.4: more than three thousand passwords that people use are refused, of any length that is allowed', () => {
  expect(common.size).toBeGreaterThan(15_000);
  expect([...common].filter((one) => one !== one.toLowerCase())).toEqual([]);
  const long = [...common].filter((one) => one.length >= 12);
  const padded = [...common]
    .filter((one) => /^[a-z]{5,11}$/.test(one))
    .map((one) => `${one}1402!!!!`);
  expect(long.length).toBeGreaterThan(250);
  expect(padded.length).toBeGreaterThan(3000);
  const taken = [...long, ...padded.filter((one) => one.length >= 12)].filter(
    (one) => code(() => checkPassword(one, 'nasrin.alizadeh', common)) === undefined,
  );
  expect(taken).toEqual([]);
});

test.each([
  ['درخت سیب حیاط ما', true],
  ['correct horse battery', true],
  ['short-one', false],
  ['aaaaaaaaaaaaaaaa', false],
  ['abcabcabcabcabc', false],
  ['123456789012345', false],
  ['nasrin.alizadeh1234', false],
  ['karkhaneh-1234', false],
  ['Liverpool!1402', false],
  ['۱۴۰۲ Liverpool', false],
  ['!!!iloveyou!!!', false],
  ['iloveyou my home', true],
  ['x'.repeat(201), false],
])('the password %s: %s', (password, good) => {
  const said = code(() => checkPassword(password, 'nasrin.alizadeh', common));
  expect(said).toBe(good ? undefined : 'accounts.weak_password');
});
