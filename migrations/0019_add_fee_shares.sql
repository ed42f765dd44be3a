-- A part of a loan's fee may be borne by others than its borrower: dated terms of the credit line say
-- how much, in basis points of the fee; the borrower bears the rest.
alter table credit_terms
  add column government_fee_bp integer not null default 0,
  add column support_body_fee_bp integer not null default 0,
  add constraint credit_terms_fee_shares check (government_fee_bp >= 0 and support_body_fee_bp >= 0
    and government_fee_bp + support_body_fee_bp <= 10000);

-- What each of them owes for a loan is an account of its plan.
alter table ledger_transfers
  drop constraint ledger_transfers_accounts_known,
  drop constraint ledger_transfers_kind_known;
alter table ledger_transfers
  add constraint ledger_transfers_accounts_known check (
    debit_account in ('principal', 'fee_receivable', 'fee_income', 'bank', 'government_receivable',
      'support_body_receivable')
    and credit_account in ('principal', 'fee_receivable', 'fee_income', 'bank',
      'government_receivable', 'support_body_receivable')),
  add constraint ledger_transfers_kind_known check (kind in ('paid_out', 'fee_charged', 'fee_forgone',
    'principal_repaid', 'fee_repaid', 'reallocated', 'share_charged', 'share_forgone'));

-- Of what the others owe, how much belongs to instalments that are still to come at the day's end.
alter table loan_closes add column others_coming_rial bigint not null default 0,
  add constraint loan_closes_others_not_negative check (others_coming_rial >= 0);
alter table bank_closes add column others_coming_rial bigint not null default 0;
create index ledger_transfers_shares on ledger_transfers (province_id, plan_id)
  where kind in ('share_charged', 'share_forgone');
