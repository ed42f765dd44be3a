-- What a clearing body has been asked about a case, and what it said: one row per case and body, as the
-- case's steps tell it. Asked again after a denial, the same row starts anew; the record keeps both.
create table clearances (
  province_id integer not null,
  case_id uuid not null,
  body_id text not null,
  agency_id text not null,
  person_id uuid not null,
  state text not null,
  asked_on date not null,
  due_on date,
  answered_on date,
  reference text,
  condition_number integer,
  reason text,
  primary key (province_id, case_id, body_id),
  constraint clearances_state_known check (state in ('asked', 'cleared', 'denied')),
  constraint clearances_answer_has_a_day check ((state = 'asked') = (answered_on is null)),
  constraint clearances_denied_by_number check ((state = 'denied') = (condition_number is not null)),
  constraint clearances_answer_after_question check (answered_on is null or answered_on >= asked_on)
);
create index clearances_body on clearances (province_id, body_id, state);
create index clearances_body_id on clearances (body_id);
create index clearances_agency_id on clearances (agency_id);
create index clearances_person on clearances (province_id, person_id);
create index clearances_condition on clearances (condition_number);

alter table clearances
  add constraint clearances_case_known
    foreign key (province_id, case_id) references cases (province_id, id),
  add constraint clearances_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint clearances_body_known foreign key (body_id) references organisations (id),
  add constraint clearances_agency_known foreign key (agency_id) references organisations (id),
  add constraint clearances_condition_known
    foreign key (condition_number) references refusal_conditions (number);

-- A question that is taken back takes its row away; the record keeps that it was asked.
grant select, insert, update, delete on clearances to karkhaneh_province, karkhaneh_organisation;
grant select on clearances to karkhaneh_person, karkhaneh_country;

alter table clearances enable row level security;
create policy clearances_country on clearances for select to karkhaneh_country using (true);
create policy clearances_province on clearances to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy clearances_organisation on clearances for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, body_id));
create policy clearances_person on clearances for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));
create policy clearances_insert on clearances for insert to karkhaneh_organisation with check (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) = agency_id);
create policy clearances_update on clearances for update to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, body_id));
