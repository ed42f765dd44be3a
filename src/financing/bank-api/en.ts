import type { BankApiWords } from './fa.ts';

const en: BankApiWords = {
  problems: {
    wrong_cursor: {
      title: 'This does not say where the list goes on.',
      next: 'Send the cursor of the answer before as it came, or read from the beginning.',
    },
    webhook_not_https: {
      title: 'The address for events has to be https.',
      next: 'Send a whole address that begins with https.',
    },
    webhook_address: {
      title: 'The address for events has to be on the public internet, without a user name in it.',
      next: 'Send a name that opens from outside the bank’s network too.',
    },
    not_newest: {
      title: 'The case was referred again after this referral.',
      next: 'Read the new referral from the list and act on that one.',
    },
  },
};

export default en;
