-- A bulletin: the programme's account of a period, in a language, about the province or a part of it.
create table bulletins (
  province_id integer not null,
  id uuid not null,
  -- Its printed number is province-year-serial, as 04-1401-1; the Jalali year in which it was begun.
  year integer not null,
  serial integer not null,
  language text not null,
  from_on date not null,
  to_on date not null,
  agency_id text,
  county_id integer,
  opened_by uuid not null,
  opened_at timestamptz not null,
  primary key (province_id, id),
  constraint bulletins_number_once unique (province_id, year, serial),
  constraint bulletins_language_known check (language in ('fa', 'en')),
  constraint bulletins_period_runs_forward check (from_on <= to_on),
  constraint bulletins_serial_from_one check (serial >= 1)
);
create index bulletins_agency on bulletins (agency_id);
create index bulletins_county on bulletins (county_id);
create index bulletins_opener on bulletins (province_id, opened_by);

-- What is being written: the next version of a bulletin, of which there is one at most. The numbers in its text
-- are names of figures; the figures are what the record said at as_of_at.
create table bulletin_drafts (
  province_id integer not null,
  bulletin_id uuid not null,
  version integer not null,
  -- Counts up with every change; whoever saves or signs says which one they saw.
  revision integer not null,
  as_of_at timestamptz not null,
  text jsonb not null,
  figures jsonb not null,
  -- Why there is a new version.
  reason text,
  public_from_at timestamptz,
  written_by uuid not null,
  written_at timestamptz not null,
  signed_by uuid,
  signed_at timestamptz,
  primary key (province_id, bulletin_id),
  constraint bulletin_drafts_version_from_one check (version >= 1),
  constraint bulletin_drafts_correction_has_reason check ((version = 1) = (reason is null)),
  constraint bulletin_drafts_signed_whole check ((signed_by is null) = (signed_at is null))
);
create index bulletin_drafts_writer on bulletin_drafts (province_id, written_by);
create index bulletin_drafts_signer on bulletin_drafts (province_id, signed_by);

-- What was published: frozen. The newest version that is public stands, the ones before it stay.
create table bulletin_versions (
  province_id integer not null,
  bulletin_id uuid not null,
  version integer not null,
  as_of_at timestamptz not null,
  text jsonb not null,
  figures jsonb not null,
  -- Against the version before: what was said, and what is said now.
  changes jsonb not null,
  reason text,
  public_from_at timestamptz not null,
  root_number integer not null,
  -- Of all that the version says, as it is written down for hashing.
  hash bytea not null,
  demonstration boolean not null,
  signed_by uuid not null,
  published_by uuid not null,
  published_at timestamptz not null,
  primary key (province_id, bulletin_id, version),
  constraint bulletin_versions_version_from_one check (version >= 1),
  constraint bulletin_versions_correction_has_reason check ((version = 1) = (reason is null)),
  constraint bulletin_versions_two_people check (signed_by <> published_by)
);
create index bulletin_versions_signer on bulletin_versions (province_id, signed_by);
create index bulletin_versions_publisher on bulletin_versions (province_id, published_by);
create index bulletin_versions_root on bulletin_versions (province_id, root_number);

alter table bulletins
  add constraint bulletins_agency_known foreign key (agency_id) references organisations (id),
  add constraint bulletins_county_known foreign key (county_id) references counties (id),
  add constraint bulletins_opener_known
    foreign key (province_id, opened_by) references accounts (province_id, id);
alter table bulletin_drafts
  add constraint bulletin_drafts_bulletin_known
    foreign key (province_id, bulletin_id) references bulletins (province_id, id),
  add constraint bulletin_drafts_writer_known
    foreign key (province_id, written_by) references accounts (province_id, id),
  add constraint bulletin_drafts_signer_known
    foreign key (province_id, signed_by) references accounts (province_id, id);
alter table bulletin_versions
  add constraint bulletin_versions_bulletin_known
    foreign key (province_id, bulletin_id) references bulletins (province_id, id),
  add constraint bulletin_versions_root_known
    foreign key (province_id, root_number) references history_roots (province_id, number),
  add constraint bulletin_versions_signer_known
    foreign key (province_id, signed_by) references accounts (province_id, id),
  add constraint bulletin_versions_publisher_known
    foreign key (province_id, published_by) references accounts (province_id, id);

-- Frozen means that nobody of the product can change or remove a version.
grant select, insert on bulletins, bulletin_versions to karkhaneh_province;
grant select, insert, update, delete on bulletin_drafts to karkhaneh_province;
grant select on bulletins, bulletin_drafts, bulletin_versions to karkhaneh_country;
alter table bulletins enable row level security;
create policy bulletins_country on bulletins for select to karkhaneh_country using (true);
create policy bulletins_province on bulletins to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table bulletin_drafts enable row level security;
create policy bulletin_drafts_country on bulletin_drafts for select to karkhaneh_country using (true);
create policy bulletin_drafts_province on bulletin_drafts to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table bulletin_versions enable row level security;
create policy bulletin_versions_country on bulletin_versions for select to karkhaneh_country using (true);
create policy bulletin_versions_province on bulletin_versions to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
