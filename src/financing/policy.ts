import type { Permissions } from '../platform/policy.ts';

/** Which roles may take which step. */
export const financingPermissions: Permissions = {
  'financing.allocations': [
    'expert',
    'officer',
    'director',
    'bank',
    'ministry',
    'auditor',
    'admin',
  ],
  'financing.openAllocation': ['director'],
  'financing.splitAllocation': ['director'],
  'financing.refer': ['officer', 'director'],
  'financing.sittings': ['officer', 'director', 'ministry', 'auditor', 'admin'],
  'financing.holdSitting': ['officer', 'director'],
  'financing.orderPayments': ['officer', 'director'],
  // A bank sees its own orders, files and books only.
  'financing.bankFiles': ['officer', 'director', 'bank', 'ministry', 'auditor', 'admin'],
  // A list of orders is for whoever pays by it: it names people's accounts.
  'financing.takeOrders': ['officer', 'director', 'bank', 'admin'],
  'financing.sendBankFile': ['officer', 'bank'],
  'financing.decideLine': ['officer', 'bank'],
  'financing.books': ['officer', 'director', 'bank', 'ministry', 'auditor', 'admin'],
  'financing.takeBack': ['director', 'admin'],
  // What banks do they report themselves, or the directorate enters it for them.
  'financing.openFile': ['bank', 'officer'],
  'financing.contract': ['bank', 'officer'],
  'financing.returnPlan': ['bank', 'officer'],
  'financing.refusePlan': ['bank', 'officer'],
  'financing.withdrawPlan': ['officer'],
  'financing.pay': ['bank', 'officer'],
  'financing.showAsks': ['citizen', 'officer', 'director', 'ministry', 'auditor', 'admin'],
  'financing.answerAsk': ['citizen'],
  'financing.closeEnquiry': ['officer', 'director'],
  'financing.bankEvents': ['director', 'admin'],
  'financing.shareCost': ['director', 'ministry', 'auditor', 'admin'],
  'financing.repay': ['bank', 'officer'],
  'financing.settle': ['bank', 'officer'],
  'financing.reschedule': ['bank', 'director'],
  'financing.recallLoan': ['bank', 'director'],
  'financing.recordDeath': ['bank', 'officer'],
};

/** What a bank's own system reads and sets; its acts are those of the bank's people. */
export const bankApiPermissions: Permissions = {
  'banks.read': ['bank'],
  'banks.setWebhook': ['bank'],
};
