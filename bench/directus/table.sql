-- One table as an office would make it in Directus: the columns of `cases`, and beside them those of the
-- applicant, the household and the permit, which the product keeps in tables of their own. The indexes are
-- the product's; its checks, foreign keys and row policies are left out.
create table cases (
  id uuid primary key default gen_random_uuid(),
  province_id integer not null,
  state text not null,
  kind text not null,
  person_id uuid not null default gen_random_uuid(),
  household_id uuid not null default gen_random_uuid(),
  occupation_id text not null,
  agency_id text not null,
  bank_id text,
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
  recorded_at timestamptz not null default now(),
  national_id text not null,
  id_kind text not null,
  first_name text not null,
  last_name text not null,
  mobile text,
  address text not null,
  permit_number text,
  issued_on date,
  valid_until date
);
create unique index cases_one_live_per_occupation on cases (province_id, national_id, occupation_id)
  where state in ('submitted', 'agency_signed', 'issued');
create unique index permits_number_once on cases (province_id, permit_number);
create index cases_household on cases (province_id, household_id);
create index cases_person on cases (province_id, person_id);
create index cases_state on cases (province_id, state, id);
create index cases_agency on cases (agency_id, province_id, state, id);
create index cases_county on cases (county_id, province_id, id);
create index cases_bank on cases (bank_id, province_id, id) where bank_id is not null;
create index cases_occupation on cases (occupation_id, province_id, id);
create index cases_due on cases (province_id, due_on) where due_on is not null;
create index cases_queue on cases (province_id, holder, agency_id, due_on, id)
  where holder in ('agency', 'clearing', 'directorate', 'bank');
