-- Reference data: the same on every node, filled from src/accounts/data by `migrate`.
create table provinces (
  id integer primary key,
  name_fa text not null,
  name_en text not null
);

create table counties (
  id integer primary key,
  province_id integer not null,
  name_fa text not null,
  name_en text not null,
  from_on date,
  to_on date,
  national_id_prefixes text[] not null default '{}',
  aliases text[] not null default '{}',
  assumed boolean not null default false
);

create table organisations (
  id text primary key,
  kind text not null,
  name_fa text not null,
  name_en text not null,
  short_fa text not null,
  aliases text[] not null default '{}',
  sheba_codes text[] not null default '{}',
  constraint organisations_kind_known
    check (kind in ('ministry', 'directorate', 'agency', 'clearing', 'bank'))
);

create table province_banks (
  province_id integer not null,
  bank_id text not null,
  from_on date not null,
  to_on date,
  assumed boolean not null default false,
  primary key (province_id, bank_id, from_on)
);

create table branches (
  id text primary key,
  bank_id text not null,
  province_id integer not null,
  county_id integer not null,
  name_fa text not null,
  name_en text not null,
  assumed boolean not null default true
);

create table occupations (
  id text primary key,
  name_fa text not null,
  name_en text not null,
  agency_id text not null,
  family text not null,
  starred boolean not null,
  clearance_ids text[] not null default '{}',
  validity_months integer not null,
  grade text not null,
  aliases text[] not null default '{}',
  assumed text[] not null default '{}',
  constraint occupations_validity_positive check (validity_months > 0),
  constraint occupations_grade_known check (grade in ('automatic', 'provisional', 'examined'))
);

create table credit_lines (
  id text primary key,
  name_fa text not null,
  name_en text not null,
  law_fa text not null,
  law_en text not null,
  from_on date not null,
  to_on date,
  assumed text[] not null default '{}'
);

-- Dated terms; a row without a province holds for the country.
create table credit_terms (
  id text primary key,
  credit_line_id text not null,
  province_id integer,
  from_on date not null,
  to_on date,
  cap_individual_rial bigint not null,
  cap_approved_rial bigint,
  cap_supporter_rial bigint,
  supporter_min_people integer,
  supporter_max_people integer,
  fee_bp integer not null,
  tenor_months integer not null,
  grace_months integer not null,
  assumed text[] not null default '{}',
  constraint credit_terms_caps_positive check (cap_individual_rial > 0
    and (cap_supporter_rial is null or cap_supporter_rial > 0))
);

create table settings (
  id text primary key,
  key text not null,
  province_id integer,
  from_on date,
  to_on date,
  value text not null,
  unit text not null,
  assumed text[] not null default '{}'
);

create table refusal_conditions (
  number integer primary key,
  occupation_family text,
  name_fa text not null,
  name_en text not null,
  kind text not null,
  applicant_kind text,
  clearance_id text,
  constraint refusal_conditions_kind_known check (kind in ('condition', 'document'))
);

-- A person as one province knows them. seen_by lists the organisations that hold a case of theirs:
-- row security may look at a row's own columns only.
create table people (
  province_id integer not null,
  id uuid not null,
  national_id text not null,
  id_kind text not null,
  first_name text not null,
  last_name text not null,
  father_name text,
  birth_on date,
  sex text not null,
  mobile text,
  name_key text not null,
  demonstration boolean not null default false,
  seen_by text[] not null default '{}',
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint people_national_id_once unique (province_id, national_id),
  constraint people_id_kind_known check (id_kind in ('national', 'foreign')),
  constraint people_national_id_digits check (national_id ~ '^[0-9]{8,14}$'),
  constraint people_sex_known check (sex in ('female', 'male'))
);
-- Names by the beginnings of their words; see find_people in 0008.
create index people_words on people using gin (array_to_tsvector(string_to_array(name_key, ' ')));
-- Answers at once whether a province's people are invented.
create index people_demonstration on people (province_id) where demonstration;
create index people_mobile on people (province_id, mobile) where mobile is not null;

create table households (
  province_id integer not null,
  id uuid not null,
  county_id integer not null,
  area text not null,
  address text,
  address_key text,
  postal_code text,
  seen_by text[] not null default '{}',
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint households_area_known check (area in ('urban', 'rural'))
);
create index households_county on households (county_id);
create index households_address on households (province_id, address_key) where address_key is not null;

create table accounts (
  province_id integer not null,
  id uuid not null,
  username text not null,
  password_hash text,
  person_id uuid,
  name_fa text not null,
  name_en text not null,
  role text not null,
  organisation_id text,
  demonstration boolean not null default false,
  closed_at timestamptz,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint accounts_role_known check (role in ('citizen', 'expert', 'officer', 'director', 'bank',
    'inspector', 'supporter', 'ministry', 'auditor', 'admin', 'counter'))
);
create index accounts_person on accounts (province_id, person_id) where person_id is not null;
create index accounts_organisation on accounts (organisation_id);

-- A sign-in name is unique in the whole country, so it has a small table of its own, keyed by name.
create table sign_in_names (
  name text primary key,
  province_id integer not null,
  account_id uuid not null
);

create table sessions (
  province_id integer not null,
  id uuid not null,
  token_hash bytea not null,
  account_id uuid not null,
  user_agent text,
  recorded_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (province_id, id),
  constraint sessions_token_once unique (province_id, token_hash)
);
create index sessions_account on sessions (province_id, account_id);

-- One-time codes: only a slow hash (argon2id) is held, with the number of wrong tries.
create table sign_in_codes (
  province_id integer not null,
  id uuid not null,
  mobile text not null,
  code_hash text not null,
  wrong_tries integer not null default 0,
  recorded_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (province_id, id),
  constraint sign_in_codes_tries_bounded check (wrong_tries between 0 and 5)
);
create index sign_in_codes_mobile on sign_in_codes (province_id, mobile, recorded_at);
