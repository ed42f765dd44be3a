import type { AccountWords } from './fa.ts';

const en: AccountWords = {
  roles: {
    citizen: 'Applicant',
    expert: 'Agency expert',
    officer: 'Directorate officer',
    director: 'Director-General',
    bank: 'Bank officer',
    inspector: 'Inspector',
    supporter: 'Supporter',
    ministry: 'HQ secretariat',
    auditor: 'Auditor',
    admin: 'Administrator',
    counter: 'Counter clerk',
  },
  sms: {
    code: 'Your Karkhaneh sign-in code: {code}. Give it to nobody.',
  },
  problems: {
    wrong_sign_in: {
      title: 'The user name or the password is wrong.',
      next: 'Type both again. Check the keyboard language and capitals.',
    },
    wrong_code: {
      title: 'This code is wrong or has expired.',
      next: 'Use the newest code that was sent, or ask for another.',
    },
    not_a_mobile: {
      title: 'This is not a mobile number.',
      next: 'Write it with 09, in eleven digits.',
    },
    too_many_codes: {
      title: 'Several codes were asked for this number in a row.',
      next: 'Use the newest code, or ask again a little later.',
    },
    not_a_national_id: {
      title: 'The national ID is not right.',
      next: 'Type the ten digits from the national card again.',
    },
    person_differs: {
      title: 'Name or sex differs from what is on record for this national ID.',
      next: 'On record: “{record}”; given: “{given}”. Correct it from the national card.',
    },
    needs_counter: {
      title: 'These details cannot be tied to your account from here.',
      next: 'Check the national ID, name and birth date. If they are right, take your ID card to a counter.',
    },
    unknown_bank: {
      title: 'There is no such bank on the list: {given}.',
      next: 'Choose the bank from the list.',
    },
    invalid_client: {
      title: 'The id or the secret of this bank’s system is not right.',
      next: 'Check both; if it was revoked, ask the administrator for a new one.',
    },
    unsupported_grant_type: {
      title: 'Tokens are not given in this way.',
      next: 'Send client_credentials as grant_type.',
    },
    invalid_scope: {
      title: 'This bank’s system was not given that scope.',
      next: 'What it was given: {scopes}.',
    },
    unknown_occupation: {
      title: 'This is not on the list of home-business occupations.',
      next: 'Choose the occupation from the list.',
    },
    unknown_county: {
      title: 'This county is not on the province’s list.',
      next: 'Choose the county from the list.',
    },
  },
};

export default en;
