import allocations from './allocations/en.ts';
import bankFiles from './bank-files/en.ts';
import committee from './committee/en.ts';
import type { FinancingWords } from './fa.ts';

const en: FinancingWords = {
  states: {
    referred: 'Referred to the bank',
    returned: 'Returned by the bank',
    file_opened: 'File open at the bank',
    contracted: 'Contract signed',
    paying: 'Paid',
    refused: 'Refused by the bank',
    withdrawn: 'Loan withdrawn',
    void: 'Void',
    running: 'Being repaid',
    fallen_due: 'Whole debt due',
    settled: 'Settled',
  },
  verbs: {
    refer: 'Referred to an agent bank',
    returnPlan: 'Returned by the bank',
    openFile: 'File opened at the bank',
    contract: 'Contract signed',
    refusePlan: 'Refused by the bank',
    withdrawPlan: 'Loan withdrawn',
    pay: 'Paid by the bank',
    repay: 'Repaid',
    recover: 'Debt recovered',
    reschedule: 'Rescheduled',
    recallLoan: 'Loan recalled',
    recordDeath: 'Holder’s death recorded',
    settle: 'Settled',
    takeBack: 'Take back the newest step',
  },
  measures: {
    plans_referred: {
      label: 'Plans referred to banks',
      definition: 'Plans referred to an agent bank in the period.',
    },
    plans_returned: {
      label: 'Plans returned by banks',
      definition: 'Plans that a bank returned in the period, with its reason.',
    },
    plans_refused: {
      label: 'Plans refused by banks',
      definition: 'Plans that a bank refused in the period.',
    },
    plans_funded: {
      label: 'Plans funded',
      definition:
        'Plans whose first payment is in the period. A plan paid in several tranches is one plan.',
    },
    tranches_paid: {
      label: 'Payments',
      definition: 'Tranches that banks reported as paid in the period.',
    },
    rial_requested: {
      label: 'Amount referred',
      definition: 'What the plans referred in the period asked for, together.',
    },
    rial_paid: {
      label: 'Loans paid',
      definition: 'What banks paid in the period, by the banks’ own reports.',
    },
    rial_repaid: {
      label: 'Loans repaid',
      definition: 'Principal and fee that borrowers repaid in the period, as the banks report.',
    },
    loans_settled: {
      label: 'Loans settled',
      definition: 'Loans that were settled in the period.',
    },
    loans_recalled: {
      label: 'Loans recalled',
      definition: 'Loans whose whole debt was called in during the period.',
    },
    jobs_expected: {
      label: 'Jobs expected',
      definition: 'Jobs that the plans referred in the period promise.',
    },
  },
  sms: {
    paymentAsk:
      '{bank} says that it paid you {amount} rial. Did that sum come? Answer at {address}',
  },
  ...committee.words,
  bankFiles: bankFiles.words,
  problems: {
    ...allocations.problems,
    ...committee.problems,
    ...bankFiles.problems,
    reason_missing: {
      title: 'The reason is missing.',
      next: 'Say what was wrong; the reason stays in the case’s history.',
    },
    no_permit: {
      title: 'This case has no issued permit.',
      next: 'The permit has to be issued with both signatures first.',
    },
    covered: {
      title: 'A covered person is not referred to a bank.',
      next: 'The loan is paid with their supporter’s plan.',
    },
    already_referred: {
      title: 'This case was referred before and its plan is open.',
      next: 'See the open plan on the case page.',
    },
    before_permit: {
      title: 'The referral is dated before the permit.',
      next: 'Issued: {record}; referred: {given}',
    },
    over_cap: {
      title: 'The amount is over the cap.',
      next: 'Cap: {capRial} rial; asked for: {givenRial} rial',
    },
    not_for_supporters: {
      title: 'This credit line is not for supporter plans.',
      next: 'Choose another credit line.',
    },
    people_out_of_bounds: {
      title: 'The number of covered people is out of bounds.',
      next: 'Now {people}; it has to be from {min} to {max}.',
    },
    unknown_bank: {
      title: 'This bank is not on the list: {given}',
      next: 'Choose the agent bank from the list.',
    },
    no_terms: {
      title: 'This credit line has no terms on that day.',
      next: 'Check the day or the credit line: {line}, {day}',
    },
    no_plan: {
      title: 'This case was not referred to a bank.',
      next: 'Record the referral first.',
    },
    before_last_step: {
      title: 'This date does not fit the last step on the plan.',
      next: 'On record: {record}; given: {given}',
    },
    refer_blocked: {
      title: '{blocked} of the chosen cases do not meet the conditions; none was referred.',
      next: 'See the list first, and refer only those that meet them.',
    },
    not_agent_bank: {
      title: 'This bank is no agent of the province on that day: {given}',
      next: 'Choose an agent bank from that year’s list.',
    },
    barred_occupation: {
      title: 'This occupation gets no loan this year.',
      next: 'It is one of the province’s saturated or high-deviation occupations.',
    },
    barred_person: {
      title: 'A deviation bars this person from loans until {until}.',
      next: 'Refer them after that day.',
    },
    second_loan_soon: {
      title: 'It is too early for a second loan.',
      next: 'Possible from {from}.',
    },
    second_loan_bank: {
      title: 'A second loan has to be from the first bank.',
      next: 'Choose the first bank.',
    },
    declaration_missing: {
      title: 'The applicant’s declaration is not recorded.',
      next: 'Ask whether they are insured, a government employee, or have a like loan.',
    },
    like_loan: {
      title: 'The applicant has a like loan from another body.',
      next: 'Not possible with this credit line.',
    },
    insured: {
      title: 'The applicant is insured.',
      next: 'In this province and year the insured are excluded.',
    },
    public_employee: {
      title: 'The applicant is a government employee.',
      next: 'Employees of any contract are excluded; retirees are not.',
    },
    unknown_credit_line: {
      title: 'This credit line is not on the list: {given}',
      next: 'Choose the credit line from the list.',
    },
    decision_missing: {
      title: 'Who decided, why or on which day is missing.',
      next: 'Say who decided, why and when; the day of the decision cannot be after today.',
    },
    wrong_span: {
      title: 'The days of the allocation do not fit together.',
      next: 'Start: {from}; deadline: {to}. Carry-over ends after the deadline, shares float between the two.',
    },
    allocation_known: {
      title: 'The allocation of this budget line for this year is already recorded.',
      next: 'Open it and revise its ceilings.',
    },
    unknown_share: {
      title: 'This agency or bank is not on the list: {given}',
      next: 'Choose the agency or bank from the list.',
    },
    shares_over: {
      title: 'The shares together are more than the allocation of {ceiling}.',
      next: 'Allocation: {ceilingRial} rial; shares together: {sumRial} rial',
    },
    under_used: {
      title: 'The share of {ceiling} cannot be less than what is used of it.',
      next: 'Plans hold {usedRial} rial of it.',
    },
    over_plan: {
      title: 'The payments would come to more than the plan.',
      next: 'Plan: {recordRial} rial; with this payment: {givenRial} rial',
    },
    over_request: {
      title: 'What was approved is more than what was asked for.',
      next: 'Asked: {recordRial} rial; approved: {givenRial} rial',
    },
    unknown_reason: {
      title: 'This code of a reason does not hold on that day: {given}',
      next: 'Send one of these: {known}',
    },
    wrong_bank: {
      title: 'This plan was referred to another bank.',
      next: 'On record: {record}; given: {given}',
    },
    wrong_tranche: {
      title: 'The tranche number does not follow the earlier payments.',
      next: 'The next tranche is {record}; given: {given}',
    },
    loan_elsewhere: {
      title: 'This national ID has another open loan in the country.',
      next: 'No new loan is paid until it is settled.',
    },
    no_loan: {
      title: 'Nothing has been paid of this plan yet.',
      next: 'Record the bank’s payment first.',
    },
    loan_ended: {
      title: 'The debt of this loan fell due at once, or is settled.',
      next: 'No further payment is recorded for it.',
    },
    over_debt: {
      title: 'The amount is more than is owed, or is zero.',
      next: 'To settle: {recordRial} rial; given: {givenRial} rial',
    },
    not_settlement: {
      title: 'This amount does not settle the loan, or has no bank reference.',
      next: 'To settle on that day: {recordRial} rial; given: {givenRial} rial',
    },
    ask_answered: {
      title: 'You have answered this question before.',
      next: 'If something changed, tell the directorate.',
    },
    sum_missing: {
      title: 'Say how much came.',
      next: 'Give a sum only when it is another one than was asked about.',
    },
    no_enquiry: {
      title: 'There is no open enquiry about this payment.',
      next: 'Refresh the page; a colleague may have closed it.',
    },
    reference_taken: {
      title: 'This bank reference is already recorded.',
      next: 'The same payment may have come twice; see the list of payments.',
    },
  },
};

export default en;
