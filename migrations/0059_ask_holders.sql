-- Visits by SMS: whoever holds the plan is asked by a message and answers the checklist themselves, signed in.
-- What they say is evidence; what the visit came to is still said by whoever it is assigned to.
create table visit_asks (
  province_id integer not null,
  visit_id uuid not null,
  person_id uuid not null,
  asked_at timestamptz not null,
  answers jsonb,
  answered_at timestamptz,
  primary key (province_id, visit_id),
  constraint visit_asks_answered_whole check ((answers is null) = (answered_at is null))
);
create index visit_asks_person on visit_asks (province_id, person_id);

alter table visit_asks
  add constraint visit_asks_visit_known foreign key (province_id, visit_id) references visits (province_id, id),
  add constraint visit_asks_person_known
    foreign key (province_id, person_id) references people (province_id, id);

grant select, insert on visit_asks to karkhaneh_province;
grant update (answers, answered_at) on visit_asks to karkhaneh_province;
grant select on visit_asks to karkhaneh_organisation, karkhaneh_country;

alter table visit_asks enable row level security;
create policy visit_asks_country on visit_asks for select to karkhaneh_country using (true);
create policy visit_asks_province on visit_asks to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy visit_asks_organisation on visit_asks for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and exists (select 1 from visits v
    where v.province_id = visit_asks.province_id and v.id = visit_asks.visit_id));
