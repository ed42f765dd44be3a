import type loanFa from './fa.ts';

const loanEn: typeof loanFa = {
  loanVerb: {
    repay: 'Repaid',
    recover: 'Debt recovered',
    reschedule: 'Rescheduled',
    recallLoan: 'Loan recalled',
    recordDeath: 'Holder’s death recorded',
    settle: 'Settled',
  },
  loan: {
    title: 'Repayment',
    next: 'Next instalment',
    nextWords: '{amount} toman by {day}',
    overdue: 'Overdue',
    overdueWords: '{amount} toman, {days} days past due',
    left: 'Principal left',
    settlement: 'Settles it today',
    schedule: 'Schedule',
    count: '{count, plural, one {# instalment} other {# instalments}}',
    line: 'Instalment {number}',
    early: 'Repaid early',
    parts: 'Principal {principal}, fee {fee}',
    state: {
      running: 'Being repaid',
      fallen_due: 'Whole debt due',
      settled: 'Settled',
    },
    lineState: {
      paid: 'Paid',
      late: 'Overdue',
      next: 'Next',
      coming: 'To come',
    },
  },
};

export default loanEn;
