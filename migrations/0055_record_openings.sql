-- Who of an office opened a case or a document of it, once an hour at most: what an applicant may ask.
create table case_openings (
  province_id integer not null,
  case_id uuid not null,
  actor_id uuid not null,
  what text not null,
  hour_at timestamptz not null,
  opened_at timestamptz not null,
  -- Whose case it is.
  person_id uuid not null,
  role text not null,
  organisation text,
  primary key (province_id, case_id, actor_id, what, hour_at),
  constraint case_openings_what_known check (what in ('case', 'document'))
);
create index case_openings_person on case_openings (province_id, person_id);
alter table case_openings
  add constraint case_openings_case_known
    foreign key (province_id, case_id) references cases (province_id, id),
  add constraint case_openings_person_known
    foreign key (province_id, person_id) references people (province_id, id);

-- They may add to it, never change it.
grant select, insert on case_openings
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;
grant select on case_openings to karkhaneh_country;

alter table case_openings enable row level security;
create policy case_openings_country on case_openings for select to karkhaneh_country using (true);
create policy case_openings_province on case_openings to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy case_openings_insert on case_openings for insert
  to karkhaneh_organisation with check (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy case_openings_person on case_openings for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));
