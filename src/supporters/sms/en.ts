import type { SmsWords } from './fa.ts';

const en: SmsWords = {
  offered: '{supporter} sent you a contract. Read it, and sign it if you accept: {address}',
  reopened: 'Your supporter ({supporter}) did not keep its word. You may choose another: {address}',
  paid: '{supporter} says that it paid you {amount} toman. Say whether it came: {address}',
  asked:
    '{supporter} says that it paid you {amount} toman. Answer by SMS: “1 {number}” it came, “2 {number}” it did not, “3 {number} sum” another sum came (toman). Or: {address}',
  heard: {
    came: 'Recorded: {amount} toman came from {supporter}.',
    not_came:
      'Recorded: {amount} toman from {supporter} did not come. The directorate looks into it.',
    other_sum:
      'Recorded: {supporter} paid {given} toman and not {amount}. The directorate looks into it.',
    answered: 'This payment was answered before.',
    takenBack: 'This payment was taken back and needs no answer.',
    unread:
      'Your message was not understood. Write digits alone: “1” and the four digits of the payment’s message: it came; “2” and the same digits: it did not; “3”, the same digits and the sum in toman: another sum came.',
  },
};

export default en;
