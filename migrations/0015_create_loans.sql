-- A loan is a plan of which something was paid. Its terms are frozen with the first tranche; what
-- happened to it is in the record, and its schedule and balances are reckoned from there.
create table loans (
  province_id integer not null,
  plan_id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  agency_id text not null,
  bank_id text not null,
  state text not null,
  terms jsonb not null,
  opened_on date not null,
  state_since date not null,
  primary key (province_id, plan_id),
  constraint loans_state_known check (state in ('running', 'fallen_due', 'settled', 'void'))
);
create index loans_case on loans (province_id, case_id);
create index loans_bank on loans (province_id, bank_id, state);
create index loans_bank_id on loans (bank_id);
create index loans_agency_id on loans (agency_id);
create index loans_person on loans (province_id, person_id);

-- A repayment as the bank reports it; its reference is used once.
create table repayments (
  province_id integer not null,
  id uuid not null,
  plan_id uuid not null,
  amount_rial bigint not null,
  bank_id text not null,
  agency_id text not null,
  bank_reference text not null,
  repaid_on date not null,
  taken_back_at timestamptz,
  primary key (province_id, id),
  constraint repayments_amount_positive check (amount_rial > 0)
);
create unique index repayments_reference_once on repayments (province_id, bank_id, bank_reference)
  where taken_back_at is null;
create index repayments_plan on repayments (province_id, plan_id);
create index repayments_bank_id on repayments (bank_id);

-- The ledger: a row takes an amount from one account of a plan to another, so all balances together
-- are zero by construction. A row is never edited; a reversal names the row it takes back.
create table ledger_transfers (
  province_id integer not null,
  id uuid not null,
  plan_id uuid not null,
  bank_id text not null,
  agency_id text not null,
  step_id uuid not null,
  debit_account text not null,
  credit_account text not null,
  amount_rial bigint not null,
  kind text not null,
  happened_on date not null,
  recorded_at timestamptz not null,
  reverses_id uuid,
  op_id uuid not null,
  primary key (province_id, id),
  constraint ledger_transfers_amount_positive check (amount_rial > 0),
  constraint ledger_transfers_accounts_known check (
    debit_account in ('principal', 'fee_receivable', 'fee_income', 'bank')
    and credit_account in ('principal', 'fee_receivable', 'fee_income', 'bank')),
  constraint ledger_transfers_between_two check (debit_account <> credit_account),
  constraint ledger_transfers_kind_known check (kind in ('paid_out', 'fee_charged', 'fee_forgone',
    'principal_repaid', 'fee_repaid', 'reallocated'))
);
create unique index ledger_transfers_reversed_once on ledger_transfers (province_id, reverses_id)
  where reverses_id is not null;
create index ledger_transfers_plan on ledger_transfers (province_id, plan_id, happened_on);
create index ledger_transfers_step on ledger_transfers (province_id, step_id);
create index ledger_transfers_bank on ledger_transfers (province_id, bank_id, happened_on);
create index ledger_transfers_bank_id on ledger_transfers (bank_id);

-- The daily close: how far it has come, where each loan stood at the end of the day, and each bank.
create table close_runs (
  province_id integer not null,
  closed_on date not null,
  after_plan_id uuid,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (province_id, closed_on)
);
create table loan_closes (
  province_id integer not null,
  closed_on date not null,
  plan_id uuid not null,
  bank_id text not null,
  agency_id text not null,
  principal_rial bigint not null,
  fee_rial bigint not null,
  due_rial bigint not null,
  overdue_rial bigint not null,
  days_past_due integer not null,
  primary key (province_id, closed_on, plan_id),
  constraint loan_closes_not_negative check (principal_rial >= 0 and fee_rial >= 0
    and due_rial >= overdue_rial and overdue_rial >= 0 and days_past_due >= 0)
);
create index loan_closes_plan on loan_closes (province_id, plan_id);
create index loan_closes_bank_id on loan_closes (bank_id);
create table bank_closes (
  province_id integer not null,
  closed_on date not null,
  bank_id text not null,
  loans integer not null,
  late_loans integer not null,
  principal_rial bigint not null,
  fee_rial bigint not null,
  due_rial bigint not null,
  overdue_rial bigint not null,
  paid_out_rial bigint not null,
  repaid_rial bigint not null,
  primary key (province_id, closed_on, bank_id)
);
create index bank_closes_bank_id on bank_closes (bank_id);

alter table loans
  add constraint loans_plan_known foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint loans_case_known foreign key (province_id, case_id) references cases (province_id, id),
  add constraint loans_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint loans_agency_known foreign key (agency_id) references organisations (id),
  add constraint loans_bank_known foreign key (bank_id) references organisations (id);
alter table repayments
  add constraint repayments_plan_known
    foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint repayments_bank_known foreign key (bank_id) references organisations (id);
alter table ledger_transfers
  add constraint ledger_transfers_plan_known
    foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint ledger_transfers_step_known
    foreign key (province_id, step_id) references history (province_id, id),
  add constraint ledger_transfers_reverses_known
    foreign key (province_id, reverses_id) references ledger_transfers (province_id, id),
  add constraint ledger_transfers_bank_known foreign key (bank_id) references organisations (id);
alter table loan_closes
  add constraint loan_closes_plan_known
    foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint loan_closes_bank_known foreign key (bank_id) references organisations (id);
alter table bank_closes
  add constraint bank_closes_bank_known foreign key (bank_id) references organisations (id);

grant select, insert on repayments, ledger_transfers
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;
grant update (taken_back_at) on repayments to karkhaneh_province;
grant select, insert, update on loans to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;
grant select, insert, update, delete on close_runs, loan_closes, bank_closes to karkhaneh_province;
grant select on loan_closes, bank_closes to karkhaneh_organisation;
grant select on loans, repayments, ledger_transfers, close_runs, loan_closes, bank_closes
  to karkhaneh_country;

alter table loans enable row level security;
create policy loans_country on loans for select to karkhaneh_country using (true);
create policy loans_province on loans to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy loans_organisation on loans to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));
create policy loans_person on loans for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

alter table repayments enable row level security;
create policy repayments_country on repayments for select to karkhaneh_country using (true);
create policy repayments_province on repayments to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy repayments_organisation on repayments to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));

alter table ledger_transfers enable row level security;
create policy ledger_transfers_country on ledger_transfers for select to karkhaneh_country using (true);
create policy ledger_transfers_province on ledger_transfers to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy ledger_transfers_organisation on ledger_transfers to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));

alter table close_runs enable row level security;
create policy close_runs_country on close_runs for select to karkhaneh_country using (true);
create policy close_runs_province on close_runs to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table loan_closes enable row level security;
create policy loan_closes_country on loan_closes for select to karkhaneh_country using (true);
create policy loan_closes_province on loan_closes to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy loan_closes_organisation on loan_closes for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));
alter table bank_closes enable row level security;
create policy bank_closes_country on bank_closes for select to karkhaneh_country using (true);
create policy bank_closes_province on bank_closes to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy bank_closes_organisation on bank_closes for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) = bank_id);
