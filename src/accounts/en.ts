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
    opening:
      'Your account at Karkhaneh is open. Choose a password at {url} with the code {code}. The code works for seven days.',
    alarm: 'Karkhaneh: something out of the ordinary was done about an account. Look at {url}.',
  },
  problems: {
    wrong_sign_in: {
      title: 'The user name or the password is wrong.',
      next: 'Type both again. Check the keyboard language and capitals.',
    },
    wrong_code: {
      title: 'This code is wrong or has expired.',
      next: 'Use the newest code that you asked for in this browser, or ask for another.',
    },
    not_a_mobile: {
      title: 'This is not a mobile number.',
      next: 'Write it with 09, in eleven digits.',
    },
    too_many_codes: {
      title: 'Several codes were asked for this number in a row.',
      next: 'Use the newest code, or ask again a little later. From a browser you signed in from before you may be able to ask at once.',
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
    not_a_username: {
      title: 'This user name cannot be used.',
      next: 'Begin with a lower-case letter; three to forty letters, digits, dots or hyphens.',
    },
    username_taken: {
      title: 'Somebody else has this user name.',
      next: 'Choose another.',
    },
    role_not_given: {
      title: 'This role cannot be given here.',
      next: 'Choose from the list. Roles of the whole country are given by a command on the machine itself.',
    },
    role_elsewhere: {
      title: 'This organisation has no such role.',
      next: 'Choose an organisation from the list of that role.',
    },
    weak_password: {
      title: 'This password is soon guessed.',
      next: 'At least {least} characters; a few unrelated words are good. No user name, no digits in a row, nothing that many people use.',
    },
    own_account: {
      title: 'You cannot ask for a change of your own account.',
      next: 'Ask another administrator.',
    },
    second_person_needed: {
      title: 'This takes a second person.',
      next: 'Another administrator or the director has to look at it and agree.',
    },
    change_waits: {
      title: 'A request about this account waits and nobody has looked at it yet.',
      next: 'Agree to that one or refuse it first.',
    },
    change_is_over: {
      title: 'This request has been decided already.',
      next: 'Load the page again.',
    },
    wrong_opening_code: {
      title: 'This code is wrong, used or has expired.',
      next: 'Type it again from the message, or ask the administrator for a new one.',
    },
    too_many_tries: {
      title: 'This has been tried several times in a row.',
      next: 'Try again in {minutes} minutes. From a browser that you have signed in with before you can sign in right away.',
    },
    wrong_second_factor: {
      title: 'This code is wrong or was used.',
      next: 'Type the newest six digits of the app, or one of your recovery codes.',
    },
    passkey_failed: {
      title: 'The passkey was not accepted.',
      next: 'Try again, or sign in with the password and a code.',
    },
    last_factor: {
      title: 'This is your only second factor, and your role asks for one.',
      next: 'Add another first.',
    },
    password_needed: {
      title: 'This takes the password again.',
      next: 'Type the password of this account.',
    },
    identity_server_failed: {
      title: 'The identity server gave no good answer.',
      next: 'Begin again on the sign-in page, or sign in with the password.',
    },
    unknown_to_us: {
      title: 'The identity server knows you, and no account here bears that name.',
      next: 'Ask the administrator to add your name there to your account.',
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
