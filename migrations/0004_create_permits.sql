-- The case: one person, one occupation, from the first application on. Its state is the last step's.
create table cases (
  province_id integer not null,
  id uuid not null,
  state text not null,
  kind text not null,
  person_id uuid not null,
  household_id uuid not null,
  occupation_id text not null,
  agency_id text not null,
  bank_id text,
  -- The bodies that have been asked about the case and so see it; null where none has been.
  clearing_ids text[],
  county_id integer not null,
  area text not null,
  sex text not null,
  submitted_on date,
  state_since date not null,
  holder text not null,
  holder_since date not null,
  due_on date,
  permit_id uuid,
  plan_state text,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint cases_state_known check (state in ('submitted', 'clearance', 'needs_correction',
    'agency_signed', 'issued', 'suspended', 'expired', 'renewal_asked', 'renewal_signed', 'refused',
    'objected', 'upheld', 'withdrawn', 'revoked', 'ended', 'void')),
  constraint cases_kind_known check (kind in ('independent', 'supporter', 'covered')),
  constraint cases_area_known check (area in ('urban', 'rural')),
  constraint cases_sex_known check (sex in ('female', 'male')),
  constraint cases_holder_known check (holder in ('agency', 'clearing', 'applicant', 'directorate', 'bank',
    'nobody')),
  constraint cases_permit_when_issued check ((state in ('issued', 'suspended', 'expired',
    'renewal_asked', 'renewal_signed', 'revoked', 'ended')) = (permit_id is not null))
);
-- The same person may not have two live cases in the same occupation.
create unique index cases_one_live_per_occupation on cases (province_id, person_id, occupation_id)
  where state in ('submitted', 'clearance', 'needs_correction', 'agency_signed', 'issued', 'suspended',
    'renewal_asked', 'renewal_signed', 'objected');
create index cases_household on cases (province_id, household_id);
create index cases_state on cases (province_id, state, id);
-- These lists are also what foreign keys to reference tables look into, so they begin with those.
create index cases_agency on cases (agency_id, province_id, state, id);
create index cases_county on cases (county_id, province_id, id);
create index cases_bank on cases (bank_id, province_id, id) where bank_id is not null;
create index cases_occupation on cases (occupation_id, province_id, id);
create index cases_clearing on cases using gin (clearing_ids) where clearing_ids is not null;
create index cases_due on cases (province_id, due_on) where due_on is not null;

-- The permit is a record of its own; its number is for life.
create table permits (
  province_id integer not null,
  id uuid not null,
  case_id uuid not null,
  number text not null,
  issued_on date not null,
  valid_until date not null,
  revoked_on date,
  taken_back_at timestamptz,
  primary key (province_id, id),
  constraint permits_valid_after_issue check (valid_until > issued_on)
);
-- A permit whose issue was taken back keeps its row and frees its number.
create unique index permits_number_once on permits (province_id, number, taken_back_at)
  nulls not distinct;
create unique index permits_case_once on permits (province_id, case_id, taken_back_at)
  nulls not distinct;
