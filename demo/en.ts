import type { DemoWords } from './fa.ts';

const en: DemoWords = {
  outbox: {
    title: 'The demonstration’s text messages',
    lede: 'Nothing is sent anywhere in this demonstration. What would have been sent is here, the newest on top.',
    refresh: 'Refresh',
    empty: 'No message yet.',
    emptyNext:
      'On the sign-in page, write the mobile number of one of the applicants: the sign-in code comes here.',
    signIn: 'Sign-in page',
    list: 'Text messages',
    to: 'To',
    gone: 'The text was blanked once the message was sent.',
  },
  answer: {
    title: 'Answer as a phone',
    from: 'The mobile that answers',
    text: 'Text of the message',
    hint: 'A question that takes an answer by SMS says what to write, such as “1 0447”.',
    send: 'Send',
    link: 'Answer',
    sent: 'The message was sent. What the system replied, if anything, is on top of the list.',
    no_mobile: 'This is no mobile number.',
    refused: 'The system did not take this message. Send it again a little later.',
  },
  gateway: {
    title: 'The demonstration’s payment gateway',
    lede: 'No money moves. Here you say, in the bank’s place, whether you paid.',
    amount: 'Amount: {amount} toman',
    pay: 'I paid',
    refuse: 'I do not pay',
    gone: 'This payment is not known.',
    goneNext:
      'The stand-in gateway forgets everything each time it starts. Pay again from the page of your order.',
    orders: 'My orders',
  },
  desks: {
    director:
      'Sees the whole province, gives the second signature, refuses, revokes and decides objections.',
    officer:
      'Gives permits their second signature, decides objections and brings the offices’ registers in.',
    expert: 'Looks through the applications at the agency and gives the first signature.',
    clearing:
      'Answers what agencies ask of this body: clears with a number, or denies by the number of a condition.',
    inspector: 'Sees the visits that are theirs to make, and records what they came to.',
    counter:
      'Fills in the application of somebody who came to the counter, in their name; the case says who filled it in.',
    bank: 'Sees the plans referred to the bank, and their payments.',
    ministry: 'Sees the figures of all provinces; national IDs are masked.',
    auditor: 'Follows every number to the cases behind it; national IDs are masked.',
    admin: 'Sees every case of the province and takes wrong steps back.',
  },
  applicant: 'Applicant; the case: {state}',
  buyer: 'Buys in the market; what was ordered is under “my orders”.',
};

export default en;
