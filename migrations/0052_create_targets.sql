-- What a year is to bring: a number of permits, funded plans or jobs by a day, for the country, the province,
-- an agency or a county. A row says of what; its versions say how many.
create table targets (
  province_id integer not null,
  id uuid not null,
  fiscal_year integer not null,
  measure text not null,
  level text not null,
  agency_id text,
  county_id integer,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint targets_level_known check (level in ('country', 'province', 'agency', 'county')),
  constraint targets_level_names_its_own check ((level = 'agency') = (agency_id is not null)
    and (level = 'county') = (county_id is not null)),
  constraint targets_once
    unique nulls not distinct (province_id, fiscal_year, measure, level, agency_id, county_id)
);
create index targets_agency on targets (agency_id);
create index targets_county on targets (county_id);

-- Every version that was ever asked for stays, with who, when and why.
create table target_versions (
  province_id integer not null,
  id uuid not null,
  target_id uuid not null,
  number integer not null,
  goal integer not null,
  due_on date not null,
  reason text not null,
  letter text,
  asked_by uuid not null,
  asked_at timestamptz not null,
  primary key (province_id, id),
  constraint target_versions_number_once unique (province_id, target_id, number),
  constraint target_versions_asker unique (province_id, id, asked_by),
  constraint target_versions_positive check (goal > 0 and number > 0)
);
create index target_versions_asked_by on target_versions (province_id, asked_by);

-- What a second person said to it, once. Who asked stands here too, so that the database itself sees two people.
create table target_decisions (
  province_id integer not null,
  version_id uuid not null,
  asked_by uuid not null,
  agreed boolean not null,
  note text,
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (province_id, version_id),
  constraint target_decisions_two_people check (decided_by <> asked_by)
);
create index target_decisions_version on target_decisions (province_id, version_id, asked_by);
create index target_decisions_decided_by on target_decisions (province_id, decided_by);

alter table targets
  add constraint targets_province_known foreign key (province_id) references provinces (id),
  add constraint targets_agency_known foreign key (agency_id) references organisations (id),
  add constraint targets_county_known foreign key (county_id) references counties (id);
alter table target_versions
  add constraint target_versions_target_known
    foreign key (province_id, target_id) references targets (province_id, id),
  add constraint target_versions_asked_by_known
    foreign key (province_id, asked_by) references accounts (province_id, id);
alter table target_decisions
  add constraint target_decisions_version_known
    foreign key (province_id, version_id, asked_by)
    references target_versions (province_id, id, asked_by),
  add constraint target_decisions_decided_by_known
    foreign key (province_id, decided_by) references accounts (province_id, id);

-- Nothing here is edited or removed; a target's row is locked while a version of it is asked for or decided.
grant select, insert on targets, target_versions, target_decisions to karkhaneh_province;
grant update (recorded_at) on targets to karkhaneh_province;
grant select on targets, target_versions, target_decisions to karkhaneh_country;

alter table targets enable row level security;
create policy targets_country on targets for select to karkhaneh_country using (true);
create policy targets_province on targets to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table target_versions enable row level security;
create policy target_versions_country on target_versions for select to karkhaneh_country using (true);
create policy target_versions_province on target_versions to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table target_decisions enable row level security;
create policy target_decisions_country on target_decisions for select to karkhaneh_country using (true);
create policy target_decisions_province on target_decisions to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
