import { Type } from 'typebox';
import { IsoDay, Named, Nullable } from '../accounts/contract.ts';
import type { ProblemTable } from '../kit/problem.ts';
import { bankFileConstraints, bankFileProblems } from './bank-files/contract.ts';

/** Rial in JSON: a string of digits. */
const Rial = Type.String({ pattern: '^-?[0-9]+$', description: 'Rial' });

/** An amount that somebody enters: more than nothing. */
export const RialInput = Type.String({ pattern: '^[1-9][0-9]{0,17}$', description: 'Rial' });

/** A code of the reference data `return_reasons`. */
export const ReasonCode = Type.String({ pattern: '^[a-z_]{1,40}$' });

/** What a case asked of a bank, and what the bank paid. */
export const PlanAnswer = Type.Object({
  plans: Type.Array(
    Type.Object({
      id: Type.String(),
      state: Type.String(),
      bank: Named,
      branch: Nullable(Named),
      creditLine: Named,
      requestedRial: Rial,
      approvedRial: Nullable(Rial),
      paidRial: Rial,
      capRial: Rial,
      people: Type.Integer(),
      referredOn: IsoDay,
      since: IsoDay,
      feeBp: Type.Integer({ description: 'Yearly fee in basis points' }),
      borrowerShareBp: Type.Integer({
        description: 'How much of the fee the borrower bears, in basis points',
      }),
      tenorMonths: Type.Integer(),
      graceMonths: Type.Integer(),
      tranches: Type.Array(
        Type.Object({
          number: Type.Integer(),
          amountRial: Rial,
          paidOn: IsoDay,
          bankReference: Type.String(),
        }),
      ),
    }),
  ),
});

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

const Declared = Type.Object(
  {
    likeLoanFrom: Type.Array(Text(40), { maxItems: 20 }),
    insured: Type.Boolean(),
    publicEmployee: Type.Boolean(),
  },
  { additionalProperties: false },
);

export const ReferBody = Type.Object(
  {
    preview: Type.Boolean({ description: 'Say what would happen, and do nothing' }),
    creditLine: Text(60),
    letter: Type.Optional(Text(60)),
    plans: Type.Array(
      Type.Object(
        {
          code: Type.String({ minLength: 28, maxLength: 60 }),
          bank: Text(40),
          requestedRial: RialInput,
          people: Type.Integer({ minimum: 1, maximum: 1000 }),
          declared: Type.Optional(Declared),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 100 },
    ),
  },
  { additionalProperties: false },
);

export const ReferAnswer = Type.Object({
  done: Type.Boolean(),
  passing: Type.Integer(),
  items: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      passes: Type.Boolean(),
      unmet: Type.Array(
        Type.Object({
          code: Type.String(),
          title: Type.String(),
          next: Type.String(),
        }),
      ),
    }),
  ),
});

/** Problem codes of this slice and their statuses. */
export const financingProblems: ProblemTable = {
  ...bankFileProblems,
  'financing.no_permit': 422,
  'financing.covered': 422,
  'financing.already_referred': 409,
  'financing.before_permit': 422,
  'financing.over_cap': 422,
  'financing.not_for_supporters': 422,
  'financing.people_out_of_bounds': 422,
  'financing.unknown_bank': 422,
  'financing.no_terms': 422,
  'financing.no_plan': 404,
  'financing.before_last_step': 422,
  'financing.over_plan': 422,
  'financing.over_request': 422,
  'financing.unknown_reason': 422,
  'financing.wrong_bank': 422,
  'financing.wrong_tranche': 422,
  'financing.reason_missing': 422,
  'financing.loan_elsewhere': 409,
  'financing.reference_taken': 409,
  'financing.refer_blocked': 409,
  'financing.not_agent_bank': 422,
  'financing.barred_occupation': 422,
  'financing.barred_person': 422,
  'financing.second_loan_soon': 422,
  'financing.second_loan_bank': 422,
  'financing.declaration_missing': 422,
  'financing.like_loan': 422,
  'financing.insured': 422,
  'financing.public_employee': 422,
  'financing.sitting_incomplete': 422,
  'financing.agenda_incomplete': 422,
  'financing.on_another_agenda': 409,
  'financing.not_on_agenda': 422,
  'financing.committee_missing': 422,
  'financing.committee_against': 422,
  'financing.over_ceiling': 409,
  'financing.over_second_loans': 409,
  'financing.over_approved_cap': 409,
  'financing.no_allocation': 422,
  'financing.unknown_credit_line': 422,
  'financing.decision_missing': 422,
  'financing.wrong_span': 422,
  'financing.allocation_known': 409,
  'financing.unknown_share': 422,
  'financing.shares_over': 409,
  'financing.under_used': 409,
  'financing.no_loan': 409,
  'financing.loan_ended': 409,
  'financing.over_debt': 422,
  'financing.not_settlement': 422,
  'financing.ask_answered': 409,
  'financing.sum_missing': 422,
  'financing.no_enquiry': 409,
};

/**
 * Named constraints of this slice's tables and the problems they stand for. The rules say the amounts
 * before a CHECK can: what only the database catches is told as `platform.already_recorded`.
 */
export const financingConstraints: Readonly<Record<string, string>> = {
  ...bankFileConstraints,
  plans_one_live_per_case: 'financing.already_referred',
  allocations_year_once: 'financing.allocation_known',
  tranches_reference_once: 'financing.reference_taken',
  repayments_reference_once: 'financing.reference_taken',
  open_loans_pkey: 'financing.loan_elsewhere',
};
