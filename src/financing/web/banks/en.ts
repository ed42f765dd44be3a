import type { BankPageWords } from './fa.ts';

const en: BankPageWords = {
  title: 'Banks',
  enquiries: 'Payments of which the borrower says that they did not come, or not that sum',
  noEnquiries: 'There is no open enquiry.',
  saidNotCame: 'Says that it did not come',
  saidOther: 'Says that {amount} toman came',
  paid: '{bank}: {amount} toman on {day}',
  events: 'Events that did not reach a bank',
  noEvents: 'All events have arrived.',
  waiting: 'After {tries} tries; it is sent again',
  givenUp: 'Given up after {tries} tries',
  clients: 'Banks’ own systems',
  noClients: 'No bank’s system has an id yet.',
  create: 'Make an id for a bank',
  bank: 'Bank',
  name: 'Name of the system',
  save: 'Make the id',
  secretOnce: 'This secret is shown once, here, and is not kept. Hand it over to the bank now.',
  clientId: 'Id',
  secret: 'Secret',
  scopes: 'Scopes',
  revoke: 'Revoke',
  revokeSure: 'Revoke this id',
  inUse: 'In use',
  revoked: 'Revoked',
};

export default en;
