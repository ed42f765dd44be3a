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
  'financing.sendBankFile': ['officer', 'bank'],
  'financing.decideLine': ['officer', 'bank'],
  'financing.books': ['officer', 'director', 'bank', 'ministry', 'auditor', 'admin'],
  'financing.takeBack': ['director', 'admin'],
  // What banks do they report themselves, or the directorate enters it for them.
  'financing.repay': ['bank', 'officer'],
  'financing.settle': ['bank', 'officer'],
  'financing.reschedule': ['bank', 'director'],
  'financing.recallLoan': ['bank', 'director'],
  'financing.recordDeath': ['bank', 'officer'],
};
