-- The officers' workbench: days of rest, who works on what, filters kept, notices of the deadline clock,
-- decisions about duplicates.

-- Reference data, filled from src/accounts/data/holidays.csv.
create table holidays (
  holiday_on date primary key,
  name_fa text not null,
  name_en text not null,
  assumed boolean not null default false
);
grant select on holidays
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person, karkhaneh_country;

-- One person at a time: the key is the promise. A claim that has run out is anybody's.
create table case_claims (
  province_id integer not null,
  case_id uuid not null,
  account_id uuid not null,
  claimed_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (province_id, case_id),
  constraint case_claims_end_after_beginning check (expires_at > claimed_at)
);

create table saved_filters (
  province_id integer not null,
  id uuid not null,
  account_id uuid not null,
  name text not null,
  search text not null,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint saved_filters_name_once unique (province_id, account_id, name)
);

-- What the deadline clock said about a case: once for each deadline and level.
create table deadline_notices (
  province_id integer not null,
  case_id uuid not null,
  due_on date not null,
  level text not null,
  organisation_id text not null,
  recorded_at timestamptz not null,
  primary key (province_id, case_id, due_on, level),
  constraint deadline_notices_level_known check (level in ('warned', 'escalated'))
);

-- Since when the clock of a province has been watched: silence before that moment is nobody's consent.
create table deadline_watches (
  province_id integer not null,
  began_at timestamptz not null,
  watched_at timestamptz not null,
  primary key (province_id)
);

-- Two cases, the one with the smaller id first. A decision that was undone keeps its row.
create table duplicate_decisions (
  province_id integer not null,
  id uuid not null,
  case_id uuid not null,
  other_case_id uuid not null,
  verdict text not null,
  reason text not null,
  account_id uuid not null,
  recorded_at timestamptz not null,
  undone_by uuid,
  undone_reason text,
  undone_at timestamptz,
  primary key (province_id, id),
  constraint duplicate_decisions_verdict_known check (verdict in ('same', 'different')),
  constraint duplicate_decisions_in_order check (case_id < other_case_id),
  constraint duplicate_decisions_undone_whole check ((undone_at is null) = (undone_by is null))
);
create unique index duplicate_decisions_stands_once
  on duplicate_decisions (province_id, case_id, other_case_id) where undone_at is null;

-- A queue is read by whose turn it is: an agency's, or the directorate's of all agencies.
create index cases_queue on cases (province_id, holder, agency_id, due_on, id)
  where holder in ('agency', 'clearing', 'directorate');

alter table case_claims
  add constraint case_claims_case_known
    foreign key (province_id, case_id) references cases (province_id, id),
  add constraint case_claims_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
create index case_claims_account on case_claims (province_id, account_id);
alter table saved_filters
  add constraint saved_filters_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table deadline_notices
  add constraint deadline_notices_case_known
    foreign key (province_id, case_id) references cases (province_id, id),
  add constraint deadline_notices_organisation_known
    foreign key (organisation_id) references organisations (id);
create index deadline_notices_organisation on deadline_notices (organisation_id);
alter table deadline_watches
  add constraint deadline_watches_province_known
    foreign key (province_id) references provinces (id);
alter table duplicate_decisions
  add constraint duplicate_decisions_case_known
    foreign key (province_id, case_id) references cases (province_id, id),
  add constraint duplicate_decisions_other_known
    foreign key (province_id, other_case_id) references cases (province_id, id),
  add constraint duplicate_decisions_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
create index duplicate_decisions_case on duplicate_decisions (province_id, case_id);
create index duplicate_decisions_other on duplicate_decisions (province_id, other_case_id);
create index duplicate_decisions_account on duplicate_decisions (province_id, account_id);

grant select, insert, update, delete on case_claims, saved_filters
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;
grant select, insert, update on deadline_watches to karkhaneh_province;
grant select, insert on deadline_notices, duplicate_decisions
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;
-- A decision is for ever; only that it was undone can be said of it.
grant update (undone_by, undone_reason, undone_at) on duplicate_decisions to karkhaneh_province;
grant select on case_claims, saved_filters, deadline_notices, deadline_watches, duplicate_decisions
  to karkhaneh_country;

alter table case_claims enable row level security;
create policy case_claims_country on case_claims for select to karkhaneh_country using (true);
create policy case_claims_province on case_claims
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table saved_filters enable row level security;
create policy saved_filters_country on saved_filters for select to karkhaneh_country using (true);
create policy saved_filters_province on saved_filters
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table deadline_notices enable row level security;
create policy deadline_notices_country on deadline_notices for select to karkhaneh_country using (true);
create policy deadline_notices_province on deadline_notices
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table deadline_watches enable row level security;
create policy deadline_watches_country on deadline_watches for select to karkhaneh_country using (true);
create policy deadline_watches_province on deadline_watches
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table duplicate_decisions enable row level security;
create policy duplicate_decisions_country on duplicate_decisions for select to karkhaneh_country using (true);
create policy duplicate_decisions_province on duplicate_decisions
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
