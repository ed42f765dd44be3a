-- What a sitting is called together for: a body, a day, and cases in their order. Afterwards it was held, and
-- the sitting says what was decided, or it was dropped. The list itself is never edited.
create table agendas (
  province_id integer not null,
  id uuid not null,
  body text not null,
  county_id integer,
  meets_on date not null,
  state text not null default 'open',
  sitting_id uuid,
  called_by uuid,
  called_at timestamptz not null,
  primary key (province_id, id),
  constraint agendas_body_known check (body in ('county', 'technical')),
  constraint agendas_county_of_its_group check ((body = 'county') = (county_id is not null)),
  constraint agendas_state_known check (state in ('open', 'held', 'dropped')),
  constraint agendas_held_by_a_sitting check ((state = 'held') = (sitting_id is not null))
);
create index agendas_open on agendas (province_id, meets_on) where state = 'open';
create index agendas_county on agendas (county_id);
create index agendas_sitting on agendas (province_id, sitting_id);
create index agendas_caller on agendas (province_id, called_by);

create table agenda_cases (
  province_id integer not null,
  agenda_id uuid not null,
  case_id uuid not null,
  place integer not null,
  primary key (province_id, agenda_id, case_id),
  constraint agenda_cases_place_from_one check (place >= 1)
);
create index agenda_cases_case on agenda_cases (province_id, case_id);

alter table agendas
  add constraint agendas_county_known foreign key (county_id) references counties (id),
  add constraint agendas_sitting_known
    foreign key (province_id, sitting_id) references sittings (province_id, id),
  add constraint agendas_caller_known
    foreign key (province_id, called_by) references accounts (province_id, id);
alter table agenda_cases
  add constraint agenda_cases_agenda_known
    foreign key (province_id, agenda_id) references agendas (province_id, id),
  add constraint agenda_cases_case_known
    foreign key (province_id, case_id) references cases (province_id, id);

grant select, insert, update (state, sitting_id) on agendas to karkhaneh_province;
grant select, insert on agenda_cases to karkhaneh_province;
grant select on agendas, agenda_cases to karkhaneh_country;
alter table agendas enable row level security;
create policy agendas_country on agendas for select to karkhaneh_country using (true);
create policy agendas_province on agendas to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table agenda_cases enable row level security;
create policy agenda_cases_country on agenda_cases for select to karkhaneh_country using (true);
create policy agenda_cases_province on agenda_cases to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
