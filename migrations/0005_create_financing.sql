-- A plan: a case's request for one loan. Terms in force are frozen on it.
create table plans (
  province_id integer not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  state text not null,
  kind text not null,
  agency_id text not null,
  bank_id text not null,
  branch_id text,
  credit_line_id text not null,
  terms jsonb not null,
  cap_rial bigint not null,
  requested_rial bigint not null,
  approved_rial bigint,
  paid_rial bigint not null default 0,
  people integer not null,
  referred_on date not null,
  state_since date not null,
  primary key (province_id, id),
  constraint plans_state_known check (state in ('referred', 'returned', 'file_opened', 'contracted',
    'paying', 'refused', 'withdrawn', 'void')),
  constraint plans_kind_known check (kind in ('independent', 'supporter')),
  constraint plans_requested_within_cap check (requested_rial > 0 and requested_rial <= cap_rial),
  constraint plans_approved_within_requested check (approved_rial is null or
    (approved_rial > 0 and approved_rial <= requested_rial)),
  constraint plans_paid_within_approved check (paid_rial >= 0 and
    paid_rial <= coalesce(approved_rial, requested_rial)),
  constraint plans_people_positive check (people > 0)
);
create unique index plans_one_live_per_case on plans (province_id, case_id)
  where state in ('referred', 'file_opened', 'contracted', 'paying');
create index plans_case on plans (province_id, case_id);
create index plans_person on plans (province_id, person_id);
create index plans_bank on plans (province_id, bank_id, state);
create index plans_branch on plans (branch_id);
create index plans_agency on plans (province_id, agency_id, state);

-- A payment as the bank reports it: the truth about money is the bank's.
create table tranches (
  province_id integer not null,
  id uuid not null,
  plan_id uuid not null,
  number integer not null,
  amount_rial bigint not null,
  bank_id text not null,
  agency_id text not null,
  bank_reference text not null,
  paid_on date not null,
  taken_back_at timestamptz,
  primary key (province_id, id),
  constraint tranches_amount_positive check (amount_rial > 0),
  constraint tranches_number_positive check (number > 0)
);
-- A payment that was taken back keeps its row and frees its number and reference.
create unique index tranches_number_once on tranches (province_id, plan_id, number)
  where taken_back_at is null;
create unique index tranches_reference_once on tranches (province_id, bank_id, bank_reference)
  where taken_back_at is null;
create index tranches_plan on tranches (province_id, plan_id);

-- One open loan per national ID in the whole country: keyed by national ID, written with the payment.
create table open_loans (
  national_id text primary key,
  province_id integer not null,
  plan_id uuid not null,
  opened_on date not null
);

-- The people named under a supporter's plan.
create table memberships (
  province_id integer not null,
  id uuid not null,
  plan_id uuid not null,
  person_id uuid not null,
  covered_case_id uuid,
  agency_id text not null,
  since date not null,
  primary key (province_id, id),
  constraint memberships_person_once unique (province_id, plan_id, person_id)
);
create index memberships_person on memberships (province_id, person_id);
create index memberships_case on memberships (province_id, covered_case_id) where covered_case_id is not null;

-- A job is a person in a plan; a national ID counts once while it runs.
create table jobs (
  province_id integer not null,
  id uuid not null,
  plan_id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  relation text not null,
  agency_id text not null,
  bank_id text not null,
  started_on date not null,
  ended_on date,
  taken_back_at timestamptz,
  primary key (province_id, id),
  constraint jobs_relation_known check (relation in ('holder', 'covered', 'household')),
  constraint jobs_end_after_start check (ended_on is null or ended_on >= started_on)
);
create unique index jobs_person_once on jobs (province_id, person_id)
  where ended_on is null and taken_back_at is null;
create index jobs_person on jobs (province_id, person_id);
create index jobs_plan on jobs (province_id, plan_id);
create index jobs_case on jobs (province_id, case_id);
