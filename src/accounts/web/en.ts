import type { SameWords } from '../../web/same-words.ts';
import type fa from './fa.ts';

/** The words of the sign-in page. */
const en = {
  title: 'Sign in',
  who: 'How do you sign in?',
  staff: 'Staff',
  citizen: 'Applicants',
  username: 'User name',
  password: 'Password',
  signIn: 'Sign in',
  newAccount: 'I have an opening code and want to choose a password',
  mobile: 'Mobile number',
  mobileHint: 'The number you gave when you applied. A one-time code is sent to it by SMS.',
  sendCode: 'Send the code',
  code: 'Code from the SMS',
  codeHint: 'The code was sent to {mobile} and works until {time}.',
  otherMobile: 'Another number',
  outbox: 'This demonstration sends no SMS; the code is in {link}.',
  outboxName: 'the demonstration’s outbox',
  cast: 'This is a demonstration',
  castHint:
    'Choose one of these invented people and see the system through their eyes. The cast signs in without a second factor; in a real house, roles that sign or pay need one.',
  castUsername: 'User name',
} as const satisfies SameWords<typeof fa>;

export default en;
